"""The clinic's work items for red flags."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import OfClinic
from server.persistence.types import Instant


class Alert(OfClinic, Base):
    """One open question per episode and kind of flag; timers run from receipt."""

    __tablename__ = "alert"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        ForeignKeyConstraint(["clinic_id", "entry_id"], ["entry.clinic_id", "entry.id"]),
        ForeignKeyConstraint(["clinic_id", "acknowledged_by"], ["clinician.clinic_id", "clinician.id"]),
        CheckConstraint("level IN ('E', 'S', 'N')", name="level"),
        Index(None, "clinic_id", "episode_id"),
        Index(None, "clinic_id", "acknowledged_at"),
    )

    episode_id: Mapped[UUID]
    entry_id: Mapped[UUID]
    """The newest diary item that raised it."""
    kind: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(1))
    reports: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    acknowledged_by: Mapped[UUID | None]
