"""What staff do with an alert: take it, try to reach the patient, say what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from server.errors import ConflictError, InvalidError, NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import alerts, episodes, people
from server.persistence.tables import Alert, Episode
from server.security.actors import Staff
from server.services.alert_log import record

MAY_OWN: Final = frozenset({"physician", "nurse"})


def acknowledge(staff: Staff, alert_id: UUID, now: datetime) -> None:
    """A clinician has seen an alert and looks after it; doing it twice keeps the first."""
    with _alert(staff, alert_id) as (session, alert):
        if alert.closed_at is None and alert.acknowledged_at is None:
            _acknowledge(session, staff, alert, now)


def hand_over(staff: Staff, alert_id: UUID, owner_id: UUID, now: datetime) -> None:
    """Give an alert to a colleague, or take it oneself, which is also an acknowledgement."""
    with _alert(staff, alert_id) as (session, alert):
        _refuse_closed(alert)
        owner = people.clinician(session, staff.clinic_id, owner_id)
        if owner is None or owner.disabled_at is not None or owner.role not in MAY_OWN:
            raise InvalidError(
                "Only a physician or a nurse can look after an alert.",
                [{"pointer": "/owner_id", "code": "not-treating"}],
            )
        if alert.acknowledged_at is None and owner_id == staff.clinician_id:
            _acknowledge(session, staff, alert, now)
        if alert.owner_id != owner_id:
            alert.owner_id = owner_id
            record(session, staff, alert, "handed_over", now, owner=str(owner_id))


def note_attempt(staff: Staff, alert_id: UUID, note: str | None, now: datetime) -> None:
    """Somebody tried to reach the patient without success; the alert stays open and theirs."""
    with _alert(staff, alert_id) as (session, alert):
        _refuse_closed(alert)
        if alert.acknowledged_at is None:
            _acknowledge(session, staff, alert, now)
        record(session, staff, alert, "attempted", now, note=note)


def close(staff: Staff, alert_id: UUID, outcome: str, note: str | None, now: datetime) -> None:
    """Say what came of an alert, which ends it; said again, it corrects the outcome and keeps both."""
    if outcome == "other" and note is None:
        raise InvalidError("Say in a few words what came of it.", [{"pointer": "/note", "code": "missing"}])
    with _alert(staff, alert_id) as (session, alert):
        if alert.acknowledged_at is None:
            _acknowledge(session, staff, alert, now)
        corrected = alert.closed_at is not None
        if not corrected:
            alert.closed_at, alert.closed_by = now, staff.clinician_id
        alert.outcome, alert.escalate_at, alert.recheck_at = outcome, None, None
        record(session, staff, alert, "corrected" if corrected else "closed", now, note=note, outcome=outcome)


@contextmanager
def _alert(staff: Staff, alert_id: UUID) -> Iterator[tuple[Session, Alert]]:
    """One locked alert of the clinician's clinic, in a transaction. Raises `NotFoundError`."""
    with transaction(staff.clinic_id) as session:
        episode_id = alerts.episode_of(session, staff.clinic_id, alert_id)
        if episode_id is None:
            raise NotFoundError("There is no such alert.")
        # In the order of a report that comes in: the episode's lock before the alert's.
        episodes.episode_for_update(session, staff.clinic_id, episode_id)
        alert = alerts.for_update(session, staff.clinic_id, alert_id)
        if alert is None:
            raise NotFoundError("There is no such alert.")
        yield session, alert


def _acknowledge(session: Session, staff: Staff, alert: Alert, now: datetime) -> None:
    alert.acknowledged_at, alert.acknowledged_by = now, staff.clinician_id
    alert.owner_id, alert.escalate_at = staff.clinician_id, None
    record(session, staff, alert, "acknowledged", now)
    _tell_phone(session, alert, now)


def _tell_phone(session: Session, alert: Alert, now: datetime) -> None:
    """The patient's phone learns with its next exchange that these reports have been seen, and when."""
    episode = session.get_one(Episode, (alert.clinic_id, alert.episode_id))
    seen = {str(entry_id): now.isoformat() for entry_id in alerts.reports_of(session, alert)}
    episode.acknowledged = seen | episode.acknowledged


def _refuse_closed(alert: Alert) -> None:
    if alert.closed_at is not None:
        raise ConflictError("Somebody has closed this alert meanwhile.", code="alert-closed")
