"""One injection and its diary, with the immutable versions of its record."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import APPEND_ONLY, OfClinic
from server.persistence.types import Instant, JsonText


class Episode(OfClinic, Base):
    """One injection and its diary; status columns are kept here so that the worklist joins nothing."""

    __tablename__ = "episode"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        CheckConstraint("status IN ('planned', 'performed', 'closed', 'cancelled')", name="status"),
        Index(None, "clinic_id", "patient_id"),
        Index(None, "clinic_id", "performed_at"),
        Index(None, "clinic_id", "next_read_at"),
        # All that the worklist groups, filters and orders by: for five thousand episodes it reads no row.
        Index("ix_episode_worklist", "clinic_id", "stage", "silent_at", "follow_up_at", "performed_at", "id",
              "patient_id", "status", "sign_state", "level", "side", "operator", "agent", "indication"),
    )  # fmt: skip

    patient_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(String(12))
    zone: Mapped[str] = mapped_column(String(64))
    performed_at: Mapped[datetime | None] = mapped_column(Instant)
    """T0, the end of the injection, as staff confirmed it."""
    region: Mapped[str] = mapped_column(String(12))
    level: Mapped[str] = mapped_column(String(20))
    side: Mapped[str] = mapped_column(String(12))
    record: Mapped[dict[str, Any]] = mapped_column(JsonText)
    """The newest version: `procedure`, `baseline`, `events`, `index_pain`, `operator`, `approach`."""
    revision: Mapped[int] = mapped_column(default=1)
    protocol: Mapped[str] = mapped_column(String(40))
    options: Mapped[dict[str, Any]] = mapped_column(JsonText, server_default="{}", default=dict)
    """What its protocol leaves open: which check-ins are offered, and until when the patient is reminded."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    change_seq: Mapped[int] = mapped_column(BigInteger)

    entries: Mapped[int] = mapped_column(default=0)
    last_entry_at: Mapped[datetime | None] = mapped_column(Instant)
    next_read_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the reading could change without a new entry."""
    summary: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    """What the worklist shows of the reading: categories, headline, onset."""

    indication: Mapped[str | None] = mapped_column(String(40))
    operator: Mapped[str | None] = mapped_column(String(200))
    agent: Mapped[str | None] = mapped_column(String(120))
    """The anaesthetics of the record, as cohorts name them."""
    sign_state: Mapped[str] = mapped_column(String(10), server_default="unsigned", default="unsigned")
    """`unsigned`, `signed`, or `reopened` by what came after the newest sign-off."""
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_seq: Mapped[int | None] = mapped_column(BigInteger)
    """The change number up to which a physician has read the diary."""
    acknowledged: Mapped[dict[str, str]] = mapped_column(JsonText, server_default="{}", default=dict)
    """When the clinic acknowledged reports of symptoms, by their diary item: kept here for phones."""
    stage: Mapped[str] = mapped_column(String(8), server_default="planned", default="planned")
    """Where the episode stands for the worklist, apart from open alerts and the passing of time."""
    silent_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the diary counts as silent unless something comes."""
    follow_up_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the next follow-up is due that no sign-off has read."""


class EpisodeRevision(OfClinic, Base):
    """One immutable version of an episode's record, with who changed it and why."""

    __tablename__ = "episode_revision"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        ForeignKeyConstraint(["clinic_id", "clinician_id"], ["clinician.clinic_id", "clinician.id"]),
        Index(None, "clinic_id", "episode_id", "revision", unique=True),
        APPEND_ONLY,
    )

    episode_id: Mapped[UUID]
    revision: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    record: Mapped[dict[str, Any]] = mapped_column(JsonText)
    reason: Mapped[str] = mapped_column(String(500))
    clinician_id: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(Instant)
