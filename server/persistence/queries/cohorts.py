"""Reading what a clinic's readings contribute to its statistics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.persistence.tables import CohortRow, Episode


def row(session: Session, clinic_id: UUID, episode_id: UUID) -> CohortRow | None:
    """What one episode contributes."""
    return session.get(CohortRow, (clinic_id, episode_id))


def rows(session: Session, clinic_id: UUID, most: int) -> Iterator[list[list[Any]]]:
    """All rows of a clinic, at most `most` at a time."""
    found = session.execute(
        select(CohortRow.content).where(CohortRow.clinic_id == clinic_id),
        execution_options={"yield_per": most},
    )
    for part in found.scalars().partitions():
        yield list(part)


def newest(session: Session, clinic_id: UUID) -> datetime | None:
    """When the newest reading of a clinic was made."""
    return session.scalar(select(func.max(CohortRow.read_at)).where(CohortRow.clinic_id == clinic_id))


def episodes_of_clinic(session: Session, clinic_id: UUID) -> int:
    """How many injections were performed, with or without a reading."""
    performed = Episode.status.in_(("performed", "closed"))
    return session.scalar(select(func.count()).where(Episode.clinic_id == clinic_id, performed)) or 0
