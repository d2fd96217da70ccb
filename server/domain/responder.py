"""Whether a patient responds at fixed days after the injection."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.exact import median
from server.domain.instants import Instant
from server.domain.series import Series

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
    pains = _around(series, day)
    if not pains or not series.is_over(day + tolerance(day)):
        return None
    middle = median(pains)
    return middle == 0 or 100 * (level.usual - middle) >= criteria.good_relief * level.usual


def _around(series: Series, day: int) -> list[int]:
    """The averages within the tolerance of a day."""
    near, recorded = tolerance(day), series.recorded_days
    first = bisect_left(recorded, day - near)
    return series.pains[first : bisect_right(recorded, day + near, first)]


def next_change(series: Series, responds: Mapping[int, bool | None]) -> Instant | None:
    """The next moment at which a day with averages around it is decided."""
    for day in DAYS:
        if responds[day] is None and _around(series, day):
            return series.day_over(day + tolerance(day))
    return None
