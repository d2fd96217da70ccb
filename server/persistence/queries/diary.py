"""Finding entries, revisions and quarantined records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from server.persistence.tables import Entry, EntryRevision, Quarantine, ServerState


def epoch(session: Session) -> UUID:
    """The server's identity, changed by a restore."""
    return session.scalars(select(ServerState.epoch)).one()


def known_revisions(session: Session, clinic_id: UUID, ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
    """Which of these revisions are stored: id, patient, fingerprint, change number, status."""
    rows = session.execute(
        select(
            EntryRevision.id,
            EntryRevision.patient_id,
            EntryRevision.fingerprint,
            EntryRevision.change_seq,
            EntryRevision.status,
        ).where(EntryRevision.clinic_id == clinic_id, EntryRevision.id.in_(ids))
    )
    return {row.id: row for row in rows}


def known_quarantine(session: Session, clinic_id: UUID, ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
    """Which of these unreadable records are kept already."""
    rows = session.execute(
        select(Quarantine.id, Quarantine.patient_id, Quarantine.fingerprint, Quarantine.change_seq).where(
            Quarantine.clinic_id == clinic_id, Quarantine.id.in_(ids)
        )
    )
    return {row.id: row for row in rows}


def entries_by_id(session: Session, clinic_id: UUID, ids: Collection[UUID]) -> dict[UUID, Entry]:
    """Heads of these entries, locked so that the head follows from all revisions."""
    rows = session.scalars(
        select(Entry).where(Entry.clinic_id == clinic_id, Entry.id.in_(ids)).with_for_update()
    )
    return {row.id: row for row in rows}


def versions(session: Session, clinic_id: UUID, entry_ids: Collection[UUID]) -> Sequence[Row[Any]]:
    """Id, entry, parent and op of all revisions of these entries."""
    return session.execute(
        select(EntryRevision.id, EntryRevision.entry_id, EntryRevision.parent_id, EntryRevision.op).where(
            EntryRevision.clinic_id == clinic_id, EntryRevision.entry_id.in_(entry_ids)
        )
    ).all()


def heads(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[Row[Any]]:
    """The counting version of each entry that is not deleted: entry id, body, clock flag, receipt."""
    return session.execute(
        select(
            EntryRevision.entry_id, EntryRevision.body, EntryRevision.clock_suspect, EntryRevision.received_at
        )
        .join(
            Entry,
            and_(Entry.clinic_id == EntryRevision.clinic_id, Entry.head_revision_id == EntryRevision.id),
        )
        .where(
            Entry.clinic_id == clinic_id,
            Entry.episode_id == episode_id,
            Entry.kind == "entry",
            Entry.deleted.is_(False),
        )
    ).all()


def entries_of(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[Entry]:
    """All entries of an episode, deleted ones included."""
    return session.scalars(
        select(Entry).where(Entry.clinic_id == clinic_id, Entry.episode_id == episode_id)
    ).all()


def revisions_of(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[EntryRevision]:
    """All revisions of an episode in the order they were stored."""
    return session.scalars(
        select(EntryRevision)
        .where(EntryRevision.clinic_id == clinic_id, EntryRevision.episode_id == episode_id)
        .order_by(EntryRevision.change_seq)
    ).all()


def changes_since(
    session: Session, clinic_id: UUID, patient_id: UUID, cursor: int, most: int
) -> Sequence[EntryRevision]:
    """A patient's revisions after a change number, in order, at most `most`."""
    return session.scalars(
        select(EntryRevision)
        .where(
            EntryRevision.clinic_id == clinic_id,
            EntryRevision.patient_id == patient_id,
            EntryRevision.change_seq > cursor,
        )
        .order_by(EntryRevision.change_seq)
        .limit(most)
    ).all()


def quarantine_of(session: Session, clinic_id: UUID, patient_id: UUID) -> Sequence[Quarantine]:
    """A patient's unreadable records, oldest first."""
    return session.scalars(
        select(Quarantine)
        .where(Quarantine.clinic_id == clinic_id, Quarantine.patient_id == patient_id)
        .order_by(Quarantine.change_seq)
    ).all()
