"""What each answer was measured by: its thresholds in words, each with the paper or choice behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from server.domain.criteria import LINE_SOURCES, SOURCES, Criteria
from server.domain.window import Window

_THRESHOLDS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "anaesthetic": (
        ("positive_line", "Positive from {positive_line} % relief in two successive scores on."),
        ("strong_line", "Strongly positive from {strong_line} % on."),
        ("equivocal_line", "Negative below {equivocal_line} %."),
        ("drug_rows", "The window of the drug given is {window_hours} h."),
        (
            "points_needed",
            "At least {points_needed} readable scores, the first within {first_point_minutes} min.",
        ),
        ("rescue_hours", "Scores within {rescue_hours} h after an analgesic are not read."),
        ("lowest_baseline", "Pain of at least {lowest_baseline}/10 before the injection."),
    ),
    "flare": (
        ("flare_rise", "A rise of {flare_rise} points above the baseline."),
        ("flare_last_day", "Looked for to day {flare_last_day}."),
        ("flare_dose_percent", "Or an analgesic dose of {flare_dose_percent} % of the usual one."),
        ("flare_quiet_rise", "Over on two successive days within {flare_quiet_rise} point of the baseline."),
        ("flare_return_day", "Worsening that lasts: not back by day {flare_return_day}."),
    ),
    "steroid": (
        ("good_relief", "Relief of {good_relief} %; partial from {some_relief} % on."),
        ("least_drop", "At least {least_drop} points below the baseline."),
        ("onset_day", "Responded to day {onset_day}."),
        ("last_onset_day", "Late to day {last_onset_day}."),
    ),
    "duration": (
        ("good_relief", "L50: relief of {good_relief} %."),
        ("some_relief", "L30: relief of {some_relief} %."),
        (
            "loss_run",
            "Lost with {loss_run} successive evenings over the line, or 2 at least {loss_pair_days} days "
            "apart.",
        ),
        (
            "longest_gap_days",
            "A gap of more than {dense_gap_days} days before day {dense_until_day}, or of {longest_gap_days} "
            "in all, leaves the end unseen.",
        ),
        (
            "analgesic_percent",
            "An analgesic dose of {analgesic_percent} % on {analgesic_run} recorded days ends it.",
        ),
        ("return_relief", "Back to baseline: under {return_relief} % relief."),
    ),
    "confidence": (
        (
            "grade_a_percent",
            "A: at least {grade_a_percent} % of {grade_a_due} or more due check-ins on time, and no "
            "confounder.",
        ),
        (
            "grade_b_percent",
            "B: at least {grade_b_percent} % on time and at most {grade_b_confounders} confounder; C: less.",
        ),
        (
            "grade_d_confounders",
            "D: {grade_d_confounders} confounders, a baseline under {evaluable_baseline}/10, or an "
            "anaesthetic phase that cannot be read.",
        ),
        ("sedation_counts", "Sedation confounds."),
        ("doubtful_volume_ml", "A volume over {doubtful_volume_ml:g} mL confounds: not selective."),
        ("rescue_hours", "An analgesic confounds for {rescue_hours} h."),
    ),
}
ANSWERED: Final = tuple(_THRESHOLDS)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold in words and where it comes from."""

    text: str
    source: str


def basis(answer: str, criteria: Criteria, window: Window) -> list[Threshold]:
    """The thresholds that an answer, or the grade of confidence, was read by."""
    values = values_of(criteria) | {"window_hours": window.hours}
    return [
        Threshold(words.format(**values), source_of(name, criteria)) for name, words in _THRESHOLDS[answer]
    ]


def values_of(criteria: Criteria) -> dict[str, Any]:
    """The thresholds by name; where the line lies above the strong one, nothing is merely positive."""
    values = {name: getattr(criteria, name) for name in SOURCES}
    return values | {"strong_line": max(criteria.strong_line, criteria.positive_line)}


def source_of(threshold: str, criteria: Criteria) -> str:
    """Where a threshold of a set comes from; the line that a set moves has a source of its own."""
    return LINE_SOURCES[criteria.name] if threshold == "positive_line" else SOURCES[threshold]
