"""The entries of an episode as they count now, ready for the engine and for triage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.persistence.queries import diary
from server.schemas.fields import parse_moment


@dataclass(frozen=True, slots=True)
class HeadEntry:
    """One diary entry in its counting version."""

    entry_id: UUID
    body: dict[str, Any]
    taken_at: datetime
    recorded_at: datetime
    clock_suspect: bool


def load_heads(session: Session, clinic_id: UUID, episode_id: UUID) -> list[HeadEntry]:
    """All entries of an episode that are not deleted."""
    heads = []
    for row in diary.heads(session, clinic_id, episode_id):
        taken = parse_moment(row.body["taken_at"])
        recorded = parse_moment(row.body.get("recorded_at") or row.body["taken_at"])
        if taken is not None and recorded is not None:  # always so: both were checked when stored
            heads.append(HeadEntry(row.entry_id, row.body, taken, recorded, row.clock_suspect))
    return heads
