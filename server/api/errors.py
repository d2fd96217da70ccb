"""Errors as answers: the only place that knows status codes. Every answer is problem+json (RFC 9457)."""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from marshmallow import Schema, fields
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from server import errors

CONTENT_TYPE = "application/problem+json"
DEPTH = 6
"""Innermost frames of an unexpected error that the log keeps."""
STATUS: dict[type[errors.AfterblockError], int] = {
    errors.UnreadableError: 400,
    errors.SessionEndedError: 401,
    errors.SignInFailedError: 401,
    errors.ForbiddenError: 403,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.EnrolmentUsedError: 409,
    errors.LanguageNotAcceptedError: 409,
    errors.EnrolmentEndedError: 410,
    errors.TooLargeError: 413,
    errors.UnsupportedTypeError: 415,
    errors.InvalidError: 422,
    errors.ClientTooOldError: 426,
    errors.TooManyAttemptsError: 429,
    errors.UnavailableError: 503,
    errors.ConfigurationError: 503,
    errors.StorageFullError: 507,
}
PLAIN: dict[int, tuple[str, str, str]] = {
    400: ("invalid-request", "This could not be read", "The request could not be understood."),
    404: ("not-found", "Not found", "There is nothing at this address."),
    405: ("method-not-allowed", "Not possible here", "This address does not take that method."),
    413: ("too-large", "Too much at once", "Send less at once."),
    415: (
        "unsupported-type",
        "Unsupported content type",
        "Send JSON with the content type application/json.",
    ),
}

log = structlog.get_logger()


class ProblemSchema(Schema):
    """A problem as RFC 9457 has it; `code` is stable and says what happened."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    request_id = fields.String(required=True)
    retry_after = fields.Integer()
    attempts_left = fields.Integer()
    action = fields.String()
    device_id = fields.String()
    language = fields.String()
    errors = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


def install(app: Flask) -> None:
    """Answer every error of the app as a problem."""
    app.register_error_handler(errors.AfterblockError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SQLAlchemyError, _unknown)
    app.register_error_handler(Exception, _unknown)


def status_of(error: errors.AfterblockError) -> int:
    """The HTTP status of a known error: that of its nearest class in the table."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def request_id() -> str:
    """An id for this request, in the answer and in the log, so that a caller's report can be found."""
    if "request_id" not in g:
        g.request_id = uuid4().hex
    return str(g.request_id)


def _known(error: errors.AfterblockError) -> Response:
    return _problem(status_of(error), error.code, error.title, error.detail, error.extra)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    code, title, detail = PLAIN.get(status, ("http-error", error.name, "The request could not be served."))
    response = _problem(status, code, title, detail, {})
    for method in sorted(getattr(error, "valid_methods", None) or ()):
        response.allow.add(method)
    return response


def _unknown(error: Exception) -> Response:
    """The log gets the places in the code but not the message, which may hold health data."""
    log.error(
        "request.failed",
        error=type(error).__name__,
        endpoint=request.endpoint,
        request_id=request_id(),
        where=[
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-DEPTH:]
        ],
    )
    return _problem(500, "internal", "Something went wrong", "Nothing was changed. Please try again.", {})


def _problem(status: int, code: str, title: str, detail: str, extra: dict[str, Any]) -> Response:
    body = {
        "type": f"urn:afterblock:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id(),
        **extra,
    }
    response = Response(json.dumps(body), status=status, content_type=CONTENT_TYPE)
    if "retry_after" in extra:
        response.headers["Retry-After"] = str(extra["retry_after"])
    return response
