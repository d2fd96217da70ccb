"""The tables of a cohort as CSV: one table a file, from what the service tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from server.exports.cells import MARK, line

Json = Mapping[str, Any]
Lines = Iterator[tuple[Any, ...]]

_RATE: Final = ("hits", "of", "percent", "low", "high")


def table(name: str, answer: Json) -> str:
    """The table of a name, with its heading; a hidden cell says `hidden`."""
    return MARK + "".join(line(row) for row in TABLES[name](answer))


def _cells(rate: Json) -> tuple[Any, ...]:
    return tuple("hidden" if rate["hidden"] else rate[key] for key in _RATE)


def _counts(row: Json, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple("hidden" if row[name] is None else row[name] for name in names)


def _groups(answer: Json) -> Iterator[Json]:
    return (group for group in answer["groups"] if not group["hidden"])


def _responders(answer: Json) -> Lines:
    counts = ("missing", "not_due", "not_evaluable")
    yield (
        "group",
        "outcome",
        *(f"complete_case_{k}" for k in _RATE),
        *(f"missing_as_failure_{k}" for k in _RATE),
        *counts,
    )
    for group in _groups(answer):
        for outcome, row in group["responders"].items():
            both = (*_cells(row["complete_case"]), *_cells(row["missing_as_failure"]))
            yield (group["name"], outcome, *both, *_counts(row, counts))


def _survival(answer: Json) -> Lines:
    yield ("group", "day", "share_still_in_relief", "lower_95", "upper_95")
    for group in _groups(answer):
        curve = group["curve"]
        for row in zip(curve["days"], curve["share"], curve["lower"], curve["upper"], strict=True):
            yield (group["name"], *row)


def _phases(answer: Json) -> Lines:
    yield ("group", "phase", "status", *_RATE)
    for group in _groups(answer):
        for phase, rows in group["phases"].items():
            for row in rows:
                yield (group["name"], phase, row["status"], *_cells(row))


def _side_effects(answer: Json) -> Lines:
    yield (
        "part",
        "side_effect",
        *(f"immediate_{k}" for k in _RATE),
        *(f"ever_{k}" for k in _RATE),
        "published_percent",
    )
    for row in answer["side_effects"]:
        yield (
            row["part"],
            row["code"],
            *_cells(row["immediate"]),
            *_cells(row["ever"]),
            row["published_percent"],
        )


def _adherence(answer: Json) -> Lines:
    yield ("phase", "diaries", "due", "late", "back_filled", "missing", *(f"on_time_{k}" for k in _RATE))
    for row in answer["adherence"]:
        counts = _counts(row, ("diaries", "due", "late", "back_filled", "missing"))
        yield (row["phase"], *counts, *_cells(row["on_time"]))


def _channels(answer: Json) -> Lines:
    yield ("channel", "diaries", "sent", *(f"seen_{k}" for k in _RATE), *(f"answered_{k}" for k in _RATE))
    for row in answer["channels"]:
        counts = _counts(row, ("diaries", "sent"))
        yield (row["channel"], *counts, *_cells(row["seen"]), *_cells(row["answered"]))


def _what_if(answer: Json) -> Lines:
    yield ("criteria", *(f"positive_{k}" for k in _RATE), "compared", "lost", "gained")
    for row in (answer["what_if"] or {"sets": ()})["sets"]:
        yield (row["criteria"], *_cells(row["positive"]), row["compared"], row["lost"], row["gained"])


TABLES: Final[Mapping[str, Callable[[Json], Lines]]] = {
    "responders": _responders,
    "survival": _survival,
    "phases": _phases,
    "side_effects": _side_effects,
    "adherence": _adherence,
    "channels": _channels,
    "what_if": _what_if,
}
