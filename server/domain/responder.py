"""Whether a patient responds at fixed days after the injection."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import attrgetter

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.exact import median
from server.domain.instants import Instant
from server.domain.series import Score, Series

_day = attrgetter("day")
DAYS = (14, 28, 60, 90, 180, 365)


def tolerance(day: int) -> int:
    """Averages this many days around count: 3 to day 28, 7 later."""
    return 3 if day <= 28 else 7


def read_responder(series: Series, level: Level, criteria: Criteria) -> dict[int, bool | None]:
    """For each day: the median of the averages around it gives 50 % relief or 0/10; None while unknown."""
    if level.usual < criteria.lowest_baseline:
        return dict.fromkeys(DAYS)
    return {day: _responds(series, level, day, criteria) for day in DAYS}


def _responds(series: Series, level: Level, day: int, criteria: Criteria) -> bool | None:
    if series.ending is not None and series.day(series.ending.at) < day:
        return False
    pains = _around(series.averages, day)
    if not pains or not series.is_over(day + tolerance(day)):
        return None
    middle = median(pains)
    return middle == 0 or 100 * (level.usual - middle) >= criteria.good_relief * level.usual


def _around(averages: Sequence[Score], day: int) -> list[int]:
    first = bisect_left(averages, day - tolerance(day), key=_day)
    last = bisect_right(averages, day + tolerance(day), lo=first, key=_day)
    return [score.pain for score in averages[first:last]]


def next_change(series: Series, responds: Mapping[int, bool | None]) -> Instant | None:
    """The next moment at which a day with averages around it is decided."""
    last = series.averages[-1].day if series.averages else 0
    for day in DAYS:
        if day - tolerance(day) > last:
            return None
        if (
            responds[day] is None
            and not series.is_over(day + tolerance(day))
            and _around(series.averages, day)
        ):
            return series.day_over(day + tolerance(day))
    return None
