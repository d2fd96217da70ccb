"""How much a patient's evenings vary by themselves, learnt from the diary at hand."""

from collections.abc import Sequence
from math import sqrt
from operator import sub
from typing import Final, NamedTuple

BIGGEST_SWING: Final = 2
"""Points from one evening to another that still count as chance; more is a change (Farrar 2001: about 2)."""
ROUNDING: Final = 1 / 12
"""Variance that writing whole numbers adds by itself, in points squared."""
USUAL_MEMORY: Final = 0.35
"""How alike successive evenings are where a diary is too short to tell: pain diaries carry over."""
USUAL_SPREAD: Final = 0.8
"""Points, where a diary is too short to tell; single scores are that unreliable (clinical practice: one score
against a week's mean correlates under 0.7)."""
WORTH: Final = 20
"""How many evenings the usual memory is worth against the diary's own."""
FEWEST: Final = 5
_SQUARES: Final[tuple[int, ...]] = tuple(
    min(step, BIGGEST_SWING) ** 2 for step in (*range(11), *range(10, 0, -1))
)
"""By the step from one evening to another: steps down, being negative, count from the end."""


class Variation(NamedTuple):
    """`spread` is the standard deviation in points, `memory` the correlation of successive evenings (0-1)."""

    spread: float
    memory: float

    @property
    def weight(self) -> float:
        """What one evening is worth, in independent ones: the long-run variance of an AR(1) series."""
        return (1 - self.memory) / (1 + self.memory)


def read_variation(pains: Sequence[int]) -> Variation:
    """The variation of a diary's daily averages, in the order of their days.

    Differences between evenings see the chance and not the course: those of neighbours have the variance
    2 s^2 (1 - r), those three apart 2 s^2 (1 - r^3), with s the spread and r the memory.
    """
    count = len(pains)
    if count < FEWEST:
        return Variation(USUAL_SPREAD, USUAL_MEMORY)
    near, apart = _half_square(pains, 1), _half_square(pains, 3)
    share = min(max((near + 1e-3) / (apart + 1e-3), 0.4), 1.0)
    own = (sqrt(4 / share - 3) - 1) / 2
    memory = (count * own + WORTH * USUAL_MEMORY) / (count + WORTH)
    return Variation(sqrt(max(near / (1 - memory), ROUNDING)), memory)


def _half_square(pains: Sequence[int], apart: int) -> float:
    """Half the mean square of the steps between evenings, swings over the biggest taken as that."""
    steps = map(sub, pains, pains[apart:])
    return sum(map(_SQUARES.__getitem__, steps)) / (2 * (len(pains) - apart))
