"""Diary entries, one line each, in the columns of the exported `entries.csv` or as a mapping says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from server.domain.codes import ACTIVITIES, SCALES, SEVERITIES, SIDE_EFFECTS, SKIPS
from server.imports.cells import Cells

Json = dict[str, Any]

MILD: Final = "mild"
"""How strong a side effect is taken to be that a paper diary only ticks."""
BODY: Final = {"skipped": SKIPS, "activity": ACTIVITIES}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: whose it is, and the entry it holds; `body` is None where it has no moment."""

    line: int
    episode_id: str | None
    record_number: str | None
    procedure_on: date | None
    entry_id: str | None
    body: Json | None
    clock_suspect: bool


def read_line(cells: Cells) -> Line:
    """The entry a line holds."""
    episode_id, record_number = cells.text("episode_id"), cells.text("record_number")
    if episode_id is None and record_number is None:
        cells.say("record_number", "missing", "Whose entry is it? Fill in the patient's number.")
    return Line(
        cells.line,
        episode_id,
        record_number,
        cells.day("procedure_date"),
        cells.text("entry_id"),
        _body(cells),
        cells.truth("clock_suspect") or False,
    )


def column_of(pointer: str) -> str | None:
    """The column a field of an entry came from."""
    first = pointer.removeprefix("/body").strip("/").partition("/")[0]
    return {"taken_at": "taken_local", "recorded_at": "recorded_local", "": None}.get(first, first)


def _body(cells: Cells) -> Json | None:
    taken = cells.moment("taken")
    if taken is None:
        if not cells.problems:
            cells.say("taken_local", "missing", "When was it? Fill in the date and the time.")
        return None
    found: Json = {
        "taken_at": taken,
        "recorded_at": cells.moment("recorded"),
        "scale": cells.code("scale", SCALES) or "now",
        "axial": cells.number("axial"),
        **{key: cells.code(key, allowed) for key, allowed in BODY.items()},
        "stated_relief_percent": cells.number("stated_relief_percent"),
        "numb": cells.truth("numb"),
        "weak": cells.truth("weak"),
        "side_effects": _effects(cells) or None,
        "analgesics": cells.json("analgesics"),
        "glucose": _glucose(cells),
        "proxy": cells.truth("proxy"),
        "checkin_id": cells.text("checkin_id"),
        "note": cells.text("note"),
    }
    known = {key: value for key, value in found.items() if value is not None}
    pain = cells.number("pain")
    if pain is None and "skipped" not in known:
        cells.say(
            "pain", "missing", "There is no score. Fill in 0 to 10, or say in “skipped” why there is none."
        )
    return known | {"pain": pain}


def _effects(cells: Cells) -> list[Json]:
    """`nausea:mild|headache`, and one column for each side effect as paper diaries have them."""
    found: dict[str, str] = {}
    for part in cells.words("side_effects"):
        code, _, severity = (word.strip() for word in part.partition(":"))
        _add(cells, found, "side_effects", code, severity or MILD)
    for code in SIDE_EFFECTS:
        told = cells.text(code)
        if told is not None:
            plain = told.casefold()
            ticked = plain in {"true", "yes", "x", "1"}
            if plain not in {"false", "no", "0"}:
                _add(cells, found, code, code, MILD if ticked else plain)
    return [{"code": code, "severity": severity} for code, severity in found.items()]


def _add(cells: Cells, found: dict[str, str], column: str, code: str, severity: str) -> None:
    for value, allowed in ((code, SIDE_EFFECTS), (severity, SEVERITIES)):
        if value not in allowed:
            cells.say(column, "unknown-code", f"“{value}” is not known here. Use {', '.join(allowed)}.")
            return
    found[code] = severity


def _glucose(cells: Cells) -> Json | None:
    value, unit = cells.number("glucose"), cells.text("glucose_unit")
    return None if value is None else {"value": value, "unit": unit}


COLUMNS: Final = (
    *("episode_id", "record_number", "procedure_date", "entry_id"),
    *("taken_local", "taken_offset_min", "taken_utc", "taken_date", "taken_time"),
    *("recorded_local", "recorded_offset_min", "recorded_utc", "recorded_date", "recorded_time"),
    *("scale", "pain", "axial", "skipped", "activity", "stated_relief_percent", "numb", "weak"),
    *("side_effects", *SIDE_EFFECTS, "analgesics", "glucose", "glucose_unit", "proxy", "checkin_id"),
    *("note", "clock_suspect"),
)
"""Every column that is read; others are left aside."""
