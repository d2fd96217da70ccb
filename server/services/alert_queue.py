"""The clinic's queue of alerts as staff see it, with the history of each and the load they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.flags import ROWS, title
from server.errors import NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import alerts, messages, people, settings
from server.persistence.tables import Alert, AlertEvent, Episode, Patient
from server.security.actors import Staff
from server.services.auditing import audit

LOAD_OVER = timedelta(days=28)


def page(staff: Staff, *, state: str, limit: int, offset: int, now: datetime) -> dict[str, Any]:
    """A page of the queue: what waits first, by level and due time; or what was closed, newest first."""
    with transaction(staff.clinic_id) as session:
        found, total = alerts.queue(
            session, staff.clinic_id, closed=state == "closed", limit=limit, offset=offset
        )
        shown = [str(row[0].id) for row in found]
        audit(session, staff, "alerts.list", "clinic", staff.clinic_id, now, alerts=shown)
        names = people.clinician_names(session, staff.clinic_id)
        return {
            "alerts": [_row(alert, episode, patient, names) for alert, episode, patient in found],
            "total": total,
            "counts": _counts(session, staff.clinic_id, now),
            "contacts": _contacts(session, staff.clinic_id),
            "owners": [
                {"clinician_id": one.id, "name": one.name, "role": one.role}
                for one in people.treating(session, staff.clinic_id)
            ],
        }


def one(staff: Staff, alert_id: UUID, now: datetime) -> dict[str, Any]:
    """One alert with everything that happened to it. Raises `NotFoundError`."""
    with transaction(staff.clinic_id) as session:
        found = alerts.with_episode(session, staff.clinic_id, alert_id)
        if found is None:
            raise NotFoundError("There is no such alert.")
        alert, episode, patient = found
        audit(session, staff, "alert.view", "episode", episode.id, now, alert=str(alert.id))
        names = people.clinician_names(session, staff.clinic_id)
        events = alerts.history(session, staff.clinic_id, [alert.id])[alert.id]
        to = messages.names_of(session, staff.clinic_id, [alert.id])
        return _row(alert, episode, patient, names) | _with_history(events, names, to)


def load(staff: Staff, now: datetime) -> dict[str, Any]:
    """How many alerts the diaries of the last weeks made, and how fast they were answered."""
    with transaction(staff.clinic_id) as session:
        rows = alerts.opened_since(session, staff.clinic_id, now - LOAD_OVER)
        entries = alerts.entries_since(session, staff.clinic_id, now - LOAD_OVER)
        audit(session, staff, "alerts.load", "clinic", staff.clinic_id, now)
    answered = [(opened, due, seen) for _, opened, due, seen in rows if seen is not None]
    waits = [(seen - opened).total_seconds() for opened, _, seen in answered]
    over = [due for _, _, due, seen in rows if seen is None and due is not None and due < now]
    in_time = sum(due is None or seen <= due for _, due, seen in answered)
    return {
        "days": LOAD_OVER.days,
        "entries": entries,
        "alerts": len(rows),
        "per_100_entries": round(100 * len(rows) / entries, 1) if entries else None,
        "by_level": {level: sum(row[0] == level for row in rows) for level in "ESN"},
        "answered": len(answered),
        "answered_in_time": in_time,
        "late": len(answered) - in_time + len(over),
        "median_answer_seconds": round(median(waits)) if waits else None,
    }


def of_episode(session: Session, episode: Episode, names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """An episode's alerts, newest first, with their histories."""
    found = alerts.of_episode(session, episode.clinic_id, episode.id)
    histories = alerts.history(session, episode.clinic_id, [alert.id for alert in found])
    to = messages.names_of(session, episode.clinic_id, [alert.id for alert in found])
    return [_alert(alert, names) | _with_history(histories[alert.id], names, to) for alert in found]


def _with_history(
    events: Sequence[AlertEvent], names: Mapping[UUID, str], recipients: Mapping[str, str]
) -> dict[str, Any]:
    first = {
        event.kind: event.detail["at"] for event in reversed(events) if event.kind in {"shown", "called"}
    }
    return {
        "history": _told(events, names, recipients),
        "shown_at": first.get("shown"),
        "called_at": first.get("called"),
    }


def _told(
    events: Sequence[AlertEvent], names: Mapping[UUID, str], recipients: Mapping[str, str]
) -> list[dict[str, Any]]:
    """A history in the form people read: who, when, what."""
    return [
        {
            "number": event.number,
            "at": event.at,
            "kind": event.kind,
            "by": event.actor_kind,
            "name": names.get(event.actor_id) if event.actor_id else None,
            "detail": _with_names(event.detail, names, recipients),
        }
        for event in events
    ]


def _with_names(
    detail: dict[str, Any], names: Mapping[UUID, str], recipients: Mapping[str, str]
) -> dict[str, Any]:
    """The ids of a detail in the names people know."""
    found = dict(detail)
    if "owner" in detail:
        found["owner"] = names.get(UUID(detail["owner"]), "")
    if "message" in detail:
        found["recipient"] = recipients.get(detail["message"], "")
    return found


def _row(alert: Alert, episode: Episode, patient: Patient, names: Mapping[UUID, str]) -> dict[str, Any]:
    return _alert(alert, names) | {
        "episode": {
            "episode_id": episode.id,
            "patient": {
                "patient_id": patient.id,
                "name": patient.name,
                "record_number": patient.record_number,
                "born_on": patient.born_on,
            },
            "region": episode.region,
            "level": episode.level,
            "side": episode.side,
            "status": episode.status,
            "performed_at": episode.record["procedure"].get("performed_at"),
            "zone": episode.zone,
        }
    }


def _alert(alert: Alert, names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "alert_id": alert.id,
        "entry_id": alert.entry_id,
        "kind": alert.kind,
        "title": title(alert.kind) if alert.kind in ROWS else alert.kind,
        "level": alert.level,
        "reports": alert.reports,
        "opened_at": alert.opened_at,
        "due_at": alert.due_at,
        "acknowledged_at": alert.acknowledged_at,
        "acknowledged_by": names.get(alert.acknowledged_by) if alert.acknowledged_by else None,
        "owner_id": alert.owner_id,
        "owner": names.get(alert.owner_id) if alert.owner_id else None,
        "outcome": alert.outcome,
        "closed_at": alert.closed_at,
        "closed_by": names.get(alert.closed_by) if alert.closed_by else None,
        "steps": alert.steps,
        "escalate_at": alert.escalate_at,
        "recheck_at": alert.recheck_at,
    }


def _counts(session: Session, clinic_id: UUID, now: datetime) -> dict[str, int]:
    rows = alerts.waiting(session, clinic_id)
    late = sum(due is not None and due < now for _, due in rows)
    return {level: sum(row[0] == level for row in rows) for level in "ESN"} | {"late": late}


def _contacts(session: Session, clinic_id: UUID) -> dict[str, int]:
    """How many people would be told of an unanswered alert of each level; nought is worth a warning."""
    kept = settings.newest(session, clinic_id, "contacts")
    listed = [] if kept is None else kept.value["contacts"]
    return {level: sum(level in contact["levels"] for contact in listed) for level in "ES"}
