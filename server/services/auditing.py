"""The audit row that goes with every read and write of patient data, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from server.persistence.tables import AuditEvent
from server.security.actors import Actor


def audit(
    session: Session,
    actor: Actor,
    action: str,
    target_kind: str,
    target_id: UUID | None,
    now: datetime,
    **detail: Any,
) -> None:
    """Add one row: who did what to which record. `detail` takes ids, counts and codes, never values."""
    session.add(
        AuditEvent(
            clinic_id=actor.clinic_id,
            id=uuid4(),
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.actor_id,
            action=action,
            target_kind=target_kind,
            target_id=target_id,
            detail=detail,
        )
    )
