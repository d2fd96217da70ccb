"""Whether a patient responds at fixed days after the injection."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.exact import median
from server.domain.instants import Instant
from server.domain.series import Score, Series

DAYS = (14, 28, 60, 90, 180, 365)


def tolerance(day: int) -> int:
    """Averages this many days around count: 3 to day 28, 7 later."""
    return 3 if day <= 28 else 7


def read_responder(series: Series, level: Level, criteria: Criteria) -> dict[int, bool | None]:
    """For each day: the median of the averages around it gives 50 % relief or 0/10; None while unknown."""
    if level.usual < criteria.lowest_baseline:
        return dict.fromkeys(DAYS)
    recorded = [score.day for score in series.averages]
    return {day: _responds(series, level, recorded, day, criteria) for day in DAYS}


def _responds(
    series: Series, level: Level, recorded: Sequence[int], day: int, criteria: Criteria
) -> bool | None:
    if series.ending is not None and series.day(series.ending.at) < day:
        return False
    pains = _around(series.averages, recorded, day)
    if not pains or not series.is_over(day + tolerance(day)):
        return None
    middle = median(pains)
    return middle == 0 or 100 * (level.usual - middle) >= criteria.good_relief * level.usual


def _around(averages: Sequence[Score], recorded: Sequence[int], day: int) -> list[int]:
    """The scores of the `recorded` days, in order as the averages, within the tolerance of a day."""
    near = tolerance(day)
    first = bisect_left(recorded, day - near)
    last = bisect_right(recorded, day + near, first)
    return [score.pain for score in averages[first:last]]


def next_change(series: Series, responds: Mapping[int, bool | None]) -> Instant | None:
    """The next moment at which a day with averages around it is decided."""
    recorded = [score.day for score in series.averages]
    for day in DAYS:
        if responds[day] is None and _around(series.averages, recorded, day):
            return series.day_over(day + tolerance(day))
    return None
