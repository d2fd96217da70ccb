"""Finding patients with their phones, invitations and ways to be reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from server.persistence.tables import Device, Enrolment, Episode, Patient, PushSubscription, ReminderSetting


def patients(
    session: Session, clinic_id: UUID, words: Sequence[str], limit: int, offset: int
) -> tuple[Sequence[Patient], int]:
    """A page of patients by name; every word must stand in the name or number."""
    found = [Patient.search_text.contains(word, autoescape=True) for word in words]
    statement = select(Patient).where(Patient.clinic_id == clinic_id, *found)
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    page = statement.order_by(Patient.search_text, Patient.id).limit(limit).offset(offset)
    return session.scalars(page).all(), total


@dataclass(slots=True)
class Reached:
    """How one patient is reached."""

    devices: list[Device] = field(default_factory=list)
    invitations: list[Enrolment] = field(default_factory=list)
    setting: ReminderSetting | None = None
    episode_id: UUID | None = None
    """The newest, for which a new invitation is made."""


def reached(session: Session, clinic_id: UUID, ids: Collection[UUID], now: datetime) -> dict[UUID, Reached]:
    """Phones, open invitations and choices of some patients, newest first."""
    told: dict[UUID, Reached] = defaultdict(Reached)
    devices = select(Device).where(Device.clinic_id == clinic_id, Device.patient_id.in_(ids))
    for device in session.scalars(devices.order_by(Device.enrolled_at.desc(), Device.id)):
        told[device.patient_id].devices.append(device)
    waiting = and_(Enrolment.ended_at.is_(None), Enrolment.expires_at > now)
    invited = select(Enrolment).where(
        Enrolment.clinic_id == clinic_id, Enrolment.patient_id.in_(ids), waiting
    )
    for enrolment in session.scalars(invited):
        told[enrolment.patient_id].invitations.append(enrolment)
    settings = select(ReminderSetting).where(
        ReminderSetting.clinic_id == clinic_id, ReminderSetting.patient_id.in_(ids)
    )
    for setting in session.scalars(settings):
        told[setting.patient_id].setting = setting
    newest = select(Episode.patient_id, Episode.id).where(
        Episode.clinic_id == clinic_id, Episode.patient_id.in_(ids)
    )
    for patient_id, episode_id in session.execute(newest.order_by(Episode.created_at, Episode.id)):
        told[patient_id].episode_id = episode_id
    return told


def subscriptions(session: Session, clinic_id: UUID, ids: Collection[UUID]) -> dict[UUID, PushSubscription]:
    """Push subscriptions of some patients, by phone."""
    found = session.scalars(
        select(PushSubscription).where(
            PushSubscription.clinic_id == clinic_id, PushSubscription.patient_id.in_(ids)
        )
    )
    return {one.device_id: one for one in found}


def enrolment(session: Session, clinic_id: UUID, enrolment_id: UUID) -> Enrolment | None:
    """One invitation, locked."""
    return session.scalars(
        select(Enrolment)
        .where(Enrolment.clinic_id == clinic_id, Enrolment.id == enrolment_id)
        .with_for_update()
    ).one_or_none()
