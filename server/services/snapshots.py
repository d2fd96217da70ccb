"""The columns of a clinic's readings, kept in memory as long as nothing has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from server.domain.cohort import Cohort
from server.persistence.queries import cohorts, people
from server.services.cohort_rows import FACETS

MOST_BYTES: Final = 200 * 1024 * 1024
"""All clinics' columns together; the least recently used go first."""
AT_ONCE: Final = 2_000

Key = tuple[int, datetime | None, date]


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """The values of one facet: the place of each episode's value among `names`."""

    names: tuple[str, ...]
    places: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """All readings of a clinic as columns: `days` are those of T0, counted from 1970-01-01."""

    change: int
    cohort: Cohort
    days: NDArray[np.int32]
    facets: dict[str, Facet]

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.cohort.nbytes + self.days.nbytes + sum(f.places.nbytes for f in self.facets.values())


_kept: OrderedDict[UUID, tuple[Key, Snapshot]] = OrderedDict()
_guard = Lock()


def snapshot(session: Session, clinic_id: UUID, today: date) -> Snapshot:
    """The columns as they are now: from memory while the clinic's change number and newest reading stand."""
    change = people.clinic(session, clinic_id).change_seq
    key = (change, cohorts.newest(session, clinic_id), today)
    with _guard:
        known = _kept.get(clinic_id)
        if known is not None and known[0] == key:
            _kept.move_to_end(clinic_id)
            return known[1]
    made = columns(cohorts.rows(session, clinic_id, AT_ONCE), today, change)
    with _guard:
        _kept[clinic_id] = (key, made)
        _kept.move_to_end(clinic_id)
        while len(_kept) > 1 and sum(kept.nbytes for _, kept in _kept.values()) > MOST_BYTES:
            _kept.popitem(last=False)
    return made


def columns(pages: Iterable[list[list[Any]]], today: date, change: int) -> Snapshot:
    """Columns of packed rows, page by page, so that the rows themselves are never all in memory."""
    parts: list[Cohort] = []
    days: list[NDArray[np.int32]] = []
    names: list[dict[str, int]] = [{} for _ in FACETS]
    places: list[NDArray[np.int32]] = []
    for page in pages:
        numbers = [content[1] for content in page]
        parts.append(Cohort.of_numbers(numbers, today))
        days.append(np.array([row[0] for row in numbers], np.int32))
        places.append(np.array([_places(content[0], names) for content in page], np.int32))
    table = np.concatenate(places) if places else np.zeros((0, len(FACETS)), np.int32)
    return Snapshot(
        change,
        Cohort.joined(parts),
        np.concatenate(days) if days else np.zeros(0, np.int32),
        {name: Facet(tuple(names[n]), table[:, n].copy()) for n, name in enumerate(FACETS)},
    )


def _places(values: list[str], names: list[dict[str, int]]) -> list[int]:
    """The place of each facet's value; a new value gets the next."""
    try:
        return [known[value] for known, value in zip(names, values, strict=True)]
    except KeyError:
        return [known.setdefault(value, len(known)) for known, value in zip(names, values, strict=True)]
