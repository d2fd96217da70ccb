"""Few combinations in which every two values of different dimensions meet at least once."""

from collections.abc import Sequence
from itertools import combinations, product

Case = tuple[str, ...]


def all_cases(*dimensions: Sequence[str]) -> list[Case]:
    """Every combination there is."""
    return list(product(*dimensions))


def pairwise_cases(*dimensions: Sequence[str]) -> list[Case]:
    """Greedy: always the combination with the most pairs that have not met yet."""
    candidates = all_cases(*dimensions)
    missing = {pair for case in candidates for pair in _pairs(case)}
    chosen: list[Case] = []
    while missing:
        best = max(candidates, key=lambda case: len(missing & _pairs(case)))
        missing -= _pairs(best)
        chosen.append(best)
    return chosen


def _pairs(case: Case) -> set[tuple[tuple[int, str], ...]]:
    return set(combinations(enumerate(case), 2))
