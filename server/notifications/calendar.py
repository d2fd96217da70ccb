"""Check-ins as a calendar (RFC 5545): instants in UTC, so that every calendar shows them on its own clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from server.notifications.message import texts

LONGEST_LINE = 75
"""Bytes of a line before it is folded."""
LASTS = timedelta(minutes=15)


class Appointment(NamedTuple):
    """One check-in to come; the same check-in keeps its id when its time moves."""

    id: UUID
    at: datetime


def calendar(appointments: Sequence[Appointment], language: str, link: str, now: datetime) -> str:
    """A calendar with an alarm at each appointment. It says no more than a push does."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Afterblock//Check-ins//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(texts(language).title)}"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for appointment in appointments:
        lines += _event(appointment, language, link, now)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines)


def _event(appointment: Appointment, language: str, link: str, now: datetime) -> Iterator[str]:
    sentence = escaped(texts(language).reminder)
    yield "BEGIN:VEVENT"
    yield f"UID:{appointment.id}@afterblock"
    yield f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART:{appointment.at:%Y%m%dT%H%M%SZ}"
    yield f"DTEND:{appointment.at + LASTS:%Y%m%dT%H%M%SZ}"
    yield f"SUMMARY:{sentence}"
    yield f"URL:{link}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{sentence}"
    yield "TRIGGER:PT0S"
    yield "END:VALARM"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text as a calendar's value."""
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, instead)
    return text


def folded(line: str) -> str:
    """A line broken after at most 75 bytes, never inside a character."""
    pieces, piece, length = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if length + size > LONGEST_LINE:
            pieces.append(piece)
            piece, length = "", 1  # the space that begins a continued line
        piece, length = piece + sign, length + size
    return "\r\n ".join([*pieces, piece])
