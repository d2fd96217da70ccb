"""The entries of an episode as they count now, ready for the engine and for triage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.persistence.queries import diary
from server.persistence.tables import Entry, EntryRevision
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
    rows = diary.heads(session, clinic_id, episode_id)
    return [found for row in rows for found in _head(row.entry_id, row.body, clock_suspect=row.clock_suspect)]


def load_reports(session: Session, clinic_id: UUID, episode_id: UUID) -> list[HeadEntry]:
    """The reports of symptoms of an episode that are not deleted."""
    rows = diary.heads(session, clinic_id, episode_id, "flag_report")
    return [found for row in rows for found in _head(row.entry_id, row.body, clock_suspect=row.clock_suspect)]


def heads_among(entries: Iterable[Entry], revisions: Iterable[EntryRevision]) -> list[HeadEntry]:
    """The same from rows that were loaded already."""
    counting = {row.head_revision_id for row in entries if row.kind == "entry" and not row.deleted}
    return [
        found
        for row in revisions
        if row.id in counting and row.body is not None
        for found in _head(row.entry_id, row.body, clock_suspect=row.clock_suspect)
    ]


def _head(entry_id: UUID, body: dict[str, Any], *, clock_suspect: bool) -> list[HeadEntry]:
    taken = parse_moment(body["taken_at"])
    recorded = parse_moment(body.get("recorded_at") or body["taken_at"])
    if taken is None or recorded is None:  # never so: both were checked when stored
        return []
    return [HeadEntry(entry_id, body, taken, recorded, clock_suspect)]
