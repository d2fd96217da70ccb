"""The clinic's work items for red flags, and everything that happened to each."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import APPEND_ONLY, OfClinic
from server.persistence.types import Instant, JsonText

OPEN = text("closed_at IS NULL")


class Alert(OfClinic, Base):
    """One open question per episode and kind of flag; timers run from receipt."""

    __tablename__ = "alert"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        ForeignKeyConstraint(["clinic_id", "entry_id"], ["entry.clinic_id", "entry.id"]),
        ForeignKeyConstraint(["clinic_id", "acknowledged_by"], ["clinician.clinic_id", "clinician.id"]),
        ForeignKeyConstraint(["clinic_id", "owner_id"], ["clinician.clinic_id", "clinician.id"]),
        ForeignKeyConstraint(["clinic_id", "closed_by"], ["clinician.clinic_id", "clinician.id"]),
        CheckConstraint("level IN ('E', 'S', 'N')", name="level"),
        Index(None, "clinic_id", "episode_id"),
        Index(None, "clinic_id", "acknowledged_at"),
        Index(None, "clinic_id", "closed_at"),
        Index(None, "clinic_id", "recheck_at"),
        Index("ix_alert_one_open", "clinic_id", "episode_id", "kind", unique=True,
              sqlite_where=OPEN, postgresql_where=OPEN),
    )  # fmt: skip

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
    owner_id: Mapped[UUID | None]
    """Who looks after it: who acknowledged it, until somebody else takes it over."""
    outcome: Mapped[str | None] = mapped_column(String(24))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[UUID | None]
    turn: Mapped[int] = mapped_column(default=1)
    """A new report after an acknowledgement begins another turn, with timers and escalation of its own."""
    steps: Mapped[int] = mapped_column(default=0)
    """How many times this turn has been escalated."""
    escalate_at: Mapped[datetime | None] = mapped_column(Instant)
    recheck_at: Mapped[datetime | None] = mapped_column(Instant)
    events: Mapped[int] = mapped_column(default=0)
    """Last number given to an event; raised under the row's lock, so numbers order the history."""


class AlertEvent(OfClinic, Base):
    """One thing that happened to an alert."""

    __tablename__ = "alert_event"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "alert_id"], ["alert.clinic_id", "alert.id"]),
        ForeignKeyConstraint(["clinic_id", "entry_id"], ["entry.clinic_id", "entry.id"]),
        Index(None, "clinic_id", "entry_id"),
        Index(None, "clinic_id", "alert_id", "number", unique=True),
        APPEND_ONLY,
    )

    alert_id: Mapped[UUID]
    entry_id: Mapped[UUID | None]
    """The diary item it comes from, if it comes from one."""
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(24))
    actor_kind: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[UUID | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
