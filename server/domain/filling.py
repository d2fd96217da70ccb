"""Which check-in each entry fills, and how late it was recorded."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from server.domain.entries import Entry
from server.domain.instants import HOUR, MINUTE, Instant, LocalTime
from server.domain.schedule import NOON, Slot

Grade = Literal["on_time", "late", "back_filled", "extra", "skipped", "clock_suspect", "before"]

NOW_GRACE = 60 * MINUTE
AVERAGE_STANDS_BEFORE = 12 * HOUR


Fit = tuple[bool, Instant]


class Filling(NamedTuple):
    """An entry in its slot, graded."""

    slot: Slot
    grade: Grade


def fill(
    entries: Iterable[tuple[int, Entry]], now_slots: Sequence[Slot], average_slots: Sequence[Slot]
) -> dict[int, Filling]:
    """The entries that fill a slot, by their place; `entries` are the readable ones, in order.

    Of several entries for one slot the on-time window goes before the late one, then the nearest, then the
    first; the others try no other slot. A week or month recorded after its late limit stays missed.
    """
    now_until = max((slot.late_until for slot in now_slots), default=0)
    limits = [slot.late_until for slot in average_slots]
    best: dict[str, tuple[Fit, int, Entry, Slot]] = {}
    for place, entry in entries:
        taken_at, scale = entry.taken_at, entry.scale
        slot: Slot | None = None
        if scale == "average_24h":
            near = bisect_left(limits, taken_at)  # the windows of evenings, weeks and months never overlap
            if near < len(limits) and average_slots[near].opens <= taken_at:
                slot = average_slots[near]
        elif scale == "now" and taken_at <= now_until:
            slot = _pick(now_slots, taken_at)
        if slot is None:
            continue
        fit = _fit(slot, taken_at)
        if slot.key not in best or fit < best[slot.key][0]:
            best[slot.key] = (fit, place, entry, slot)
    graded = ((place, slot, grade_in_slot(slot, entry)) for _, place, entry, slot in best.values())
    return {place: Filling(slot, grade) for place, slot, grade in graded if grade is not None}


def _pick(slots: Sequence[Slot], at: Instant) -> Slot | None:
    """The nearest slot whose on-time window holds a moment, else the nearest whose late window does."""
    held = [slot for slot in slots if slot.opens <= at <= slot.late_until]
    if len(held) < 2:
        return held[0] if held else None
    return min(held, key=lambda slot: _fit(slot, at))


def _fit(slot: Slot, at: Instant) -> Fit:
    """How well a moment fits a slot: the on-time window goes before the late one, then the nearest."""
    return at > slot.closes, abs(at - slot.planned)


def grade_in_slot(slot: Slot, entry: Entry) -> Grade | None:
    """How late an entry was recorded for its slot; None where the slot counts as missed by then."""
    recorded_at = entry.recorded_at
    if recorded_at is None or recorded_at <= slot.closes:
        return "on_time"
    if recorded_at <= slot.late_until:
        return "late"
    return None if slot.kind in {"week", "month"} else "back_filled"


def grade_beside(entry: Entry, local: LocalTime) -> Grade:
    """The grade of an entry in no slot: `back_filled` when it was recorded long after it was described."""
    recorded_at, taken_at = entry.recorded_at, entry.taken_at
    if recorded_at is None or recorded_at <= taken_at:
        return "extra"
    if entry.scale == "now":
        return "back_filled" if recorded_at - taken_at > NOW_GRACE else "extra"
    day_after = local.day(taken_at - AVERAGE_STANDS_BEFORE) + 1
    return "back_filled" if recorded_at > local.at(day_after, NOON) else "extra"
