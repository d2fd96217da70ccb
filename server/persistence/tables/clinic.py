"""The clinic's own settings, and its counter of changes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.types import Instant


class Clinic(Base):
    """One clinic: the tenant."""

    __tablename__ = "clinic"

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(40))
    emergency_number: Mapped[str] = mapped_column(String(20))
    zone: Mapped[str] = mapped_column(String(64))
    criteria: Mapped[str] = mapped_column(String(60), server_default="snrb-default/1")
    """The version of the criteria that readings are made by."""
    change_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    """Last number given to a change. Raised under a row lock, so numbers appear in commit order."""
    created_at: Mapped[datetime] = mapped_column(Instant)
