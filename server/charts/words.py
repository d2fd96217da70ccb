"""One vocabulary for physicians: every code of the reading and of the diary in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SIDE_EFFECTS: Mapping[str, str] = {
    "injection_site_pain": "injection-site pain",
    "increased_radicular_pain": "more radicular pain",
    "increased_spinal_pain": "more spinal pain",
    "lightheadedness": "light-headed",
    "nausea": "nausea",
    "vomiting": "vomiting",
    "headache": "headache",
    "flushing": "flushing",
    "poor_sleep": "poor sleep",
    "raised_blood_sugar": "raised blood sugar",
    "itching": "itching",
    "other": "other symptom",
}

SHAPES: Mapping[str, str] = {
    "pending": "course still open",
    "not_readable": "not readable",
    "prolonged": "prolonged relief from the start",
    "flare_then_relief": "flare, then steroid relief",
    "anaesthetic_then_steroid": "anaesthetic relief, then steroid relief",
    "delayed_steroid_only": "delayed steroid relief only",
    "anaesthetic_only": "anaesthetic relief only",
    "none": "no relief",
}

EVENTS: Mapping[str, str] = {"repeat": "repeat injection", "surgery": "surgery"}

ENDINGS: Mapping[str, str] = {
    "loss": "loss of relief",
    "repeat": "a repeat injection",
    "surgery": "surgery",
    "analgesic": "a higher dose of analgesic",
}

SKIPS: Mapping[str, str] = {
    "asleep": "asleep",
    "nothing_to_report": "nothing to report",
    "other": "other reason",
}

INDEX_SITES: Mapping[str, str] = {"cervical": "arm", "thoracic": "trunk", "lumbar": "leg", "sacral": "leg"}


def plain(code: str, table: Mapping[str, str]) -> str:
    """The words for a code; a code the table does not know is shown readable instead of being hidden."""
    return table.get(code) or code.replace("_", " ")


def whole(value: float) -> int:
    """A day or percentage as a whole number, half away from zero."""
    return int(value + 0.5) if value >= 0 else -int(0.5 - value)


def figure(value: float) -> str:
    """A number with one decimal at most, without a trailing zero: `3`, `2.5`."""
    tenths = round(value, 1)
    return str(int(tenths)) if tenths == int(tenths) else str(tenths)


def span(low: float, high: float | None) -> str:
    """An interval in whole days: `3–5`; one number where both ends round alike."""
    first, last = whole(low), whole(low if high is None else high)
    return str(first) if first == last else f"{first}–{last}"


def day(estimate: Mapping[str, Any]) -> str:
    """A point in time with its interval: `day 4 (3–5)`, without the interval where it rounds to the day."""
    middle = whole(estimate["estimate"])
    interval = span(estimate["low"], estimate["high"])
    return f"day {middle}" if interval == str(middle) else f"day {middle} ({interval})"


def days(length: float) -> str:
    """A length in days: one decimal below ten days, whole days above."""
    shown = figure(length) if length < 10 else str(whole(length))
    return "1 day" if shown == "1" else f"{shown} days"


def days_so_far(length: float) -> str:
    """A length that may grow, in days: as `days`, but never rounded up to a whole day it has not reached."""
    return days(length if length < 10 else float(int(length)))


def clock(minutes: float) -> str:
    """A length of hours from minutes: `45 min`, `3 h`, `3.5 h`."""
    if minutes < 90:
        return f"{whole(minutes)} min"
    return f"{_hours(minutes)} h"


def _hours(minutes: float) -> str:
    """Hours in steps of a half below ten, whole above."""
    hours = minutes / 60
    return figure(whole(2 * hours) / 2) if hours < 10 else str(whole(hours))


def clock_span(low: float, high: float | None) -> str:
    """A range of lengths in minutes: `3–4 h`, `20–45 min`, `30 min to 2 h`."""
    if high is None:
        return clock(low)
    if high < 90:
        return clock(low) if whole(low) == whole(high) else f"{whole(low)}–{whole(high)} min"
    if low < 45:
        return f"{clock(low)} to {clock(high)}"
    return clock(high) if _hours(low) == _hours(high) else f"{_hours(low)}–{_hours(high)} h"


def joined(items: list[str]) -> str:
    """A list in a sentence: `a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def anaesthetics(procedure: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The anaesthetics of a procedure as a list, however they were written down."""
    given = procedure.get("anaesthetic")
    if not given:
        return []
    return list(given) if isinstance(given, list) else [given]


def drugs(procedure: Mapping[str, Any]) -> str:
    """The anaesthetic by name, without dose: `lidocaine and bupivacaine`, `the anaesthetic`."""
    names = [part["drug"] for part in anaesthetics(procedure) if part.get("drug", "unknown") != "unknown"]
    return joined(list(dict.fromkeys(names))) or "the anaesthetic"
