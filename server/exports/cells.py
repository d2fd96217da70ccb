"""Values as cells of a CSV file: safe in a spreadsheet, and times told three ways."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

_GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
MARK: Final = "\N{BYTE ORDER MARK}"
"""Without it spreadsheets take UTF-8 for another encoding."""


def line(cells: Iterable[Any]) -> str:
    """One line of CSV (RFC 4180) from plain values."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([cell(value) for value in cells])
    return text.getvalue()


def cell(value: Any) -> str:
    """A value as text: nothing for None, `true` and `false`, numbers plain, words safe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return safe(str(value))


def safe(text: str) -> str:
    """A text no spreadsheet takes for a formula: an apostrophe before the signs that begin one."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def unsafe(text: str) -> str:
    """The text as it was before `safe`."""
    return text[1:] if text.startswith("'") else text


def three_ways(moment: str | datetime | None) -> Sequence[Any]:
    """A time in UTC, on the patient's clock, and the minutes between the two; three empty cells for none."""
    if moment is None:
        return None, None, None
    at = datetime.fromisoformat(moment.upper()) if isinstance(moment, str) else moment
    offset = at.utcoffset() or timedelta()
    return in_utc(at), at.replace(tzinfo=None).isoformat(), int(offset.total_seconds() // 60)


def in_utc(at: datetime | None) -> str | None:
    """A moment in UTC."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")
