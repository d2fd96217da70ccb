"""Reminders: how a patient wants them, what is due next, what was made, and each attempt to deliver it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import OfClinic
from server.persistence.types import Instant, JsonText


class ReminderSetting(Base):
    """One patient's choices; addresses are personal data and never logged."""

    __tablename__ = "reminder_setting"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        Index(None, "clinic_id", "calendar_digest", unique=True),
    )

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    zone: Mapped[str | None] = mapped_column(String(64))
    """The zone of the phone when it was last heard of; until then the episode's."""
    evening: Mapped[int]
    """Chosen time for daily check-ins, in minutes after midnight; so are the quiet hours."""
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    channels: Mapped[list[str]] = mapped_column(JsonText)
    """Which channels the patient wants; their order is the clinic's."""
    email: Mapped[str | None] = mapped_column(String(254))
    phone_number: Mapped[str | None] = mapped_column(String(20))
    refused: Mapped[dict[str, str]] = mapped_column(JsonText, default=dict)
    """Channels that turned an address down for good, with the moment."""
    calendar_salt: Mapped[UUID | None]
    calendar_digest: Mapped[str | None] = mapped_column(String(64))
    updated_at: Mapped[datetime] = mapped_column(Instant)


class PushSubscription(OfClinic, Base):
    """Where one phone takes pushes. The endpoint is a secret: whoever has it can wake the phone."""

    __tablename__ = "push_subscription"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        ForeignKeyConstraint(["clinic_id", "device_id"], ["device.clinic_id", "device.id"]),
        Index(None, "clinic_id", "device_id", unique=True),
        Index(None, "clinic_id", "patient_id"),
    )

    patient_id: Mapped[UUID]
    device_id: Mapped[UUID]
    endpoint: Mapped[str] = mapped_column(Text)
    p256dh: Mapped[str] = mapped_column(String(120))
    auth: Mapped[str] = mapped_column(String(40))
    checked_at: Mapped[datetime] = mapped_column(Instant)
    """When the phone last said that it has this subscription."""
    dead_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the push service said that it is gone; cleared when the phone makes a new one."""


class PromptPlan(Base):
    """What the worker has to do next for one episode, so that a tick reads no diary."""

    __tablename__ = "prompt_plan"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        Index(None, "clinic_id", "next_at"),
    )

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True)
    episode_id: Mapped[UUID] = mapped_column(primary_key=True)
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the next prompt is due, or, without a `slot`, when the episode is finished."""
    slot: Mapped[str | None] = mapped_column(String(16))
    number: Mapped[int | None]
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    facts: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    """Filled and prompted check-ins as far as they still matter."""


class Reminder(OfClinic, Base):
    """One prompt of one check-in. Its key makes it exist once, however many workers make it."""

    __tablename__ = "reminder"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "episode_id"], ["episode.clinic_id", "episode.id"]),
        ForeignKeyConstraint(["clinic_id", "patient_id"], ["patient.clinic_id", "patient.id"]),
        CheckConstraint(
            "state IN ('open', 'sent', 'shown', 'answered', 'withdrawn', 'undelivered', 'expired')",
            name="state",
        ),
        Index(None, "clinic_id", "episode_id", "slot", "number", unique=True),
        Index(None, "clinic_id", "state", "expires_at"),
    )

    episode_id: Mapped[UUID]
    patient_id: Mapped[UUID]
    slot: Mapped[str] = mapped_column(String(16))
    number: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime] = mapped_column(Instant)
    shown_at: Mapped[datetime | None] = mapped_column(Instant)
    clicked_at: Mapped[datetime | None] = mapped_column(Instant)


class Delivery(OfClinic, Base):
    """One try of one channel for one reminder. Its row is the claim: who holds the lease sends."""

    __tablename__ = "delivery"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "reminder_id"], ["reminder.clinic_id", "reminder.id"]),
        CheckConstraint(
            "state IN ('due', 'sent', 'confirmed', 'failed', 'dropped', 'expired')", name="state"
        ),
        Index(None, "clinic_id", "reminder_id", "channel", "round", unique=True),
        Index(None, "clinic_id", "state", "due_at"),
    )

    reminder_id: Mapped[UUID]
    channel: Mapped[str] = mapped_column(String(8))
    round: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    claim: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    problem: Mapped[str | None] = mapped_column(String(40))
