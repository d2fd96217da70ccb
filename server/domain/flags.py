"""Red-flag triage: reports of symptoms in, one of four levels out, by the rule table ``red_flags.json``.

Levels: ``E`` emergency now, ``S`` same-day call, ``N`` next working day, ``C`` self-care and recheck.
The table is data so that the phone runs the very same rules; this module only interprets it. A question
that was not answered counts as answered in the unsafe way, and nothing in a report can lower its level
below the one its row and window give. Windows are closed at their upper edge: "<= 8 h" holds at 8.0 h.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NotRequired, TypeAlias, TypedDict, cast

Level: TypeAlias = Literal["E", "S", "N", "C"]
Report: TypeAlias = Mapping[str, Any]
Window: TypeAlias = tuple[float | None, float | None]


class WindowRule(TypedDict):
    """A span of hours after T0 and the level inside it; ``null`` edges are open."""

    after_h: float | None
    to_h: float | None
    level: Level
    recheck_at_h: NotRequired[float]
    recheck_after_h: NotRequired[float]
    unanswered: NotRequired[Level]


AnswerRule = TypedDict(
    "AnswerRule",
    {
        "when": dict[str, "bool | dict[str, float]"],
        "level": NotRequired[Level],
        "as": NotRequired[str],
        "regions": NotRequired[list[str]],
        "stated": NotRequired[bool],
    },
)


class Row(TypedDict):
    """One row of the table: a symptom, the questions it needs, its windows and what answers raise."""

    code: str
    windows: list[WindowRule]
    asks: NotRequired[list[str]]
    rules: NotRequired[list[AnswerRule]]
    regions: NotRequired[list[str]]
    clock: NotRequired[str]
    from_scores: NotRequired[bool]


class UnknownFlagError(ValueError):
    """A report names a symptom the table does not hold."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one report comes to. ``window`` is (after, up to) in hours, ``None`` when no window held it."""

    code: str
    level: Level
    window: Window | None
    recheck_at_hours: float | None
    unanswered: Level | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """The highest level of all reports (``None`` without any) and the finding of each, in their order."""

    level: Level | None
    findings: tuple[Finding, ...]


TABLE: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("red_flags.json").read_text("utf-8"))
ROWS: Final[dict[str, Row]] = {row["code"]: cast("Row", row) for row in TABLE["rows"]}
_LARGEST_ANSWER: Final = 1e6  # hours or degrees; anything beyond is no answer
_RANK: Final[dict[Level, int]] = {"C": 0, "N": 1, "S": 2, "E": 3}


def highest(levels: Iterable[Level]) -> Level | None:
    """The most urgent of some levels, ``None`` of none."""
    return max(levels, key=_RANK.__getitem__, default=None)


def title(code: str) -> str:
    """The symptom in words for staff; the patient's words live in the app. Raises UnknownFlagError."""
    _row(code)
    return str(TABLE["texts"][code]["title"])


def triage(
    reports: Iterable[Report],
    hours_since_t0: float | None,
    region: str | None,
    context: Mapping[str, Any] | None = None,
) -> Triage:
    """Triage every report and take the highest level.

    ``reports``: each ``{"code": ..., answer: value, ...}``. ``hours_since_t0``: of the report, ``None`` while
    T0 is unknown. ``region``: of the block. ``context``: what is known of the patient (``anticoagulant``),
    used where a report does not say it; it never changes a level. Raises UnknownFlagError.
    """
    known = {key: value for key, value in (context or {}).items() if key in TABLE["context"]}
    findings = tuple(_finding(report, hours_since_t0, region, known) for report in reports)
    return Triage(highest(finding.level for finding in findings), findings)


def _row(code: object) -> Row:
    row = ROWS.get(code) if isinstance(code, str) else None
    if row is None:
        raise UnknownFlagError("the report names a symptom that is not in the table")
    return row


def _finding(report: Report, hours: float | None, region: str | None, context: Mapping[str, Any]) -> Finding:
    row = _row(report.get("code"))
    answers = {**context, **report}
    if answers.get("onset_hours") is None:
        answers["onset_hours"] = hours  # a symptom cannot have begun later than its report
    window, level, outside = _place(row, hours, region, answers)
    raised, reasons = _raised(row, region, answers)
    final = highest([level, *raised]) or level
    kept = window if window is not None and final == window["level"] else None
    return Finding(
        code=row["code"],
        level=final,
        window=(window["after_h"], window["to_h"]) if window is not None else None,
        recheck_at_hours=_recheck(kept, hours),
        unanswered=kept.get("unanswered") if kept is not None else None,
        reasons=(*outside, *reasons, *_notes(row, answers)),
    )


def _place(
    row: Row, hours: float | None, region: str | None, answers: Report
) -> tuple[WindowRule | None, Level, tuple[str, ...]]:
    """The window that holds the report and its level, or no window, the row's highest level and why."""
    if hours is None:
        return None, _top(row), ("time_unknown",)
    if not hours >= 0:
        return None, _top(row), ("before_injection",)
    if region not in row.get("regions", [region]):
        return None, _top(row), ("other_region",)
    at = _number(answers.get(row.get("clock", ""))) if "clock" in row else hours
    for window in row["windows"]:
        if at is not None and _within(at, window):
            return window, window["level"], ()
    return None, _top(row), ("outside_windows",)


def _within(hours: float, window: WindowRule) -> bool:
    after, to = window["after_h"], window["to_h"]
    return (hours >= 0 if after is None else hours > after) and (to is None or hours <= to)


def _top(row: Row) -> Level:
    own = [window["level"] for window in row["windows"]]
    own += [rule["level"] for rule in row.get("rules", []) if "level" in rule]
    return highest(own) or "E"


def _raised(row: Row, region: str | None, answers: Report) -> tuple[list[Level], list[str]]:
    """Levels and reasons added by the answers, following a report to the row it really belongs to."""
    levels: list[Level] = []
    reasons: list[str] = []
    for rule in row.get("rules", []):
        if region is not None and region not in rule.get("regions", [region]):
            continue
        matches = [_matches(answers.get(key), wanted) for key, wanted in rule["when"].items()]
        if False in matches or (rule.get("stated") and None in matches):
            continue
        unanswered = "unanswered:" if None in matches else ""
        reasons.append(unanswered + "+".join(rule["when"]))
        if "level" in rule:
            levels.append(rule["level"])
        if "as" in rule:
            further, why = _followed(rule["as"], region, answers)
            levels += further
            reasons += why
    return levels, reasons


def _followed(code: str, region: str | None, answers: Report) -> tuple[list[Level], list[str]]:
    row = ROWS[code]
    levels, reasons = _raised(row, region, answers)
    return [*(window["level"] for window in row["windows"]), *levels], [f"as:{code}", *reasons]


def _notes(row: Row, answers: Report) -> list[str]:
    return [key for key in row.get("asks", []) if key in TABLE["context"] and answers.get(key) is True]


def _matches(given: object, wanted: bool | dict[str, float]) -> bool | None:  # noqa: FBT001 - from the table
    """Whether an answer meets a condition; ``None`` when it was not given or is no answer to it."""
    if isinstance(wanted, bool):
        return given == wanted if isinstance(given, bool) else None
    number = _number(given)
    return None if number is None else number > wanted["above"]


def _number(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given) if abs(given) <= _LARGEST_ANSWER else None  # false for NaN, too


def _recheck(window: WindowRule | None, hours: float | None) -> float | None:
    if window is None or hours is None:
        return None
    if "recheck_after_h" in window:
        return hours + window["recheck_after_h"]
    return window.get("recheck_at_h")
