"""Reading episodes: the one place where a reading is made and kept, and what the clinic sees of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from server.domain import diary as diaries
from server.domain import result as read_value
from server.domain.criteria import DEFAULT, find_criteria
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from server.domain.thresholds import verdicts_of
from server.errors import ConflictError, NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import cohorts, diary, episodes, people
from server.persistence.tables import CohortRow, Episode, Reading
from server.schemas.fields import parse_moment
from server.security.actors import Staff, System
from server.services.auditing import audit
from server.services.baseline import with_baseline
from server.services.cohort_rows import contribution, packed
from server.services.heads import HeadEntry, load_heads
from server.services.placing import place
from server.services.sign_offs import follow_reading

CRITERIA = DEFAULT.label
"""What a clinic reads by until it chooses otherwise; `criteria_of` tells what it has chosen."""
MOST_REREADS = 200

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class EpisodeReading:
    """A stored reading with what it was made from: the input in the diary format, and the result."""

    episode_id: UUID
    diary: dict[str, Any]
    reading: dict[str, Any]
    read_at: datetime
    edited: frozenset[str]


def engine_input(episode: Episode, heads: Sequence[HeadEntry], as_of: datetime) -> dict[str, Any] | None:
    """The episode in the diary format (`docs/diary.schema.json`), or None while it cannot be read.

    It cannot be read before the injection is recorded, nor without any pre-injection score.
    """
    record = episode.record
    if episode.performed_at is None or episode.status in {"planned", "cancelled"}:
        return None
    baseline = with_baseline(record["baseline"], heads, episode.performed_at, episode.zone)
    if baseline.get("pain") is None:
        return None
    return {
        "episode_id": str(episode.id),
        "zone": episode.zone,
        "as_of": as_of.isoformat(timespec="seconds"),
        "procedure": record["procedure"],
        "baseline": baseline,
        "entries": [_entry(head) for head in heads],
        "events": record.get("events", []),
    }


def _entry(head: HeadEntry) -> dict[str, Any]:
    entry = head.body | {"id": str(head.entry_id)}
    return entry | {"clock_suspect": True} if head.clock_suspect else entry


def criteria_of(session: Session, clinic_id: UUID) -> str:
    """The version of the criteria that a clinic's readings are made by."""
    return people.clinic(session, clinic_id).criteria


def reread(
    session: Session, episode: Episode, now: datetime, *, change_seq: int | None = None
) -> list[HeadEntry]:
    """Make the reading anew and keep it, with the columns the worklist shows; returns the entries read."""
    heads = load_heads(session, episode.clinic_id, episode.id)
    episode.entries = len(heads)
    episode.last_entry_at = max((head.taken_at for head in heads if not head.clock_suspect), default=None)
    if change_seq is not None:
        episode.change_seq = change_seq
    source = engine_input(episode, heads, now)
    if source is None:
        episode.summary, episode.next_read_at = {}, None
        _forget(session, episode)
        place(episode, None)
        return heads
    parsed = parse_episode(source)
    found = read(parsed, find_criteria(criteria_of(session, episode.clinic_id)))
    body = to_json(found)
    keep(session, episode, parsed, found, body, now)
    follow_reading(session, episode, body, now)
    place(episode, body)
    ahead = _next_ahead(heads, now)
    if ahead is not None:
        episode.next_read_at = min(ahead, episode.next_read_at or ahead)
    return heads


def _next_ahead(heads: Sequence[HeadEntry], now: datetime) -> datetime | None:
    """When the next entry becomes known of those a phone's clock has put into the future."""
    known_from = (max(head.taken_at, head.recorded_at) for head in heads)
    return min((moment for moment in known_from if moment > now), default=None)


def keep(
    session: Session,
    episode: Episode,
    parsed: diaries.Episode,
    found: read_value.Reading,
    body: dict[str, Any],
    read_at: datetime,
) -> None:
    """Store a reading, as value and as JSON, under its criteria version.

    The one in force also goes to the worklist's columns and to the clinic's statistics.
    """
    criteria = body["criteria"]
    with session.no_autoflush:  # the episode is written once, with the summary of this reading
        in_force = criteria_of(session, episode.clinic_id)
        kept = episodes.reading(session, episode.clinic_id, episode.id, criteria)
    if kept is None:
        kept = Reading(clinic_id=episode.clinic_id, episode_id=episode.id, criteria=criteria)
        session.add(kept)
    kept.read_at, kept.body = read_at, body
    kept.verdict = body["anaesthetic"]["verdict"]
    kept.flare = body["flare"]["status"]
    kept.steroid = body["steroid"]["status"]
    kept.shape = body["shape"]
    kept.confidence = body["confidence"]["grade"]
    if criteria == in_force:
        episode.summary = summary_of(body)
        next_at = body["next_read_at"]
        episode.next_read_at = parse_moment(next_at) if next_at else None
        told = contribution(found, body, episode.record, verdicts_of(found.series, parsed))
        _contribute(session, episode, packed(told), read_at)


def _contribute(session: Session, episode: Episode, content: list[Any], read_at: datetime) -> None:
    row = cohorts.row(session, episode.clinic_id, episode.id)
    if row is None:
        row = CohortRow(clinic_id=episode.clinic_id, episode_id=episode.id)
        session.add(row)
    row.read_at, row.content = read_at, content


def _forget(session: Session, episode: Episode) -> None:
    """What has no reading any more counts in no statistics."""
    row = cohorts.row(session, episode.clinic_id, episode.id)
    if row is not None:
        session.delete(row)


def summary_of(reading: dict[str, Any]) -> dict[str, Any]:
    """The few values of a reading that a worklist row shows or a phone needs."""
    headline = reading["duration"]["headline"]
    length = reading["duration"][headline] if headline else None
    onset = reading["steroid"]["onset_day"]
    baseline = reading["baseline"]
    return {
        "verdict": reading["anaesthetic"]["verdict"],
        "flare": reading["flare"]["status"],
        "steroid": reading["steroid"]["status"],
        "shape": reading["shape"],
        "confidence": reading["confidence"]["grade"],
        "headline": length
        and {key: length[key] for key in ("days", "censored", "ended_by")} | {"name": headline},
        "onset_day": onset and onset["estimate"],
        "baseline": baseline["pre"] if baseline["days"] is None else baseline["days"],
    }


def read_due(clinic_id: UUID, now: datetime) -> int:
    """Re-read every episode whose time has come; returns how many. Doing it twice changes nothing.

    An episode that cannot be read waits an hour and is logged; it does not keep the others waiting.
    """
    with transaction(clinic_id, reading=True) as session:
        due = episodes.due_for_reading(session, clinic_id, now, MOST_REREADS)
    done = 0
    for episode_id in due:
        try:
            done += _read_again(clinic_id, episode_id, now)
        except (ValueError, LookupError, TypeError) as error:
            log.error("reading.failed", episode=str(episode_id), error=type(error).__name__)
            _postpone(clinic_id, episode_id, now)
    return done


def _read_again(clinic_id: UUID, episode_id: UUID, now: datetime) -> bool:
    with transaction(clinic_id) as session:
        episode = episodes.episode_for_update(session, clinic_id, episode_id)
        if episode is None or episode.next_read_at is None or episode.next_read_at > now:
            return False  # another worker was faster
        reread(session, episode, now)
        if episode.next_read_at is not None and episode.next_read_at <= now:
            episode.next_read_at = now + timedelta(hours=1)
        audit(session, System(clinic_id), "reading.refresh", "episode", episode_id, now)
        return True


def _postpone(clinic_id: UUID, episode_id: UUID, now: datetime) -> None:
    with transaction(clinic_id) as session:
        episode = episodes.episode_for_update(session, clinic_id, episode_id)
        if episode is not None:
            episode.next_read_at = now + timedelta(hours=1)


def reading_of(staff: Staff, episode_id: UUID, now: datetime) -> EpisodeReading:
    """The stored reading of an episode, audited as a read.

    Raises `NotFoundError`; `ConflictError` with code `not-readable-yet` while the injection or the
    pre-injection score is not recorded.
    """
    with transaction(staff.clinic_id) as session:
        episode = episode_to_read(session, staff.clinic_id, episode_id)
        audit(session, staff, "reading.view", "episode", episode_id, now)
        return reading_in(session, episode, now)


def episode_to_read(session: Session, clinic_id: UUID, episode_id: UUID) -> Episode:
    """One episode, locked because its reading may be made anew. Raises `NotFoundError`."""
    episode = episodes.episode_for_update(session, clinic_id, episode_id)
    if episode is None:
        raise NotFoundError("There is no such episode.")
    return episode


def reading_in(session: Session, episode: Episode, now: datetime) -> EpisodeReading:
    """The reading of an episode inside the caller's transaction, which audits it; made anew where it is due.

    Raises `ConflictError` with code `not-readable-yet`.
    """
    if episode.next_read_at is not None and episode.next_read_at <= now:
        reread(session, episode, now)
        session.flush()
    clinic_id = episode.clinic_id
    kept = episodes.reading(session, clinic_id, episode.id, criteria_of(session, clinic_id))
    source = engine_input(episode, load_heads(session, clinic_id, episode.id), kept.read_at if kept else now)
    if source is None or kept is None:
        raise ConflictError(_why_not(episode), code="not-readable-yet")
    edited = frozenset(
        str(row.entry_id)
        for row in diary.revisions_of(session, clinic_id, episode.id)
        if row.parent_id is not None
    )
    return EpisodeReading(episode.id, source, kept.body, kept.read_at, edited)


def _why_not(episode: Episode) -> str:
    if episode.status == "cancelled":
        return "This episode was cancelled, so there is nothing to read."
    if episode.performed_at is None:
        return "The injection has not been recorded yet. Record its time to start the reading."
    return "There is no pain score from before the injection. Record the baseline to start the reading."
