"""The two cookies: a clinician's session and a phone's device token."""

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


def take(response: Response, kind: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(
        _name(kind), secure=context.config().secure, httponly=True, samesite="Strict", path="/"
    )
