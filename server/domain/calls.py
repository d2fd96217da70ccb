"""The rules on recorded days: which days call lasting relief, and which call its loss."""

from collections.abc import Sequence

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.series import Score, Series


def highest_called(level: Level, line: int, criteria: Criteria) -> int:
    """The highest average that is called relief: at the line and at least 2 points down."""
    return min(level.cut(line), int((level.usual - criteria.least_drop) // 1))


def find_call(
    averages: Sequence[Score], called: int, criteria: Criteria, *, start: int = 0, last_day: int | None = None
) -> tuple[int, int] | None:
    """Places of the first day of lasting relief from `start` on, and of the day that confirms it.

    To day 28 one of the next two days must be at relief too; later, the next average at most 8 days on.
    """
    for first in range(start, len(averages)):
        day = averages[first].day
        if averages[first].pain > called or day < 1:
            continue
        if day <= criteria.late_day:
            near = range(first + 1, min(first + 3, len(averages)))
            apart = 2
        else:
            near = range(first + 1, min(first + 2, len(averages)))
            apart = criteria.weekly_apart_days
        for second in near:
            gap, partner = averages[second].day - day, averages[second]
            in_time = day <= criteria.late_day or last_day is None or partner.day <= last_day
            if gap <= apart and in_time and partner.pain <= called:
                return first, second
    return None


def find_loss(series: Series, start: int, cut: int, criteria: Criteria) -> tuple[int, int] | None:
    """The first of 3 successive averages above a cut, or of 2 at least 5 days apart: place and run length."""
    days, pains, run = series.recorded_days, series.pains, criteria.loss_run
    for place in range(start, len(pains) - 1):
        if pains[place] <= cut or pains[place + 1] <= cut:
            continue
        if days[place + 1] - days[place] >= criteria.loss_pair_days:
            return place, 2
        after = pains[place + 2 : place + run]
        if len(after) == run - 2 and all(pain > cut for pain in after):
            return place, run
    return None
