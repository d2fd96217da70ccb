"""When pain moved from one level to another: where, how fast, and how surely, from noisy whole numbers.

The pain underneath is a ramp between two levels. Every middle and every length of the ramp on a grid is held
against the scores; the two levels and the size of the chance are integrated out (a regression with a normal
and inverse-gamma prior). The weights of the grid are the posterior, from which crossings of lines are read.

Many changes are fitted at once: the machine spends its time on the number of steps and not on their size.
Sums run over the scores one after the other, so that a change comes out the same to the last bit whether it
is fitted alone or beside others whose scores are more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.domain.instants import DAY
from server.domain.variation import Variation

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

TAIL: Final = 0.1
"""Weight left out on each side of an interval, so that it holds the truth in about 80 of 100 diaries."""
LEVEL_WORTH: Final = 0.5
"""How many scores the expected level on each side is worth."""
SPREAD_WORTH: Final = 4
"""How many scores the diary's spread is worth against that of the scores around the change."""
OUTLIER: Final = 2.5
"""Spreads from its neighbours at which a score's weight is halved: a bad day is no change."""
TOGETHER: Final = 64
"""How many changes are fitted at once: their arrays stay in the processor's cache."""
_PARTS: Final = np.linspace(0, 1, 41)
"""Where the middle of the ramp is tried, as parts of the span."""
_READ: Final = np.array([TAIL, 0.5, 1 - TAIL])
_NEVER: Final = 1e18
"""A moment after every ramp, for scores that are not there."""
_BEYOND: Final = 1e3
"""Stands for a neighbour that is missing, above or below every score."""


class Scores(NamedTuple):
    """Scores around a change, in points: averages in order of their days, then further scores."""

    stands: Sequence[float]
    """When each stands, in microseconds after T0."""
    pains: Sequence[float]
    averages: Sequence[float]
    """The averages among them with two more on each side, as `with_neighbours` gives them."""
    most: float
    """Stands for every pain above it."""


class Levels(NamedTuple):
    """The levels expected before and after a change, in points."""

    before: float
    after: float


class Span(NamedTuple):
    """Where the middle of a change may lie, in days after T0."""

    early: float
    late: float


class Ramps(NamedTuple):
    """The ramps that are tried: their lengths in days, for every middle."""

    lengths: Floats
    steepness: Floats
    """1 / length as an average over 24 h sees it: a step takes a day."""

    @classmethod
    def of(cls, lengths: Sequence[float]) -> Ramps:
        """Every middle with each of five lengths."""
        return cls._of(np.repeat(np.asarray(lengths, dtype=float), len(_PARTS)))

    @classmethod
    def _of(cls, lengths: Floats) -> Ramps:
        return cls(lengths, 1 / np.sqrt(lengths * lengths + 1))

    def slower(self, factor: float) -> Ramps:
        """The same with longer ramps."""
        return self._of(self.lengths * factor)


class Question(NamedTuple):
    """A change to be fitted, and the lines (in points) whose crossings are asked for."""

    scores: Scores
    expected: Levels
    span: Span
    ramps: Ramps
    variation: Variation
    lines: Sequence[float]


class Moment(NamedTuple):
    """A moment with its interval, in days after T0."""

    low: float
    estimate: float
    high: float


Moments = Sequence[Moment]
"""The crossings of a question's lines, in their order."""


class _Posterior(NamedTuple):
    """One row for each question, one column for each ramp."""

    middle: Floats
    length: Floats
    level: Floats
    """Half way between the levels before and after."""
    step: Floats
    weight: Floats


def with_neighbours(averages: Sequence[float]) -> list[float]:
    """A diary's averages with two more on each side, such that the median of five is that of those there are.

    Of four the median is the upper one.
    """
    return [-_BEYOND, _BEYOND, *averages, _BEYOND, -_BEYOND]


def fit_changes(questions: Sequence[Question]) -> list[Moments | None]:
    """For each question the moments of its crossings; None where no change goes the expected way.

    A line outside the levels is met at an end of the ramp.
    """
    found: list[Moments | None] = []
    for first in range(0, len(questions), TOGETHER):
        found += _fit(questions[first : first + TOGETHER])
    return found


def _fit(questions: Sequence[Question]) -> list[Moments | None]:
    posterior, exists = _posterior(questions)
    asked = [row for row, question in enumerate(questions) if exists[row] for _ in question.lines]
    if not asked:
        return [None] * len(questions)
    lines = [line for row, question in enumerate(questions) if exists[row] for line in question.lines]
    moments = iter(_crossings(posterior, np.array(asked), np.array(lines)))
    return [
        [next(moments) for _ in question.lines] if exists[row] else None
        for row, question in enumerate(questions)
    ]


def _posterior(questions: Sequence[Question]) -> tuple[_Posterior, list[bool]]:
    """The weights of all ramps, and for which questions any goes the expected way.

    A regression on the part of the change that each score has seen, written out in its sums.
    """
    before, after, early, late, spread, known = (
        np.array(column)[:, None]
        for column in zip(
            *((*q.expected, *q.span, q.variation.spread, q.variation.weight) for q in questions),
            strict=True,
        )
    )
    days, pains, trust = _columns(questions)
    length = np.array([question.ramps.lengths for question in questions])
    steepness = np.array([question.ramps.steepness for question in questions])
    middle = (late - early) * np.tile(_PARTS, length.shape[1] // len(_PARTS))
    weighted = trust * pains
    (first, second, mixed), (ones, total, squares) = _sums(
        days - early, trust, weighted, weighted * pains, middle, steepness
    )
    worth, rise = LEVEL_WORTH, after - before
    ones += 2 * worth
    total += worth * (before + after)
    squares += worth * (before * before + after * after)
    second += worth / 2
    mixed += worth * rise / 2
    spread_out = ones * second - first * first
    shared = ones * mixed - first * total
    step = shared / spread_out
    held = SPREAD_WORTH * spread * spread + known * (squares - total * total / ones)
    cost = np.log(held - known / ones * (shared * step))
    cost *= known * (ones - 2 * worth) + SPREAD_WORTH
    cost += np.log(spread_out)
    wrong_way = step * rise <= 0
    cost[wrong_way] = np.inf
    best = cost.min(axis=1, keepdims=True)
    exists = np.isfinite(best)
    weight = np.exp((np.where(exists, best, 0) - cost) / 2)
    step[wrong_way] = 1
    level = (total - step * first) / ones
    return _Posterior(early + middle, length, level, step, weight), exists[:, 0].tolist()


def _sums(
    days: Floats, trust: Floats, weighted: Floats, squares: Floats, middle: Floats, steepness: Floats
) -> tuple[tuple[Floats, Floats, Floats], tuple[Floats, Floats, Floats]]:
    """Trusted sums over the scores: of the part each has seen of a ramp, its square and its product with the
    pain; and of one, the pain and its square.

    The part rises from -0.5 to 0.5 over the ramp. Of the scores before, on and after a ramp only sums are
    needed, which are differences of running sums.
    """
    rows, longest = days.shape
    running = np.zeros((6, rows, longest + 1))
    moved = trust * days
    np.cumsum([trust, weighted, squares, moved, moved * days, weighted * days], axis=2, out=running[:, :, 1:])
    ones, total, square = running[:3, :, -1:]
    half = 0.5 / steepness
    edges = np.concatenate((middle - half, middle + half), axis=1)
    passed = np.array([row.searchsorted(at) for row, at in zip(days, edges, strict=True)])
    passed += np.arange(0, rows * (longest + 1), longest + 1)[:, None]
    flat = running[[0, 1, 3, 4, 5]].reshape(5, -1)
    early, late = np.split(flat.take(passed, axis=1), 2, axis=2)
    on, on_pain, on_days, on_days_squared, on_days_pain = late - early
    first = (on_days - middle * on) * steepness - (early[0] + late[0] - ones) / 2
    second = (on_days_squared + middle * (middle * on - 2 * on_days)) * (steepness * steepness)
    second += (early[0] + ones - late[0]) / 4
    mixed = (on_days_pain - middle * on_pain) * steepness - (early[1] + late[1] - total) / 2
    return (first, second, mixed), (ones, total, square)


def _columns(questions: Sequence[Question]) -> tuple[Floats, Floats, Floats]:
    """Days in order, pains and how far each score is trusted (0-1); short rows end in scores of no weight."""
    longest = max(len(question.scores.stands) for question in questions)
    stands = np.full((len(questions), longest), _NEVER)
    pains, trust = np.zeros(stands.shape), np.ones(stands.shape)
    around = np.zeros((len(questions), longest + 4))
    for row, (scores, *_) in enumerate(questions):
        count = len(scores.stands)
        stands[row, :count] = scores.stands
        pains[row, :count] = scores.pains
        around[row, : len(scores.averages)] = scores.averages
    less = _trust(around, np.array([[question.variation.spread] for question in questions]))
    for row, (scores, *_) in enumerate(questions):
        count, averages = len(scores.stands), len(scores.averages) - 4
        trust[row, :averages] = less[row, :averages]
        trust[row, count:] = 0
        if count > averages:
            order = stands[row].argsort(kind="stable")
            for column in (stands, pains, trust):
                column[row] = column[row, order]
    most = np.array([[question.scores.most] for question in questions])
    return stands / DAY, np.minimum(pains, most, out=pains), trust


def _trust(around: Floats, spread: Floats) -> Floats:
    """How far each average is trusted: less, the farther it lies from the median of the five around it.

    A median keeps an edge where it is, so a change loses no weight while a single bad day does.
    """
    one, two, middle, four, five = (around[:, place : around.shape[1] - 4 + place] for place in range(5))
    lower, upper = np.minimum(one, two), np.maximum(one, two)
    least, most = np.minimum(four, five), np.maximum(four, five)
    lower, upper = np.maximum(lower, least), np.minimum(upper, most)
    median = np.maximum(np.minimum(lower, upper), np.minimum(middle, np.maximum(lower, upper)))
    away = (middle - median) / (OUTLIER * spread)
    return 1 / (1 + away * away)


def _crossings(posterior: _Posterior, rows: Places, lines: Floats) -> list[Moment]:
    """When the pain underneath crossed each line of a row: the quantiles of the weighted moments."""
    middle, length, level, step, weight = (column.take(rows, axis=0) for column in posterior)
    part = (lines[:, None] - level) / step
    at = np.minimum(np.maximum(part, -0.5, out=part), 0.5, out=part)
    at *= length
    at += middle
    # The default for doubles is much more code: fetching it takes longer than this one sorts.
    order = at.argsort(axis=1, kind="stable")
    ramps = at.shape[1]
    start = np.arange(0, at.size, ramps)[:, None]
    order += start
    at, weight = at.take(order), weight.take(order)
    below = weight.cumsum(axis=1)
    wanted = _READ * below[:, -1:]
    below -= weight / 2
    high = np.stack([row.searchsorted(parts) for row, parts in zip(below, wanted, strict=True)])
    low = np.maximum(high - 1, 0) + start
    high = np.minimum(high, ramps - 1) + start
    before, after = below.take(low), at.take(low)
    width = below.take(high) - before
    share = np.divide(wanted - before, width, out=np.zeros_like(width), where=width > 0)
    return [Moment(*row) for row in (after + share * (at.take(high) - after)).tolist()]
