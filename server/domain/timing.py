"""When relief began and when it was lost: the pain underneath, read from the scores around the call.

The rules of `onset` and `loss` say that and where something happened; here the scores on both sides of that
place say when. A diary too thin for that keeps the interval between the two scores that saw it.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, NamedTuple, TypeVar

from server.domain.baseline import Level
from server.domain.change import Levels, Moment, Moments, Question, Ramps, Scores, Span, with_neighbours
from server.domain.criteria import Criteria
from server.domain.exact import Exact, middle
from server.domain.instants import DAY, Instant
from server.domain.series import Series
from server.domain.variation import Variation, read_variation

BEFORE_ONSET: Final = 10
AFTER_ONSET: Final = 14
BEFORE_LOSS: Final = 18
AFTER_LOSS: Final = 16
"""Averages read on each side of a call."""
FEWEST: Final = 10
"""Scores needed around a call; with fewer the plain interval stands."""
ABOVE_BASELINE: Final = 1
"""Points above B up to which pain is read: a flare says nothing about when relief began."""
ONSET: Final = Ramps.of((0, 1, 2, 4, 8))
LOSS: Final = Ramps.of((0, 2, 5, 12, 28))
"""Days a change may take, tried equally; loss is the slower of the two."""
SAME_CHANGE: Final = 4
"""Two lines called within that many averages are crossed by one change."""


class Crossing(NamedTuple):
    """When the relief crossed a line: estimate and interval, in microseconds after T0."""

    estimate: Exact
    low: Exact
    high: Exact
    fitted: bool = False
    """Whether it was read from the scores around it, or only lies between two of them."""

    @classmethod
    def between(cls, low: Exact, high: Exact) -> Crossing:
        """Somewhere between two scores: the middle, for want of more."""
        return cls(middle(low, high), low, high)

    @property
    def days(self) -> tuple[Exact, Exact, Exact]:
        """Estimate, low and high in days after T0, exactly."""
        return Fraction(self.estimate, DAY), Fraction(self.low, DAY), Fraction(self.high, DAY)


class Fit(NamedTuple):
    """A change fitted around the average at a place: where it crosses the lines; None if there is none."""

    place: int
    percents: Sequence[int]
    """The lines asked about."""
    moments: Moments | None


T = TypeVar("T")
Asking = Generator[Question | None, Moments | None, T]
"""A part of a reading that asks for fits and goes on with the answers: many can then be fitted at once.

Asking for None is a pause, after which it goes on without an answer.
"""


@dataclass(slots=True)
class Timing:
    """The moments of one course. Fits are kept, because two lines are often crossed by the same change."""

    series: Series
    level: Level
    window_ends_at: Instant
    criteria: Criteria
    fits: bool = True
    """Whether moments are fitted; else each is the interval between two scores."""
    _variation: Variation | None = None
    _onsets: list[Fit] = field(default_factory=list)
    _losses: list[Fit] = field(default_factory=list)

    @property
    def variation(self) -> Variation:
        """How much the averages of this diary vary by themselves."""
        if self._variation is None:
            self._variation = read_variation(self.series.pains)
        return self._variation

    def onset(self, first: int, until: int, percent: int, since: int = 0) -> Asking[Crossing]:
        """When relief reached a line, called at the average at `first` and lost again at `until`.

        Averages from `since` on are read, and of the `now` scores those after the window that miss the line:
        a good one may still be the anaesthetic's.
        """
        start, stop = max(since, first - BEFORE_ONSET), min(until, first + AFTER_ONSET)
        found = _near(self._onsets, first)
        if found is None and self.fits and stop - start >= FEWEST:
            lines = self._percents[:2]  # relief is never said to begin at the line of its end
            found = Fit(first, lines, (yield self._ask_onset(start, stop, first, percent, lines)))
            self._onsets.append(found)
        return self._read(found, percent) or self._after_last_miss(first, percent, since)

    def loss(self, began: int, bad: int, percent: int, cut: int, until: int) -> Asking[Crossing]:
        """When relief that began at one average was lost again, called at the average at `bad`.

        `cut` is the highest whole score on the good side of the line; at `until` relief was regained.
        """
        start, stop = max(began, bad - BEFORE_LOSS), min(until, bad + AFTER_LOSS)
        found = _near(self._losses, bad)
        if found is None and self.fits and stop - start >= FEWEST:
            lines = self._percents
            found = Fit(bad, lines, (yield self._ask_loss(start, stop, bad, lines)))
            self._losses.append(found)
        return self._read(found, percent) or self.after_last_good(began, bad, cut)

    def _read(self, found: Fit | None, percent: int) -> Crossing | None:
        if found is None or found.moments is None:
            return None
        moment: Moment = found.moments[found.percents.index(percent)]
        low, estimate, high = (max(0, round(days * DAY)) for days in moment)
        return Crossing(estimate, low, high, fitted=True)

    @property
    def _percents(self) -> tuple[int, int, int]:
        criteria = self.criteria
        return criteria.good_relief, criteria.some_relief, criteria.return_relief

    def _ask_onset(self, start: int, stop: int, first: int, percent: int, lines: Sequence[int]) -> Question:
        missed = self._misses(first, percent) if start == 0 else []
        relief = _middle_one(self.series.pains[first:stop])
        lowest = self._time(start) if start else 0.0
        span = Span(lowest, self._time(min(first + 7, stop - 1)))
        return self._ask(start, stop, missed, Levels(float(self.level.usual), relief), span, ONSET, lines)

    def _ask_loss(self, start: int, stop: int, bad: int, lines: Sequence[int]) -> Question:
        relief = _middle_one(self.series.pains[start:bad])
        lowest = self._time(min(bad - 1, max(start, bad - BEFORE_LOSS + 2)))
        span = Span(lowest, self._time(min(bad + 9, stop - 1)))
        # Where averages are weeks apart, a change shorter than that cannot be told from a step.
        apart = (self._time(bad) - self._time(bad - 1)) / 2
        ramps = LOSS if apart <= 1 else LOSS.slower(apart)
        return self._ask(start, stop, [], Levels(relief, float(self.level.usual)), span, ramps, lines)

    def _time(self, place: int) -> float:
        """Where an average stands, in days after T0."""
        return (self.series.averages.stands[place] - self.series.t0) / DAY

    def _ask(
        self,
        start: int,
        stop: int,
        more: list[tuple[Instant, int]],
        expected: Levels,
        span: Span,
        ramps: Ramps,
        percents: Sequence[int],
    ) -> Question:
        """About the averages of a stretch and fully trusted further scores; B + 1 stands for all above it."""
        usual, t0, stands = float(self.level.usual), self.series.t0, self.series.averages.stands
        scores = Scores(
            [at - t0 for at in stands[start:stop]] + [at - t0 for at, _ in more],
            self.series.pains[start:stop] + [pain for _, pain in more],
            with_neighbours(self.series.pains)[start : stop + 4],
            usual + ABOVE_BASELINE,
        )
        lines = [usual * (100 - percent) / 100 for percent in percents]
        return Question(scores, expected, span, ramps, self.variation, lines)

    def _misses(self, first: int, percent: int) -> list[tuple[Instant, int]]:
        """The last two `now` scores between the window and the call that miss a line."""
        until, cut = self.series.averages.stands[first], self.level.cut(percent)
        near = [
            (score.stands, score.pain)
            for score in self.series.nows
            if self.window_ends_at < score.stands < until and score.pain > cut
        ]
        return near[-2:]

    def _after_last_miss(self, first: int, percent: int, since: int) -> Crossing:
        """Between the last score that misses a line (else T0) and the average that meets it."""
        series, cut = self.series, self.level.cut(percent)
        stands, low = series.averages.stands, series.t0
        high = stands[first]
        missed = next((place for place in reversed(range(since, first)) if series.pains[place] > cut), None)
        if missed is not None:
            low = max(low, stands[missed])
        near = (score for score in reversed(series.nows) if self.window_ends_at < score.stands < high)
        low = max(low, next((score.stands for score in near if score.pain > cut), low))
        return Crossing.between(low - series.t0, high - series.t0)

    def after_last_good(self, began: int, bad: int, cut: int) -> Crossing:
        """Between the last average on the good side of a line and the first on the bad one."""
        stands, pains, t0 = self.series.averages.stands, self.series.pains, self.series.t0
        good = next((place for place in reversed(range(began, bad)) if pains[place] <= cut), began)
        return Crossing.between(stands[good] - t0, stands[bad] - t0)


def _near(fits: list[Fit], place: int) -> Fit | None:
    return next((fit for fit in fits if abs(fit.place - place) <= SAME_CHANGE), None)


def _middle_one(pains: Sequence[int]) -> float:
    return float(sorted(pains)[len(pains) // 2])
