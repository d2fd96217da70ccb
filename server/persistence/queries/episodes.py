"""Finding episodes, their versions, readings and alerts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, exists, func, literal, select, union_all, update
from sqlalchemy.orm import Session

from server.persistence.tables import (
    Device,
    Enrolment,
    Episode,
    EpisodeRevision,
    InboxDecision,
    Quarantine,
    Reading,
)
from server.persistence.types import Instant

_CLINIC: Final = bindparam("clinic_id", type_=Episode.clinic_id.type)
_PATIENTS: Final[Any] = bindparam("patients", expanding=True)
# Asked for every page of a list, so they are put together once.
_PHONES: Final = union_all(
    select(Enrolment.patient_id, literal(0)).where(
        Enrolment.clinic_id == _CLINIC,
        Enrolment.patient_id.in_(_PATIENTS),
        Enrolment.ended_at.is_(None),
        Enrolment.expires_at > bindparam("now", type_=Instant),
    ),
    select(Device.patient_id, literal(1)).where(
        Device.clinic_id == _CLINIC, Device.patient_id.in_(_PATIENTS), Device.revoked_at.is_(None)
    ),
)
"""Whose invitation is open (0) and whose phone is enrolled (1)."""
_WAITING: Final = (
    select(Quarantine.episode_id, func.count())
    .where(
        Quarantine.clinic_id == _CLINIC,
        Quarantine.episode_id.in_(bindparam("episodes", expanding=True)),
        ~exists().where(
            InboxDecision.clinic_id == Quarantine.clinic_id, InboxDecision.quarantine_id == Quarantine.id
        ),
    )
    .group_by(Quarantine.episode_id)
)


def episode(session: Session, clinic_id: UUID, episode_id: UUID) -> Episode | None:
    """One episode of this clinic."""
    return session.get(Episode, (clinic_id, episode_id))


def episode_for_update(session: Session, clinic_id: UUID, episode_id: UUID) -> Episode | None:
    """One episode, locked so that two changes to it come one after the other."""
    return session.scalars(
        select(Episode)
        .where(Episode.clinic_id == clinic_id, Episode.id == episode_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def episodes_of(session: Session, clinic_id: UUID, patient_id: UUID) -> Sequence[Episode]:
    """A patient's episodes, oldest first."""
    return session.scalars(
        select(Episode)
        .where(Episode.clinic_id == clinic_id, Episode.patient_id == patient_id)
        .order_by(Episode.created_at, Episode.id)
    ).all()


def ids_after(session: Session, clinic_id: UUID, after: UUID | None, most: int) -> Sequence[UUID]:
    """A page of a clinic's episode ids, in their own order; `after` is the last of the page before."""
    statement = select(Episode.id).where(Episode.clinic_id == clinic_id)
    if after is not None:
        statement = statement.where(Episode.id > after)
    return session.scalars(statement.order_by(Episode.id).limit(most)).all()


def unread_under(session: Session, clinic_id: UUID, criteria: str) -> int:
    """How many episodes that have a reading have none under this version of the criteria yet."""
    read = select(Reading.episode_id).where(Reading.clinic_id == clinic_id)
    under = read.where(Reading.criteria == criteria)
    counted = select(func.count(func.distinct(Reading.episode_id))).where(
        Reading.clinic_id == clinic_id, Reading.episode_id.not_in(under)
    )
    return session.scalar(counted) or 0


def read_all_again(session: Session, clinic_id: UUID, now: datetime) -> None:
    """Let the worker make every reading anew, soonest first those that were read last."""
    session.execute(
        update(Episode)
        .where(
            Episode.clinic_id == clinic_id,
            Episode.performed_at.is_not(None),
            Episode.status.in_(("performed", "closed")),
        )
        .values(next_read_at=now)
        .execution_options(synchronize_session=False)
    )


def due_for_reading(session: Session, clinic_id: UUID, now: datetime, most: int) -> Sequence[UUID]:
    """Episodes whose reading may have changed by the passing of time, most overdue first."""
    return session.scalars(
        select(Episode.id)
        .where(Episode.clinic_id == clinic_id, Episode.next_read_at <= now)
        .order_by(Episode.next_read_at)
        .limit(most)
    ).all()


def revisions(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[EpisodeRevision]:
    """All versions of an episode's record, oldest first."""
    return session.scalars(
        select(EpisodeRevision)
        .where(EpisodeRevision.clinic_id == clinic_id, EpisodeRevision.episode_id == episode_id)
        .order_by(EpisodeRevision.revision)
    ).all()


def revision(session: Session, clinic_id: UUID, revision_id: UUID) -> EpisodeRevision | None:
    """One version of a record by its id."""
    return session.get(EpisodeRevision, (clinic_id, revision_id))


def reading(session: Session, clinic_id: UUID, episode_id: UUID, criteria: str) -> Reading | None:
    """The stored reading under one criteria version."""
    return session.get(Reading, (clinic_id, episode_id, criteria))


def phone_states(
    session: Session, clinic_id: UUID, patient_ids: Sequence[UUID], now: datetime
) -> dict[UUID, str]:
    """For each patient with a phone or an open invitation: "enrolled" or "invited"."""
    values = {"clinic_id": clinic_id, "patients": patient_ids, "now": now}
    found = session.execute(_PHONES, values).all()
    return dict.fromkeys((one for one, _ in found), "invited") | {
        one: "enrolled" for one, enrolled in found if enrolled
    }


def quarantine_counts(session: Session, clinic_id: UUID, episode_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many records wait for a decision of staff, for each episode."""
    rows = session.execute(_WAITING, {"clinic_id": clinic_id, "episodes": episode_ids})
    return {episode_id: count for episode_id, count in rows if episode_id is not None}
