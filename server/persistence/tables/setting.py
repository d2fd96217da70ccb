"""What clinics and clinicians have chosen: versioned settings, and who wants a digest when."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import APPEND_ONLY, OfClinic
from server.persistence.types import Instant, JsonText


class ClinicSetting(OfClinic, Base):
    """One immutable version of one part of a clinic's settings; the highest version is in force."""

    __tablename__ = "clinic_setting"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "clinician_id"], ["clinician.clinic_id", "clinician.id"]),
        Index(None, "clinic_id", "part", "version", unique=True),
        APPEND_ONLY,
    )

    part: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    value: Mapped[dict[str, Any]] = mapped_column(JsonText)
    clinician_id: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(Instant)


class DigestChoice(Base):
    """When a clinician gets the morning digest; no row, no digest."""

    __tablename__ = "digest_choice"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "clinician_id"], ["clinician.clinic_id", "clinician.id"]),
        Index(None, "clinic_id", "next_at"),
    )

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True)
    clinician_id: Mapped[UUID] = mapped_column(primary_key=True)
    minute: Mapped[int]
    """Minutes after midnight on the clinic's wall clock."""
    next_at: Mapped[datetime] = mapped_column(Instant)
