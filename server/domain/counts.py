"""The counts that stand beside every reading, and the next check-in that will count as missing."""

from bisect import bisect_right
from dataclasses import dataclass

from server.domain.instants import Instant
from server.domain.series import Series


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
    places = [place for place, slot in series.fillings.items() if slot.expected]
    filled = [series.fillings[place] for place in places]
    grades = ["on_time", *[series.grades[place] for place in places]]
    as_of, averages = series.as_of, series.average_slots
    over = bisect_right(averages.closes, as_of)
    closed = over + len([slot for slot in series.now_slots if slot.expected and slot.closes <= as_of])
    missing = closed - len([slot for slot in filled if slot.closes <= as_of])
    yet = [slot for slot in series.now_slots if slot.expected and slot.closes > as_of]
    yet += averages.slots[over:]
    keys = {slot.key for slot in filled} if yet else frozenset[str]()
    return Counts(
        expected=len(grades) + missing,
        on_time=grades.count("on_time"),
        late=grades.count("late"),
        back_filled=grades.count("back_filled"),
        missing=missing,
        skipped=series.skipped,
        extra=len(series.grades) - series.skipped - len(filled),
        next_due_at=min((slot.closes for slot in yet if slot.key not in keys), default=None),
    )
