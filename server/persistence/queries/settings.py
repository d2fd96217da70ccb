"""Finding versions of a clinic's settings, and choices of its clinicians."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from server.persistence.tables import Clinician, ClinicSetting, DigestChoice


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


def due_digests(session: Session, clinic_id: UUID, now: datetime) -> Sequence[tuple[DigestChoice, Clinician]]:
    """Digests whose time has come, of clinicians who may still sign in; without those another worker has."""
    rows = session.execute(
        select(DigestChoice, Clinician)
        .join(
            Clinician,
            and_(Clinician.clinic_id == DigestChoice.clinic_id, Clinician.id == DigestChoice.clinician_id),
        )
        .where(
            DigestChoice.clinic_id == clinic_id, DigestChoice.next_at <= now, Clinician.disabled_at.is_(None)
        )
        .with_for_update(of=DigestChoice, skip_locked=True)
    )
    return [(choice, clinician) for choice, clinician in rows]
