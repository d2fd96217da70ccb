"""The latest reading of an episode under each criteria version."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.types import Instant, JsonText


class Reading(Base):
    """What the engine made of one episode: flat columns for lists and cohorts, the whole for the page."""

    __tablename__ = "reading"
    __table_args__ = (ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),)

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True)
    episode_id: Mapped[UUID] = mapped_column(primary_key=True)
    criteria: Mapped[str] = mapped_column(String(60), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(Instant)
    verdict: Mapped[str] = mapped_column(String(24))
    flare: Mapped[str] = mapped_column(String(24))
    steroid: Mapped[str] = mapped_column(String(24))
    shape: Mapped[str] = mapped_column(String(32))
    confidence: Mapped[str] = mapped_column(String(1))
    body: Mapped[dict[str, Any]] = mapped_column(JsonText)
