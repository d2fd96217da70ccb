"""The worklist: which episodes fit, in which group each stands, and how many stand in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from server.domain.worklist import GROUPS
from server.persistence.tables import Alert, Clinic, Episode, Patient
from server.persistence.types import Instant

PLACE: Final = {name: place for place, name in enumerate(GROUPS)}
NEVER: Final = literal(datetime(1, 1, 2, tzinfo=UTC), Instant)
"""Where an injection that has no time yet stands among the newest: last."""
FACETS: Final = ("level", "side", "operator", "agent", "indication", "sign_state")
"""What the list is filtered by: the columns of the same names."""


class Wanted(NamedTuple):
    """Which part of the list, in which order."""

    words: Sequence[str] = ()
    status: str | None = None
    group: str | None = None
    facets: Mapping[str, str] = {}
    sort: str = "triage"
    limit: int = 50
    offset: int = 0


class Listed(NamedTuple):
    """One line: the episode, its patient, and what its alerts say."""

    episode: Episode
    patient: Patient
    group: str
    waiting: int
    urgency: int | None
    seen: int | None


def page(session: Session, clinic_id: UUID, wanted: Wanted, now: datetime) -> list[Listed]:
    """A page of the list.

    Sorting and paging run on the list's index alone; only the rows of the page are read whole.
    """
    flags = _flags(clinic_id)
    place = _place(flags, now)
    columns = select(Episode.id, place, flags.c.waiting, flags.c.urgency, flags.c.seen)
    fitting = _fitting(columns, clinic_id, flags, wanted)
    if wanted.group is not None:
        fitting = fitting.where(place == PLACE[wanted.group])
    found = session.execute(
        fitting.order_by(*_order(place, flags, wanted.sort)).limit(wanted.limit).offset(wanted.offset)
    ).all()
    rows = _rows(session, clinic_id, [row[0] for row in found])
    return [
        Listed(*rows[id_], GROUPS[group], waiting or 0, urgency, seen)
        for id_, group, waiting, urgency, seen in found
    ]


def counts(session: Session, clinic_id: UUID, wanted: Wanted, now: datetime) -> dict[str, int]:
    """How many of the fitting episodes stand in each group, whichever group is shown."""
    flags = _flags(clinic_id)
    place = _place(flags, now)
    fitting = _fitting(select(place, func.count()), clinic_id, flags, wanted)
    found = {GROUPS[group]: count for group, count in session.execute(fitting.group_by(place))}
    return {group: found.get(group, 0) for group in GROUPS}


def choices(session: Session, clinic_id: UUID) -> dict[str, list[str]]:
    """The values that occur, for each part of the list that can be filtered."""
    found = {}
    for name in FACETS[:-1]:
        column = getattr(Episode, name)
        values = session.scalars(
            select(column)
            .where(Episode.clinic_id == clinic_id, column.is_not(None))
            .distinct()
            .order_by(column)
        )
        found[name] = list(values)
    return found


def pulse(session: Session, clinic_id: UUID, now: datetime) -> str:
    """Changes whenever the list does: by a record, a sign-off, an alert, or a term that ran out."""
    change = session.scalar(select(Clinic.change_seq).where(Clinic.clinic_id == clinic_id)) or 0
    events = session.scalar(select(func.sum(Alert.events)).where(Alert.clinic_id == clinic_id)) or 0
    over = session.scalar(
        select(func.count()).where(
            Episode.clinic_id == clinic_id,
            Episode.stage == "running",
            or_(Episode.silent_at <= now, Episode.follow_up_at <= now),
        )
    )
    return f"{change}.{events}.{over or 0}"


def _flags(clinic_id: UUID) -> Subquery:
    """What the alerts of each episode say. Closed ones are no work any more, and still told as seen."""
    is_open = Alert.closed_at.is_(None)
    waiting = and_(is_open, Alert.acknowledged_at.is_(None))
    rank = case((Alert.level == "E", 0), (Alert.level == "S", 1), else_=2)
    return (
        select(
            Alert.episode_id,
            func.count(case((waiting, 1))).label("waiting"),
            func.min(case((waiting, rank))).label("urgency"),
            func.min(case((Alert.acknowledged_at.is_not(None), rank))).label("seen"),
            func.count(case((is_open, 1))).label("open"),
        )
        .where(Alert.clinic_id == clinic_id)
        .group_by(Alert.episode_id)
        .subquery()
    )


def _place(flags: Subquery, now: datetime) -> ColumnElement[int]:
    """The group as its place in the order."""
    stage, moment = Episode.stage, literal(now, Episode.silent_at.type)
    return case(
        (flags.c.open > 0, PLACE["flags"]),
        (stage == "worse", PLACE["worse"]),
        (stage == "ready", PLACE["ready"]),
        (and_(stage == "running", Episode.silent_at <= moment), PLACE["silent"]),
        (and_(stage == "running", Episode.follow_up_at <= moment), PLACE["follow_up"]),
        (stage == "running", PLACE["stable"]),
        (stage == "planned", PLACE["planned"]),
        else_=PLACE["finished"],
    )


def _fitting(statement: Any, clinic_id: UUID, flags: Subquery, wanted: Wanted) -> Any:
    statement = statement.select_from(Episode).outerjoin(flags, flags.c.episode_id == Episode.id)
    statement = statement.where(Episode.clinic_id == clinic_id)
    if wanted.status is not None:
        statement = statement.where(Episode.status == wanted.status)
    for name, value in wanted.facets.items():
        statement = statement.where(getattr(Episode, name) == value)
    if wanted.words or wanted.sort == "name":
        statement = statement.join(
            Patient, and_(Patient.clinic_id == Episode.clinic_id, Patient.id == Episode.patient_id)
        )
    if wanted.words:
        statement = statement.where(_matches(wanted.words))
    return statement


def _matches(words: Sequence[str]) -> ColumnElement[bool]:
    """Every word must stand in the patient's name or number, or be the level."""
    return and_(
        *(
            or_(Patient.search_text.contains(w, autoescape=True), func.lower(Episode.level) == w)
            for w in words
        )
    )


def _order(place: ColumnElement[int], flags: Subquery, sort: str) -> tuple[Any, ...]:
    """Every order ends in the id, so that equal lines keep their places from page to page."""
    newest = func.coalesce(Episode.performed_at, NEVER).desc()
    if sort == "name":
        return (Patient.search_text, newest, Episode.id)
    if sort == "newest":
        return (newest, Episode.id)
    if sort == "last_entry":
        return (Episode.last_entry_at.is_(None), Episode.last_entry_at.desc(), Episode.id)
    waits = case(
        (place == PLACE["silent"], Episode.silent_at), (place == PLACE["follow_up"], Episode.follow_up_at)
    )
    return (place, func.coalesce(flags.c.urgency, 3), waits, newest, Episode.id)


def _rows(session: Session, clinic_id: UUID, ids: Sequence[UUID]) -> dict[UUID, tuple[Episode, Patient]]:
    found = session.execute(
        select(Episode, Patient)
        .join(Patient, and_(Patient.clinic_id == Episode.clinic_id, Patient.id == Episode.patient_id))
        .where(Episode.clinic_id == clinic_id, Episode.id.in_(ids))
    )
    return {episode.id: (episode, patient) for episode, patient in found}
