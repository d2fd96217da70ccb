"""Red flags that follow from an ordinary diary entry, so that no patient has to know they are flags.

Only what the triage table says is derived. A score alone counts past day 10 or at 10/10; a side effect
counts when it is itself a symptom of the table; numbness and weakness count when they have outlasted the
anaesthetic or came back. Derived reports are returned only when their triage is above self-care.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from server.domain.flags import TABLE, triage

Entry: TypeAlias = Mapping[str, Any]

_RULES: Final[dict[str, Any]] = TABLE["entries"]
_LIMB: Final = "limb_weak_or_numb"


def flags_in_entry(
    entry: Entry,
    hours_since_t0: float | None,
    baseline: float | None,
    region: str | None,
    others: Iterable[tuple[float | None, Entry]] = (),
) -> list[dict[str, Any]]:
    """Reports, as ``flags.triage`` takes them, that one entry of the diary comes to.

    ``hours_since_t0``: of the entry's ``taken_at``; ``None`` while T0 is unknown. ``baseline``: 0-10.
    ``others``: (hours since T0, body) of the diary's entries in any order; those described before this one
    say whether a symptom came back. Nothing is derived from an entry described before T0: its symptoms are
    not the block's.
    """
    if hours_since_t0 is not None and hours_since_t0 < 0:
        return []
    reports = _scores(entry, hours_since_t0, baseline)
    if entry.get("numb") is True or entry.get("weak") is True or entry.get("side_effects"):
        before = _before(hours_since_t0, others)
        after_block = [body for _, body in before]
        settled = [body for hours, body in before if hours > _RULES["numbing_onset_h"]]
        reports = [*_limb(entry, after_block, settled), *_side_effects(entry, after_block), *reports]
    return [report for report in reports if triage([report], hours_since_t0, region).level != "C"]


def _before(
    hours_since_t0: float | None, others: Iterable[tuple[float | None, Entry]]
) -> list[tuple[float, Entry]]:
    """The entries described after T0 and before this one, in that order; none while T0 is unknown."""
    if hours_since_t0 is None:
        return []
    known = [(hours, body) for hours, body in others if hours is not None and 0 <= hours < hours_since_t0]
    return sorted(known, key=lambda one: one[0])


def _limb(entry: Entry, after_block: Sequence[Entry], settled: Sequence[Entry]) -> list[dict[str, Any]]:
    """The limb row: the check-in asks about the blocked limb, and earlier answers say if it recovered."""
    present = [symptom for symptom in ("numb", "weak") if entry.get(symptom) is True]
    if not present:
        return []
    returned = any(_was_normal(symptom, after_block, settled) for symptom in present)
    return [
        {
            "code": _LIMB,
            "blocked_area_only": True,
            "worse": False,
            "recovered_between": returned,
            "weak": "weak" in present,
        }
    ]


def _was_normal(symptom: str, after_block: Sequence[Entry], settled: Sequence[Entry]) -> bool:
    """Whether the limb was normal in between: a "no" after a "yes", or any "no" once the block had set in."""
    answers = [body[symptom] for body in after_block if isinstance(body.get(symptom), bool)]
    first_yes = answers.index(True) if True in answers else len(answers)
    return False in answers[first_yes:] or any(body.get(symptom) is False for body in settled)


def _side_effects(entry: Entry, after_block: Sequence[Entry]) -> list[dict[str, Any]]:
    """One report for each row that a ticked side effect belongs to; severe stands for the worse answer."""
    ticked = _ticked(entry)
    reports: dict[str, dict[str, Any]] = {}
    for effect, code in _RULES["side_effects"].items():
        if effect not in ticked:
            continue
        severe = ticked[effect] == "severe" or reports.get(code, {}).get("severe", False)
        reports[code] = {
            "code": code,
            "severe": severe,
            "unwell": severe,
            "ketones": False,
            "alarm_signs": False,
            "worse_upright": False,
            "fainted": False,
            "repeated": _came_back(effect, after_block),
            "uncontrolled": False,
        }
    return list(reports.values())


def _came_back(effect: str, after_block: Sequence[Entry]) -> bool:
    """Whether an earlier entry had the effect and a later one no longer: two in a row are one spell."""
    had = [effect in _ticked(body) for body in after_block]
    return True in had and False in had[had.index(True) :]


def _ticked(entry: Entry) -> dict[str, object]:
    effects = entry.get("side_effects") or []
    return {
        str(effect.get("code")): effect.get("severity") for effect in effects if isinstance(effect, Mapping)
    }


def _scores(entry: Entry, hours: float | None, baseline: float | None) -> list[dict[str, Any]]:
    """Rows that a score alone reaches. The worst of a day is no level to hold against a baseline."""
    pain = entry.get("pain")
    if isinstance(pain, bool) or not isinstance(pain, int | float) or entry.get("scale") == "worst_24h":
        return []
    reports: list[dict[str, Any]] = []
    late = _RULES["late_worsening"]
    past = hours is None or hours > late["after_h"]
    if past and baseline is not None and pain >= baseline + late["rise"]:
        reports.append({"code": "late_worsening"})
    if pain == 10 and (baseline is None or pain > baseline):
        reports.append({"code": "more_pain", "uncontrolled": True})
    return reports
