"""Which check-in each entry fills, and how late it was recorded."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from server.domain.entries import Entry
from server.domain.instants import HOUR, MINUTE, Instant, LocalTime
from server.domain.schedule import NOON, AverageSlots, Slot

Grade = Literal["on_time", "late", "back_filled", "extra", "skipped", "clock_suspect", "before"]

NOW_GRACE = 60 * MINUTE
AVERAGE_STANDS_BEFORE = 12 * HOUR


Fit = tuple[bool, Instant, Instant]
Offer = tuple[int, Entry]
"""An entry and its place among all."""


Tried = tuple[Slot, Sequence[Offer]]
"""A slot and the entries that try to fill it, in order."""


class Filling(NamedTuple):
    """An entry in its slot, graded."""

    slot: Slot
    grade: Grade


_new_filling = tuple.__new__  # the named constructor takes twice as long, once for every check-in


def fill(
    nows: Sequence[Offer],
    averages: Sequence[Offer],
    now_slots: Sequence[Slot],
    average_slots: AverageSlots,
) -> dict[int, Filling]:
    """The entries that fill a slot, by their place; the readable `nows` and `averages` are in order.

    Of several entries for one slot the on-time window goes before the late one, then the nearest, then the
    first; the others try no other slot. A week or month recorded after its late limit stays missed.
    """
    found: dict[int, Filling] = {}
    for slot, offers in (*_for_hours(nows, now_slots), *_for_evenings(averages, average_slots)):
        place, entry = offers[0] if len(offers) == 1 else _best(slot, offers)
        grade = "on_time" if entry.recorded_at is None else grade_in_slot(slot, entry)
        if grade is not None:
            found[place] = _new_filling(Filling, (slot, grade))
    return found


def _for_hours(nows: Sequence[Offer], slots: Sequence[Slot]) -> Iterable[Tried]:
    """Each slot of the first hours with the scores that try it; its windows overlap with its neighbours'."""
    windows = sorted([(slot.opens, slot.late_until, slot) for slot in slots])
    until = max([late_until for _, late_until, _ in windows], default=0)
    tried: dict[Instant, tuple[Slot, list[Offer]]] = {}
    for offer in nows:
        at = offer[1].taken_at
        if at > until:
            break
        slot = _pick(windows, at)
        if slot is None:
            continue
        if slot.planned in tried:
            tried[slot.planned][1].append(offer)
        else:
            tried[slot.planned] = slot, [offer]
    return tried.values()


def _for_evenings(averages: Sequence[Offer], planned: AverageSlots) -> list[Tried]:
    """Each evening, week and month with the averages in its window."""
    times = np.array([entry.taken_at for _, entry in averages], np.int64)
    before = times.searchsorted(planned.bounds).tolist()
    windows = zip(planned.slots, before[::2], before[1::2], strict=True)
    return [(slot, averages[first:last]) for slot, first, last in windows if first < last]


def _best(slot: Slot, offers: Sequence[Offer]) -> Offer:
    """The nearest on-time offer, else the nearest; of two the first. The offers are in order."""
    times = [entry.taken_at for _, entry in offers]
    on_time = bisect_right(times, slot.closes) or len(times)
    after = min(bisect_left(times, slot.planned, 0, on_time), on_time - 1)
    before = max(after - 1, 0)
    nearest = before if slot.planned - times[before] <= abs(times[after] - slot.planned) else after
    return offers[bisect_left(times, times[nearest])]


def _pick(windows: Sequence[tuple[Instant, Instant, Slot]], at: Instant) -> Slot | None:
    """The nearest slot whose on-time window holds a moment, else the nearest whose late window does.

    The windows are in order of their beginning.
    """
    held = []
    for opens, late_until, slot in windows:
        if opens > at:
            break
        if at <= late_until:
            held.append(slot)
    if len(held) < 2:
        return held[0] if held else None
    return min(held, key=lambda slot: _fit(slot, at))


def _fit(slot: Slot, at: Instant) -> Fit:
    """How well a moment fits a slot: on time goes before late, then the nearest, then the first."""
    return at > slot.closes, abs(at - slot.planned), slot.planned


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
