"""How two readings of one episode differ: categories by name, and whether any figure moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from server.domain.responder import DAYS

Json = Mapping[str, Any]
FIGURES: Final = "figures"
CATEGORIES: Final = (
    "verdict",
    "concordance",
    "flare",
    "steroid",
    "headline",
    "shape",
    "confidence",
    *(f"responder day {day}" for day in DAYS),
    FIGURES,
)


class Change(NamedTuple):
    """One category that differs; values are codes, never scores or times."""

    category: str
    before: str
    after: str


def categories(reading: Json) -> dict[str, str]:
    """The categories of a reading in JSON form, in the order of the reading."""
    anaesthetic, duration = reading["anaesthetic"], reading["duration"]
    found = (
        anaesthetic["verdict"],
        anaesthetic["concordance"],
        reading["flare"]["status"],
        reading["steroid"]["status"],
        duration["headline"],
        reading["shape"],
        reading["confidence"]["grade"],
        *(reading["responder"][str(day)] for day in DAYS),
    )
    return dict(zip(CATEGORIES[:-1], map(_word, found), strict=True))


def _word(value: object) -> str:
    if value is None:
        return "unknown"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def difference(before: Json, after: Json) -> list[Change]:
    """The categories that differ; a last `figures` change stands for any number besides.

    Reasons, evidence and the criteria's name are left out: they follow from the rest.
    """
    old, new = categories(before), categories(after)
    changes = [Change(name, old[name], new[name]) for name in new if old[name] != new[name]]
    if _figures(before) != _figures(after):
        changes.append(Change(FIGURES, "as before", "changed"))
    return changes


def _figures(value: object) -> object:
    """The reading's numbers alone, at their places."""
    if isinstance(value, Mapping):
        skipped = {"reasons", "evidence", "criteria", "as_of", "next_read_at"}
        return {key: _figures(inner) for key, inner in value.items() if key not in skipped}
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value is None
    return value
