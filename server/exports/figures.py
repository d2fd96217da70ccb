"""Every number of a reading in words: its value, its rule, where the threshold comes from, its entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from server.charts.words import clock, clock_span, day, days, days_so_far, figure, span
from server.domain.behind import entries_behind
from server.domain.criteria import Criteria
from server.domain.responder import DAYS, tolerance
from server.domain.result import Reading
from server.exports.basis import source_of, values_of

Json = Mapping[str, Any]

RULES: Final[Mapping[str, str]] = {
    "confirmed_relief": "The highest relief that two successive readable scores of the diagnostic window "
    "both reach. From {positive_line} % on the verdict is positive, from {strong_line} % strongly so.",
    "peak_relief": "The lowest readable score of the diagnostic window against the score before the "
    "injection. One score alone confirms nothing.",
    "time_weighted_relief": "The mean relief between the first and the last readable score of the diagnostic "
    "window, weighted by time.",
    "first_50": "From the end of the injection to the first readable score with relief of at least 50 %.",
    "run_50": "The unbroken run of scores with relief of at least 50 %, read to {run_hours} h; one score "
    "below between two at the level is bridged. It ended between the two entries.",
    "run_80": "The same run with relief of at least 80 %.",
    "flare_rise": "The highest score above baseline from the end of the window to day {flare_last_day}; a "
    "flare takes a rise of {flare_rise} points.",
    "flare_days": "From the first score of the flare to the first of two successive days within "
    "{flare_quiet_rise} point of the baseline.",
    "onset_50": "The first evening at or under half the baseline and at least {least_drop} points down that "
    "holds on one of the next two days; the crossing is fitted to the scores around it.",
    "onset_30": "The same at {some_relief} % relief.",
    "steroid_peak": "The lowest mean of three successive recorded evenings to day {last_onset_day}.",
    "L50": "From the onset at 50 % to the first of {loss_run} successive recorded evenings above half the "
    "baseline, or of two at least {loss_pair_days} days apart.",
    "L30": "The same at {some_relief} % relief.",
    "RTB": "From the onset at {some_relief} % to as many evenings at 80 % of the baseline or more.",
    "responder": "The median of the evening averages within {near} days gives relief of at least "
    "{good_relief} %, or 0/10.",
}
_THRESHOLDS: Final[Mapping[str, str]] = {
    "confirmed_relief": "positive_line",
    "peak_relief": "positive_line",
    "time_weighted_relief": "window_tolerance_minutes",
    "first_50": "good_relief",
    "run_50": "run_hours",
    "run_80": "strong_line",
    "flare_rise": "flare_rise",
    "flare_days": "flare_return_day",
    "onset_50": "onset_day",
    "onset_30": "some_relief",
    "steroid_peak": "last_onset_day",
    "L50": "loss_run",
    "L30": "some_relief",
    "RTB": "return_relief",
    "responder": "good_relief",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing a number counts that has no row among the entries of its page, and where it can be seen."""

    text: str
    episode_id: str | None = None
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; `value` None where it does not exist, `criteria` None where no threshold decides it."""

    key: str
    answer: str
    label: str
    value: str | None
    rule: str
    source: str
    entries: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()
    criteria: str | None = None


def figures(reading: Reading, body: Json, criteria: Criteria) -> list[Figure]:
    """All numbers of a reading in the order of the course; `body` is its JSON."""
    behind = entries_behind(reading, criteria)
    named = [(key, answer, label, value, key) for key, answer, label, value in _values(body)]
    named += [
        (f"responder_{d}", "duration", f"Responder day {d}", _yes_no(body["responder"][str(d)]), "responder")
        for d in DAYS
    ]
    return [
        Figure(
            key,
            answer,
            label,
            value,
            _rule(key, rule, criteria),
            source_of(_THRESHOLDS[rule], criteria),
            behind[key],
            criteria=criteria.label,
        )
        for key, answer, label, value, rule in named
    ]


def _values(body: Json) -> list[tuple[str, str, str, str | None]]:
    phase, flare, steroid, lasted = (body[part] for part in ("anaesthetic", "flare", "steroid", "duration"))
    first = phase["first_50_minutes"]
    rise, length = flare["peak_rise"], flare["days"]
    return [
        ("confirmed_relief", "anaesthetic", "Confirmed relief", _percent(phase["confirmed_relief_percent"])),
        ("peak_relief", "anaesthetic", "Best score", _percent(phase["peak_relief_percent"])),
        ("time_weighted_relief", "anaesthetic", "Mean in the window",
         _percent(phase["time_weighted_relief_percent"])),
        ("first_50", "anaesthetic", "50 % after", None if first is None else clock(first)),
        ("run_50", "anaesthetic", "50 % held", _run(phase["duration_50_minutes"])),
        ("run_80", "anaesthetic", "80 % held", _run(phase["duration_80_minutes"])),
        ("flare_rise", "flare", "Flare", None if rise is None else f"+{figure(rise)} points"),
        ("flare_days", "flare", "Flare lasted", None if length is None else days(length)),
        ("onset_50", "steroid", "50 % from", _onset(steroid["onset_day"])),
        ("onset_30", "steroid", "30 % from", _onset(steroid["onset_30_day"])),
        ("steroid_peak", "steroid", "Best three evenings", _percent(steroid["peak_relief_percent"])),
        *((key, "duration", label, _length(lasted[key]))
          for key, label in (("L50", "L50"), ("L30", "L30"), ("RTB", "To baseline"))),
    ]  # fmt: skip


def _rule(key: str, rule: str, criteria: Criteria) -> str:
    near = tolerance(int(key.removeprefix("responder_"))) if rule == "responder" else None
    return RULES[rule].format(**values_of(criteria), near=near)


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{figure(value)} %"


def _run(run: Json | None) -> str | None:
    if run is None:
        return None
    return f"at least {clock(run['low'])}" if run["censored"] else f"to {clock_span(run['low'], run['high'])}"


def _onset(onset: Json | None) -> str | None:
    return None if onset is None else day(onset)


def _length(length: Json | None) -> str | None:
    if length is None:
        return None
    if length["censored"]:
        return f"at least {days_so_far(length['days'])}"
    return f"{days(length['days'])} ({span(length['low'], length['high'])})"


def _yes_no(responds: Any) -> str | None:
    return None if responds is None else "yes" if responds else "no"
