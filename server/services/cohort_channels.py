"""How many check-ins came after a reminder, by the channel it went out by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from server.domain.passing_on import CHANNELS
from server.domain.rates import Rate
from server.persistence.queries import cohorts
from server.services.cohort_cells import rate_cell, shown
from server.services.snapshots import Snapshot

Json = dict[str, Any]
Bools = NDArray[np.bool_]

FRESH: Final = timedelta(minutes=5)
"""Counting the reminders of a large clinic takes seconds; they need not be counted for every filter."""
SENT, SEEN, ANSWERED = range(3)
UNREMINDED: Final = "none"


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    snapshot: Snapshot
    at: datetime
    numbers: NDArray[np.int32]


_kept: dict[UUID, _Counted] = {}
_guard = Lock()


def counts(session: Session, clinic_id: UUID, found: Snapshot, now: datetime) -> NDArray[np.int32]:
    """By episode, in the snapshot's order, by channel, and by sent, seen and answered."""
    with _guard:
        known = _kept.get(clinic_id)
        if known is not None and known.snapshot is found and timedelta() <= now - known.at < FRESH:
            return known.numbers
    numbers = np.zeros((len(found.days), len(CHANNELS), 3), np.int32)
    places = found.places()
    for row in cohorts.answered_by_channel(session, clinic_id, now):
        place = places.get(row.episode_id.bytes)
        if place is not None and row.channel in CHANNELS:
            numbers[place, CHANNELS.index(row.channel)] = row.sent, row.seen, row.answered
    with _guard:
        _kept[clinic_id] = _Counted(found, now, numbers)
    return numbers


def channel_rows(numbers: NDArray[np.int32], found: Snapshot, kept: Bools, small: int) -> list[Json]:
    """The channels of the kept episodes, then the diaries that no reminder ever reached."""
    own = numbers[kept]
    rows = [_row(channel, own[:, place], small) for place, channel in enumerate(CHANNELS)]
    return [*rows, _unreminded(found.cohort.phases[kept][own[:, :, SENT].sum(axis=1) == 0], small)]


def _row(channel: str, own: NDArray[np.int32], small: int) -> Json:
    sent, seen, answered = (int(number) for number in own.sum(axis=0))
    diaries = int((own[:, SENT] > 0).sum())
    return _told(channel, diaries, Rate(answered, sent), Rate(seen, sent), small)


def _unreminded(phases: NDArray[np.int16], small: int) -> Json:
    """Diaries kept without being asked: their check-ins due, and those that came before they were over."""
    due, on_time, late, _ = (int(number) for number in phases.sum(axis=(0, 1)))
    diaries = int((phases[:, :, 0].sum(axis=1) > 0).sum())
    return _told(UNREMINDED, diaries, Rate(on_time + late, due), Rate(0, 0), small)


def _told(channel: str, diaries: int, answered: Rate, seen: Rate, small: int) -> Json:
    least = small if 0 < diaries < small else 0
    hidden = max(small, answered.of + 1) if least else small
    return {
        "channel": channel,
        "diaries": shown(diaries, small),
        "sent": None if least else shown(answered.of, small),
        "seen": rate_cell(seen, hidden),
        "answered": rate_cell(answered, hidden),
    }
