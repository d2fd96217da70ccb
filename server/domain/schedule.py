"""Which check-ins the default protocol plans around one injection, and when each is on time, late or past."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.domain.instants import DAY, HOUR, MINUTE, Instant, LocalTime, date_of_day, local_time

PROTOCOL = "snrb-default/1"

Kind = Literal["pre", "early", "hour", "bedtime", "day", "week", "month", "again", "pgic"]

EARLY_MINUTES = (15, 30, 45, 60)
OFFERED_MINUTES = (45,)
HOURS = (2, 3, 4, 5, 6, 8)
EVENING_DAYS = range(1, 29)
EARLY_EVENINGS = 7
WEEKLY_DAYS = range(35, 85, 7)
MONTHS = range(4, 13)
PGIC_DAYS = (14, 28, 90, 180, 365)
DAILY_AGAIN_DAYS = 7

EVENING = 21 * HOUR
EVENING_OPENS = 18 * HOUR
NOON = 12 * HOUR
PRE_OPENS = 60 * MINUTE
BACK_FILL = 48 * HOUR
"""How long the app offers an open check-in for back-filling (week and month: until they are missed)."""


class Slot(NamedTuple):
    """One planned check-in; the moments are instants and both ends of a window belong to it."""

    key: str
    kind: Kind
    scale: str | None
    """The scale that fills it; None for the one-tap impression of change."""
    planned: Instant
    opens: Instant
    closes: Instant
    late_until: Instant
    back_fill_until: Instant
    expected: bool
    """Counted when it is missing; offered check-ins are not."""


class AverageSlots(NamedTuple):
    """The slots that `average_24h` entries fill, in order, all of them expected."""

    slots: tuple[Slot, ...]
    edges: NDArray[np.int64]
    """Of each window, which never overlap: its beginning, the first moments after it and after its part that
    is on time, and the planned moment; a row for each."""
    closes: tuple[Instant, ...]
    """Until when each is on time; these rise too."""

    def planned_by(self, end: Instant) -> "AverageSlots":
        """Those planned up to a moment."""
        count = bisect_right(self.slots, end, key=attrgetter("planned"))
        return AverageSlots(self.slots[:count], self.edges[:, :count], self.closes[:count])

    @property
    def moments(self) -> NDArray[np.int64]:
        """When each is planned."""
        moments: NDArray[np.int64] = self.edges[-1]
        return moments


NO_AVERAGES: Final = AverageSlots((), np.zeros((4, 0), np.int64), ())


def slots(
    performed_at: Instant,
    zone: str | LocalTime,
    *,
    planned_at: Instant | None = None,
    again_after: int | None = None,
) -> list[Slot]:
    """All check-ins around T0, ordered by their planned moment.

    `planned_at` (when the episode was planned) adds optional evenings from day -7 to the day before T0.
    `again_after` (day of the first average above the 50 % line after an onset) offers 7 daily evenings.
    """
    local = local_time(zone) if isinstance(zone, str) else zone
    first_day = local.day(performed_at)
    found = [*_hours(performed_at, local), *slots_taking_averages(local, first_day).slots]
    found += _impressions(local, first_day)
    if planned_at is not None:
        found += _early_evenings(local, first_day, local.day(planned_at))
    if again_after is not None:
        found += _daily_again(local, first_day, again_after)
    return sorted(found, key=lambda slot: slot.planned)


def slots_taking_now(performed_at: Instant, local: LocalTime) -> list[Slot]:
    """The slots that `now` entries fill, +45 among them, in order; `pre` is filled by the baseline."""
    return list(_hours_after(performed_at, local))


@lru_cache(maxsize=512)
def slots_taking_averages(local: LocalTime, first_day: int) -> AverageSlots:
    """The slots that `average_24h` entries fill for T0 on the local day `first_day`."""
    found = tuple(_evenings(local, first_day))
    edges = [(slot.opens, slot.late_until + 1, slot.closes + 1, slot.planned) for slot in found]
    columns = np.array(edges, np.int64).T.copy()  # rows of their own are read faster
    return AverageSlots(found, columns, tuple(slot.closes for slot in found))


def _hours(t0: Instant, local: LocalTime) -> Iterator[Slot]:
    yield Slot("pre", "pre", "now", t0, t0 - PRE_OPENS, t0, t0, t0, expected=True)
    yield from _hours_after(t0, local)


def _hours_after(t0: Instant, local: LocalTime) -> Iterator[Slot]:
    for key, kind, after, on_time, late, expected in _FIRST_HOURS:
        at = t0 + after
        moments = at, at - on_time, at + on_time, at + late, at + BACK_FILL
        yield _new_slot(Slot, (key, kind, "now", *moments, expected))
    bedtime = _bedtime(local, local.day(t0))
    if bedtime.planned > t0 + HOURS[-1] * HOUR:
        yield bedtime


def _first_hours() -> Iterator[tuple[str, Kind, Instant, Instant, Instant, bool]]:
    """Key, kind, time after T0, on-time and late tolerance, and whether it is expected."""
    for minutes in EARLY_MINUTES:
        expected = minutes not in OFFERED_MINUTES
        yield f"m{minutes}", "early", minutes * MINUTE, 10 * MINUTE, 30 * MINUTE, expected
    for hours in HOURS:
        yield f"h{hours}", "hour", hours * HOUR, 15 * MINUTE, 60 * MINUTE, True


_FIRST_HOURS = tuple(_first_hours())
_new_slot = tuple.__new__  # the named constructor takes twice as long, ten times for every diary


@lru_cache(maxsize=512)
def _bedtime(local: LocalTime, first_day: int) -> Slot:
    return _evening(local, "bedtime", "bedtime", first_day, scale="now", expected=True)


def _evenings(local: LocalTime, first_day: int) -> Iterator[Slot]:
    for day in EVENING_DAYS:
        yield _evening(local, f"d{day}", "day", first_day + day, scale="average_24h", expected=True)
    for day in WEEKLY_DAYS:
        yield _spread(local, f"w{day // 7}", "week", first_day + day, on_time=2, late=3)
    start = date_of_day(first_day)
    for month in MONTHS:
        day = first_day + days_to_month(start, month)
        yield _spread(local, f"mo{month}", "month", day, on_time=5, late=10)


def _evening(local: LocalTime, key: str, kind: Kind, day: int, *, scale: str | None, expected: bool) -> Slot:
    at = local.at(day, EVENING)
    opens, closes, noon = local.at(day, EVENING_OPENS), local.at(day + 1), local.at(day + 1, NOON)
    return Slot(key, kind, scale, at, opens, closes, noon, at + BACK_FILL, expected)


def _spread(local: LocalTime, key: str, kind: Kind, day: int, *, on_time: int, late: int) -> Slot:
    at = local.at(day, EVENING)
    tolerance, late_until = on_time * DAY, at + late * DAY
    return Slot(
        key, kind, "average_24h", at, at - tolerance, at + tolerance, late_until, late_until, expected=True
    )


def days_to_month(start: date, months: int) -> int:
    """Days from a date to the same calendar day some months later, or to that month's last day."""
    years, month = divmod(start.month - 1 + months, 12)
    last = monthrange(start.year + years, month + 1)[1]
    return (date(start.year + years, month + 1, min(start.day, last)) - start).days


@lru_cache(maxsize=512)
def _impressions(local: LocalTime, first_day: int) -> tuple[Slot, ...]:
    return tuple(_impressions_of(local, first_day))


def _impressions_of(local: LocalTime, first_day: int) -> Iterator[Slot]:
    for day in PGIC_DAYS:
        key = f"pgic{day}"
        if day in EVENING_DAYS:
            yield _evening(local, key, "pgic", first_day + day, scale=None, expected=False)
        else:
            slot = _spread(local, key, "pgic", first_day + day, on_time=5, late=10)
            yield slot._replace(scale=None, expected=False)


def _early_evenings(local: LocalTime, first_day: int, planned_day: int) -> Iterator[Slot]:
    for day in range(max(-EARLY_EVENINGS, planned_day - first_day), 0):
        yield _evening(local, f"d{day}", "day", first_day + day, scale="average_24h", expected=False)


def _daily_again(local: LocalTime, first_day: int, after: int) -> Iterator[Slot]:
    for day in range(after + 1, after + 1 + DAILY_AGAIN_DAYS):
        if day not in EVENING_DAYS:
            key = f"again{day}"
            yield _evening(local, key, "again", first_day + day, scale="average_24h", expected=False)
