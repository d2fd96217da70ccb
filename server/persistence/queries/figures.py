"""The numbers behind the staff digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.orm import Session

from server.persistence.tables import Alert, AuditEvent, Episode, Reading

FIRST_WEEK: Final = timedelta(days=7)
SILENCE: Final = timedelta(hours=24)
READY_OVER: Final = timedelta(days=90)
"""How far back an unread reading still counts."""


def counts(session: Session, clinic_id: UUID, now: datetime) -> dict[str, int]:
    """`alerts` without outcome, `unacknowledged` ones of them, `silent` diaries."""
    open_ = and_(Alert.clinic_id == clinic_id, Alert.closed_at.is_(None))
    return {
        "alerts": _count(session, Alert, open_),
        "unacknowledged": _count(session, Alert, and_(open_, Alert.acknowledged_at.is_(None))),
        "silent": silent_diaries(session, clinic_id, now),
    }


def silent_diaries(session: Session, clinic_id: UUID, now: datetime) -> int:
    """Performed episodes in their first week of which nothing has been heard for a day."""
    heard = func.coalesce(Episode.last_entry_at, Episode.performed_at)
    return _count(
        session,
        Episode,
        and_(
            Episode.clinic_id == clinic_id,
            Episode.status == "performed",
            Episode.performed_at > now - FIRST_WEEK,
            Episode.performed_at <= now - SILENCE,
            heard <= now - SILENCE,
        ),
    )


def decided(
    session: Session, clinic_id: UUID, criteria: str, now: datetime
) -> Sequence[Row[datetime | None, dict[str, Any], datetime | None]]:
    """T0, record and last look of a clinician for every unsigned reading that has a verdict."""
    looks = (
        select(AuditEvent.target_id, func.max(AuditEvent.at).label("last"))
        .where(
            AuditEvent.clinic_id == clinic_id,
            AuditEvent.action == "reading.view",
            AuditEvent.actor_kind == "clinician",
            AuditEvent.at > now - READY_OVER,
        )
        .group_by(AuditEvent.target_id)
        .subquery()
    )
    return session.execute(
        select(Episode.performed_at, Episode.record, looks.c.last)
        .join(Reading, and_(Reading.clinic_id == Episode.clinic_id, Reading.episode_id == Episode.id))
        .outerjoin(looks, looks.c.target_id == Episode.id)
        .where(
            Episode.clinic_id == clinic_id,
            Episode.performed_at > now - READY_OVER,
            Episode.status.in_(("performed", "closed")),
            Episode.sign_state != "signed",
            Reading.criteria == criteria,
            Reading.verdict != "pending",
        )
    ).all()


def _count(session: Session, table: type[Alert] | type[Episode], where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(where)) or 0
