"""What every clinic's table has in common, and the few tables that belong to no clinic."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.types import Instant

APPEND_ONLY: dict[str, Any] = {"info": {"append_only": True}}
"""Table argument: rows may be added and read, never changed or removed."""


class OfClinic:
    """Key of a tenant table: the clinic first, so that no row can point into another one."""

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


class Tenant(Base):
    """The list of clinics, ids only: the worker walks it, everything else hangs off it."""

    __tablename__ = "tenant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class SignIn(Base):
    """Which clinic an e-mail address may sign in to, found before a clinic is known; digests only."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "clinic_id", "clinician_id"),)

    email_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True)
    clinician_id: Mapped[UUID]


class SignInAttempt(Base):
    """Failed sign-ins with one e-mail address, whether anybody has it or not: the count tells nothing."""

    __tablename__ = "sign_in_attempt"

    email_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)


class ServerState(Base):
    """One row: the server's `epoch`, which a restore changes so that phones offer everything again."""

    __tablename__ = "server_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[UUID]


class WorkerState(Base):
    """One row: what the worker last said of itself and of its queue, for monitors; counts and times only."""

    __tablename__ = "worker_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticked_at: Mapped[datetime] = mapped_column(Instant)
    oldest_due_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when the longest waiting reminder has been due."""
    waiting: Mapped[int]
    staff_oldest_due_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when the longest waiting message to staff (an escalation, a digest) has waited."""
    staff_waiting: Mapped[int] = mapped_column(default=0, server_default="0")


SHARED_TABLES = frozenset(
    {"tenant", "sign_in", "sign_in_attempt", "server_state", "worker_state", "alembic_version"}
)
"""Tables outside row-level security; they hold no health data and no names."""
