"""Finding audit rows: by person, patient, action and time, newest first, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, cast, or_, select
from sqlalchemy.orm import Session

from server.persistence.tables import Alert, AuditEvent, Device, Episode, Reminder


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows; None stands for any. `since` belongs to the time, `until` no more."""

    actor_id: UUID | None = None
    patient_id: UUID | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


Place = tuple[datetime, UUID]
"""Where a page ended: moment and id of its last row."""


def page(
    session: Session, clinic_id: UUID, wanted: Wanted, after: Place | None, most: int
) -> Sequence[AuditEvent]:
    """The next rows after a place, newest first."""
    table = AuditEvent
    statement = select(table).where(table.clinic_id == clinic_id, *_conditions(session, clinic_id, wanted))
    if after is not None:
        at, id_ = after
        statement = statement.where(or_(table.at < at, and_(table.at == at, table.id < id_)))
    return session.scalars(statement.order_by(table.at.desc(), table.id.desc()).limit(most)).all()


def actions(session: Session, clinic_id: UUID) -> Sequence[str]:
    """Every action that was ever recorded here, in order."""
    found = select(AuditEvent.action).where(AuditEvent.clinic_id == clinic_id).distinct()
    return sorted(session.scalars(found))


def _conditions(session: Session, clinic_id: UUID, wanted: Wanted) -> list[ColumnElement[bool]]:
    table = AuditEvent
    found: list[ColumnElement[bool]] = []
    if wanted.actor_id is not None:
        found.append(table.actor_id == wanted.actor_id)
    if wanted.action is not None:
        found.append(table.action == wanted.action)
    if wanted.since is not None:
        found.append(table.at >= wanted.since)
    if wanted.until is not None:
        found.append(table.at < wanted.until)
    if wanted.patient_id is not None:
        found.append(_about(session, clinic_id, wanted.patient_id))
    return found


def _about(session: Session, clinic_id: UUID, patient_id: UUID) -> ColumnElement[bool]:
    """Rows on the patient or anything of theirs, also where a list of many named one of their episodes."""

    def ids(statement: Select[UUID]) -> Sequence[UUID]:
        return session.scalars(statement).all()

    episodes = ids(select(Episode.id).where(Episode.clinic_id == clinic_id, Episode.patient_id == patient_id))
    own = [
        patient_id,
        *episodes,
        *ids(select(Device.id).where(Device.clinic_id == clinic_id, Device.patient_id == patient_id)),
        *ids(select(Alert.id).where(Alert.clinic_id == clinic_id, Alert.episode_id.in_(episodes))),
        *ids(select(Reminder.id).where(Reminder.clinic_id == clinic_id, Reminder.patient_id == patient_id)),
    ]
    listed = [cast(AuditEvent.detail, Text).contains(str(id_)) for id_ in episodes]
    return or_(AuditEvent.target_id.in_(own), AuditEvent.actor_id.in_(own), *listed)
