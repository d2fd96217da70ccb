"""When a clinic is open: hours of each weekday and holidays, on the clinic's own wall clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from server.domain.instants import DAY, MINUTE, LocalTime, local_time

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FURTHEST: Final = 60
"""Days to look ahead; a clinic closed for longer is held to `NEVER_OPEN`."""
NEVER_OPEN: Final = timedelta(hours=24)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = _EPOCH.date().toordinal()


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Minutes after midnight at which each weekday opens and closes, Monday first; None is closed."""

    days: tuple[tuple[int, int] | None, ...]
    holidays: frozenset[date] = frozenset()

    def on(self, day: date) -> tuple[int, int] | None:
        """Opening and closing minute of a calendar day."""
        return None if day in self.holidays else self.days[day.weekday()]


OFFICE_HOURS: Final = OpeningHours(((8 * 60, 17 * 60),) * 5 + (None, None))
"""Monday to Friday, 8 to 17: what counts until a clinic says otherwise."""


def parse_hours(value: Mapping[str, Any]) -> OpeningHours:
    """Read `{days: {mon: {opens: "08:00", closes: "17:00"} | null, ...}, holidays: [{date, ...}]}`."""
    days = value["days"]
    spans = [days.get(name) for name in WEEKDAYS]
    return OpeningHours(
        tuple(span and (minutes(span["opens"]), minutes(span["closes"])) for span in spans),
        frozenset(date.fromisoformat(holiday["date"]) for holiday in value["holidays"]),
    )


def minutes(text: str) -> int:
    """Minutes after midnight of a wall-clock time such as "08:30"."""
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def is_open(hours: OpeningHours, zone: str, at: datetime) -> bool:
    """Whether somebody is there: from the opening minute on, up to but without the closing one."""
    local = local_time(zone)
    instant = _instant(at)
    day = local.day(instant)
    span = hours.on(_date(day))
    return span is not None and _at(local, day, span[0]) <= instant < _at(local, day, span[1])


def end_of_next_working_day(hours: OpeningHours, zone: str, received: datetime) -> datetime:
    """When the first working day that opens after `received` closes: the latest for "next working day"."""
    local = local_time(zone)
    instant = _instant(received)
    today = local.day(instant)
    for day in range(today, today + FURTHEST):
        span = hours.on(_date(day))
        if span is not None and _at(local, day, span[0]) > instant:
            return _moment(_at(local, day, span[1]))
    return received + NEVER_OPEN


def at_wall_clock(zone: str, day: date, minute: int) -> datetime:
    """The instant at which the wall clock first shows a minute of a day; a skipped one moves on."""
    return _moment(_at(local_time(zone), day.toordinal() - _EPOCH_DAY, minute))


def local_date(zone: str, at: datetime) -> date:
    """The calendar day in a zone."""
    return _date(local_time(zone).day(_instant(at)))


def _at(local: LocalTime, day: int, minute: int) -> int:
    return local.at(day, minute * MINUTE)


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH_DAY)


def _instant(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def _moment(instant: int) -> datetime:
    days, rest = divmod(instant, DAY)
    return _EPOCH + timedelta(days=days, microseconds=rest)
