"""What is read for a flare: the scores after the diagnostic window, and the days they make."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.exact import Exact, ratio
from server.domain.instants import DAY, HOUR, Instant
from server.domain.scores import Score, day_of, stands_of
from server.domain.series import Series
from server.domain.window import Window


class Day(NamedTuple):
    """One recorded day: its level (the average, else the mean of the `now` scores) and where that stands."""

    day: int
    level: Exact
    stands: Exact
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What section 5 reads of a diary: live scores from the window's end on, and the days they make."""

    series: Series
    level: Level
    criteria: Criteria
    scores: list[Score]
    """Averages and `now` scores outside provoking activity, in order of where they stand."""
    days: list[Day]
    raised: frozenset[int]
    """Days after T0's on which an analgesic dose was raised."""
    reads_from: Instant
    """From here on scores are read: the window's end, or 6 h where that is later."""

    def is_quiet(self, day: Day) -> bool:
        """Within one point of B, with no raised dose."""
        return day.level <= self.level.usual + self.criteria.flare_quiet_rise and day.day not in self.raised

    def is_worse(self, score: Score) -> bool:
        """More than one point above B."""
        return score.pain > self.level.usual + self.criteria.flare_quiet_rise

    def since(self, at: Exact) -> Exact:
        """Days from T0 to a moment, exactly."""
        return Fraction(at - self.series.t0, DAY)


def gather(
    series: Series, level: Level, window: Window, raised: frozenset[int], criteria: Criteria
) -> Course:
    """The scores of the flare section; `raised` are days counted from 1970-01-01."""
    reads_from = series.t0 + max(window.ends_after, criteria.flare_from_hours * HOUR)
    last = max(criteria.flare_worse_until_day, criteria.flare_return_day + criteria.flare_quiet_days)
    averages = series.live_averages
    read = [
        score
        for score in (*_to_day(series.nows, last), *averages[: bisect_right(averages.days, last)])
        if score.stands >= reads_from and score.live and score.entry.answers.activity != "provoking"
    ]
    scores = sorted(read, key=stands_of)
    after_t0 = frozenset(day - series.first_day for day in raised)
    return Course(series, level, criteria, scores, list(_days(scores)), after_t0, reads_from)


def _to_day(scores: Sequence[Score], last: int) -> Sequence[Score]:
    return scores[: bisect_right(scores, last, key=day_of)]


def _days(scores: Sequence[Score]) -> Iterator[Day]:
    by_day: dict[int, list[Score]] = {}
    for score in scores:
        by_day.setdefault(score.day, []).append(score)
    for number in sorted(by_day):
        of_day = by_day[number]
        if len(of_day) == 1:
            yield Day(number, of_day[0].pain, of_day[0].stands, (of_day[0],))
            continue
        averages = [score for score in of_day if score.entry.scale == "average_24h"]
        told = averages or of_day
        level: Exact = told[0].pain
        stands: Exact = told[0].stands
        if len(told) > 1:
            level = ratio(sum([score.pain for score in told]), len(told))
            stands = ratio(sum([score.stands for score in told]), len(told))
        yield Day(number, level, stands, tuple(of_day))
