"""The history of an alert: numbered events, each with its audit row."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from server.persistence.tables import Alert, AlertEvent
from server.security.actors import Actor
from server.services.auditing import audit


def record(
    session: Session, actor: Actor, alert: Alert, kind: str, now: datetime, *, note: str | None = None,
    entry_id: UUID | None = None,
    **detail: Any,
) -> None:  # fmt: skip
    """Add one event to a locked alert, and the audit row that goes with it.

    `detail` takes codes and counts. `note` is what a clinician wrote; it stays in the history and out of
    the audit, which holds no values.
    """
    alert.events += 1
    session.flush()
    session.add(
        AlertEvent(
            clinic_id=alert.clinic_id,
            id=uuid4(),
            alert_id=alert.id,
            entry_id=entry_id,
            number=alert.events,
            at=now,
            kind=kind,
            actor_kind=actor.kind,
            actor_id=actor.actor_id,
            detail=detail if note is None else detail | {"note": note},
        )
    )
    audit(
        session,
        actor,
        f"alert.{kind}",
        "episode",
        alert.episode_id,
        now,
        alert=str(alert.id),
        kind=alert.kind,
        **detail,
    )
