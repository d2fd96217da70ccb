"""Finding what physicians have accepted."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.persistence.tables import TextAcceptance


def acceptances(
    session: Session, clinic_id: UUID, criteria: str, emergency_number: str
) -> Sequence[TextAcceptance]:
    """Those that hold for the criteria set and emergency number in use, the newest first."""
    return session.scalars(
        select(TextAcceptance)
        .where(
            TextAcceptance.clinic_id == clinic_id,
            TextAcceptance.criteria == criteria,
            TextAcceptance.emergency_number == emergency_number,
        )
        .order_by(TextAcceptance.accepted_at.desc())
    ).all()
