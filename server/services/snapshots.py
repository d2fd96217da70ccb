"""The columns of a clinic's readings, kept in memory as long as nothing has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Final
from uuid import UUID

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from server.domain.cohort import WIDTH, Cohort
from server.persistence.queries import cohorts, people
from server.services.cohort_rows import FACETS, NOT_RECORDED

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
    """All readings of a clinic as columns: `days` are those of T0, counted from 1970-01-01.

    `episodes` holds the ids, 16 bytes each, one after the other.
    """

    change: int
    episodes: bytes
    cohort: Cohort
    days: NDArray[np.int32]
    facets: dict[str, Facet]

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        facets = sum(facet.places.nbytes for facet in self.facets.values())
        return self.cohort.nbytes + self.days.nbytes + len(self.episodes) + facets

    def places(self) -> dict[bytes, int]:
        """Where each episode stands in the columns."""
        return {self.episodes[16 * place : 16 * place + 16]: place for place in range(len(self.days))}


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


def columns(pages: Iterable[cohorts.Page], today: date, change: int) -> Snapshot:
    """Columns of packed rows, page by page, so that the rows themselves are never all in memory."""
    parts: list[Cohort] = []
    days: list[NDArray[np.int32]] = []
    episodes = bytearray()
    names: list[dict[str, int]] = [{} for _ in FACETS]
    kinds: dict[bytes, int] = {}
    places: list[NDArray[np.int32]] = []
    for ids, page in pages:
        episodes += b"".join([id_.bytes for id_ in ids])
        numbers = page.numbers.reshape(-1, WIDTH)
        parts.append(Cohort.of_numbers(numbers, today))
        days.append(numbers[:, 0].astype(np.int32))
        # Few different sets of values exist: each is numbered, and looked up once at the end.
        places.append(np.array([kinds.setdefault(told, len(kinds)) for told in page.facets], np.int32))
    found = [_places(msgspec.json.decode(told), names) for told in kinds]
    looked_up = np.array(found, np.int32).reshape(-1, len(FACETS))
    table = looked_up[np.concatenate(places)] if places else looked_up
    return Snapshot(
        change,
        bytes(episodes),
        Cohort.joined(parts),
        np.concatenate(days) if days else np.zeros(0, np.int32),
        {name: Facet(tuple(names[n]), table[:, n].copy()) for n, name in enumerate(FACETS)},
    )


def _places(values: Sequence[str], names: list[dict[str, int]]) -> list[int]:
    """The place of each facet's value; a new value gets the next. What an earlier version did not keep
    is not recorded."""
    known = (*values, *(NOT_RECORDED,) * (len(names) - len(values)))
    return [places.setdefault(value, len(places)) for value, places in zip(known, names, strict=True)]
