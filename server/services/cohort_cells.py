"""The cells of a cohort's tables as plain data; in sensitive views small ones say only that they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from server.domain.adherence import Adherence
from server.domain.rates import Rate, SideBySide
from server.domain.side_effects import SideEffectRow

Json = dict[str, Any]

FEWEST: Final = 5
"""In views that look at operators or agents one by one, smaller numbers would tell of single people."""


def shown(number: int, small: int) -> int | None:
    """A number, None where it is smaller than `small` and not zero."""
    return None if 0 < number < small else number


def withheld(numbers: Sequence[int], small: int) -> set[int]:
    """The places of numbers that go untold where their sum is known.

    They are the small ones and, while what is missing from the sum is one number or itself a small one, the
    next larger ones: otherwise a subtraction would tell what is hidden.
    """
    rising = sorted((number, place) for place, number in enumerate(numbers) if number)
    few = sum(number < small for number, _ in rising)
    while 0 < few < len(rising) and (few < 2 or sum(number for number, _ in rising[:few]) < small):
        few += 1
    return {place for _, place in rising[:few]}


def hidden_cell() -> Json:
    """The cell that says only that it is withheld."""
    return dict.fromkeys(("hits", "of", "percent", "low", "high")) | {"hidden": True}


def rate_cell(rate: Rate, small: int) -> Json:
    """A rate with its denominator and interval; a cell of fewer than `small` says only that it is small."""
    if 0 < rate.hits < small or 0 < rate.of - rate.hits < small or 0 < rate.of < small:
        return hidden_cell()
    interval = rate.interval
    low, high = (None, None) if interval is None else (100 * interval[0], 100 * interval[1])
    told = {"percent": rate.percent, "low": low, "high": high}
    rounded = {key: None if value is None else round(value, 1) for key, value in told.items()}
    return {"hits": rate.hits, "of": rate.of, **rounded, "hidden": False}


def responder_cells(row: SideBySide, small: int) -> Json:
    """One outcome both ways; where one of them is small neither is told, since each gives the other away.

    The two differ by the missing: with few of those the worst case is not told.
    """
    told = {
        "complete_case": rate_cell(row.complete_case, small),
        "missing_as_failure": rate_cell(row.missing_as_failure, small),
    }
    hidden = any(rate["hidden"] for rate in told.values())
    counts = {"missing": row.missing, "not_due": row.not_due, "not_evaluable": row.not_evaluable}
    if hidden:
        told = {name: hidden_cell() for name in told}
    elif 0 < row.missing < small:
        told["missing_as_failure"] = hidden_cell()
    return told | {key: None if hidden else shown(count, small) for key, count in counts.items()}


def effect_cells(row: SideEffectRow, small: int) -> Json:
    """One side effect in one part of the spine."""
    return {
        "part": row.part,
        "code": row.code,
        "immediate": rate_cell(row.immediate, small),
        "ever": rate_cell(row.ever, small),
        "published_percent": row.published,
    }


def adherence_cells(row: Adherence, small: int) -> Json:
    """One phase of the diary."""
    due, few = row.check_ins, 0 < row.diaries < small
    quartiles = None if few or row.quartiles is None else [round(100 * q, 1) for q in row.quartiles]
    return {
        "phase": row.phase,
        "diaries": shown(row.diaries, small),
        "due": shown(due.due, small),
        "late": shown(due.late, small),
        "back_filled": shown(due.back_filled, small),
        "missing": shown(due.missing, small),
        "on_time": rate_cell(row.on_time, small),
        "filled": rate_cell(row.filled, small),
        "quartiles_percent": quartiles,
    }
