"""The diary behind a reading: every entry with its history, and what could not be read."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.diary import parse_episode
from server.domain.series import grade_entries
from server.errors import NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import diary, episodes
from server.persistence.tables import Entry, EntryRevision, Episode
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.heads import load_heads
from server.services.review import engine_input


def diary_of(staff: Staff, episode_id: UUID, now: datetime) -> dict[str, Any]:
    """All entries of an episode in the order described, deleted ones last: `{entries, quarantine}`.

    Raises `NotFoundError`.
    """
    with transaction(staff.clinic_id) as session:
        episode = episodes.episode(session, staff.clinic_id, episode_id)
        if episode is None:
            raise NotFoundError("There is no such episode.")
        audit(session, staff, "entries.view", "episode", episode_id, now)
        history: dict[UUID, list[EntryRevision]] = defaultdict(list)
        for revision in diary.revisions_of(session, staff.clinic_id, episode_id):
            history[revision.entry_id].append(revision)
        grades = grades_of(session, episode, now)
        entries = [
            _entry(entry, history[entry.id], grades)
            for entry in diary.entries_of(session, staff.clinic_id, episode_id)
        ]
        aside = diary.quarantine_of(session, staff.clinic_id, episode.patient_id)
        return {
            "entries": sorted(entries, key=_when),
            "quarantine": [
                {
                    "quarantine_id": row.id,
                    "received_at": row.received_at,
                    "code": row.code,
                    "where": row.where,
                    "raw": row.raw,
                }
                for row in aside
                if row.episode_id in {None, episode_id}
            ],
        }


def grades_of(session: Session, episode: Episode, now: datetime) -> dict[str, tuple[str | None, str]]:
    """By entry id: the check-in it fills and how late it was; empty while there is no reading."""
    source = engine_input(episode, load_heads(session, episode.clinic_id, episode.id), now)
    if source is None:
        return {}
    return {graded.entry.name: (graded.slot, graded.grade) for graded in grade_entries(parse_episode(source))}


def _entry(
    entry: Entry, revisions: list[EntryRevision], grades: dict[str, tuple[str | None, str]]
) -> dict[str, Any]:
    head = next(revision for revision in revisions if revision.id == entry.head_revision_id)
    slot, grade = grades.get(str(entry.id), (None, None))
    flags = [
        name
        for name, present in (
            ("imported", head.source == "import"),
            ("clock_suspect", head.clock_suspect),
            ("conflict", entry.conflict),
            ("changed_after_delete", any(row.status == "stored_after_delete" for row in revisions)),
        )
        if present
    ]
    return {
        "entry_id": entry.id,
        "kind": entry.kind,
        "deleted": entry.deleted,
        "conflict": entry.conflict,
        "grade": grade,
        "slot": slot,
        "edited": len(revisions) > 1,
        "flags": flags,
        "head": _revision(head),
        "revisions": [_revision(row) for row in revisions],
    }


def _revision(row: EntryRevision) -> dict[str, Any]:
    return {
        "rev_id": row.id,
        "parent_rev": row.parent_id,
        "op": row.op,
        "body": row.body,
        "recorded": row.recorded,
        "received_at": row.received_at,
        "by": diary.AUTHORS.get(row.source, "staff"),
        "source": row.source,
        "status": row.status,
    }


def _when(entry: dict[str, Any]) -> tuple[bool, datetime]:
    body = entry["head"]["body"] or next(
        (row["body"] for row in reversed(entry["revisions"]) if row["body"]), None
    )
    taken = datetime.fromisoformat(body["taken_at"].upper()) if body else entry["head"]["received_at"]
    return entry["deleted"], taken
