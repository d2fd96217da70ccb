"""Staff users and their sessions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import OfClinic
from server.persistence.types import Instant


class Clinician(OfClinic, Base):
    """One staff user with one role."""

    __tablename__ = "clinician"
    __table_args__ = (
        UniqueConstraint("clinic_id", "email"),
        CheckConstraint("role IN ('physician', 'nurse', 'admin', 'auditor')", name="role"),
    )

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    one_time_until: Mapped[datetime | None] = mapped_column(Instant)
    """The password was given out by somebody else: good until then, and only to choose one's own."""
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class StaffSession(OfClinic, Base):
    """One sign-in; only the digest of its token is kept."""

    __tablename__ = "staff_session"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "clinician_id"], ["clinician.clinic_id", "clinician.id"]),
        Index(None, "clinic_id", "token_digest", unique=True),
    )

    clinician_id: Mapped[UUID]
    token_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
