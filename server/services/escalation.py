"""Telling the next person when nobody acknowledges an alert, and looking again at a weak limb."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.alerts import ANSWER_WITHIN, RECHECK_ANSWER, level_unanswered, next_contact, wait_after
from server.domain.flags import Level
from server.persistence.db import transaction
from server.persistence.queries import alerts
from server.persistence.tables import Alert
from server.security.actors import System
from server.services import outbox
from server.services.alert_log import record
from server.services.alerting import call_again
from server.services.opening import opening_of
from server.services.settings import value_of


def escalate(clinic_id: UUID, now: datetime) -> int:
    """Escalate every alert whose time has come; returns how many. Two workers at once escalate each once."""
    with transaction(clinic_id, reading=True) as session:
        waiting = alerts.escalating(session, clinic_id, now)
    return sum(_escalate(clinic_id, alert_id, now) for alert_id in waiting)


def _escalate(clinic_id: UUID, alert_id: UUID, now: datetime) -> bool:
    with transaction(clinic_id) as session:
        alert = alerts.for_worker(session, clinic_id, alert_id)
        if alert is None or alert.closed_at or alert.acknowledged_at or alert.escalate_at is None:
            return False  # a clinician or another worker was faster
        level, contacts = cast("Level", alert.level), contacts_for(session, clinic_id, alert.level)
        longest = wait_after(level, max(alert.steps - 1, 0), len(contacts))
        alert.escalate_at = min(alert.escalate_at, now + longest)  # it was set by a clock that was ahead
        if alert.escalate_at > now:
            return False
        contact = next_contact(contacts, alert.steps)
        if contact is None:
            _nobody(session, alert, level, now)
            return False
        _tell(session, alert, contact, now)
        alert.escalate_at = now + wait_after(level, alert.steps, len(contacts))
        alert.steps += 1
        return True


def contacts_for(session: Session, clinic_id: UUID, level: str) -> list[dict[str, Any]]:
    """The contacts of a level, in the order they are told."""
    listed = value_of(session, clinic_id, "contacts")["contacts"]
    return [contact for contact in listed if level in contact["levels"]]


def _tell(session: Session, alert: Alert, contact: dict[str, Any], now: datetime) -> None:
    """One message to each address of the contact; whichever is read first will do."""
    since = alert.due_at - ANSWER_WITHIN[alert.level] if alert.due_at else alert.opened_at
    counts = {"level": alert.level, "minutes": max(int((now - since).total_seconds() // 60), 0)}
    for channel, address in outbox.addresses(contact):
        message = outbox.put(
            session,
            alert.clinic_id,
            "escalation",
            f"escalation:{alert.id}:{alert.turn}:{alert.steps}:{channel}",
            contact["name"],
            (channel, address),
            now,
            counts=counts,
            alert_id=alert.id,
        )
        record(
            session, System(alert.clinic_id), alert, "escalated", now,
            message=str(message.id), channel=channel, step=alert.steps + 1,
        )  # fmt: skip


def _nobody(session: Session, alert: Alert, level: Level, now: datetime) -> None:
    """The clinic has named nobody: the history says so, once a turn; the next look finds later contacts."""
    alert.escalate_at = now + ANSWER_WITHIN[level]
    told = alerts.history(session, alert.clinic_id, [alert.id])[alert.id]
    if not any(event.kind == "nobody_to_tell" and event.detail["turn"] == alert.turn for event in told):
        record(session, System(alert.clinic_id), alert, "nobody_to_tell", now, turn=alert.turn)


def recheck(clinic_id: UUID, now: datetime) -> int:
    """Raise every alert whose recheck the patient has left unanswered; returns how many.

    A symptom said to be gone has cleared the recheck already, one said to be still there has raised it.
    """
    with transaction(clinic_id, reading=True) as session:
        due = alerts.due_for_recheck(session, clinic_id, now - RECHECK_ANSWER)
    return sum(_recheck(clinic_id, alert_id, now) for alert_id in due)


def _recheck(clinic_id: UUID, alert_id: UUID, now: datetime) -> bool:
    with transaction(clinic_id) as session:
        alert = alerts.for_worker(session, clinic_id, alert_id)
        if alert is None or alert.closed_at or not alert.recheck_at or alert.recheck_at > now:
            return False
        alert.recheck_at = None
        level = level_unanswered(alert.kind)
        call_again(alert, level, now, *opening_of(session, clinic_id))
        record(session, System(clinic_id), alert, "unanswered", now, level=level)
        return True
