"""How well patients kept to the protocol in each phase of the diary."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.domain.rates import Rate
from server.domain.series import Series

PHASES: Final = ("hours", "days", "weeks", "months")
PHASE_OF: Final = MappingProxyType(
    {
        "early": "hours",
        "hour": "hours",
        "bedtime": "hours",
        "day": "days",
        "week": "weeks",
        "month": "months",
    }
)
"""The phase of each kind of expected check-in; the one before the injection is staff's, not the patient's."""


class PhaseCounts(NamedTuple):
    """Check-ins of one phase due so far; what is in none of the three was missed."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    back_filled: int = 0

    @property
    def missing(self) -> int:
        """Due and never filled."""
        return self.due - self.on_time - self.late - self.back_filled


def phase_counts(series: Series) -> tuple[PhaseCounts, ...]:
    """The check-ins of one diary by phase, in the order of `PHASES`: a filled one or a closed one is due."""
    filled = {slot.key: series.grades[place] for place, slot in series.fillings.items()}
    counts: dict[str, Counter[str]] = {phase: Counter() for phase in PHASES}
    for slot in (*series.now_slots, *series.average_slots.slots):
        if not slot.expected:
            continue
        grade = filled.get(slot.key)
        if grade is None and slot.closes > series.as_of:
            continue
        counts[PHASE_OF[slot.kind]][grade or "missing"] += 1
    return tuple(
        PhaseCounts(found.total(), found["on_time"], found["late"], found["back_filled"])
        for found in counts.values()
    )


class Adherence(NamedTuple):
    """One phase of a cohort. `check_ins` are added up over all diaries with a due one (`diaries`).

    Check-ins of one patient go together, so the pooled rates get no interval; `quartiles` of the single
    diaries' on-time shares (0-1) say how much patients differ; None without a diary.
    """

    phase: str
    diaries: int
    check_ins: PhaseCounts
    quartiles: tuple[float, float, float] | None

    @property
    def on_time(self) -> Rate:
        """Filled inside their window."""
        return Rate(self.check_ins.on_time, self.check_ins.due)

    @property
    def filled(self) -> Rate:
        """Filled at all, late and back-filled ones too."""
        return Rate(self.check_ins.due - self.check_ins.missing, self.check_ins.due)


def adherence(counts: NDArray[np.integer[Any]]) -> tuple[Adherence, ...]:
    """Adherence by phase, in the order of `PHASES`; `counts` by diary, phase and field of `PhaseCounts`."""
    return tuple(_of_phase(phase, counts[:, place]) for place, phase in enumerate(PHASES))


def _of_phase(phase: str, counts: NDArray[np.integer[Any]]) -> Adherence:
    due = counts[:, 0]
    own = counts[due > 0]
    total = PhaseCounts(*(int(number) for number in own.sum(axis=0)))
    if not len(own):
        return Adherence(phase, 0, total, None)
    first, second, third = np.quantile(own[:, 1] / own[:, 0], (0.25, 0.5, 0.75)).tolist()
    return Adherence(phase, len(own), total, (first, second, third))
