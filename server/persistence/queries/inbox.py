"""Finding records that were set aside and diary items whose versions compete, and what staff decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, select
from sqlalchemy.orm import Session

from server.persistence.tables import Entry, EntryRevision, Episode, InboxDecision, Patient, Quarantine


def open_records(session: Session, clinic_id: UUID) -> Sequence[Row[Quarantine, Patient, Episode | None]]:
    """Records without a decision, the oldest first."""
    return session.execute(
        _records(clinic_id).where(_undecided_record()).order_by(Quarantine.change_seq)
    ).all()


def record(
    session: Session, clinic_id: UUID, record_id: UUID
) -> Row[Quarantine, Patient, Episode | None] | None:
    """One record with its patient and, where it is known, its episode."""
    return session.execute(_records(clinic_id).where(Quarantine.id == record_id)).one_or_none()


def open_conflicts(session: Session, clinic_id: UUID) -> Sequence[Row[Entry, Patient, Episode]]:
    """Diary items whose versions compete and on whose present versions nobody has decided."""
    return session.execute(
        _conflicts(clinic_id).where(_undecided_conflict()).order_by(Entry.change_seq)
    ).all()


def conflict(session: Session, clinic_id: UUID, entry_id: UUID) -> Row[Entry, Patient, Episode] | None:
    """One diary item whose versions compete."""
    return session.execute(_conflicts(clinic_id).where(Entry.id == entry_id)).one_or_none()


def versions(session: Session, clinic_id: UUID, entry_id: UUID) -> Sequence[EntryRevision]:
    """All versions of one diary item in the order they were stored."""
    return session.scalars(
        select(EntryRevision)
        .where(EntryRevision.clinic_id == clinic_id, EntryRevision.entry_id == entry_id)
        .order_by(EntryRevision.change_seq)
    ).all()


def count(session: Session, clinic_id: UUID) -> int:
    """How many records and conflicts wait for a decision."""
    records = select(func.count()).where(Quarantine.clinic_id == clinic_id, _undecided_record())
    conflicts = select(func.count()).where(
        Entry.clinic_id == clinic_id, Entry.conflict.is_(True), _undecided_conflict()
    )
    return (session.scalar(records) or 0) + (session.scalar(conflicts) or 0)


def decision(session: Session, clinic_id: UUID, record_id: UUID) -> InboxDecision | None:
    """What was decided on a record; the first decision stands."""
    return session.scalars(
        select(InboxDecision)
        .where(InboxDecision.clinic_id == clinic_id, InboxDecision.quarantine_id == record_id)
        .limit(1)
    ).one_or_none()


def is_decided(session: Session, entry: Entry) -> bool:
    """Whether somebody has decided on the present versions of a diary item."""
    found = select(InboxDecision.id).where(
        InboxDecision.clinic_id == entry.clinic_id,
        InboxDecision.quarantine_id.is_(None),
        InboxDecision.entry_id == entry.id,
        InboxDecision.change_seq >= entry.change_seq,
    )
    return session.scalar(found.limit(1)) is not None


def _records(clinic_id: UUID) -> Any:
    return (
        select(Quarantine, Patient, Episode)
        .join(Patient, and_(Patient.clinic_id == Quarantine.clinic_id, Patient.id == Quarantine.patient_id))
        .outerjoin(
            Episode, and_(Episode.clinic_id == Quarantine.clinic_id, Episode.id == Quarantine.episode_id)
        )
        .where(Quarantine.clinic_id == clinic_id)
    )


def _conflicts(clinic_id: UUID) -> Any:
    return (
        select(Entry, Patient, Episode)
        .join(Patient, and_(Patient.clinic_id == Entry.clinic_id, Patient.id == Entry.patient_id))
        .join(Episode, and_(Episode.clinic_id == Entry.clinic_id, Episode.id == Entry.episode_id))
        .where(Entry.clinic_id == clinic_id, Entry.conflict.is_(True))
    )


def _undecided_record() -> ColumnElement[bool]:
    return ~exists().where(
        InboxDecision.clinic_id == Quarantine.clinic_id, InboxDecision.quarantine_id == Quarantine.id
    )


def _undecided_conflict() -> ColumnElement[bool]:
    """A decision holds for the versions there were; a newer one opens the conflict again."""
    return ~exists().where(
        InboxDecision.clinic_id == Entry.clinic_id,
        InboxDecision.quarantine_id.is_(None),
        InboxDecision.entry_id == Entry.id,
        InboxDecision.change_seq >= Entry.change_seq,
    )
