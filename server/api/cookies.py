"""The cookies: a clinician's session, a phone's device token, and the mark of a connected phone."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, request

from server.api import context
from server.security.tokens import Token

DEVICE_LIFETIME = timedelta(days=400)
"""As long as browsers keep a cookie; it is renewed whenever the phone enrols."""


def _name(kind: str) -> str:
    """`__Host-` ties a cookie to this host and HTTPS; without HTTPS browsers would refuse it."""
    return f"__Host-afterblock-{kind}" if context.config().secure else f"afterblock-{kind}"


CONNECTED = "afterblock-connected"
"""Says only that this browser is a patient's phone, so that its app knows when its store was emptied."""


def read(kind: str) -> str:
    """The token text of a cookie, empty without one."""
    return request.cookies.get(_name(kind), "")


def give(response: Response, kind: str, token: Token, lifetime: timedelta | None = None) -> None:
    """Set a cookie no script can read and no other site can send."""
    response.set_cookie(
        _name(kind),
        token.text,
        max_age=lifetime,
        secure=context.config().secure,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def mark_connected(response: Response) -> None:
    """Leave a mark that scripts can read; browsers that empty an app's store often keep its cookies."""
    response.set_cookie(
        CONNECTED,
        "1",
        max_age=DEVICE_LIFETIME,
        secure=context.config().secure,
        samesite="Strict",
        path="/",
    )


def take(response: Response, kind: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(
        _name(kind), secure=context.config().secure, httponly=True, samesite="Strict", path="/"
    )
