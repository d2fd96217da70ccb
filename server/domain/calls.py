"""The rules on recorded days: which days call lasting relief, and which call its loss."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.series import Series

GOOD: Final = b"+"
BAD: Final = b"-"


def marks(series: Series, cut: int) -> bytes:
    """The averages in a row, each `GOOD` up to a cut and `BAD` above it: runs are found in one step."""
    return series.course.translate(_marks(cut))


@lru_cache(maxsize=64)
def _marks(cut: int) -> bytes:
    return b"".join(GOOD if pain <= cut else BAD for pain in range(256))


def highest_called(level: Level, line: int, criteria: Criteria) -> int:
    """The highest average that is called relief: at the line and at least 2 points down."""
    return min(level.cut(line), int((level.usual - criteria.least_drop) // 1))


def find_call(
    series: Series, called: int, criteria: Criteria, *, start: int = 0, last_day: int | None = None
) -> tuple[int, int] | None:
    """Places of the first day of lasting relief from `start` on, and of the day that confirms it.

    To day 28 one of the next two days must be at relief too; later, the next average at most 8 days on.
    """
    days, late_day = series.recorded_days, criteria.late_day
    relief = marks(series, called)
    for first in _places(relief, GOOD, start):
        day = days[first]
        reach, apart = (3, 2) if day <= late_day else (2, criteria.weekly_apart_days)
        for second in _places(relief[: first + reach], GOOD, first + 1):
            in_time = day <= late_day or last_day is None or days[second] <= last_day
            if day >= 1 and days[second] - day <= apart and in_time:
                return first, second
    return None


def find_loss(series: Series, start: int, cut: int, criteria: Criteria) -> tuple[int, int] | None:
    """The first of 3 successive averages above a cut, or of 2 at least 5 days apart: place and run length."""
    days, lost, run = series.recorded_days, marks(series, cut), criteria.loss_run
    for place in _places(lost, 2 * BAD, start):
        if days[place + 1] - days[place] >= criteria.loss_pair_days:
            return place, 2
        if lost.startswith(run * BAD, place):
            return place, run
    return None


def _places(found: bytes, wanted: bytes, start: int) -> Iterator[int]:
    place = found.find(wanted, start)
    while place >= 0:
        yield place
        place = found.find(wanted, place + 1)
