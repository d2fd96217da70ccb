"""The worklist: which episodes fit, in which group each stands, and how many stand in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from server.domain.worklist import GROUPS
from server.persistence.queries import worklist_statements as statements
from server.persistence.queries.worklist_statements import ESCAPE, PLACE, Shape
from server.persistence.tables import Episode

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

    episode: Row[Any]
    patient: Row[Any]
    group: str
    waiting: int
    urgency: int | None
    seen: int | None


def page(session: Session, clinic_id: UUID, wanted: Wanted, now: datetime) -> list[Listed]:
    """A page of the list.

    Sorting and paging run on the list's index alone; only the rows of the page are read whole.
    """
    values = _values(clinic_id, wanted, now) | {"limit": wanted.limit, "offset": wanted.offset}
    if wanted.group is not None:
        values["place"] = PLACE[wanted.group]
    found = session.execute(statements.page(_shape(wanted)), values).all()
    shown = {"clinic_id": clinic_id, "shown": [row[0] for row in found]}
    rows = {episode.id: (episode, patient) for episode, patient in session.execute(statements.LINES, shown)}
    return [
        Listed(*rows[id_], GROUPS[group], waiting or 0, urgency, seen)
        for id_, group, waiting, urgency, seen in found
    ]


def counts(session: Session, clinic_id: UUID, wanted: Wanted, now: datetime) -> dict[str, int]:
    """How many of the fitting episodes stand in each group, whichever group is shown."""
    rows = session.execute(statements.counts(_shape(wanted)), _values(clinic_id, wanted, now))
    found = {GROUPS[group]: count for group, count in rows}
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
    change, events, over = session.execute(statements.PULSE, {"clinic_id": clinic_id, "now": now}).one()
    return f"{change or 0}.{events or 0}.{over or 0}"


def _shape(wanted: Wanted) -> Shape:
    status = () if wanted.status is None else ("status",)
    return Shape((*status, *wanted.facets), len(wanted.words), wanted.sort, wanted.group is not None)


def _values(clinic_id: UUID, wanted: Wanted, now: datetime) -> dict[str, Any]:
    values = {"clinic_id": clinic_id, "now": now, **wanted.facets}
    if wanted.status is not None:
        values["status"] = wanted.status
    for number, word in enumerate(wanted.words):
        values |= {f"word{number}": _plain(word), f"exactly{number}": word}
    return values


def _plain(word: str) -> str:
    """A word as a part of a pattern that means the word itself."""
    for sign in (ESCAPE, "%", "_"):
        word = word.replace(sign, ESCAPE + sign)
    return word
