"""Messages to staff on their way out: escalations, digests, tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import OfClinic
from server.persistence.types import Instant, JsonText


class StaffMessage(OfClinic, Base):
    """One message to one address. Its row is the claim: whoever holds the lease sends it."""

    __tablename__ = "staff_message"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "alert_id"], ["alert.clinic_id", "alert.id"]),
        ForeignKeyConstraint(["clinic_id", "clinician_id"], ["clinician.clinic_id", "clinician.id"]),
        CheckConstraint("kind IN ('escalation', 'digest', 'test')", name="kind"),
        CheckConstraint("status IN ('waiting', 'sent', 'dropped')", name="status"),
        Index(None, "clinic_id", "subject", unique=True),
        Index(None, "clinic_id", "status", "next_attempt_at"),
        Index(None, "clinic_id", "alert_id"),
    )

    kind: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(120))
    """What it is about; one row for each, so that two workers cannot make it twice."""
    alert_id: Mapped[UUID | None]
    clinician_id: Mapped[UUID | None]
    channel: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(254))
    recipient: Mapped[str] = mapped_column(String(200))
    """The name staff know the addressee by."""
    counts: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    """The numbers its text tells; never a name, never what a patient wrote."""
    status: Mapped[str] = mapped_column(String(8), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    next_attempt_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    claim: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str | None] = mapped_column(String(60))
    """Why the last attempt failed, or why it was dropped."""
