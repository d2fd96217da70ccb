"""Kaplan-Meier curves of how long relief lasted, with bands, medians and numbers at risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.domain.lengths import Bools, Floats, Interventions, Lengths
from server.domain.logrank import LogRank, log_rank

Ints = NDArray[np.int64]

CONFIDENCE: Final = 0.95
_EXACT: Final = 1e-12  # products of fractions miss one half by a few units in the last place


class Median(NamedTuple):
    """The day by which half have lost relief, with its limits; None where the curve does not get there."""

    days: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A Kaplan-Meier estimate: one place for each day on which somebody's relief ended, ascending.

    `share` (0-1) still has relief after that day, within `lower`-`upper`; `at_risk` had it just before,
    `ends` lost it then. `durations` are all durations in days, sorted.
    """

    days: Floats
    share: Floats
    lower: Floats
    upper: Floats
    at_risk: Ints
    ends: Ints
    durations: Floats

    @property
    def of(self) -> int:
        """How many episodes the curve is made from."""
        return len(self.durations)

    @property
    def censored(self) -> int:
        """How many of them were still in relief when last seen."""
        return self.of - int(self.ends.sum())

    def share_at(self, day: float) -> float:
        """The share still in relief after a day."""
        place = int(np.searchsorted(self.days, day, side="right"))
        return 1.0 if place == 0 else float(self.share[place - 1])

    def numbers_at_risk(self, days: Sequence[float]) -> list[int]:
        """How many were still seen in relief just before each of these days."""
        return [self.of - int(np.searchsorted(self.durations, day, side="left")) for day in days]

    @property
    def median(self) -> Median:
        """The first day at which the curve is at one half or below; its limits are those of the band.

        Brookmeyer and Crowley 1982, Biometrics 38:29-41, on the log-log scale.
        """
        return Median(
            _first_at_half(self.days, self.share),
            _first_at_half(self.days, self.lower),
            _first_at_half(self.days, self.upper),
        )


def _first_at_half(days: Floats, share: Floats) -> float | None:
    at_half = share <= 0.5 + _EXACT
    return float(days[int(at_half.argmax())]) if at_half.any() else None


def kaplan_meier(durations: Floats, ended: Bools, confidence: float = CONFIDENCE) -> Curve:
    """The curve of durations in days; `ended` is false where relief outlasted what was seen.

    Kaplan and Meier 1958, J Am Stat Assoc 53:457-81. Who is last seen on the day another one's relief
    ends still counts as at risk on it. The order of the episodes plays no part.
    """
    ordered = np.sort(durations)
    days, counted = np.unique(durations[ended], return_counts=True)
    ends = counted.astype(np.int64)
    at_risk = len(ordered) - np.searchsorted(ordered, days, side="left")
    share: Floats = np.cumprod(1 - ends / at_risk, dtype=np.float64)
    lower, upper = _band(share, at_risk, ends, confidence)
    return Curve(days, share, lower, upper, at_risk, ends, ordered)


def _band(share: Floats, at_risk: Ints, ends: Ints, confidence: float) -> tuple[Floats, Floats]:
    """Limits on the log(-log) scale from Greenwood's variance, so that they stay between 0 and 1.

    Kalbfleisch and Prentice 1980, The Statistical Analysis of Failure Time Data. Where the share is 0 the
    formula has no value: the lower limit is 0, and the upper one stays where it was, since "nobody" of a
    few says little about the next one.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    left = at_risk - ends
    some = left > 0
    terms = np.where(some, ends / np.where(some, at_risk * left, 1), 0.0)
    log_share = np.log(np.where(some, share, 0.5))
    spread = np.exp(z * np.sqrt(np.cumsum(terms)) / np.abs(log_share))
    lower = np.where(some, np.exp(log_share * spread), 0.0)
    upper = np.where(some, np.exp(log_share / spread), 1.0)
    if len(upper) and not some[-1]:
        upper[-1] = upper[-2] if len(upper) > 1 else 1.0
    return lower, upper


@dataclass(frozen=True, slots=True, eq=False)
class DurationCurves:
    """The curve with every end in the middle of its interval, beside it all at `low` and all at `high`.

    The outer two say how much the answer owes to where the ends are put; they are not bounds, and may
    cross where few remain at risk. `without` episodes have no length: their relief never began.
    """

    middle: Curve
    low: Curve
    high: Curve
    without: int


def duration_curves(lengths: Lengths, interventions: Interventions = "end") -> DurationCurves:
    """The three curves of a cohort.

    `interventions="end"` takes a repeat or an operation for the end of relief, as a reading does: who is
    treated again was seldom still content, so censoring there would flatter the curve. `"censor"` shows
    how much that choice matters.
    """
    return DurationCurves(
        middle=kaplan_meier(*lengths.times("middle", interventions)),
        low=kaplan_meier(*lengths.times("low", interventions)),
        high=kaplan_meier(*lengths.times("high", interventions)),
        without=len(lengths) - int(lengths.present.sum()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class GroupCurves:
    """Curves by group in the order of their names, with the log-rank test at all three places of the ends.

    A test is None where fewer than two groups can be compared.
    """

    curves: dict[str, DurationCurves]
    test: LogRank | None
    test_low: LogRank | None
    test_high: LogRank | None


def compare_groups(
    lengths: Lengths, groups: Sequence[str] | NDArray[np.str_], interventions: Interventions = "end"
) -> GroupCurves:
    """Curves by group and whether they differ; `groups` names the group of each episode."""
    names, codes = np.unique(np.asarray(groups, dtype=np.str_), return_inverse=True)
    curves = {
        str(name): duration_curves(lengths.where(codes == code), interventions)
        for code, name in enumerate(names)
    }
    present = codes[lengths.present]
    middle, low, high = (
        log_rank(*lengths.times(place, interventions), present) for place in ("middle", "low", "high")
    )
    return GroupCurves(curves, middle, low, high)
