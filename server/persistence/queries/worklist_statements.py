"""The statements behind the worklist, each written once and then run with values.

To put one together costs about as much as to run it. They are kept by their shape: which filters, how many
words, which order.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Bundle

from server.domain.worklist import GROUPS
from server.persistence.tables import Alert, Clinic, Episode, Patient
from server.persistence.types import Instant

PLACE: Final = {name: place for place, name in enumerate(GROUPS)}
NEVER: Final = literal(datetime(1, 1, 2, tzinfo=UTC), Instant)
"""Where an injection that has no time yet stands among the newest: last."""
ESCAPE: Final = "/"
"""What stands before a sign of a searched word that a pattern would read as its own."""
_CLINIC: Final = bindparam("clinic_id", type_=Episode.clinic_id.type)
_NOW: Final = bindparam("now", type_=Instant)


class Shape(NamedTuple):
    """What decides how a statement reads, apart from the values in it."""

    equal: tuple[str, ...]
    words: int
    sort: str
    grouped: bool


def _flags() -> Subquery:
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
        .where(Alert.clinic_id == _CLINIC)
        .group_by(Alert.episode_id)
        .subquery()
    )


def _place(flags: Subquery) -> ColumnElement[int]:
    """The group as its place in the order."""
    stage = Episode.stage
    return case(
        (flags.c.open > 0, PLACE["flags"]),
        (stage == "worse", PLACE["worse"]),
        (stage == "ready", PLACE["ready"]),
        (and_(stage == "running", Episode.silent_at <= _NOW), PLACE["silent"]),
        (and_(stage == "running", Episode.follow_up_at <= _NOW), PLACE["follow_up"]),
        (stage == "running", PLACE["stable"]),
        (stage == "planned", PLACE["planned"]),
        else_=PLACE["finished"],
    )


_flagged: Final = _flags()
_placed: Final = _place(_flagged)
_same_patient: Final = and_(Patient.clinic_id == Episode.clinic_id, Patient.id == Episode.patient_id)

LINES: Final[Any] = (
    select(
        Bundle(
            "episode",
            *(Episode.id, Episode.status, Episode.zone, Episode.region, Episode.level, Episode.side),
            *(Episode.record, Episode.summary, Episode.entries, Episode.last_entry_at),
            *(Episode.sign_state, Episode.signed_at, Episode.silent_at, Episode.follow_up_at),
        ),
        Bundle("patient", Patient.id, Patient.name, Patient.record_number, Patient.born_on),
    )
    .join_from(Episode, Patient, _same_patient)
    .where(Episode.clinic_id == _CLINIC, Episode.id.in_(bindparam("shown", expanding=True)))
)
"""The rows that are shown, with the columns that are told."""

PULSE: Final = select(
    select(Clinic.change_seq).where(Clinic.clinic_id == _CLINIC).scalar_subquery(),
    select(func.sum(Alert.events)).where(Alert.clinic_id == _CLINIC).scalar_subquery(),
    select(func.count())
    .where(
        Episode.clinic_id == _CLINIC,
        Episode.stage == "running",
        or_(Episode.silent_at <= _NOW, Episode.follow_up_at <= _NOW),
    )
    .scalar_subquery(),
)


@lru_cache(maxsize=128)
def page(shape: Shape) -> Any:
    """Ids of the fitting episodes in order, with their places and what their alerts say."""
    columns = select(Episode.id, _placed, _flagged.c.waiting, _flagged.c.urgency, _flagged.c.seen)
    fitting = _fitting(columns, shape)
    if shape.sort == "name":
        fitting = fitting.join(Patient, _same_patient)
    if shape.grouped:
        fitting = fitting.where(_placed == bindparam("place", type_=Integer))
    ordered = fitting.order_by(*_order(shape.sort))
    return ordered.limit(bindparam("limit", type_=Integer)).offset(bindparam("offset", type_=Integer))


@lru_cache(maxsize=128)
def counts(shape: Shape) -> Any:
    """How many of the fitting episodes stand at each place."""
    return _fitting(select(_placed, func.count()), shape).group_by(_placed)


def _fitting(statement: Any, shape: Shape) -> Any:
    statement = statement.select_from(Episode).outerjoin(_flagged, _flagged.c.episode_id == Episode.id)
    statement = statement.where(Episode.clinic_id == _CLINIC)
    for name in shape.equal:
        column = getattr(Episode, name)
        statement = statement.where(column == bindparam(name, type_=column.type))
    for number in range(shape.words):
        statement = statement.where(_matches(number))
    return statement


def _matches(number: int) -> ColumnElement[bool]:
    """A word must stand in the patient's name or number, or be the level.

    The patients are searched once for each word, which is far less than looking each up for every episode.
    """
    word, level = bindparam(f"word{number}", type_=String), bindparam(f"exactly{number}", type_=String)
    named = select(Patient.id).where(
        Patient.clinic_id == _CLINIC, Patient.search_text.contains(word, escape=ESCAPE)
    )
    return or_(Episode.patient_id.in_(named), func.lower(Episode.level) == level)


def _order(sort: str) -> tuple[Any, ...]:
    """Every order ends in the id, so that equal lines keep their places from page to page."""
    newest = func.coalesce(Episode.performed_at, NEVER).desc()
    if sort == "name":
        return (Patient.search_text, newest, Episode.id)
    if sort == "newest":
        return (newest, Episode.id)
    if sort == "last_entry":
        return (Episode.last_entry_at.is_(None), Episode.last_entry_at.desc(), Episode.id)
    waits = case(
        (or_(_flagged.c.open > 0, Episode.stage != "running"), None),
        (Episode.silent_at <= _NOW, Episode.silent_at),
        (Episode.follow_up_at <= _NOW, Episode.follow_up_at),
    )
    return (_placed, func.coalesce(_flagged.c.urgency, 3), waits, newest, Episode.id)
