"""Finding the injections of a day with the diary entries around them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from server.persistence.tables import Entry, EntryRevision, Episode, Patient

MOST_EPISODES = 300


def injections(
    session: Session, clinic_id: UUID, begins: datetime, ends: datetime
) -> Sequence[tuple[Episode, Patient]]:
    """Injections between two moments, and those still planned; the latest injection first."""
    done = and_(
        Episode.status.in_(("performed", "closed")),
        Episode.performed_at >= begins,
        Episode.performed_at < ends,
    )
    waiting = and_(Episode.status == "planned", Episode.performed_at.is_(None))
    rows = session.execute(
        select(Episode, Patient)
        .join(Patient, and_(Patient.clinic_id == Episode.clinic_id, Patient.id == Episode.patient_id))
        .where(Episode.clinic_id == clinic_id, or_(done, waiting))
        .order_by(Episode.performed_at.desc(), Episode.created_at.desc(), Episode.id)
        .limit(MOST_EPISODES)
    )
    return [(episode, patient) for episode, patient in rows]


class Written(NamedTuple):
    """The counting version of one diary entry, and who wrote it."""

    episode_id: UUID
    entry_id: UUID
    revision_id: UUID
    body: dict[str, Any]
    source: str
    clock_suspect: bool


def written(session: Session, clinic_id: UUID, episode_ids: Collection[UUID]) -> list[Written]:
    """The entries of some episodes that count, deleted ones left out."""
    table = EntryRevision
    rows = session.execute(
        select(table.episode_id, table.entry_id, table.id, table.body, table.source, table.clock_suspect)
        .join(Entry, and_(Entry.clinic_id == table.clinic_id, Entry.head_revision_id == table.id))
        .where(
            Entry.clinic_id == clinic_id,
            Entry.episode_id.in_(episode_ids),
            Entry.kind == "entry",
            Entry.deleted.is_(False),
            table.body.is_not(None),
        )
    )
    return [Written(*row) for row in rows]
