"""Which check-in each entry fills, and how late it was recorded."""

from collections.abc import Iterator, Sequence
from itertools import compress
from operator import itemgetter
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server.domain.entries import Entry
from server.domain.instants import HOUR, MINUTE, Instant, LocalTime
from server.domain.schedule import NOON, AverageSlots, Slot

Grade = Literal["on_time", "late", "back_filled", "extra", "skipped", "clock_suspect", "before"]

NOW_GRACE = 60 * MINUTE
AVERAGE_STANDS_BEFORE = 12 * HOUR


Fit = tuple[bool, Instant, Instant]


class Offers(NamedTuple):
    """Entries that may fill a check-in, in order: their places among all, and when each was described."""

    places: Sequence[int]
    entries: Sequence[Entry]
    times: NDArray[np.int64]

    @classmethod
    def of(cls, places: Sequence[int], entries: Sequence[Entry]) -> "Offers":
        """The entries at these places."""
        return cls(places, entries, np.array([*map(_taken_at, entries)], np.int64))


_taken_at = itemgetter(Entry._fields.index("taken_at"))
NO_OFFERS: Final = Offers.of((), ())

Taken = tuple[Slot, int]
"""A slot and which of the offers fills it."""


class Filling(NamedTuple):
    """An entry in its slot, graded."""

    slot: Slot
    grade: Grade


_new_filling = tuple.__new__  # the named constructor takes twice as long, once for every check-in


def fill(
    nows: Offers, averages: Offers, now_slots: Sequence[Slot], average_slots: AverageSlots
) -> dict[int, Filling]:
    """The entries that fill a slot, by their place; the readable `nows` and `averages` are in order.

    Of several entries for one slot the on-time window goes before the late one, then the nearest, then the
    first; the others try no other slot. A week or month recorded after its late limit stays missed.
    """
    found: dict[int, Filling] = {}
    taken = (nows, _for_hours(nows, now_slots)), (averages, _for_evenings(averages, average_slots))
    for (places, entries, _), slots in taken:
        for slot, offer in slots:
            entry = entries[offer]
            grade = "on_time" if entry.recorded_at is None else grade_in_slot(slot, entry)
            if grade is not None:
                found[places[offer]] = _new_filling(Filling, (slot, grade))
    return found


def _for_hours(nows: Offers, slots: Sequence[Slot]) -> Iterator[Taken]:
    """What fills each slot of the first hours; its windows overlap with its neighbours'."""
    windows = sorted([(slot.opens, slot.late_until, slot) for slot in slots])
    until = max([late_until for _, late_until, _ in windows], default=0)
    tried: dict[Instant, tuple[Slot, list[int]]] = {}
    for offer, entry in enumerate(nows.entries):
        at = entry.taken_at
        if at > until:
            break
        slot = _pick(windows, at)
        if slot is None:
            continue
        if slot.planned in tried:
            tried[slot.planned][1].append(offer)
        else:
            tried[slot.planned] = slot, [offer]
    for slot, offers in tried.values():
        yield slot, offers[0] if len(offers) == 1 else _best(slot, offers, nows.entries)


def _best(slot: Slot, offers: Sequence[int], entries: Sequence[Entry]) -> int:
    """The nearest on-time offer, else the nearest; of two the first."""

    def fit(offer: int) -> tuple[bool, Instant]:
        at = entries[offer].taken_at
        return at > slot.closes, abs(at - slot.planned)

    return min(offers, key=fit)


def _for_evenings(averages: Offers, planned: AverageSlots) -> Iterator[Taken]:
    """What fills each evening, week and month, all at once: the windows of these never overlap.

    It is the nearest one before or after the planned moment, of those that are on time if any is.
    """
    times = averages.times
    if not len(times):
        return iter(())
    first, last, closed, after = times.searchsorted(planned.edges)
    last_tried = np.where(closed > first, closed, last) - 1
    after = np.minimum(after, last_tried)
    before = np.maximum(after - 1, first)
    nearer = planned.moments - times.take(before, mode="clip") <= abs(times.take(after) - planned.moments)
    best = times.searchsorted(times.take(np.where(nearer, before, after), mode="clip"))
    taken = zip(planned.slots, best.tolist(), strict=True)
    return compress(taken, (first < last).tolist())


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
