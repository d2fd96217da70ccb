"""The clinic's queue of alerts as staff see it, with the history of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import alerts, messages, people, settings
from server.persistence.tables import Alert, Episode, Patient
from server.security.actors import Staff
from server.services.alert_words import as_told, with_history
from server.services.auditing import audit
from server.services.identity import identity


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
        return _row(alert, episode, patient, names) | with_history(events, names, to)


def of_episode(session: Session, episode: Episode, names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """An episode's alerts, newest first, with their histories."""
    found = alerts.of_episode(session, episode.clinic_id, episode.id)
    histories = alerts.history(session, episode.clinic_id, [alert.id for alert in found])
    to = messages.names_of(session, episode.clinic_id, [alert.id for alert in found])
    return [as_told(alert, names) | with_history(histories[alert.id], names, to) for alert in found]


def _row(alert: Alert, episode: Episode, patient: Patient, names: Mapping[UUID, str]) -> dict[str, Any]:
    return as_told(alert, names) | {
        "episode": {
            "episode_id": episode.id,
            "patient": identity(patient),
            "region": episode.region,
            "level": episode.level,
            "side": episode.side,
            "status": episode.status,
            "performed_at": episode.record["procedure"].get("performed_at"),
            "zone": episode.zone,
        }
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
