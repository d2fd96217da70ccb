"""The counts beside a reading and its grade of confidence, opened as every other number is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from server.charts.words import joined
from server.domain.adherence import PHASES, PhaseCounts, phase_counts
from server.domain.counted import behind_counts
from server.domain.criteria import SOURCES, Criteria
from server.domain.instants import Instant
from server.domain.reasons import Reason
from server.domain.result import Reading
from server.domain.schedule import Slot
from server.exports.basis import basis, values_of
from server.exports.dates import day_of
from server.exports.figures import Counted, Figure

Json = Mapping[str, Any]
Names = tuple[str, ...]

CHOICE: Final = "design choice: no published value"
WINDOWS: Final = "design choice: no published value for the windows of the check-ins"
USUAL: Final = f"85 % on time is usual (Ono 2019, JMIR 21:e11398); {WINDOWS}"
BASELINE: Final = Counted("The check-in before the injection, filled by the baseline")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SLOTS: Final = {"m": "{} min after T0", "h": "{} h after T0", "w": "week {}", "mo": "month {}"}
_PHASES: Final = {"hours": "First hours", "days": "First four weeks", "weeks": "Weeks", "months": "Months"}


RULES: Final[Mapping[str, tuple[str, str, str]]] = {
    "expected": (
        "expected",
        "Check-ins of the schedule that were filled or whose window is over, and the one before the "
        "injection: on time, late, back-filled and missing ones together.",
        USUAL,
    ),
    "on_time": ("on time", "Check-ins filled inside their window.", USUAL),
    "late": (
        "late",
        "Check-ins recorded after their window, inside the late one: read, and not counted as on time.",
        WINDOWS,
    ),
    "back_filled": (
        "back-filled",
        "Check-ins filled in from memory after the late window: they count for the course of days, never "
        "for the diagnostic window or a flare.",
        "back-filled scores are less reliable (Stone 2003)",
    ),
    "missing": (
        "missing",
        "Check-ins whose window is over and that nobody filled; skipped ones are among them. A missing score "
        "is never read as 0.",
        WINDOWS,
    ),
    "extra": (
        "extra",
        "Entries that fill no check-in: beside the schedule, from before the injection, from after what "
        "ended the reading, or with a clock that was off.",
        WINDOWS,
    ),
}
"""Of each count its name, its rule, and where that comes from."""


def count_figures(reading: Reading, body: Json) -> list[Figure]:
    """The counts of check-ins and entries, in the order of the check-ins; `body` is the reading's JSON."""
    behind = behind_counts(reading.series)
    entries = behind._asdict() | {"expected": (), "missing": behind.skipped}
    phases = zip(PHASES, phase_counts(reading.series), strict=True)
    counted = {
        "expected": (BASELINE, *(Counted(_phase(name, found)) for name, found in phases if found.due)),
        "on_time": (BASELINE,),
        "missing": tuple(Counted(_missed(slot, reading)) for slot in behind.missing),
    }
    return [
        Figure(key, "data", label, str(body["data"][key]), rule, source, entries[key], counted.get(key, ()))
        for key, (label, rule, source) in RULES.items()
    ]


def confidence_figures(reading: Reading, criteria: Criteria) -> list[Figure]:
    """The grade, and each reason for it with the rule and the entries behind it."""
    rules = basis("confidence", criteria, reading.window)[:3]
    told = (rule.text for rule in rules)
    sources = dict.fromkeys(part for rule in rules for part in rule.source.split("; "))
    value = reading.confidence.grade
    rule, source = " ".join(told), "; ".join(sources)
    grade = Figure("grade", "confidence", "Confidence", value, rule, source, criteria=criteria.label)
    return [grade, *(_reason(why, reading, criteria) for why in reading.confidence.reasons)]


_REASONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "adherence": ("Adherence", "Check-ins filled inside their window, of all that were due.", USUAL),
    "low_baseline": (
        "Limit",
        "A baseline under {evaluable_baseline}/10 leaves little to relieve.",
        SOURCES["evaluable_baseline"],
    ),
    "verdict_indeterminate": (
        "Limit",
        "Without a readable anaesthetic phase the grade is D.",
        SOURCES["points_needed"],
    ),
    "sedation": ("Sedation", "Sedation by itself takes pain away.", SOURCES["sedation_counts"]),
    "rescue": (
        "Analgesic",
        "Scores within {rescue_hours} h after an analgesic are not read.",
        SOURCES["rescue_hours"],
    ),
    "volume": (
        "Volume",
        "Over {doubtful_volume_ml:g} mL neighbouring roots may be numbed too.",
        SOURCES["doubtful_volume_ml"],
    ),
    "provocation": ("Provocation", "Relief at rest alone says little: the pain has to be provoked.", CHOICE),
    "numbness": ("Numbness", "A limb that stayed feeling: the drug may have missed the root.", CHOICE),
    "ended": ("End", "What follows a repeat injection or surgery answers to it.", CHOICE),
}
"""What each reason for the grade is about, its rule, and where that comes from."""
_SAME: Final = {"no_provocation": "provocation", "not_numb": "numbness"}


def _reason(why: Reason, reading: Reading, criteria: Criteria) -> Figure:
    kind = why.code.removesuffix("_yet").removeprefix("confounder_").removeprefix("unknown_")
    kind = _SAME.get(kind, kind)
    label, rule, source = _REASONS.get(kind, _REASONS["ended"])
    told, rule = why.text.removesuffix("."), rule.format(**values_of(criteria))
    entries = _behind(kind, reading)
    return Figure(why.code, "confidence", label, told, rule, source, entries, criteria=criteria.label)


def _behind(kind: str, reading: Reading) -> Names:
    """The entries a reason for the grade was read from."""
    series, phase = reading.series, reading.anaesthetic
    if kind == "adherence":
        return behind_counts(series).on_time
    if kind == "rescue":
        return tuple(score.entry.name for score in phase.read.covered)
    if kind == "verdict_indeterminate":
        return phase.evidence
    told = [entry for entry in series.telling(phase.read_until) if entry.taken_at > series.t0]
    if kind == "provocation":
        return tuple(entry.name for entry in told if entry.answers.activity is not None)
    return tuple(entry.name for entry in told if entry.answers.numb is not None) if kind == "numbness" else ()


def _missed(slot: Slot, reading: Reading) -> str:
    """A check-in nobody filled: which one, and the day or moment it was planned for."""
    name = slot.key.rstrip("0123456789")
    words = _SLOTS.get(name, "day {}" if name == "d" else slot.key).format(slot.key.removeprefix(name))
    on, clock = _wall(slot.planned, reading)
    return f"{words[0].upper()}{words[1:]}, {on}{f', {clock}' if name in {'m', 'h'} else ''}"


def _wall(at: Instant, reading: Reading) -> tuple[str, str]:
    """The patient's date and clock at a moment."""
    here = _EPOCH + timedelta(microseconds=at + reading.local.offset(at))
    return day_of(here.date()), f"{here:%H:%M}"


def _phase(name: str, counts: PhaseCounts) -> str:
    parts = [
        f"{number} {word}"
        for number, word in (
            (counts.on_time, "on time"),
            (counts.late, "late"),
            (counts.back_filled, "back-filled"),
            (counts.missing, "missing"),
        )
        if number
    ]
    return f"{_PHASES[name]}: {counts.due} due, {joined(parts)}"
