"""Finding messages to staff that wait for a worker."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from server.persistence.tables import StaffMessage


def any_due(
    session: Session,
    clinic_id: UUID,
    without: Collection[str],
    now: datetime,
    lease: timedelta,
    longest: timedelta,
) -> bool:
    """Whether anything waits, so that an idle worker writes nothing."""
    return bool(session.scalar(select(exists().where(_due(clinic_id, without, now, lease, longest)))))


def next_due(
    session: Session,
    clinic_id: UUID,
    without: Collection[str],
    now: datetime,
    lease: timedelta,
    longest: timedelta,
) -> StaffMessage | None:
    """The message that has waited longest, locked; those another worker is about to take are left out."""
    return session.scalars(
        select(StaffMessage)
        .where(_due(clinic_id, without, now, lease, longest))
        .order_by(StaffMessage.next_attempt_at, StaffMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def _due(
    clinic_id: UUID, without: Collection[str], now: datetime, lease: timedelta, longest: timedelta
) -> ColumnElement[bool]:
    """Due and free. What lies further ahead than anything is ever set was set by a clock that was wrong."""
    due = or_(StaffMessage.next_attempt_at <= now, StaffMessage.next_attempt_at > now + longest)
    free = or_(
        StaffMessage.lease_until.is_(None),
        StaffMessage.lease_until <= now,
        StaffMessage.lease_until > now + lease,
    )
    return and_(
        StaffMessage.clinic_id == clinic_id,
        StaffMessage.status == "waiting",
        StaffMessage.channel.not_in(without),
        due,
        free,
    )


def waiting(session: Session, clinic_id: UUID) -> tuple[int, datetime | None]:
    """How many messages have not gone out, and since when the oldest; one that is tried again still waits."""
    row = session.execute(
        select(func.count(), func.min(StaffMessage.created_at)).where(
            StaffMessage.clinic_id == clinic_id, StaffMessage.status == "waiting"
        )
    ).one()
    return row[0], row[1]


def is_known(session: Session, clinic_id: UUID, subject: str) -> bool:
    """Whether there is a message about this already."""
    known = exists().where(StaffMessage.clinic_id == clinic_id, StaffMessage.subject == subject)
    return bool(session.scalar(select(known)))


def for_update(session: Session, clinic_id: UUID, message_id: UUID) -> StaffMessage | None:
    """One message, locked."""
    return session.scalars(
        select(StaffMessage)
        .where(StaffMessage.clinic_id == clinic_id, StaffMessage.id == message_id)
        .with_for_update()
    ).one_or_none()


def newest(session: Session, clinic_id: UUID, most: int) -> Sequence[StaffMessage]:
    """The newest messages, newest first."""
    return session.scalars(
        select(StaffMessage)
        .where(StaffMessage.clinic_id == clinic_id)
        .order_by(StaffMessage.created_at.desc(), StaffMessage.id)
        .limit(most)
    ).all()


def names_of(session: Session, clinic_id: UUID, alert_ids: Collection[UUID]) -> dict[str, str]:
    """Recipients of the messages about some alerts, by message id."""
    rows = session.execute(
        select(StaffMessage.id, StaffMessage.recipient).where(
            StaffMessage.clinic_id == clinic_id, StaffMessage.alert_id.in_(alert_ids)
        )
    )
    return {str(row.id): row.recipient for row in rows}
