"""Rates with their denominators and 95 % intervals, and how two rates compare."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final, NamedTuple

CONFIDENCE: Final = 0.95
_Z: Final = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


class Rate(NamedTuple):
    """`hits` out of `of`; a share is None where there is nothing to divide by."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        """The part, 0-1."""
        return self.hits / self.of if self.of else None

    @property
    def percent(self) -> float | None:
        """The part in percent."""
        return 100 * self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the share: Wilson 1927, J Am Stat Assoc 22:209-12.

        It stays within 0 and 1 and has a width for 0 of n too, where the usual formula has none.
        """
        if not self.of:
            return None
        share, weight = self.hits / self.of, _Z * _Z / self.of
        middle = (share + weight / 2) / (1 + weight)
        half = math.sqrt(share * (1 - share) * weight + weight * weight / 4) / (1 + weight)
        low = 0.0 if self.hits == 0 else max(0.0, middle - half)
        high = 1.0 if self.hits == self.of else min(1.0, middle + half)
        return low, high


class SideBySide(NamedTuple):
    """One yes-or-no outcome with its missing answers told apart.

    `due` episodes could have an answer by now, `known` of them have one; for `not_due` it is too early,
    `not_evaluable` can never have one (no baseline to compare with, no drug to judge).
    """

    hits: int
    known: int
    due: int
    not_due: int
    not_evaluable: int

    @property
    def complete_case(self) -> Rate:
        """Of those with an answer; too high when those who do well answer more."""
        return Rate(self.hits, self.known)

    @property
    def missing_as_failure(self) -> Rate:
        """Of those who could have an answer, every missing one taken for a failure: the worst case."""
        return Rate(self.hits, self.due)

    @property
    def missing(self) -> int:
        """Due and without an answer."""
        return self.due - self.known


def fisher_exact(one: Rate, other: Rate) -> float:
    """The two-sided p value of Fisher's exact test: all tables at most as likely as the one seen.

    Fisher 1935, J R Stat Soc 98:39-82. 1 where one of the rates has no denominator.
    """
    hits, of = one.hits + other.hits, one.of + other.of
    possible = range(max(0, hits - other.of), min(hits, one.of) + 1)
    logs = [_log_choose(one.of, k) + _log_choose(other.of, hits - k) for k in possible]
    total = _log_choose(of, hits)
    seen = logs[one.hits - possible.start] + 1e-7  # equally likely tables differ by rounding alone
    return min(1.0, math.fsum(math.exp(log - total) for log in logs if log <= seen))


def _log_choose(of: int, hits: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(hits + 1) - math.lgamma(of - hits + 1)


def likelihood_ratio(among_later_responders: Rate, among_others: Rate) -> float | None:
    """LR+: how many times as often an early sign is seen in those who respond later.

    None where it cannot be formed: no denominator, or a sign that no other shows.
    """
    one, other = among_later_responders.share, among_others.share
    return None if one is None or not other else one / other
