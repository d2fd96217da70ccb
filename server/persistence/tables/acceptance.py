"""What a physician has accepted before patients may be enrolled in a language."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.persistence.db import Base
from server.persistence.tables.tenancy import APPEND_ONLY, OfClinic
from server.persistence.types import Instant


class TextAcceptance(OfClinic, Base):
    """One physician's acceptance of one version of a language's safety texts, with what goes with them."""

    __tablename__ = "text_acceptance"
    __table_args__ = (
        ForeignKeyConstraint(["clinic_id", "accepted_by"], ["clinician.clinic_id", "clinician.id"]),
        Index(None, "clinic_id", "language"),
        APPEND_ONLY,
    )

    language: Mapped[str] = mapped_column(String(8))
    texts_version: Mapped[str] = mapped_column(String(64))
    """Digest of the texts, computed by the build that made the phones' app."""
    criteria: Mapped[str] = mapped_column(String(60))
    emergency_number: Mapped[str] = mapped_column(String(20))
    accepted_by: Mapped[UUID]
    accepted_at: Mapped[datetime] = mapped_column(Instant)
