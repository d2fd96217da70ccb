"""Who read or changed what, when."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import APPEND_ONLY, OfClinic
from server.persistence.types import Instant, JsonText


class AuditEvent(OfClinic, Base):
    """One read or write of patient data; ids and counts only, never values."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "clinic_id", "target_id"), Index(None, "clinic_id", "at"), APPEND_ONLY)

    at: Mapped[datetime] = mapped_column(Instant)
    actor_kind: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(60))
    target_kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[UUID | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
