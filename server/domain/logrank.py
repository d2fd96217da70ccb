"""The log-rank test: whether relief ends at the same rate in several groups."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


class LogRank(NamedTuple):
    """The test statistic with its degrees of freedom and p value; observed and expected ends by group.

    `groups` are the codes of the groups compared, in the order of `observed` and `expected`.
    """

    statistic: float
    degrees: int
    p: float
    groups: tuple[int, ...]
    observed: tuple[int, ...]
    expected: tuple[float, ...]


def log_rank(durations: Floats, ended: Bools, groups: NDArray[np.intp]) -> LogRank | None:
    """Compare groups, given as whole numbers from 0; None when fewer than two were at risk at an end.

    Mantel 1966, Cancer Chemother Rep 50:163-70, with the hypergeometric covariance; groups that were never
    at risk when somebody's relief ended cannot be compared and are left out.
    """
    days = np.unique(durations[ended])
    codes = [int(code) for code in np.unique(groups)]
    at_risk, ends = np.zeros((len(codes), len(days))), np.zeros((len(codes), len(days)))
    for place, code in enumerate(codes):
        own = groups == code
        ordered, lost = np.sort(durations[own]), np.sort(durations[own & ended])
        at_risk[place] = len(ordered) - np.searchsorted(ordered, days, side="left")
        ends[place] = np.searchsorted(lost, days, side="right") - np.searchsorted(lost, days, side="left")
    expected = (at_risk * (ends.sum(axis=0) / at_risk.sum(axis=0))).sum(axis=1)
    kept = np.flatnonzero(expected > 0)
    if len(kept) < 2:
        return None
    statistic, degrees = _statistic(at_risk[kept], ends[kept], expected[kept])
    return LogRank(
        statistic,
        degrees,
        chi_squared_tail(statistic, degrees),
        tuple(codes[place] for place in kept),
        tuple(int(number) for number in ends[kept].sum(axis=1)),
        tuple(float(number) for number in expected[kept]),
    )


def _statistic(at_risk: Floats, ends: Floats, expected: Floats) -> tuple[float, int]:
    """The quadratic form of observed minus expected; its degrees of freedom are the rank."""
    total, lost = at_risk.sum(axis=0), ends.sum(axis=0)
    # One episode alone at risk says nothing about groups: its share of the covariance is 0.
    weight = lost * (total - lost) / np.where(total > 1, total - 1, 1)
    share = at_risk / total
    covariance = np.diag((share * weight).sum(axis=1)) - (share * weight) @ share.T
    degrees = int(np.linalg.matrix_rank(covariance, hermitian=True))
    difference = ends.sum(axis=1) - expected
    inverse = np.linalg.pinv(covariance, hermitian=True)
    return max(0.0, float(difference @ inverse @ difference)), degrees


def chi_squared_tail(statistic: float, degrees: int) -> float:
    """The probability of at least this value under a chi-squared law with whole degrees of freedom.

    The upper incomplete gamma function by its recurrence in steps of one from 1/2 or 1 (Abramowitz and
    Stegun 6.5.22); 1 for no degrees of freedom, where nothing can differ.
    """
    if degrees == 0:
        return 1.0
    half = statistic / 2
    if degrees % 2:
        tail, shape = math.erfc(math.sqrt(half)), 0.5
    else:
        tail, shape = math.exp(-half), 1.0
    while shape < degrees / 2 and half > 0:
        tail += math.exp(shape * math.log(half) - half - math.lgamma(shape + 1))
        shape += 1
    return 1.0 if half == 0 else min(1.0, tail)
