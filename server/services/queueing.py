"""How long reminders wait: written down by the worker, so that a monitor asks for one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from server.persistence.db import insert_if_new, transaction
from server.persistence.queries import people, reminders
from server.persistence.tables import WorkerState


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue as last seen by a worker; None where no worker has run yet."""

    waiting: int
    age: timedelta | None
    """How long the oldest reminder has waited; it grows too while no worker runs at all."""
    worker_seen: timedelta | None
    """How long ago a worker last did its round."""


def report_queue(now: datetime) -> None:
    """Look at the queues of all clinics and keep what was found."""
    with transaction(None, reading=True) as session:
        clinics = list(people.clinic_ids(session))
    waiting, oldest = 0, None
    for clinic_id in clinics:
        with transaction(clinic_id, reading=True) as session:
            count, since = reminders.waiting(session, clinic_id, now)
        waiting += count
        oldest = min(filter(None, (oldest, since)), default=None)
    values = {"ticked_at": now, "oldest_due_at": oldest, "waiting": waiting}
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
        age = seen if state.oldest_due_at is None else max(seen, now - state.oldest_due_at)
        return Queue(state.waiting, age, seen)
