"""What services may raise: one small tree, each error with a stable code and a plain sentence.

Status codes are not known here; `server/api/errors.py` gives each class its own.
"""

from __future__ import annotations

from typing import Any


class AfterblockError(Exception):
    """Root of everything the product raises on purpose."""

    code = "internal"
    title = "Something went wrong"

    def __init__(self, detail: str, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.extra = extra


class NotFoundError(AfterblockError):
    """The thing does not exist, or is not the caller's to see."""

    code = "not-found"
    title = "Not found"


class InvalidError(AfterblockError):
    """What was sent cannot be used; `errors` points at the fields."""

    code = "invalid-request"
    title = "Some fields need another look"

    def __init__(self, detail: str, errors: list[dict[str, str]] | None = None, **extra: Any) -> None:
        super().__init__(detail, **extra)
        if errors:
            self.extra["errors"] = errors


class UnreadableError(AfterblockError):
    """The body is not JSON at all."""

    code = "invalid-json"
    title = "This could not be read"


class TooLargeError(AfterblockError):
    """More was sent at once than one request may carry."""

    code = "too-large"
    title = "Too much at once"


class UnsupportedTypeError(AfterblockError):
    """The body is of a type the product does not take."""

    code = "unsupported-type"
    title = "Unsupported content type"


class SessionEndedError(AfterblockError):
    """Nobody is signed in, or the session has ended."""

    code = "session-ended"
    title = "Please sign in"


class SignInFailedError(AfterblockError):
    """E-mail and password do not belong together."""

    code = "sign-in-failed"
    title = "Sign-in failed"


class ForbiddenError(AfterblockError):
    """The caller is known but may not do this."""

    code = "forbidden"
    title = "Not allowed"


class PasswordNeededError(ForbiddenError):
    """Signed in by a one-time password, which opens nothing but the choice of one's own."""

    code = "password-needed"
    title = "Choose a password first"


class CrossSiteError(ForbiddenError):
    """A state-changing request did not come from the product's own pages."""

    code = "cross-site"
    title = "Request refused"


class DeviceRevokedError(ForbiddenError):
    """Staff have taken this phone off the diary; `action` says what it must do."""

    code = "device-revoked"
    title = "This phone is no longer connected"


class TooManyAttemptsError(AfterblockError):
    """Too many failed attempts; `retry_after` holds the seconds to wait."""

    code = "too-many-attempts"
    title = "Too many attempts"


class EnrolmentUnknownError(NotFoundError):
    """No such enrolment link."""

    code = "enrolment-unknown"
    title = "This link is not known"


class EnrolmentCodeWrongError(ForbiddenError):
    """The six digits do not fit the link; `attempts_left` says how often one may still try."""

    code = "enrolment-code-wrong"
    title = "That code does not fit"


class EnrolmentUsedError(AfterblockError):
    """The link has already enrolled a phone."""

    code = "enrolment-used"
    title = "This link has been used"


class EnrolmentEndedError(AfterblockError):
    """The link has expired, was replaced, or died of wrong codes."""

    code = "enrolment-expired"
    title = "This link has ended"


class LanguageNotAcceptedError(AfterblockError):
    """No physician of the clinic has accepted the safety texts of this language."""

    code = "language-not-accepted"
    title = "This language is not accepted yet"


class ConflictError(AfterblockError):
    """Somebody else changed the same thing first, or it exists already."""

    code = "conflict"
    title = "This was changed meanwhile"


class ClientTooOldError(AfterblockError):
    """The phone speaks a protocol the server no longer takes."""

    code = "client-too-old"
    title = "This app needs an update"


class StorageFullError(AfterblockError):
    """The disk or database took no more; nothing was stored."""

    code = "storage-full"
    title = "The server's storage is full"


class UnavailableError(AfterblockError):
    """The database did not answer in time; nothing was stored."""

    code = "unavailable"
    title = "Please try again shortly"


class DeliveryError(AfterblockError):
    """A message could not be handed over now; trying again may help."""

    code = "delivery-failed"
    title = "The message could not be sent"


class DeliveryRefusedError(DeliveryError):
    """The address does not exist or takes nothing; trying again will not help."""

    code = "delivery-refused"


class ConfigurationError(AfterblockError):
    """The product refuses to start with these settings."""

    code = "configuration"
    title = "Settings need attention"
