"""How many injection sessions a region of the spine had in any rolling 12 months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

MONTHS: Final = 12


class SessionCount(NamedTuple):
    """One session and how many the 12 months up to it hold, itself included."""

    on: date
    in_12_months: int


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of one region, oldest first; injections of one date are one session.

    They are those recorded here: injections elsewhere are not known.
    """

    dates: tuple[date, ...]

    @classmethod
    def of(cls, dates: Iterable[date]) -> Sessions:
        """Sessions from the dates of injections in any order."""
        return cls(tuple(sorted(set(dates))))

    def used(self, on: date) -> int:
        """Sessions in the 12 months that end with a date: after the same day of the year before, up to it."""
        start = a_year_before(on)
        return sum(start < session <= on for session in self.dates)

    @property
    def counts(self) -> tuple[SessionCount, ...]:
        """The count at each session."""
        return tuple(SessionCount(session, self.used(session)) for session in self.dates)

    @property
    def most(self) -> int:
        """The highest count any rolling 12 months hold."""
        return max((count.in_12_months for count in self.counts), default=0)

    def next_within(self, limit: int, on: date) -> date:
        """The first date, from `on`, on which an injection keeps the 12 months up to it within a limit.

        An injection on the date of a session belongs to it and adds none.
        """
        if self.used(on) < limit or (on in self.dates and self.used(on) == limit):
            return on
        earlier = [session for session in self.dates if session <= on]
        return a_year_after(earlier[-limit])


def sessions_by_region(injections: Iterable[tuple[str | None, date]]) -> dict[str | None, Sessions]:
    """Sessions of each region (None where it was not recorded)."""
    dates: dict[str | None, list[date]] = {}
    for region, on in injections:
        dates.setdefault(region, []).append(on)
    return {region: Sessions.of(dates[region]) for region in sorted(dates, key=lambda name: name or "")}


def a_year_before(on: date) -> date:
    """The same day 12 months earlier; 29 February has the 28th."""
    last = monthrange(on.year - 1, on.month)[1]
    return date(on.year - 1, on.month, min(on.day, last))


def a_year_after(on: date) -> date:
    """The first date whose 12 months no longer hold a date."""
    found = date(on.year + 1, on.month, 28) if (on.month, on.day) == (2, 29) else on.replace(year=on.year + 1)
    while a_year_before(found) < on:
        found += timedelta(days=1)
    return found
