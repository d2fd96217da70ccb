"""Fields that marshmallow lacks: whole numbers as JSON knows them, and times with an offset."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from typing import Any
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields, validate

from server.domain.codes import LANGUAGES

RFC3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)


EMAIL = re.compile(r"[^@\s<>()\[\],;:\"\\]+@[^@\s<>()\[\],;:\"\\.]+(\.[^@\s<>()\[\],;:\"\\.]+)+")


class Whole(fields.Integer):
    """A whole number: 3 and 3.0, but neither true nor "3" nor 3.5."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value // 1:
            raise self.make_error("invalid")
        return int(value)


class Real(fields.Float):
    """A number: neither true nor "3" nor NaN."""

    def _validated(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.make_error("invalid")
        return float(super()._validated(value))


class Moment(fields.String):
    """A time in RFC 3339 with seconds and an offset, years 1900 to 2200, kept as it was written."""

    default_error_messages = {
        "moment": "Not a time with seconds and an offset, such as 2026-03-01T14:05:00+01:00."
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is None or parse_moment(text) is None:
            raise self.make_error("moment")
        return str(text)


def parse_moment(text: str) -> datetime | None:
    """The instant a text names, or None when it is not such a time."""
    if not RFC3339.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
        moment.timestamp()
    except (ValueError, OverflowError):
        return None
    return moment if 1900 <= moment.year <= 2200 else None


class Zone(fields.String):
    """The IANA name of a time zone."""

    default_error_messages = {"zone": "Not a time zone; use a name such as Europe/Berlin."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text not in available_zones():
            raise self.make_error("zone")
        return str(text)


_zones: frozenset[str] = frozenset()


def available_zones() -> frozenset[str]:
    """All zone names; walking the zone files costs too much to do for each request."""
    global _zones  # noqa: PLW0603  (a cache filled once)
    # "localtime" is one machine's own setting; others, and the engine, do not know it.
    _zones = _zones or frozenset(available_timezones() - {"localtime"})
    return _zones


def holds_control(text: str, *, but: str = "") -> bool:
    """Whether a control character other than those in `but` stands in a text."""
    return any((ord(sign) < 32 and sign not in but) or ord(sign) == 127 for sign in text)


class Line(fields.String):
    """One line of text for people: trimmed, not empty unless allowed, no control characters."""

    def __init__(self, longest: int, *, empty: bool = False, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(min=0 if empty else 1, max=longest), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if holds_control(text) or any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
            raise ValidationError("Control characters are not allowed.")
        return str(text).strip()


class EmailAddress(Line):
    """An e-mail address that can stand in the head of a message as it is written."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        encodable(text)
        if not EMAIL.fullmatch(text) or not _stays_itself(text):
            raise ValidationError("Not an e-mail address.")
        return text


def _stays_itself(address: str) -> bool:
    """Whether an address means itself: an encoded word in it would be read as other text, line breaks too."""
    try:
        read = Address(addr_spec=address).addr_spec
    except (ValueError, LookupError, AttributeError, MessageError):  # what the library raises varies
        return False
    return read == address and "=?" not in address


class Paragraph(fields.String):
    """A text for people with lines of its own: trimmed, not empty unless allowed, no other control signs."""

    def __init__(self, longest: int, *, empty: bool = False, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(min=0 if empty else 1, max=longest), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).replace("\r\n", "\n")
        encodable(text)
        if holds_control(text, but="\n\t"):
            raise ValidationError("Control characters are not allowed.")
        return str(text).strip()


def encodable(text: str) -> None:
    """Refuse half a character (a lone surrogate), which JSON can spell but no encoding can write."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValidationError("Not a valid text.") from error


def searchable(text: str) -> str:
    """A text as people search for it: without case and accents, so that "zoe" finds "Zoë"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def pointers(messages: Any, at: str = "") -> list[dict[str, str]]:
    """Flatten marshmallow's messages to `[{pointer, code, message}]`, pointers as in RFC 6901."""
    if isinstance(messages, dict):
        found: list[dict[str, str]] = []
        for key, inner in messages.items():
            step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
            found += pointers(inner, at + step)
        return found
    if isinstance(messages, (list, tuple)):
        return [item for message in messages for item in pointers(message, at)]
    return [{"pointer": at or "/", "code": _code(str(messages)), "message": str(messages)}]


def _code(message: str) -> str:
    if message.startswith("Missing"):
        return "missing"
    if message.startswith("Unknown"):
        return "unknown-field"
    return "invalid"


class Language(fields.String):
    """A language the patient app speaks."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.OneOf(LANGUAGES), **kwargs)
