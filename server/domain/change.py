"""When pain moved from one level to another: where, how fast, and how surely, from noisy whole numbers.

The pain underneath is a ramp between two levels. Every middle and every length of the ramp on a grid is held
against the scores; the two levels and the size of the chance are integrated out (a regression with a normal
and inverse-gamma prior). The weights of the grid are the posterior, from which crossings of lines are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.domain.variation import Variation

Floats = NDArray[np.float64]

TAIL: Final = 0.1
"""Weight left out on each side of an interval, so that it holds the truth in about 80 of 100 diaries."""
LEVEL_WORTH: Final = 0.5
"""How many scores the expected level on each side is worth."""
SPREAD_WORTH: Final = 4
"""How many scores the diary's spread is worth against that of the scores around the change."""
_PARTS: Final = np.linspace(0, 1, 41)
"""Where the middle of the ramp is tried, as parts of the span."""


class Scores(NamedTuple):
    """Scores around a change: times in days after T0, points of pain, and how far each is trusted (0-1)."""

    times: Floats
    pains: Floats
    trust: Floats


class Levels(NamedTuple):
    """The levels expected before and after a change, in points."""

    before: float
    after: float


class Span(NamedTuple):
    """Where the middle of a change may lie, in days after T0."""

    early: float
    late: float


class Ramps(NamedTuple):
    """The ramps that are tried: parts of the span for their middles, and their lengths in days."""

    parts: Floats
    lengths: Floats
    steepness: Floats
    """1 / length as an average over 24 h sees it: a step takes a day."""

    @classmethod
    def of(cls, lengths: Sequence[float]) -> Ramps:
        """Every middle with every length."""
        tried = np.repeat(np.asarray(lengths, dtype=float), len(_PARTS))
        return cls(np.tile(_PARTS, len(lengths)), tried, 1 / np.sqrt(tried * tried + 1))

    def slower(self, factor: float) -> Ramps:
        """The same with longer ramps."""
        lengths = self.lengths * factor
        return Ramps(self.parts, lengths, 1 / np.sqrt(lengths * lengths + 1))


class Moment(NamedTuple):
    """A moment with its interval, in days after T0."""

    low: float
    estimate: float
    high: float


class Change(NamedTuple):
    """The posterior of a change: one place for each ramp that was tried."""

    middle: Floats
    length: Floats
    level: Floats
    """Half way between the levels before and after."""
    step: Floats
    weight: Floats

    def crossing(self, line: float) -> Moment:
        """When the pain underneath crossed a line, in points; a line outside the levels is met at an end."""
        part = (line - self.level) / self.step
        at = np.maximum(np.minimum(part, 0.5, out=part), -0.5, out=part) * self.length + self.middle
        order = at.argsort()
        at, weight = at[order], self.weight[order]
        below = weight.cumsum()
        below -= weight / 2
        return Moment(*np.interp((TAIL, 0.5, 1 - TAIL), below, at).tolist())


def fit_change(
    scores: Scores, expected: Levels, span: Span, ramps: Ramps, variation: Variation
) -> Change | None:
    """The posterior of a change from one expected level towards the other; None if none goes that way.

    `done` is the part of the change a score has seen, from -0.5 to 0.5; the regression is written out in its
    sums, since the machine spends its time on the number of steps and not on their size.
    """
    times, pains, trust = scores
    middle = span.early + (span.late - span.early) * ramps.parts
    done = np.subtract.outer(middle, times)
    done *= -ramps.steepness[:, None]
    done = np.maximum(np.minimum(done, 0.5, out=done), -0.5, out=done)
    weighted = trust * pains
    worth, rise = LEVEL_WORTH, expected.after - expected.before
    ones = float(trust.sum()) + 2 * worth
    total = float(weighted.sum()) + worth * (expected.before + expected.after)
    squares = float(weighted @ pains) + worth * (expected.before**2 + expected.after**2)
    first, mixed = done @ trust, done @ weighted + worth * rise / 2
    second = np.square(done, out=done) @ trust + worth / 2
    spread_out = ones * second - first * first
    shared = ones * mixed - first * total
    step = shared / spread_out
    known = variation.weight
    held = SPREAD_WORTH * variation.spread**2 + known * (squares - total * total / ones)
    cost = np.log(held - known / ones * (shared * step))
    cost *= known * (ones - 2 * worth) + SPREAD_WORTH
    cost += np.log(spread_out)
    right_way = step * rise > 0
    if not right_way.any():
        return None
    cost[~right_way] = np.inf
    weight = np.exp((cost.min() - cost) / 2)
    step[~right_way] = rise
    level = (total - step * first) / ones
    return Change(middle, ramps.lengths, level, step, weight / weight.sum())
