"""What physicians decided on readings, and when later entries asked for another look."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import APPEND_ONLY, OfClinic
from server.persistence.types import Instant, JsonText


class SignOff(OfClinic, Base):
    """One step in the history of an episode's sign-off: a physician signed, or the reading moved after."""

    __tablename__ = "sign_off"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        ForeignKeyConstraint(["clinic_id", "clinician_id"], ["clinician.clinic_id", "clinician.id"]),
        CheckConstraint("kind IN ('signed', 'reopened')", name="kind"),
        Index(None, "clinic_id", "episode_id", "number", unique=True),
        APPEND_ONLY,
    )

    episode_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)
    clinician_id: Mapped[UUID | None]
    """Who signed; nobody re-opens one, entries do."""
    data_version: Mapped[int] = mapped_column(BigInteger)
    """The clinic's change number up to which the episode was read."""
    record_revision: Mapped[int]
    criteria: Mapped[str] = mapped_column(String(60))
    read_at: Mapped[datetime] = mapped_column(Instant)
    conclusion: Mapped[str | None] = mapped_column(String(24))
    note: Mapped[str | None] = mapped_column(Text)
    reading: Mapped[dict[str, Any]] = mapped_column(JsonText)
    """The reading as it stood, so that what moved since can always be told."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JsonText, default=list)
    """For `reopened`: which answers moved, from what to what, by which entries."""
