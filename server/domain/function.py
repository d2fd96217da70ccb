"""Whether staff-entered totals of a disability questionnaire show better function after a block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from server.domain.findings import Finding, finding, plain_number

NAMES: Final = {"odi": "ODI", "ndi": "NDI"}
OF_REGION: Final = {"cervical": "ndi"}
"""The questionnaire of a region; every other region has the ODI."""

State = Literal["met", "not_met", "unknown"]


class Total(NamedTuple):
    """The total of one questionnaire in percent: the more, the less a person can do."""

    instrument: str
    on: date
    percent: float


@dataclass(frozen=True, slots=True)
class Gain:
    """How far a total must fall: better from `enough` on, not better below `least`, open in between."""

    by: Literal["percent", "points"]
    enough: float
    least: float
    source: str | None = None
    """None where the figure is the rule's own."""

    @property
    def unit(self) -> str:
        """What a fall is counted in."""
        return "%" if self.by == "percent" else "points"

    def of(self, before: Total, after: Total) -> float:
        """How far one total lies below another."""
        fall = before.percent - after.percent
        if self.by == "percent":
            fall = 100 * fall / before.percent if before.percent else 0.0
        return round(fall, 6)


class Judged(NamedTuple):
    """Whether function is better, and the sentence that names the totals which decided."""

    state: State
    sentence: Finding


def judge(
    totals: Sequence[Total], region: str | None, block_on: date, days: int, gains: Mapping[str, Gain]
) -> Judged:
    """Compare the newest total up to the day of the block with the lowest from `days` after it on.

    The lowest counts as relief does: by what was reached, not by what is left when a repeat is asked for. A
    total that rose again since is named beside it.
    """
    for instrument in _in_order(region):
        ours = sorted((one for one in totals if one.instrument == instrument), key=lambda one: one.on)
        before = [one for one in ours if one.on <= block_on]
        after = [one for one in ours if one.on > block_on]
        counted = [one for one in after if one.on >= block_on + timedelta(days=days)]
        if before and counted:
            return _compared(gains[instrument], before[-1], _lowest(counted), counted[-1])
    return Judged("unknown", finding("function_unknown", missing=_missing(totals, block_on, days)))


def _in_order(region: str | None) -> Iterable[str]:
    first = OF_REGION.get(region or "", "odi")
    return sorted(NAMES, key=lambda instrument: instrument != first)


def _lowest(totals: Sequence[Total]) -> Total:
    """Of equal ones the last: function stayed that good until then."""
    return min(reversed(totals), key=lambda one: one.percent)


def _missing(totals: Sequence[Total], block_on: date, days: int) -> str:
    after = [one for one in totals if one.on > block_on]
    if not any(one.on <= block_on for one in totals):
        return "no total of ODI or NDI from before the block"
    if not after:
        return "no total of ODI or NDI from after the block"
    if not any(one.on >= block_on + timedelta(days=days) for one in after):
        return f"no total of ODI or NDI from day {days} on"
    return "no total from before and one from after of the same questionnaire"


def _compared(gain: Gain, before: Total, best: Total, newest: Total) -> Judged:
    fall = gain.of(before, best)
    told = {
        "name": NAMES[best.instrument],
        "before": plain_number(before.percent),
        "before_on": before.on.isoformat(),
        "after": plain_number(best.percent),
        "after_on": best.on.isoformat(),
        "since": _since(newest) if newest.percent > best.percent else "",
        "change": f"{plain_number(abs(fall))} {gain.unit} {'less' if fall > 0 else 'more'}"
        if fall
        else "no change",
        "enough": f"{plain_number(gain.enough)} {gain.unit}",
        "least": f"{plain_number(gain.least)} {gain.unit}",
    }
    state: State = "met" if fall >= gain.enough else "not_met" if fall < gain.least else "unknown"
    code = {"met": "function_better", "not_met": "function_not_better", "unknown": "function_open"}[state]
    return Judged(state, finding(code, source=gain.source, **told))


def _since(newest: Total) -> str:
    return f", and was {plain_number(newest.percent)} % on {newest.on.isoformat()}"
