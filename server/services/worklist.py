"""What staff see of episodes: the list, one episode in detail, and the diary behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from server.domain.instants import of_datetime, of_known
from server.domain.worklist import group_of
from server.errors import NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import episodes, people, reminders, worklist
from server.persistence.queries.worklist import FACETS, Wanted
from server.persistence.tables import Enrolment, Episode, EpisodeRevision, Patient
from server.schemas.fields import searchable
from server.security.actors import Staff
from server.services import alert_queue
from server.services.auditing import audit
from server.services.episodes import UNREAD
from server.services.identity import identity
from server.services.phones import told_devices
from server.services.reaching import ended_ways

URGENCY = ("E", "S", "N")
PARTS = ("procedure", "baseline", "events", "index_pain", *UNREAD)


def page(staff: Staff, form: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """One page of episodes, group by group in the order of the day: `{episodes, total, counts, pulse}`."""
    wanted = Wanted(
        words=searchable(form.get("search") or "").split(),
        facets={name: form[name] for name in FACETS if form.get(name) is not None},
        **{name: form[name] for name in ("status", "group", "sort", "limit", "offset")},
    )
    with transaction(staff.clinic_id) as session:
        found = worklist.page(session, staff.clinic_id, wanted, now)
        counts = worklist.counts(session, staff.clinic_id, wanted, now)
        patients = [one.patient.id for one in found]
        shown = [one.episode.id for one in found]
        phones = episodes.phone_states(session, staff.clinic_id, patients, now)
        ended = ended_ways(session, staff.clinic_id, patients)
        aside = episodes.quarantine_counts(session, staff.clinic_id, shown)
        told = [str(one) for one in shown]
        audit(session, staff, "episodes.list", "clinic", staff.clinic_id, now, episodes=told)
        return {
            "episodes": [
                _row(
                    one.episode,
                    one.patient,
                    group=one.group,
                    alerts=one.waiting,
                    urgency=one.urgency,
                    seen=one.seen,
                    device=phones.get(one.patient.id, "none"),
                    unreached=ended.get(one.patient.id, []),
                    quarantined=aside.get(one.episode.id, 0),
                )
                for one in found
            ],
            "total": sum(counts.values()) if wanted.group is None else counts[wanted.group],
            "counts": counts,
            "pulse": worklist.pulse(session, staff.clinic_id, now),
        }


def pulse(staff: Staff, now: datetime) -> str:
    """A word that changes whenever the list does; it tells nothing of any patient, so nothing is audited."""
    with transaction(staff.clinic_id, reading=True) as session:
        return worklist.pulse(session, staff.clinic_id, now)


def choices(staff: Staff) -> dict[str, list[str]]:
    """What the list can be filtered by in this clinic: values of records, of no patient in particular."""
    with transaction(staff.clinic_id, reading=True) as session:
        return worklist.choices(session, staff.clinic_id)


def detail(staff: Staff, episode_id: UUID, now: datetime) -> dict[str, Any]:
    """One episode with its record, phones, alerts and versions. Raises `NotFoundError`."""
    with transaction(staff.clinic_id) as session:
        episode = episodes.episode(session, staff.clinic_id, episode_id)
        patient = None if episode is None else people.patient(session, staff.clinic_id, episode.patient_id)
        if episode is None or patient is None:
            raise NotFoundError("There is no such episode.")
        audit(session, staff, "episode.view", "episode", episode_id, now)
        return _detail(session, staff, episode, patient, now)


def _detail(
    session: Session, staff: Staff, episode: Episode, patient: Patient, now: datetime
) -> dict[str, Any]:
    names = people.clinician_names(session, staff.clinic_id)
    alerts = alert_queue.of_episode(session, episode, names)
    waiting = [URGENCY.index(alert["level"]) for alert in alerts if alert["acknowledged_at"] is None]
    taken = [URGENCY.index(alert["level"]) for alert in alerts if alert["acknowledged_at"] is not None]
    phones = episodes.phone_states(session, staff.clinic_id, [patient.id], now)
    aside = episodes.quarantine_counts(session, staff.clinic_id, [episode.id])
    row = _row(
        episode,
        patient,
        group=group_of(
            episode.stage,
            flagged=any(alert["closed_at"] is None for alert in alerts),
            silent=of_known(episode.silent_at),
            follow_up=of_known(episode.follow_up_at),
            now=of_datetime(now),
        ),
        alerts=len(waiting),
        urgency=min(waiting, default=None),
        seen=min(taken, default=None),
        device=phones.get(patient.id, "none"),
        unreached=ended_ways(session, staff.clinic_id, [patient.id]).get(patient.id, []),
        quarantined=aside.get(episode.id, 0),
    )
    devices = people.devices_of(session, staff.clinic_id, patient.id)
    pushed = reminders.subscriptions_of_all(session, staff.clinic_id, patient.id)
    return row | {
        **{key: episode.record.get(key) for key in PARTS},
        "protocol": episode.protocol,
        "options": episode.options,
        "revision": episode.revision,
        "other_episodes": [
            _other(other)
            for other in episodes.episodes_of(session, staff.clinic_id, patient.id)
            if other.id != episode.id
        ],
        "invitation": _invitation(people.open_enrolments(session, staff.clinic_id, patient.id), now),
        "devices": told_devices(devices, pushed),
        "alerts": alerts,
        "revisions": _revisions(episodes.revisions(session, staff.clinic_id, episode.id), names),
    }


def _row(
    episode: Episode | Row[Any],
    patient: Patient | Row[Any],
    *,
    group: str,
    alerts: int,
    urgency: int | None,
    seen: int | None,
    device: str,
    unreached: list[str],
    quarantined: int,
) -> dict[str, Any]:
    summary = episode.summary
    return {
        "episode_id": episode.id,
        "patient": identity(patient),
        "status": episode.status,
        "group": group,
        "sign_state": episode.sign_state,
        "signed_at": episode.signed_at,
        "silent_at": episode.silent_at,
        "follow_up_at": episode.follow_up_at,
        "performed_at": episode.record["procedure"].get("performed_at"),
        "zone": episode.zone,
        "region": episode.region,
        "level": episode.level,
        "side": episode.side,
        "index_pain": episode.record["index_pain"],
        **{key: summary.get(key) for key in ("verdict", "flare", "steroid", "shape", "confidence")},
        "headline": summary.get("headline"),
        "onset_day": summary.get("onset_day"),
        "last_entry_at": episode.last_entry_at,
        "entries": episode.entries,
        "open_alerts": alerts,
        "highest_alert": None if urgency is None else URGENCY[urgency],
        "highest_seen_alert": None if seen is None else URGENCY[seen],
        "device": device,
        "unreached": unreached,
        "quarantined": quarantined,
    }


def _other(episode: Episode) -> dict[str, Any]:
    return {
        "episode_id": episode.id,
        "region": episode.region,
        "level": episode.level,
        "side": episode.side,
        "status": episode.status,
        "performed_at": episode.record["procedure"].get("performed_at"),
        "shape": episode.summary.get("shape"),
    }


def _invitation(found: Sequence[Enrolment], now: datetime) -> dict[str, Any] | None:
    """The invitation that could still be redeemed; a new one ends it."""
    still = [enrolment for enrolment in found if enrolment.expires_at > now]
    return {"kind": still[0].kind, "expires_at": still[0].expires_at} if still else None


def _revisions(revisions: Sequence[EpisodeRevision], names: dict[UUID, str]) -> list[dict[str, Any]]:
    told = []
    before: dict[str, Any] = {}
    for version in revisions:
        whole = version.record | {"status": version.status}
        changes = _changes(before, whole) if before else []
        told.append(
            {
                "revision": version.revision,
                "at": version.made_at,
                "by": names.get(version.clinician_id, ""),
                "reason": version.reason,
                "status": version.status,
                "changed": [change["field"] for change in changes],
                "changes": changes,
            }
        )
        before = whole
    return told[::-1]


def _changes(before: dict[str, Any], after: dict[str, Any], at: str = "") -> list[dict[str, Any]]:
    """The fields that differ, by their dotted names, from what to what."""
    changed = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            changed += _changes(old, new, f"{at}{key}.")
        elif old != new:
            changed.append({"field": f"{at}{key}", "before": old, "after": new})
    return changed
