"""Which check-in each entry fills, and how late it was recorded."""

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Final, Literal, NamedTuple

import numpy as np

from server.domain.entries import Entry
from server.domain.instants import HOUR, MINUTE, Instant, LocalTime
from server.domain.schedule import NOON, AverageSlots, Slot

Grade = Literal["on_time", "late", "back_filled", "extra", "skipped", "clock_suspect", "before"]

NOW_GRACE = 60 * MINUTE
AVERAGE_STANDS_BEFORE = 12 * HOUR


class Offers(NamedTuple):
    """Entries that may fill a check-in, in order: their places among all, and when each was described.

    `recorded` is when each was recorded as far as they say so, None where none does.
    """

    places: Sequence[int]
    times: Sequence[Instant]
    recorded: Sequence[Instant | None] | None = None


NO_OFFERS: Final = Offers((), ())

Taken = tuple[int, Slot]
"""Which of the offers fills a slot."""


def fill(
    nows: Offers, averages: Offers, now_slots: Sequence[Slot], average_slots: AverageSlots
) -> dict[int, Slot]:
    """The slots that entries fill, by the entry's place; the readable `nows` and `averages` are in order.

    Of several entries for one slot the on-time window goes before the late one, then the nearest, then the
    first; the others try no other slot. A week or month recorded after its late limit stays missed.
    """
    found: dict[int, Slot] = {}
    taken = (nows, _for_hours(nows, now_slots)), (averages, _for_evenings(averages, average_slots))
    for (places, _, recorded), slots in taken:
        for offer, slot in slots:
            if recorded is None or grade_in_slot(slot, recorded[offer]) is not None:
                found[places[offer]] = slot
    return found


def _for_hours(nows: Offers, slots: Sequence[Slot]) -> Iterator[Taken]:
    """What fills each slot of the first hours; its windows overlap with its neighbours'."""
    windows = sorted([(slot.opens, slot.late_until, slot) for slot in slots])
    until = max([late_until for _, late_until, _ in windows], default=0)
    tried: dict[Instant, tuple[Slot, list[int]]] = {}
    for offer, at in enumerate(nows.times):
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
        yield offers[0] if len(offers) == 1 else _best(slot, offers, nows.times), slot


def _best(slot: Slot, offers: Sequence[int], times: Sequence[Instant]) -> int:
    """The nearest on-time offer, else the nearest; of two the first."""

    def fit(offer: int) -> tuple[bool, Instant]:
        at = times[offer]
        return at > slot.closes, abs(at - slot.planned)

    return min(offers, key=fit)


def _for_evenings(averages: Offers, planned: AverageSlots) -> Iterator[Taken]:
    """What fills each evening, week and month, all at once: the windows of these never overlap.

    It is the nearest one before or after the planned moment, of those that are on time if any is.
    """
    if not averages.times:
        return iter(())
    times = np.array(averages.times, np.int64)
    first, last, closed, after = times.searchsorted(planned.edges)
    last_tried = np.where(closed > first, closed, last) - 1
    after = np.minimum(after, last_tried)
    before = np.maximum(after - 1, first)
    nearer = planned.moments - times.take(before, mode="clip") <= abs(times.take(after) - planned.moments)
    best = times.searchsorted(times.take(np.where(nearer, before, after), mode="clip"))
    taken = zip(best.tolist(), planned.slots, strict=True)
    return compress(taken, (first < last).tolist())


def _pick(windows: Sequence[tuple[Instant, Instant, Slot]], at: Instant) -> Slot | None:
    """The nearest slot whose on-time window holds a moment, else the nearest whose late window does.

    The windows are in order of their beginning.
    """
    on_time, late = [], []
    for opens, late_until, slot in windows:
        if opens > at:
            break
        if at <= slot.closes:
            on_time.append(slot)
        elif at <= late_until:
            late.append(slot)
    held = on_time or late
    if len(held) < 2:
        return held[0] if held else None
    return min(held, key=lambda slot: (abs(at - slot.planned), slot.planned))


def grade_in_slot(slot: Slot, recorded_at: Instant | None) -> Grade | None:
    """How late an entry was recorded for its slot; None where the slot counts as missed by then."""
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
