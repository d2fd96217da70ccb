"""The recovery room: the day's injections with the scores of the first half hour, as a tablet shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from server.domain.diary import parse_episode
from server.domain.series import grade_entries
from server.persistence.db import transaction
from server.persistence.queries import episodes, people, recovery
from server.persistence.queries.recovery import Written
from server.persistence.tables import Episode, Patient
from server.schemas.fields import parse_moment
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.baseline import PRE_WINDOW
from server.services.identity import identity

MARKS: Final = {"m15": 15, "m30": 30}
"""Check-ins asked in the recovery room, in minutes after T0."""


def today(staff: Staff, now: datetime) -> dict[str, Any]:
    """The injections of the clinic's own day and those still planned, audited as a read."""
    with transaction(staff.clinic_id) as session:
        zone = people.clinic(session, staff.clinic_id).zone
        begins, ends = _day(now, zone)
        found = recovery.injections(session, staff.clinic_id, begins, ends)
        ids = [episode.id for episode, _ in found]
        phones = episodes.phone_states(session, staff.clinic_id, [row[1].id for row in found], now)
        entries: dict[UUID, list[Written]] = defaultdict(list)
        for one in recovery.written(session, staff.clinic_id, ids):
            entries[one.episode_id].append(one)
        told = [str(id_) for id_ in ids]
        audit(session, staff, "recovery.view", "clinic", staff.clinic_id, now, episodes=told)
        return {
            "day": now.astimezone(ZoneInfo(zone)).date(),
            "zone": zone,
            "server_time": now,
            "episodes": [
                _row(episode, patient, phones.get(patient.id, "none"), entries[episode.id], now)
                for episode, patient in found
            ],
        }


def _day(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """The local day that holds a moment, whatever its length."""
    local = ZoneInfo(zone)
    date = now.astimezone(local).date()
    midnight = datetime.combine(date, time(), local)
    return midnight.astimezone(UTC), datetime.combine(date + timedelta(days=1), time(), local).astimezone(UTC)


def _row(
    episode: Episode, patient: Patient, device: str, entries: Sequence[Written], now: datetime
) -> dict[str, Any]:
    procedure = episode.record["procedure"]
    return {
        "episode_id": episode.id,
        "patient": identity(patient),
        "status": episode.status,
        "performed_at": procedure.get("performed_at"),
        "region": episode.region,
        "level": episode.level,
        "side": episode.side,
        "index_pain": episode.record["index_pain"],
        "complications": episode.record.get("complications"),
        "device": device,
        "revision": episode.revision,
        "scores": {"pre": before(episode, entries, now), **_after(episode, entries)},
    }


def before(episode: Episode, entries: Sequence[Written], now: datetime) -> dict[str, Any] | None:
    """The score before the injection: staff's own in the record, else the last of the hour before T0."""
    recorded = episode.record["baseline"]
    if recorded.get("pain") is not None:
        return _score(recorded["pain"], recorded.get("recorded_at"), "record")
    until = episode.performed_at or now
    fitting = [
        (taken, one)
        for one in entries
        if (taken := _readable(one)) is not None and until - PRE_WINDOW <= taken <= until
    ]
    return _told(max(fitting, key=lambda found: found[0])[1]) if fitting else None


def _after(episode: Episode, entries: Sequence[Written]) -> dict[str, dict[str, Any] | None]:
    """The entries that fill the first check-ins, by the rules of the reading."""
    scores: dict[str, dict[str, Any] | None] = dict.fromkeys(MARKS)
    if episode.performed_at is None:
        return scores
    by_id = {str(one.entry_id): one for one in entries}
    for graded in grade_entries(parse_episode(_diary(episode, entries))):
        if graded.slot in scores and graded.entry.name in by_id:
            scores[graded.slot] = _told(by_id[graded.entry.name])
    return scores


def _diary(episode: Episode, entries: Sequence[Written]) -> dict[str, Any]:
    """As much of the diary as placing entries needs; which check-in one fills depends on no baseline."""
    return {
        "episode_id": str(episode.id),
        "zone": episode.zone,
        "procedure": {"performed_at": episode.record["procedure"]["performed_at"]},
        "baseline": {"pain": episode.record["baseline"].get("pain") or 0},
        "entries": [
            one.body | {"id": str(one.entry_id)} | ({"clock_suspect": True} if one.clock_suspect else {})
            for one in entries
        ],
    }


def _readable(one: Written) -> datetime | None:
    """When a score was taken that may be the one before the injection; None for anything else."""
    if one.body["scale"] != "now" or one.body["pain"] is None or one.clock_suspect:
        return None
    return parse_moment(one.body["taken_at"])


def _told(one: Written) -> dict[str, Any]:
    score = _score(one.body["pain"], one.body["taken_at"], one.source)
    return score | {"entry_id": one.entry_id, "rev_id": one.revision_id}


def _score(pain: int | None, taken_at: str | None, source: str) -> dict[str, Any]:
    return {"pain": pain, "taken_at": taken_at, "source": source, "entry_id": None, "rev_id": None}
