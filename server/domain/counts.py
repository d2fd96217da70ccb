"""The counts that stand beside every reading, and the next check-in that will count as missing."""

from dataclasses import dataclass
from operator import itemgetter

from server.domain.instants import Instant
from server.domain.schedule import Slot
from server.domain.series import Series

_key_closes_expected = itemgetter(*map(Slot._fields.index, ("key", "closes", "expected")))


@dataclass(frozen=True, slots=True)
class Counts:
    """Check-ins due so far: `on_time + late + back_filled + missing = expected`; the rest are entries."""

    expected: int
    on_time: int
    late: int
    back_filled: int
    missing: int
    skipped: int
    extra: int
    next_due_at: Instant | None
    """When the next open check-in is due."""

    @property
    def due_after_t0(self) -> int:
        """Due check-ins without the one before the injection, which the baseline fills."""
        return self.expected - 1


def count(series: Series) -> Counts:
    """Count check-ins and entries as known at the series' `as_of`."""
    filled = {slot.key: grade for slot, grade in series.fillings.values() if slot.expected}
    grades = ["on_time", *filled.values()]
    open_until = [
        closes
        for key, closes, expected in map(_key_closes_expected, (*series.now_slots, *series.average_slots))
        if expected and key not in filled
    ]
    awaited = [closes for closes in open_until if closes > series.as_of]
    missing = len(open_until) - len(awaited)
    skipped = series.grades.count("skipped")
    return Counts(
        expected=len(grades) + missing,
        on_time=grades.count("on_time"),
        late=grades.count("late"),
        back_filled=grades.count("back_filled"),
        missing=missing,
        skipped=skipped,
        extra=len(series.grades) - skipped - len(filled),
        next_due_at=min(awaited, default=None),
    )
