"""Finding clinicians, sessions, patients, phones and invitations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from server.persistence.tables import (
    Clinic,
    Clinician,
    Device,
    Enrolment,
    Patient,
    SignIn,
    SignInAttempt,
    StaffSession,
    Tenant,
)


def clinic_ids(session: Session) -> Sequence[UUID]:
    """All clinics, oldest first."""
    return session.scalars(select(Tenant.id).order_by(Tenant.created_at, Tenant.id)).all()


def sign_ins(session: Session, email_digest: str) -> Sequence[SignIn]:
    """The clinics in which somebody has this e-mail address."""
    return session.scalars(select(SignIn).where(SignIn.email_digest == email_digest)).all()


def clinic(session: Session, clinic_id: UUID) -> Clinic:
    """The clinic's settings."""
    return session.get_one(Clinic, clinic_id)


def clinic_for_update(session: Session, clinic_id: UUID) -> Clinic:
    """The clinic's settings, locked so that two changes to them come one after the other."""
    return session.scalars(select(Clinic).where(Clinic.clinic_id == clinic_id).with_for_update()).one()


def clinician(session: Session, clinic_id: UUID, clinician_id: UUID) -> Clinician | None:
    """One staff user."""
    return session.get(Clinician, (clinic_id, clinician_id))


def clinician_by_email(session: Session, clinic_id: UUID, email: str) -> Clinician | None:
    """The staff user with this address who may sign in."""
    return session.scalars(
        select(Clinician).where(
            Clinician.clinic_id == clinic_id, Clinician.email == email, Clinician.disabled_at.is_(None)
        )
    ).one_or_none()


def clinician_for_update(session: Session, clinic_id: UUID, clinician_id: UUID) -> Clinician | None:
    """One staff user, locked."""
    return session.scalars(
        select(Clinician)
        .where(Clinician.clinic_id == clinic_id, Clinician.id == clinician_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def clinicians(session: Session, clinic_id: UUID) -> Sequence[Clinician]:
    """All staff users by name, those who may no longer sign in last."""
    return session.scalars(
        select(Clinician)
        .where(Clinician.clinic_id == clinic_id)
        .order_by(Clinician.disabled_at.is_not(None), Clinician.name, Clinician.id)
    ).all()


def active_admins(session: Session, clinic_id: UUID) -> Sequence[Clinician]:
    """Administrators who may sign in."""
    return session.scalars(
        select(Clinician).where(
            Clinician.clinic_id == clinic_id, Clinician.role == "admin", Clinician.disabled_at.is_(None)
        )
    ).all()


def last_seen(session: Session, clinic_id: UUID) -> dict[UUID, datetime]:
    """When each staff user with an open session was last heard of."""
    rows = session.execute(
        select(StaffSession.clinician_id, func.max(StaffSession.last_seen_at))
        .where(StaffSession.clinic_id == clinic_id)
        .group_by(StaffSession.clinician_id)
    )
    return {row[0]: row[1] for row in rows}


def end_sessions(session: Session, clinic_id: UUID, clinician_id: UUID, but: UUID | None = None) -> None:
    """Sign a staff user out everywhere, one session apart."""
    statement = delete(StaffSession).where(
        StaffSession.clinic_id == clinic_id, StaffSession.clinician_id == clinician_id
    )
    if but is not None:
        statement = statement.where(StaffSession.id != but)
    session.execute(statement.execution_options(synchronize_session=False))


def sign_in_attempt(session: Session, email_digest: str) -> SignInAttempt | None:
    """The count of an address's failures, locked so that parallel guesses are all counted."""
    return session.scalars(
        select(SignInAttempt).where(SignInAttempt.email_digest == email_digest).with_for_update()
    ).one_or_none()


def old_sign_in_attempts(session: Session, before: datetime) -> Sequence[SignInAttempt]:
    """Counts that nobody has added to since a moment."""
    return session.scalars(select(SignInAttempt).where(SignInAttempt.last_at < before)).all()


def clinician_names(session: Session, clinic_id: UUID) -> dict[UUID, str]:
    """Names of all staff users by id."""
    rows = session.execute(select(Clinician.id, Clinician.name).where(Clinician.clinic_id == clinic_id))
    return {row.id: row.name for row in rows}


def treating(session: Session, clinic_id: UUID) -> Sequence[Clinician]:
    """Physicians and nurses who may sign in, by name."""
    return session.scalars(
        select(Clinician)
        .where(
            Clinician.clinic_id == clinic_id,
            Clinician.role.in_(("physician", "nurse")),
            Clinician.disabled_at.is_(None),
        )
        .order_by(Clinician.name, Clinician.id)
    ).all()


def staff_session(
    session: Session, clinic_id: UUID, token_digest: str
) -> tuple[StaffSession, Clinician] | None:
    """The session a token belongs to, with its user."""
    row = session.execute(
        select(StaffSession, Clinician)
        .join(
            Clinician,
            and_(
                Clinician.clinic_id == StaffSession.clinic_id,
                Clinician.id == StaffSession.clinician_id,
            ),
        )
        .where(StaffSession.clinic_id == clinic_id, StaffSession.token_digest == token_digest)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def ended_sessions(
    session: Session, clinic_id: UUID, now: datetime, idle_since: datetime
) -> Sequence[StaffSession]:
    """Sessions past their end or idle for too long."""
    return session.scalars(
        select(StaffSession).where(
            StaffSession.clinic_id == clinic_id,
            or_(StaffSession.ends_at <= now, StaffSession.last_seen_at <= idle_since),
        )
    ).all()


def patient(session: Session, clinic_id: UUID, patient_id: UUID) -> Patient | None:
    """One patient of this clinic."""
    return session.get(Patient, (clinic_id, patient_id))


def patient_by_record_number(session: Session, clinic_id: UUID, record_number: str) -> Patient | None:
    """The patient with the clinic's own number."""
    return session.scalars(
        select(Patient).where(Patient.clinic_id == clinic_id, Patient.record_number == record_number)
    ).one_or_none()


def device_by_token(session: Session, clinic_id: UUID, token_digest: str) -> Device | None:
    """The phone a token belongs to, revoked or not."""
    return session.scalars(
        select(Device).where(Device.clinic_id == clinic_id, Device.token_digest == token_digest)
    ).one_or_none()


def device(session: Session, clinic_id: UUID, device_id: UUID) -> Device | None:
    """One phone of this clinic."""
    return session.get(Device, (clinic_id, device_id))


def devices_of(session: Session, clinic_id: UUID, patient_id: UUID) -> Sequence[Device]:
    """All phones of a patient, newest first."""
    return session.scalars(
        select(Device)
        .where(Device.clinic_id == clinic_id, Device.patient_id == patient_id)
        .order_by(Device.enrolled_at.desc())
    ).all()


def enrolment_by_token(session: Session, clinic_id: UUID, token_digest: str) -> Enrolment | None:
    """The invitation a link belongs to, locked so that of two phones one comes first."""
    return session.scalars(
        select(Enrolment)
        .where(Enrolment.clinic_id == clinic_id, Enrolment.token_digest == token_digest)
        .with_for_update()
    ).one_or_none()


def open_enrolments(session: Session, clinic_id: UUID, patient_id: UUID) -> Sequence[Enrolment]:
    """Invitations of a patient that could still be redeemed."""
    return session.scalars(
        select(Enrolment).where(
            Enrolment.clinic_id == clinic_id,
            Enrolment.patient_id == patient_id,
            Enrolment.ended_at.is_(None),
        )
    ).all()


def expired_enrolments(session: Session, clinic_id: UUID, now: datetime) -> Sequence[Enrolment]:
    """Open invitations whose time has passed."""
    return session.scalars(
        select(Enrolment).where(
            Enrolment.clinic_id == clinic_id, Enrolment.ended_at.is_(None), Enrolment.expires_at <= now
        )
    ).all()
