"""When relief began and when it was lost: the pain underneath, read from the scores around the call.

The rules of `onset` and `loss` say that and where something happened; here the scores on both sides of that
place say when. A diary too thin for that keeps the interval between the two scores that saw it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np

from server.domain.baseline import Level
from server.domain.change import Change, Levels, Ramps, Scores, Span, fit_change
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
OUTLIER: Final = 2.5
"""Spreads from its neighbours at which a score's weight is halved: a bad day is no change."""
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
    """A change fitted around the average at a place; None where the scores show none."""

    place: int
    change: Change | None


@dataclass(slots=True)
class Timing:
    """The moments of one course. Fits are kept, because two lines are often crossed by the same change."""

    series: Series
    level: Level
    window_ends_at: Instant
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

    def onset(self, first: int, until: int, percent: int, since: int = 0) -> Crossing:
        """When relief reached a line, called at the average at `first` and lost again at `until`.

        Averages from `since` on are read, and of the `now` scores those after the window that miss the line:
        a good one may still be the anaesthetic's.
        """
        start, stop = max(since, first - BEFORE_ONSET), min(until, first + AFTER_ONSET)
        fit = _near(self._onsets, first)
        if fit is None and self.fits and stop - start >= FEWEST:
            fit = Fit(first, self._fit_onset(start, stop, first, percent))
            self._onsets.append(fit)
        if fit is None or fit.change is None:
            return self._after_last_miss(first, percent, since)
        return self._read(fit.change, percent)

    def loss(self, began: int, bad: int, percent: int, cut: int, until: int) -> Crossing:
        """When relief that began at one average was lost again, called at the average at `bad`.

        `cut` is the highest whole score on the good side of the line; at `until` relief was regained.
        """
        start, stop = max(began, bad - BEFORE_LOSS), min(until, bad + AFTER_LOSS)
        fit = _near(self._losses, bad)
        if fit is None and self.fits and stop - start >= FEWEST:
            fit = Fit(bad, self._fit_loss(start, stop, bad))
            self._losses.append(fit)
        if fit is None or fit.change is None:
            return self.after_last_good(began, bad, cut)
        return self._read(fit.change, percent)

    def _read(self, change: Change, percent: int) -> Crossing:
        moment = change.crossing(float(self.level.usual) * (100 - percent) / 100)
        low, estimate, high = (max(0, round(days * DAY)) for days in moment)
        return Crossing(estimate, low, high, fitted=True)

    def _fit_onset(self, start: int, stop: int, first: int, percent: int) -> Change | None:
        missed = self._misses(first, percent) if start == 0 else []
        relief = _middle_one(self.series.pains[first:stop])
        lowest = self._time(start) if start else 0.0
        span = Span(lowest, self._time(min(first + 7, stop - 1)))
        expected = Levels(float(self.level.usual), relief)
        return fit_change(self._scores(start, stop, missed), expected, span, ONSET, self.variation)

    def _fit_loss(self, start: int, stop: int, bad: int) -> Change | None:
        relief = _middle_one(self.series.pains[start:bad])
        lowest = self._time(min(bad - 1, max(start, bad - BEFORE_LOSS + 2)))
        span = Span(lowest, self._time(min(bad + 9, stop - 1)))
        # Where averages are weeks apart, a change shorter than that cannot be told from a step.
        apart = (self._time(bad) - self._time(bad - 1)) / 2
        ramps = LOSS if apart <= 1 else LOSS.slower(apart)
        expected = Levels(relief, float(self.level.usual))
        return fit_change(self._scores(start, stop, []), expected, span, ramps, self.variation)

    def _time(self, place: int) -> float:
        """Where an average stands, in days after T0."""
        return (self.series.averages[place].stands - self.series.t0) / DAY

    def _scores(self, start: int, stop: int, more: list[tuple[Instant, int]]) -> Scores:
        """The averages of a stretch and fully trusted further scores; B + 1 stands for all above it."""
        most, t0 = float(self.level.usual) + ABOVE_BASELINE, self.series.t0
        pains = self.series.pains
        times = [score.stands - t0 for score in self.series.averages[start:stop]]
        off = OUTLIER * self.variation.spread
        trust = [_trust(pains, place, off) for place in range(start, stop)] + [1.0] * len(more)
        times += [at - t0 for at, _ in more]
        read = [*pains[start:stop], *(pain for _, pain in more)]
        return Scores(np.array(times, float) / DAY, np.minimum(np.array(read, float), most), np.array(trust))

    def _misses(self, first: int, percent: int) -> list[tuple[Instant, int]]:
        """The last two `now` scores between the window and the call that miss a line."""
        until, cut = self.series.averages[first].stands, self.level.cut(percent)
        near = [
            (score.stands, score.pain)
            for score in self.series.nows
            if self.window_ends_at < score.stands < until and score.pain > cut
        ]
        return near[-2:]

    def _after_last_miss(self, first: int, percent: int, since: int) -> Crossing:
        """Between the last score that misses a line (else T0) and the average that meets it."""
        series, cut = self.series, self.level.cut(percent)
        averages, low = series.averages, series.t0
        high = averages[first].stands
        if missed := [score.stands for score in averages[since:first] if score.pain > cut]:
            low = max(low, missed[-1])
        near = (score for score in reversed(series.nows) if self.window_ends_at < score.stands < high)
        low = max(low, next((score.stands for score in near if score.pain > cut), low))
        return Crossing.between(low - series.t0, high - series.t0)

    def after_last_good(self, began: int, bad: int, cut: int) -> Crossing:
        """Between the last average on the good side of a line and the first on the bad one."""
        averages, pains, t0 = self.series.averages, self.series.pains, self.series.t0
        good = next((place for place in reversed(range(began, bad)) if pains[place] <= cut), began)
        return Crossing.between(averages[good].stands - t0, averages[bad].stands - t0)


def _near(fits: list[Fit], place: int) -> Fit | None:
    return next((fit for fit in fits if abs(fit.place - place) <= SAME_CHANGE), None)


def _middle_one(pains: Sequence[int]) -> float:
    return float(sorted(pains)[len(pains) // 2])


def _trust(pains: Sequence[int], place: int, off: float) -> float:
    """The weight of a score (0-1), less the farther it lies from the median of the five around it.

    A median keeps an edge where it is, so a change loses no weight while a single bad day does.
    """
    around = sorted(pains[max(0, place - 2) : place + 3])
    away = (pains[place] - around[len(around) // 2]) / off
    return 1 / (1 + away * away)
