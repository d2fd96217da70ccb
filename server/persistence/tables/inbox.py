"""What staff decided on records that were set aside; the records themselves stay as they came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import APPEND_ONLY, OfClinic
from server.persistence.types import Instant


class InboxDecision(OfClinic, Base):
    """A record was written into the diary in corrected form, or dismissed; either with a reason."""

    __tablename__ = "inbox_decision"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "quarantine_id"], ["quarantine.clinic_id", "quarantine.id"]),
        ForeignKeyConstraint(["clinic_id", "entry_id"], ["entry.clinic_id", "entry.id"]),
        ForeignKeyConstraint(["clinic_id", "clinician_id"], ["clinician.clinic_id", "clinician.id"]),
        CheckConstraint("outcome IN ('corrected', 'dismissed')", name="outcome"),
        Index(None, "clinic_id", "quarantine_id"),
        Index(None, "clinic_id", "entry_id"),
        APPEND_ONLY,
    )

    quarantine_id: Mapped[UUID | None]
    """The record that was set aside; None for a conflict."""
    entry_id: Mapped[UUID | None]
    """The diary item whose versions compete; or the one a correction made."""
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500))
    revision_id: Mapped[UUID | None]
    """The revision staff wrote."""
    clinician_id: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(Instant)
    change_seq: Mapped[int] = mapped_column(BigInteger)
    """The clinic's change number at the decision: a conflict with newer versions is open again."""
