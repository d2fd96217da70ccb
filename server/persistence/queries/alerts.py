"""Finding alerts, their history, and the figures about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Row, and_, case, func, or_, select
from sqlalchemy.orm import Session

from server.persistence.tables import Alert, AlertEvent, EntryRevision, Episode, Patient

FURTHEST: Final = timedelta(hours=16)
"""No escalation is set further ahead than this, whatever the clocks do."""
RAISING: Final = ("raised", "repeated")
"""Events that a report of the patient makes."""
RANK = case((Alert.level == "E", 0), (Alert.level == "S", 1), else_=2)


def of_episode(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[Alert]:
    """An episode's alerts, newest first."""
    return session.scalars(
        select(Alert)
        .where(Alert.clinic_id == clinic_id, Alert.episode_id == episode_id)
        .order_by(Alert.opened_at.desc(), Alert.id)
    ).all()


def open_of(session: Session, clinic_id: UUID, episode_id: UUID, kind: str) -> Alert | None:
    """The alert of one kind that has no outcome yet, locked; the database holds at most one."""
    return session.scalars(
        select(Alert)
        .where(
            Alert.clinic_id == clinic_id,
            Alert.episode_id == episode_id,
            Alert.kind == kind,
            Alert.closed_at.is_(None),
        )
        .with_for_update()
    ).one_or_none()


def raised_by(session: Session, clinic_id: UUID, episode_id: UUID, entry_id: UUID) -> Sequence[Alert]:
    """The alerts of an episode that a diary item raised or renewed, locked."""
    by_it = select(AlertEvent.alert_id).where(
        AlertEvent.clinic_id == clinic_id,
        AlertEvent.entry_id == entry_id,
        AlertEvent.kind.in_(RAISING),
    )
    return session.scalars(
        select(Alert)
        .where(Alert.clinic_id == clinic_id, Alert.episode_id == episode_id, Alert.id.in_(by_it))
        .order_by(Alert.id)
        .with_for_update()
    ).all()


def episode_of(session: Session, clinic_id: UUID, alert_id: UUID) -> UUID | None:
    """The episode an alert belongs to."""
    return session.scalars(
        select(Alert.episode_id).where(Alert.clinic_id == clinic_id, Alert.id == alert_id)
    ).one_or_none()


def reports_of(session: Session, alert: Alert) -> list[UUID]:
    """The diary items that raised or renewed an alert."""
    found = session.scalars(
        select(AlertEvent.entry_id)
        .where(
            AlertEvent.clinic_id == alert.clinic_id,
            AlertEvent.alert_id == alert.id,
            AlertEvent.kind.in_(RAISING),
        )
        .order_by(AlertEvent.number)
    ).all()
    return [entry_id for entry_id in found if entry_id is not None]


def for_update(session: Session, clinic_id: UUID, alert_id: UUID) -> Alert | None:
    """One alert, locked, so that its events are numbered in the order they happen."""
    return session.scalars(
        select(Alert).where(Alert.clinic_id == clinic_id, Alert.id == alert_id).with_for_update()
    ).one_or_none()


def for_worker(session: Session, clinic_id: UUID, alert_id: UUID) -> Alert | None:
    """One alert, locked; None when another worker, or a clinician, has it at this moment."""
    return session.scalars(
        select(Alert)
        .where(Alert.clinic_id == clinic_id, Alert.id == alert_id)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def queue(
    session: Session, clinic_id: UUID, *, closed: bool, limit: int, offset: int
) -> tuple[Sequence[Row[Alert, Episode, Patient]], int]:
    """A page of alerts with episode and patient: the open ones by level and due time, or the closed ones."""
    statement = (
        select(Alert, Episode, Patient)
        .join(Episode, and_(Episode.clinic_id == Alert.clinic_id, Episode.id == Alert.episode_id))
        .join(Patient, and_(Patient.clinic_id == Episode.clinic_id, Patient.id == Episode.patient_id))
        .where(Alert.clinic_id == clinic_id)
    )
    wanted = Alert.closed_at.is_not(None) if closed else Alert.closed_at.is_(None)
    total = session.scalar(select(func.count()).where(Alert.clinic_id == clinic_id, wanted)) or 0
    if closed:
        statement = statement.order_by(Alert.closed_at.desc(), Alert.id)
    else:
        waiting = case((Alert.acknowledged_at.is_(None), 0), else_=1)
        statement = statement.order_by(waiting, RANK, Alert.due_at, Alert.opened_at, Alert.id)
    return session.execute(statement.where(wanted).limit(limit).offset(offset)).all(), total


def with_episode(session: Session, clinic_id: UUID, alert_id: UUID) -> Row[Alert, Episode, Patient] | None:
    """One alert with its episode and patient."""
    return session.execute(
        select(Alert, Episode, Patient)
        .join(Episode, and_(Episode.clinic_id == Alert.clinic_id, Episode.id == Alert.episode_id))
        .join(Patient, and_(Patient.clinic_id == Episode.clinic_id, Patient.id == Episode.patient_id))
        .where(Alert.clinic_id == clinic_id, Alert.id == alert_id)
    ).one_or_none()


def history(session: Session, clinic_id: UUID, alert_ids: Collection[UUID]) -> dict[UUID, list[AlertEvent]]:
    """What happened to each of some alerts, in order."""
    found: dict[UUID, list[AlertEvent]] = {alert_id: [] for alert_id in alert_ids}
    for event in session.scalars(
        select(AlertEvent)
        .where(AlertEvent.clinic_id == clinic_id, AlertEvent.alert_id.in_(alert_ids))
        .order_by(AlertEvent.alert_id, AlertEvent.number)
    ):
        found[event.alert_id].append(event)
    return found


def waiting(session: Session, clinic_id: UUID) -> Sequence[Row[str, datetime | None]]:
    """Level and due time of every alert nobody has acknowledged."""
    return session.execute(
        select(Alert.level, Alert.due_at).where(
            Alert.clinic_id == clinic_id, Alert.closed_at.is_(None), Alert.acknowledged_at.is_(None)
        )
    ).all()


def escalating(session: Session, clinic_id: UUID, now: datetime) -> Sequence[UUID]:
    """Alerts whose escalation is due, or set further ahead than any rule sets one."""
    return session.scalars(
        select(Alert.id)
        .where(
            Alert.clinic_id == clinic_id,
            Alert.closed_at.is_(None),
            Alert.acknowledged_at.is_(None),
            or_(Alert.escalate_at <= now, Alert.opened_at > now, Alert.escalate_at > now + FURTHEST),
        )
        .order_by(Alert.escalate_at, Alert.id)
    ).all()


def for_next_working_day(session: Session, clinic_id: UUID) -> Sequence[Alert]:
    """Alerts of the lowest level that nobody has acknowledged, locked: they are due by the opening hours."""
    return session.scalars(
        select(Alert)
        .where(
            Alert.clinic_id == clinic_id,
            Alert.closed_at.is_(None),
            Alert.acknowledged_at.is_(None),
            Alert.level == "N",
        )
        .order_by(Alert.id)
        .with_for_update()
    ).all()


def all_of_episode(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[Alert]:
    """All alerts of an episode, locked."""
    return session.scalars(
        select(Alert)
        .where(Alert.clinic_id == clinic_id, Alert.episode_id == episode_id)
        .order_by(Alert.id)
        .with_for_update()
    ).all()


def due_for_recheck(session: Session, clinic_id: UUID, now: datetime) -> Sequence[UUID]:
    """Open alerts whose recheck has come."""
    return session.scalars(
        select(Alert.id)
        .where(Alert.clinic_id == clinic_id, Alert.closed_at.is_(None), Alert.recheck_at <= now)
        .order_by(Alert.recheck_at, Alert.id)
    ).all()


def opened_since(
    session: Session, clinic_id: UUID, since: datetime
) -> Sequence[Row[str, datetime, datetime | None, datetime | None]]:
    """Level, opening, due time and first acknowledgement of alerts opened since a moment."""
    first = (
        select(func.min(AlertEvent.at))
        .where(
            AlertEvent.clinic_id == Alert.clinic_id,
            AlertEvent.alert_id == Alert.id,
            AlertEvent.kind == "acknowledged",
        )
        .scalar_subquery()
    )
    return session.execute(
        select(Alert.level, Alert.opened_at, Alert.due_at, func.coalesce(first, Alert.acknowledged_at)).where(
            Alert.clinic_id == clinic_id, Alert.opened_at >= since
        )
    ).all()


def entries_since(session: Session, clinic_id: UUID, since: datetime) -> int:
    """How many diary items have come in for the first time since a moment."""
    return (
        session.scalar(
            select(func.count())
            .select_from(EntryRevision)
            .where(
                EntryRevision.clinic_id == clinic_id,
                EntryRevision.parent_id.is_(None),
                EntryRevision.received_at >= since,
            )
        )
        or 0
    )
