"""The level before the injection, against which everything after it is read."""

from dataclasses import dataclass
from fractions import Fraction

from server.domain.criteria import Criteria
from server.domain.diary import Baseline
from server.domain.exact import Exact, as_written

DAYS_BEFORE = range(-7, 0)


@dataclass(frozen=True, slots=True)
class Level:
    """B_pre, the score at T0, and B_days, the mean of at least 4 daily averages of days -7 to -1 or None."""

    pre: int
    days: Exact | None
    flags: tuple[str, ...]

    @property
    def usual(self) -> Exact:
        """B: the level that everything after the anaesthetic phase is compared with."""
        return self.pre if self.days is None else self.days

    def cut(self, relief_percent: int) -> int:
        """The highest whole score that still gives this relief below B."""
        return highest_score(self.usual, relief_percent)


def highest_score(level: Exact, relief_percent: int) -> int:
    """The highest whole score that still is `relief_percent` or more below a level (0-10)."""
    return int(level * (100 - relief_percent) // 100)


def read_baseline(baseline: Baseline, first_day: int, criteria: Criteria) -> Level:
    """The baseline of an episode whose T0 lies on the local day `first_day`."""
    averages = {
        item.day: as_written(item.average) for item in baseline.daily if item.day - first_day in DAYS_BEFORE
    }
    flags = []
    days: Exact | None = None
    if len(averages) >= criteria.daily_averages_needed:
        days = Fraction(sum(averages.values()), len(averages))
    else:
        flags.append("single_point_baseline")
    if criteria.lowest_baseline <= baseline.pain < criteria.evaluable_baseline:
        flags.append("low_baseline")
    return Level(baseline.pain, days, tuple(flags))
