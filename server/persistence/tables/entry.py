"""The diary itself: entry heads, their immutable revisions, and what could not be read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import APPEND_ONLY, OfClinic
from server.persistence.types import Instant, JsonText


class Entry(OfClinic, Base):
    """The head of one diary item: which of its revisions counts now."""

    __tablename__ = "entry"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        CheckConstraint("kind IN ('entry', 'flag_report', 'impression', 'flag_event')", name="kind"),
        Index(None, "clinic_id", "episode_id"),
    )

    patient_id: Mapped[UUID]
    episode_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(12))
    head_revision_id: Mapped[UUID]
    deleted: Mapped[bool] = mapped_column(default=False)
    conflict: Mapped[bool] = mapped_column(default=False)
    """Two revisions changed the same one; both are kept and staff see both."""
    change_seq: Mapped[int] = mapped_column(BigInteger)


class EntryRevision(OfClinic, Base):
    """One immutable version of an entry, exactly as it was sent. Its id is the idempotency key."""

    __tablename__ = "entry_revision"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "entry_id"], ["entry.clinic_id", "entry.id"]),
        ForeignKeyConstraint(["clinic_id", "device_id"], ["device.clinic_id", "device.id"]),
        ForeignKeyConstraint(["clinic_id", "clinician_id"], ["clinician.clinic_id", "clinician.id"]),
        Index(None, "clinic_id", "entry_id"),
        Index(None, "clinic_id", "patient_id", "change_seq"),
        Index(None, "clinic_id", "episode_id"),
        APPEND_ONLY,
    )

    entry_id: Mapped[UUID]
    episode_id: Mapped[UUID]
    patient_id: Mapped[UUID]
    parent_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(12))
    op: Mapped[str] = mapped_column(String(10))
    body: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    recorded: Mapped[dict[str, Any]] = mapped_column(JsonText)
    """The phone's own account of the moment: chosen day, local time, offset, zone, clock skew."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(24))
    clock_suspect: Mapped[bool] = mapped_column(default=False)
    device_id: Mapped[UUID | None]
    """The phone that sent it; none where staff wrote or imported it."""
    clinician_id: Mapped[UUID | None]
    """The clinician who wrote or imported it."""
    source: Mapped[str] = mapped_column(String(10), server_default="phone")
    """`phone`, `staff`, or `import` for a paper diary that was typed in."""
    received_at: Mapped[datetime] = mapped_column(Instant)
    change_seq: Mapped[int] = mapped_column(BigInteger)


class Quarantine(OfClinic, Base):
    """A record that could not be read, kept as it came, for staff to look at."""

    __tablename__ = "quarantine"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "device_id"], ["device.clinic_id", "device.id"]),
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        Index(None, "clinic_id", "patient_id"),
        APPEND_ONLY,
    )

    patient_id: Mapped[UUID]
    device_id: Mapped[UUID]
    episode_id: Mapped[UUID | None]
    raw: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(60))
    where: Mapped[str] = mapped_column(String(200))
    """Which field could not be read, as a JSON pointer."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(Instant)
    change_seq: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(12), server_default="quarantined")
    """`quarantined`, or `rejected`: it could be read but not taken, and stays on the phone too."""
