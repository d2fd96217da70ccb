"""The guard before every route: same site, right content type, known caller, allowed role."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, g, request

from server.api import context, cookies
from server.errors import CrossSiteError, ForbiddenError, PasswordNeededError, UnsupportedTypeError
from server.security.access import EVERYBODY, GUEST, PHONE, allowed
from server.services import enrolment
from server.services import staff as staff_service

HEADER = "X-Afterblock"
BEFORE_OWN_PASSWORD = frozenset({"sessions.Session", "sessions.Password"})
"""All that a one-time password opens."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask) -> None:
    """Put the guard in front of every route of the app."""
    app.before_request(_guard)


def _guard() -> None:
    """Refuse by default: an endpoint without a row in the access table is nobody's."""
    if request.endpoint is None:
        return  # no such route or method; the error handler answers
    roles = allowed(request.endpoint, request.method)
    if roles == EVERYBODY and request.method in SAFE:
        return
    if request.method not in SAFE:
        _refuse_other_sites()
        _refuse_other_types()
    if roles == GUEST:
        return
    if roles == PHONE:
        g.actor = enrolment.phone_of(cookies.read("device"))
        return
    if not roles:
        raise ForbiddenError("Nobody may do this.")
    staff = staff_service.who(cookies.read("session"), context.config(), context.now())
    if staff.one_time and request.endpoint not in BEFORE_OWN_PASSWORD:
        raise PasswordNeededError("Choose your own password first.")
    if staff.role not in roles:
        raise ForbiddenError("Your role does not allow this. Ask your clinic's administrator.")
    g.actor = staff


def _refuse_other_sites() -> None:
    """A header no form can send, and the browser's own word on where the request came from."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = site not in {None, "same-origin"}
    if site is None and origin is not None:
        foreign = urlsplit(origin).netloc != request.host
    if HEADER not in request.headers or foreign:
        raise CrossSiteError(f"Changes must come from the app itself, with the header {HEADER}.")


def _refuse_other_types() -> None:
    if request.method == "DELETE" and not request.content_length:
        return
    if request.mimetype != "application/json":
        raise UnsupportedTypeError("Send JSON with the content type application/json.")
