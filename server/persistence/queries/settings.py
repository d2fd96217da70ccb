"""Finding versions of a clinic's settings, and choices of its clinicians."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from server.persistence.tables import Clinician, ClinicSetting, DigestChoice

FURTHEST: Final = timedelta(hours=50)
"""No next digest is further ahead, whatever the clocks do."""


def newest(session: Session, clinic_id: UUID, part: str) -> ClinicSetting | None:
    """The version of one part that is in force."""
    return session.scalars(
        select(ClinicSetting)
        .where(ClinicSetting.clinic_id == clinic_id, ClinicSetting.part == part)
        .order_by(ClinicSetting.version.desc())
        .limit(1)
    ).first()


def versions(session: Session, clinic_id: UUID, part: str) -> Sequence[ClinicSetting]:
    """All versions of one part, newest first."""
    return session.scalars(
        select(ClinicSetting)
        .where(ClinicSetting.clinic_id == clinic_id, ClinicSetting.part == part)
        .order_by(ClinicSetting.version.desc())
    ).all()


def digest_choice(session: Session, clinic_id: UUID, clinician_id: UUID) -> DigestChoice | None:
    """When a clinician wants the digest."""
    return session.get(DigestChoice, (clinic_id, clinician_id))


def any_digest_due(session: Session, clinic_id: UUID, now: datetime) -> bool:
    """Whether any digest has to be looked at, so that an idle worker writes nothing."""
    return bool(session.scalar(select(exists().where(_due(clinic_id, now)))))


def digest_choices(session: Session, clinic_id: UUID) -> Sequence[DigestChoice]:
    """All choices of a clinic."""
    return session.scalars(select(DigestChoice).where(DigestChoice.clinic_id == clinic_id)).all()


def due_digests(session: Session, clinic_id: UUID, now: datetime) -> Sequence[tuple[DigestChoice, Clinician]]:
    """Digests to look at, of clinicians who may still sign in, without those another worker has."""
    rows = session.execute(
        select(DigestChoice, Clinician)
        .join(
            Clinician,
            and_(Clinician.clinic_id == DigestChoice.clinic_id, Clinician.id == DigestChoice.clinician_id),
        )
        .where(_due(clinic_id, now), Clinician.disabled_at.is_(None))
        .with_for_update(of=DigestChoice, skip_locked=True)
    )
    return [(choice, clinician) for choice, clinician in rows]


def _due(clinic_id: UUID, now: datetime) -> ColumnElement[bool]:
    """Its time has come, or it lies further ahead than a day can: then a wrong clock has set it."""
    return and_(
        DigestChoice.clinic_id == clinic_id,
        or_(DigestChoice.next_at <= now, DigestChoice.next_at > now + FURTHEST),
    )
