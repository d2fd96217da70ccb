"""Analgesics taken: when they cover a score, and on which days a dose is above the usual one."""

from collections.abc import Iterable, Sequence

from server.domain.diary import Intake, UsualAnalgesic
from server.domain.exact import Exact, as_written
from server.domain.instants import LocalTime


def raised_days(
    intakes: Sequence[Intake], usual: Iterable[UsualAnalgesic], local: LocalTime, percent: int
) -> frozenset[int]:
    """Local days (from 1970-01-01) on which one drug's dose is at least `percent` of its usual daily dose.

    A drug without a usual dose raises nothing; where that is 0 any dose does, an unsaid one too.
    """
    per_day: dict[str, Exact] = {}
    for item in usual:
        per_day[item.drug] = per_day.get(item.drug, 0) + as_written(item.mg_per_day)
    taken: dict[tuple[int, str], Exact] = {}
    for intake in intakes:
        if intake.drug in per_day:
            key = (local.day(intake.taken_at), intake.drug)
            dose = 0 if intake.dose_mg is None else as_written(intake.dose_mg)
            taken[key] = taken.get(key, 0) + dose
    return frozenset(day for (day, drug), dose in taken.items() if 100 * dose >= percent * per_day[drug])
