"""One episode as exports take it: the patient, the record, the diary with its versions, and the reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """The patient; in a de-identified export `name` and `born_on` are missing and the rest is invented."""

    id: str
    record_number: str
    name: str | None
    born_on: date | None


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable version of a diary item as it was stored."""

    entry_id: str
    revision_id: str
    parent_id: str | None
    kind: str
    op: str
    body: Json | None
    recorded: Json
    status: str
    source: str
    clock_suspect: bool
    received_at: datetime | None
    """Left out of a de-identified export."""
    change: int


@dataclass(frozen=True, slots=True)
class Item:
    """One diary item with the version that counts, and how the reading took it."""

    head: Version
    edited: bool
    deleted: bool
    conflict: bool
    slot: str | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One episode. `diary` (as `afterblock analyse` reads it) and `reading` are None while it has none."""

    id: str
    person: Person
    status: str
    zone: str | None
    protocol: str
    record: Json
    revision: int
    change: int
    items: tuple[Item, ...]
    versions: tuple[Version, ...]
    diary: Json | None
    reading: Json | None
    read_at: datetime | None
    first_on: date | None
    """The day of the patient's first injection, from which a de-identified export counts."""
    age: int | None = None
    """Told instead of the date of birth."""

    @property
    def procedure(self) -> Json:
        """The procedure as staff recorded it."""
        found: Json = self.record["procedure"]
        return found
