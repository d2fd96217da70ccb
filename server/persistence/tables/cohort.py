"""What each reading in force contributes to the statistics of its clinic."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.types import Instant, JsonText


class CohortRow(Base):
    """A few hundred bytes an episode, apart from the readings, so that very many are read at once."""

    __tablename__ = "cohort_row"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        Index(None, "clinic_id", "read_at"),
    )

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True)
    episode_id: Mapped[UUID] = mapped_column(primary_key=True)
    read_at: Mapped[datetime] = mapped_column(Instant)
    """When the reading was made; the newest of a clinic tells whether anything was read since."""
    content: Mapped[list[Any]] = mapped_column(JsonText)
    """As `server.services.cohort_rows` packs it."""
