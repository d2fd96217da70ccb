"""Reading the cells of one line; whatever cannot be read is remembered, and the line goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo

from server.imports.mapping import Mapping, theirs_of
from server.imports.problems import Problem

TRUE: Final = frozenset({"true", "yes", "y", "1", "x"})
FALSE: Final = frozenset({"false", "no", "n", "0"})
LIST: Final = "|"


class Cells:
    """One line by our columns. Every reader gives None for an empty cell, and for one it cannot read."""

    def __init__(self, line: int, cells: dict[str, str], mapping: Mapping, zone: str) -> None:
        self.line = line
        self.zone = zone
        self.problems: list[Problem] = []
        self._cells = cells
        self._mapping = mapping

    def say(self, column: str | None, code: str, sentence: str, *, error: bool = True) -> None:
        """Remember what is wrong with a column."""
        named = None if column is None else theirs_of(column, self._mapping)
        self.problems.append(Problem(self.line, named, code, sentence, error))

    def text(self, column: str) -> str | None:
        """A cell as it is."""
        return self._cells.get(column) or None

    def needed(self, column: str) -> str | None:
        """A cell that may not be empty."""
        found = self.text(column)
        if found is None:
            self.say(column, "missing", "This cell is needed. Fill it in.")
        return found

    def code(self, column: str, allowed: Sequence[str]) -> str | None:
        """One of the product's codes."""
        found = self.text(column)
        if found is None or found in allowed:
            return found
        plain = found.casefold().replace(" ", "_")
        if plain in allowed:
            return plain
        self.say(column, "unknown-code", f"“{found}” is not known here. Use {', '.join(allowed)}.")
        return None

    def number(self, column: str) -> float | int | None:
        """A number, with a decimal point or a decimal comma."""
        found = self.text(column)
        return None if found is None else self.number_of(column, found)

    def number_of(self, column: str, text: str) -> float | int | None:
        """A number that is part of a cell."""
        plain = text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        if plain.count(",") == 1 and "." not in plain:
            plain = plain.replace(",", ".")
        try:
            value = float(plain)
        except ValueError:
            value = float("nan")
        if not -1e9 < value < 1e9:
            self.say(column, "not-a-number", f"“{text}” is no number. Write it as 7 or 2.5.")
            return None
        return int(value) if value == int(value) else value

    def truth(self, column: str) -> bool | None:
        """Yes or no."""
        found = self.text(column)
        if found is None:
            return None
        if found.casefold() in TRUE | FALSE:
            return found.casefold() in TRUE
        self.say(column, "not-yes-or-no", f"“{found}” is neither true nor false.")
        return None

    def words(self, column: str) -> list[str]:
        """Several values in one cell, parted by |."""
        return (self.text(column) or "").split(LIST) if self.text(column) else []

    def json(self, column: str) -> Any:
        """A cell that holds JSON."""
        found = self.text(column)
        if found is None:
            return None
        try:
            return json.loads(found)
        except ValueError:
            self.say(column, "not-json", "This cell is not valid JSON. Leave it empty or copy it whole.")
            return None

    def day(self, column: str) -> date | None:
        """A date, written as the mapping says."""
        found = self.text(column)
        if found is None:
            return None
        try:
            return datetime.strptime(found, self._mapping.date).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            shown = date(2026, 3, 31).strftime(self._mapping.date)
            self.say(
                column, "not-a-date", f"“{found}” is not a date as {shown}. Name its form in the mapping."
            )
            return None

    def moment(self, name: str) -> str | None:
        """A moment: `_local` with or without `_offset_min`, `_utc`, or `_date` and `_time` after its name.

        A time without an offset is one on the clock of the zone; an hour that was skipped or came twice is
        named instead of being guessed.
        """
        at = self._local(name)
        if at is None:
            return self._in_utc(f"{name}_utc")
        offset = self.number(f"{name}_offset_min")
        if offset is not None:
            if not -24 * 60 < offset < 24 * 60:
                self.say(f"{name}_offset_min", "not-an-offset", "These minutes are no offset from UTC.")
                return None
            return at.replace(tzinfo=timezone(timedelta(minutes=offset))).isoformat()
        return self._placed(name, at)

    def _local(self, name: str) -> datetime | None:
        column = f"{name}_local"
        found = self.text(column)
        if found is not None:
            return self._as_iso(column, found)
        day, time = self.day(f"{name}_date"), self.text(f"{name}_time")
        if day is None:
            return None
        if time is None:
            self.say(f"{name}_time", "missing", "The time of day is needed beside the date.")
            return None
        for form in self._mapping.time_formats:
            try:
                told = datetime.strptime(time, form)  # noqa: DTZ007 the zone comes later
            except ValueError:
                continue
            return datetime.combine(day, told.time())
        self.say(f"{name}_time", "not-a-time", f"“{time}” is not a time of day. Write it as 14:05.")
        return None

    def _as_iso(self, column: str, text: str) -> datetime | None:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            self.say(column, "not-a-time", f"“{text}” is not a time as 2026-03-31T14:05:00.")
            return None

    def _in_utc(self, column: str) -> str | None:
        found = self.text(column)
        if found is None:
            return None
        try:
            at: datetime | None = datetime.fromisoformat(found)
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            self.say(column, "not-a-time", f"“{found}” is not a time in UTC as 2026-03-31T12:05:00Z.")
            return None
        return at.astimezone(ZoneInfo(self.zone)).isoformat()

    def _placed(self, name: str, at: datetime) -> str | None:
        """A local time in the zone, unless the clock skipped it or showed it twice."""
        column = f"{name}_local" if self.text(f"{name}_local") else f"{name}_time"
        first, second = (at.replace(tzinfo=ZoneInfo(self.zone), fold=fold) for fold in (0, 1))
        shown = f"{at:%H:%M} on {at.day} {at:%b %Y}"
        if first.astimezone(UTC).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) != at:
            self.say(
                column,
                "time-skipped",
                f"{shown} did not exist in {self.zone}: the clocks went forward. Write the time it was.",
            )
            return None
        if first.utcoffset() != second.utcoffset():
            ways = " or ".join(str(_minutes(one)) for one in (first, second))
            self.say(
                column,
                "time-twice",
                f"{shown} came twice in {self.zone}: the clocks went back. "
                f"Say which in {theirs_of(f'{name}_offset_min', self._mapping)}: {ways}.",
            )
            return None
        return first.isoformat()


def _minutes(at: datetime) -> int:
    return int((at.utcoffset() or timedelta()).total_seconds() // 60)
