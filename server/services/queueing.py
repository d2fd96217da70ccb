"""How long reminders and messages to staff wait: kept by the worker, so that a monitor asks for one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from server.persistence.db import insert_if_new, transaction
from server.persistence.queries import messages, people, reminders
from server.persistence.tables import WorkerState


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue as last seen by a worker; None where no worker has run yet."""

    waiting: int
    age: timedelta | None
    """How long the oldest reminder has waited; it grows too while no worker runs at all."""
    worker_seen: timedelta | None
    """How long ago a worker last did its round."""
    staff_waiting: int = 0
    staff_age: timedelta | None = None
    """The same for escalations, digests and tests to staff; it too grows while no worker runs."""


def report_queue(now: datetime) -> None:
    """Look at the queues of all clinics and keep what was found."""
    with transaction(None, reading=True) as session:
        clinics = list(people.clinic_ids(session))
    waiting, oldest, staff_waiting, staff_oldest = 0, None, 0, None
    for clinic_id in clinics:
        with transaction(clinic_id, reading=True) as session:
            count, since = reminders.waiting(session, clinic_id, now)
            staff_count, staff_since = messages.waiting(session, clinic_id)
        waiting, staff_waiting = waiting + count, staff_waiting + staff_count
        oldest = min(filter(None, (oldest, since)), default=None)
        staff_oldest = min(filter(None, (staff_oldest, staff_since)), default=None)
    values = {
        "ticked_at": now,
        "oldest_due_at": oldest,
        "waiting": waiting,
        "staff_oldest_due_at": staff_oldest,
        "staff_waiting": staff_waiting,
    }
    with transaction(None) as session:
        insert_if_new(session, WorkerState, id=1, **values)
        session.execute(update(WorkerState).where(WorkerState.id == 1).values(values))


def queue(now: datetime) -> Queue:
    """How long reminders wait at the moment."""
    with transaction(None, reading=True) as session:
        state = reminders.worker_state(session)
        if state is None:
            return Queue(0, None, None)
        seen = max(timedelta(), now - state.ticked_at)
        ages = [
            seen if since is None else max(seen, now - since)
            for since in (state.oldest_due_at, state.staff_oldest_due_at)
        ]
        return Queue(state.waiting, ages[0], seen, state.staff_waiting, ages[1])
