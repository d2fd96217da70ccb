"""A cohort as columns: the few values of each reading that statistics over many readings need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.domain.adherence import PHASES, Adherence, PhaseCounts, adherence, phase_counts
from server.domain.criteria import find_criteria
from server.domain.instants import day_of_date
from server.domain.lengths import LINES, Bools, Codes, Lengths, Span, numbers_of_span, span_of
from server.domain.onset import RESPONDED
from server.domain.rates import SideBySide
from server.domain.responder import DAYS, tolerance
from server.domain.result import Reading
from server.domain.side_effects import (
    PARTS,
    UNKNOWN_PART,
    Masks,
    SideEffectRow,
    SideEffects,
    mask_of,
    side_effect_rows,
    side_effects_of,
)
from server.domain.thresholds import UNANSWERED
from server.domain.verdict import POSITIVE
from server.domain.written import to_json

OUTCOMES: Final = ("anaesthetic", "steroid", *(f"day {day}" for day in DAYS))
"""Relief by the anaesthetic, lasting relief by the steroid, and relief of 50 % at fixed days."""

YES: Final = 1
NO: Final = 0
MISSING: Final = -1
NOT_DUE: Final = -2
NOT_EVALUABLE: Final = -3

SPINE: Final = (*dict.fromkeys(PARTS.values()), UNKNOWN_PART)


class Row(NamedTuple):
    """What one reading contributes. `first_day` is T0's local day, counted from 1970-01-01."""

    first_day: int
    region: str | None
    verdict: str
    steroid: str
    evaluable: bool
    """Whether the baseline is high enough to judge relief at all."""
    spans: tuple[Span | None, ...]
    """In the order of `LINES`."""
    responder: tuple[bool | None, ...]
    """In the order of the responder days."""
    effects: SideEffects
    phases: tuple[PhaseCounts, ...]


def row_of(reading: Reading, region: str | None) -> Row:
    """The row of one reading, its lengths as they are shown: in tenths of a day."""
    lengths = to_json(reading)["duration"]
    lowest = find_criteria(reading.criteria).lowest_baseline
    return Row(
        reading.series.first_day,
        region,
        reading.anaesthetic.verdict,
        reading.steroid.status,
        reading.baseline.usual >= lowest,
        tuple(span_of(lengths[line]) for line in LINES),
        tuple(reading.responder[day] for day in DAYS),
        side_effects_of(reading.series),
        phase_counts(reading.series),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """The columns of a cohort, one place for each episode."""

    lengths: dict[str, Lengths]
    outcomes: Codes
    """One column for each of `OUTCOMES`: `YES`, `NO`, `MISSING`, `NOT_DUE` or `NOT_EVALUABLE`."""
    parts: Codes
    """Places in `SPINE`."""
    asked: Bools
    entered: Bools
    immediate: Masks
    ever: Masks
    phases: NDArray[np.int16]
    """By episode, phase and field of `PhaseCounts`."""

    @classmethod
    def of(cls, rows: Iterable[Row], today: date) -> Cohort:
        """Columns of rows, in their order. `today` decides which answers are due: a silent diary's, too."""
        return cls.of_numbers(np.array([numbers_of(row) for row in rows], np.float64), today)

    @classmethod
    def of_numbers(cls, rows: NDArray[np.float64], today: date) -> Cohort:
        """The same from rows as `numbers_of` writes them, which takes a tenth of the time."""
        table = rows.reshape(-1, WIDTH)
        return cls(
            {line: Lengths.of_columns(table[:, place : place + 3]) for line, place in _LENGTHS.items()},
            _due(table[:, _CODES].astype(np.int8), table[:, 0], day_of_date(today.isoformat())),
            table[:, 1].astype(np.int8),
            table[:, 2].astype(np.bool_),
            table[:, 3].astype(np.bool_),
            table[:, 4].astype(np.uint16),
            table[:, 5].astype(np.uint16),
            table[:, _PHASES].astype(np.int16).reshape(-1, len(PHASES), len(PhaseCounts._fields)),
        )

    @classmethod
    def joined(cls, parts: Sequence[Cohort]) -> Cohort:
        """One cohort of several, so that the rows of a large one need not be in memory together."""
        if not parts:
            return cls.of([], date(1970, 1, 1))
        return cls(
            {line: Lengths.joined([part.lengths[line] for part in parts]) for line in LINES},
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("outcomes", "parts", "asked", "entered", "immediate", "ever", "phases")
            ),
        )

    @property
    def nbytes(self) -> int:
        """How much memory the columns take."""
        own = (self.outcomes, self.parts, self.asked, self.entered, self.immediate, self.ever, self.phases)
        return sum(column.nbytes for column in own) + sum(found.nbytes for found in self.lengths.values())

    def __len__(self) -> int:
        return len(self.parts)

    def where(self, kept: Bools) -> Cohort:
        """The episodes for which `kept` is true."""
        if kept.all():
            return self
        return Cohort(
            {line: lengths.where(kept) for line, lengths in self.lengths.items()},
            self.outcomes[kept],
            self.parts[kept],
            self.asked[kept],
            self.entered[kept],
            self.immediate[kept],
            self.ever[kept],
            self.phases[kept],
        )

    def responder_table(self, own: Bools | None = None) -> dict[str, SideBySide]:
        """Each of `OUTCOMES` with its missing answers told apart; of a group alone where `own` is given."""
        outcomes = self.outcomes if own is None else self.outcomes[own]
        return {name: _side_by_side(outcomes[:, place]) for place, name in enumerate(OUTCOMES)}

    def side_effect_table(self) -> list[SideEffectRow]:
        """Side effects per injection for the whole spine, then for each part that has an injection."""
        columns = (self.immediate, self.ever, self.asked, self.entered)
        rows = side_effect_rows("all", *columns)
        for place, part in enumerate(SPINE):
            own = self.parts == place
            if own.any():
                immediate, ever, asked, entered = (column[own] for column in columns)
                rows += side_effect_rows(part, immediate, ever, asked, entered)
        return rows

    def adherence(self) -> tuple[Adherence, ...]:
        """Check-ins kept, by phase."""
        return adherence(self.phases)


_FIXED: Final = 6
_CODES: Final = slice(_FIXED, _FIXED + len(OUTCOMES))
_LENGTHS: Final = {line: _CODES.stop + 3 * place for place, line in enumerate(LINES)}
_PHASES: Final = slice(
    _CODES.stop + 3 * len(LINES), _CODES.stop + 3 * len(LINES) + len(PHASES) * len(PhaseCounts._fields)
)
WIDTH: Final = _PHASES.stop
"""How many numbers a row has."""


def numbers_of(row: Row) -> list[float | None]:
    """A row as numbers, for keeping: its day and part of the spine, what it reports, its outcomes as if every
    day were due, its lengths and its check-ins."""
    effects = row.effects
    part = SPINE.index(PARTS.get(row.region or "", UNKNOWN_PART))
    found: list[float | None] = [row.first_day, part, int(effects.asked), int(effects.entered)]
    found += [mask_of(effects.immediate), mask_of(effects.ever), *_answers(_telling(row))]
    for span in row.spans:
        found += numbers_of_span(span)
    found += chain.from_iterable(row.phases)
    return found


def _due(codes: Codes, first_days: NDArray[np.float64], now: int) -> Codes:
    """The codes as of `now`, a day counted as `first_days` are: whether a fixed day is due depends on it.

    An answer known early is not counted before its day: only failures are ever known early.
    """
    fixed = codes[:, len(OUTCOMES) - len(DAYS) :]
    early = (now - first_days)[:, None] <= np.array([day + tolerance(day) for day in DAYS])
    fixed[early & (fixed != NOT_EVALUABLE)] = NOT_DUE
    return codes


Told = tuple[str, str, bool, tuple[bool | None, ...]]
_telling = attrgetter("verdict", "steroid", "evaluable", "responder")


@lru_cache(maxsize=10_000)
def _answers(told: Told) -> tuple[int, ...]:
    """The codes of one row as if every day were due; few different ones exist."""
    verdict, steroid, evaluable, responder = told
    if not evaluable:
        return (_anaesthetic(verdict, evaluable=False), *(NOT_EVALUABLE for _ in OUTCOMES[1:]))
    fixed = (MISSING if answer is None else YES if answer else NO for answer in responder)
    return (_anaesthetic(verdict, evaluable=True), _steroid(steroid), *fixed)


def _anaesthetic(verdict: str, *, evaluable: bool) -> int:
    if verdict == "pending":
        return NOT_DUE
    if verdict in UNANSWERED:
        return MISSING if evaluable else NOT_EVALUABLE
    return YES if verdict in POSITIVE else NO


def _steroid(status: str) -> int:
    if status == "not_applicable":
        return NOT_EVALUABLE
    if status in {"pending", "not_evaluable"}:
        return NOT_DUE if status == "pending" else MISSING
    return YES if status in RESPONDED else NO


def _side_by_side(codes: Codes) -> SideBySide:
    numbers = np.bincount(codes - NOT_EVALUABLE, minlength=YES - NOT_EVALUABLE + 1).tolist()
    yes, no, missing, not_due, not_evaluable = (
        numbers[code - NOT_EVALUABLE] for code in (YES, NO, MISSING, NOT_DUE, NOT_EVALUABLE)
    )
    return SideBySide(yes, yes + no, yes + no + missing, not_due, not_evaluable)
