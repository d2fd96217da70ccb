"""Reading many episodes whole, a page at a time: a fixed number of statements however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.persistence.tables import Entry, EntryRevision, Episode, Patient, Reading


@dataclass(slots=True)
class Found:
    """One episode with all that hangs on it, revisions in the order of storing."""

    episode: Episode
    patient: Patient
    first_performed: datetime | None
    reading: Reading | None
    entries: list[Entry] = field(default_factory=list)
    revisions: list[EntryRevision] = field(default_factory=list)


def page(session: Session, clinic_id: UUID, ids: Sequence[UUID], criteria: str) -> list[Found]:
    """These episodes of the clinic, in the order of their ids."""
    found = _episodes(session, clinic_id, ids)
    patients = [one.patient.id for one in found.values()]
    first = _first_injections(session, clinic_id, patients)
    for reading in session.scalars(
        select(Reading).where(
            Reading.clinic_id == clinic_id, Reading.episode_id.in_(ids), Reading.criteria == criteria
        )
    ):
        found[reading.episode_id].reading = reading
    for entry in _of_episodes(session, Entry, clinic_id, ids):
        found[entry.episode_id].entries.append(entry)
    for revision in _of_episodes(session, EntryRevision, clinic_id, ids):
        found[revision.episode_id].revisions.append(revision)
    for one in found.values():
        one.first_performed = first.get(one.patient.id)
    return list(found.values())


def _episodes(session: Session, clinic_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Found]:
    rows = session.execute(
        select(Episode, Patient)
        .join(Patient, (Patient.clinic_id == Episode.clinic_id) & (Patient.id == Episode.patient_id))
        .where(Episode.clinic_id == clinic_id, Episode.id.in_(ids))
        .order_by(Episode.id)
    )
    return {episode.id: Found(episode, patient, None, None) for episode, patient in rows}


Row = TypeVar("Row", Entry, EntryRevision)


def _of_episodes(session: Session, table: type[Row], clinic_id: UUID, ids: Sequence[UUID]) -> Sequence[Row]:
    return session.scalars(
        select(table)
        .where(table.clinic_id == clinic_id, table.episode_id.in_(ids))
        .order_by(table.change_seq, table.id)
    ).all()


def _first_injections(session: Session, clinic_id: UUID, patients: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each patient had the first injection; who had none is missing."""
    rows = session.execute(
        select(Episode.patient_id, func.min(Episode.performed_at))
        .where(
            Episode.clinic_id == clinic_id,
            Episode.patient_id.in_(patients),
            Episode.performed_at.is_not(None),
        )
        .group_by(Episode.patient_id)
    )
    return {patient_id: first for patient_id, first in rows if first is not None}
