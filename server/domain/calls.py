"""The rules on recorded days: which days call lasting relief, and which call its loss."""

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.series import Series


def highest_called(level: Level, line: int, criteria: Criteria) -> int:
    """The highest average that is called relief: at the line and at least 2 points down."""
    return min(level.cut(line), int((level.usual - criteria.least_drop) // 1))


def find_call(
    series: Series, called: int, criteria: Criteria, *, start: int = 0, last_day: int | None = None
) -> tuple[int, int] | None:
    """Places of the first day of lasting relief from `start` on, and of the day that confirms it.

    To day 28 one of the next two days must be at relief too; later, the next average at most 8 days on.
    """
    days, pains, late_day = series.recorded_days, series.pains, criteria.late_day
    for first in range(start, len(pains)):
        day = days[first]
        if pains[first] > called or day < 1:
            continue
        reach, apart = (3, 2) if day <= late_day else (2, criteria.weekly_apart_days)
        for second in range(first + 1, min(first + reach, len(pains))):
            in_time = day <= late_day or last_day is None or days[second] <= last_day
            if days[second] - day <= apart and in_time and pains[second] <= called:
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
