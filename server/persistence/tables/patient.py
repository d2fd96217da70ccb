"""Patients, their enrolled phones, and the invitations to enrol one."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import OfClinic
from server.persistence.types import Instant


class Patient(OfClinic, Base):
    """A person under the clinic's care; names stay with the clinic and never go to a phone."""

    __tablename__ = "patient"
    __table_args__ = (UniqueConstraint("clinic_id", "record_number"),)

    name: Mapped[str] = mapped_column(String(200))
    record_number: Mapped[str] = mapped_column(String(60))
    search_text: Mapped[str] = mapped_column(String(400))
    """Name and number without case and accents."""
    born_on: Mapped[date | None]
    language: Mapped[str | None] = mapped_column(String(8))
    """What the patient reads, as chosen on a phone; None until then."""
    created_at: Mapped[datetime] = mapped_column(Instant)


class Device(OfClinic, Base):
    """One enrolled phone; only the digest of its token is kept."""

    __tablename__ = "device"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        Index(None, "clinic_id", "token_digest", unique=True),
        Index(None, "clinic_id", "patient_id"),
    )

    patient_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(120))
    token_digest: Mapped[str] = mapped_column(String(64))
    enrolled_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_reason: Mapped[str | None] = mapped_column(String(20))


class Enrolment(OfClinic, Base):
    """An invitation: a token in a link plus a six-digit code told by another route; digests only."""

    __tablename__ = "enrolment"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "device_id"], ["device.clinic_id", "device.id"]),
        Index(None, "clinic_id", "token_digest", unique=True),
        Index(None, "clinic_id", "patient_id"),
    )

    patient_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(10))
    token_digest: Mapped[str] = mapped_column(String(64))
    code_digest: Mapped[str] = mapped_column(String(64))
    wrong_codes: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it stopped being of use: redeemed, replaced, expired, or dead of wrong codes."""
    ended_because: Mapped[str | None] = mapped_column(String(20))
    device_id: Mapped[UUID | None]
    device_key_digest: Mapped[str | None] = mapped_column(String(64))
