"""Taking files in: first a report of every line, then all of it or nothing, in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

from marshmallow import ValidationError
from sqlalchemy.orm import Session

from server.errors import ConflictError, InvalidError
from server.imports.mapping import OWN, lacking_columns, missing_columns
from server.imports.mapping import Mapping as FileMapping
from server.imports.problems import MOST_TOLD, Problem
from server.imports.sheet import Sheet, read_sheet
from server.persistence.db import transaction
from server.persistence.queries import people
from server.schemas.fields import available_zones, pointers
from server.schemas.importing import MappingSchema
from server.security.actors import Staff
from server.services import import_diaries, import_procedures
from server.services.auditing import audit


class Plan(Protocol):
    """What a file would change: counts, problems, and how to do it."""

    problems: list[Problem]
    counts: dict[str, int]

    def store(self, session: Session, staff: Staff, now: datetime) -> None:
        """Carry it out inside the caller's transaction."""


@dataclass(frozen=True, slots=True)
class File:
    """What was chosen: the bytes, what they hold, how they say it, and the zone of their clock."""

    kind: str
    raw: bytes
    mapping: FileMapping = OWN
    zone: str | None = None

    @property
    def digest(self) -> str:
        """The same for the same choice, so that what is stored is what the report was about."""
        told = [self.kind, self.zone, *map(str, _plain(self.mapping)), hashlib.sha256(self.raw).hexdigest()]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(slots=True)
class Report:
    """What is in a file, line by line where something is to be said."""

    kind: str
    digest: str
    stored: bool = False
    lines: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    @property
    def errors(self) -> int:
        """Problems that keep the file out."""
        return sum(problem.error for problem in self.problems)

    def told(self) -> dict[str, Any]:
        """As plain data; of very many problems the first."""
        ordered = sorted(self.problems, key=lambda one: (not one.error, one.line))
        return {
            "kind": self.kind,
            "digest": self.digest,
            "stored": self.stored,
            "lines": self.lines,
            "counts": self.counts,
            "errors": self.errors,
            "notes": len(self.problems) - self.errors,
            "problems": [one._asdict() for one in ordered[:MOST_TOLD]],
        }


_PLANS: Final[Mapping[str, Callable[..., Plan]]] = {
    "procedures": import_procedures.plan,
    "diary": import_diaries.plan,
}
_COLUMNS: Final = {"procedures": import_procedures.COLUMNS, "diary": import_diaries.COLUMNS}
_NEEDED: Final[Mapping[str, Sequence[tuple[str, ...]]]] = {
    "procedures": (("record_number",), ("region",), ("level",), ("side",)),
    "diary": (
        ("record_number", "episode_id"),
        ("taken_local", "taken_date", "taken_utc"),
        ("pain", "skipped"),
    ),
}
KINDS: Final = tuple(_PLANS)


def run(staff: Staff, file: File, now: datetime, *, confirmed: str | None = None) -> Report:
    """Report what a file would change; with the digest of that report `confirmed`, change it.

    A file with a single error changes nothing. The same file again changes nothing either. Raises
    `ConflictError` when another file was confirmed, `InvalidError` for a mapping that names unknown columns.
    """
    if confirmed is not None and confirmed != file.digest:
        raise ConflictError("This is not the file the report was about. Choose it again.", code="other-file")
    _check_mapping(file)
    sheet = read_sheet(file.raw, file.mapping.delimiter, file.mapping.encoding)
    with transaction(staff.clinic_id) as session:
        zone = file.zone or people.clinic(session, staff.clinic_id).zone
        lacking = lacking_columns(sheet, file.mapping, _NEEDED[file.kind]) if sheet.columns else []
        # Without a column every line would say the same again.
        read = Sheet() if lacking else sheet
        plan = _PLANS[file.kind](session, staff.clinic_id, read, file.mapping, zone, now)
        problems = [
            *sheet.problems,
            *lacking,
            *missing_columns(sheet, file.mapping),
            *plan.problems,
            *_aside(sheet, file),
        ]
        report = Report(file.kind, file.digest, lines=len(sheet.rows), counts=plan.counts, problems=problems)
        if confirmed is not None and not report.errors:
            plan.store(session, staff, now)
            report.stored = True
        audit(
            session,
            staff,
            "import.store" if report.stored else "import.check",
            "clinic",
            staff.clinic_id,
            now,
            kind=file.kind,
            lines=report.lines,
            errors=report.errors,
            digest=hashlib.sha256(file.raw).hexdigest(),
            **plan.counts,
        )
    return report


def _check_mapping(file: File) -> None:
    known = _COLUMNS[file.kind]
    named = {*file.mapping.columns, *file.mapping.values, *file.mapping.constants}
    wrong = sorted(named - set(known))
    if wrong:
        raise InvalidError(
            f"The mapping names columns that are not ours: {', '.join(wrong)}.",
            [{"pointer": "/mapping", "code": "unknown-column"}],
        )
    if file.zone is not None and file.zone not in available_zones():
        raise InvalidError("This is not a time zone.", [{"pointer": "/zone", "code": "zone"}])


def _aside(sheet: Sheet, file: File) -> list[Problem]:
    """One note about the columns nobody reads."""
    read = {file.mapping.columns.get(name, name) for name in _COLUMNS[file.kind]}
    unread = [name for name in sheet.columns if name and name not in read]
    if not unread:
        return []
    named = ", ".join(unread[:8]) + (f" and {len(unread) - 8} more" if len(unread) > 8 else "")
    return [Problem(1, None, "columns-unread", f"These columns are not read: {named}.", error=False)]


def _plain(mapping: FileMapping) -> list[Any]:
    told = (
        sorted(mapping.columns.items()),
        sorted((k, sorted(v.items())) for k, v in mapping.values.items()),
    )
    return [
        *told,
        sorted(mapping.constants.items()),
        mapping.date,
        mapping.time,
        mapping.delimiter,
        mapping.encoding,
    ]


def read_mapping(raw: bytes | None) -> FileMapping:
    """The mapping of a file; raises `InvalidError` with what is wrong with it."""
    if raw is None:
        return OWN
    try:
        made: FileMapping = MappingSchema().load(json.loads(raw))
    except ValueError as error:
        raise InvalidError("The mapping is not valid JSON.") from error
    except ValidationError as error:
        wrong = "; ".join(f"{one['pointer']} {one['message']}" for one in pointers(error.messages))
        raise InvalidError(f"The mapping cannot be used: {wrong}") from error
    return made


def in_words(report: Report) -> Iterator[str]:
    """The report as lines of text."""
    for problem in sorted(report.problems, key=lambda one: (not one.error, one.line)):
        at = f"line {problem.line}" + (f", {problem.column}" if problem.column else "")
        yield f"{'error' if problem.error else 'note '}  {at}: {problem.sentence} [{problem.code}]"
    counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
    yield f"{report.lines} lines: {counts}; {report.errors} errors"
    yield "Stored." if report.stored else "Nothing was stored."


def acting(session_id: UUID, email: str, clinic_id: UUID) -> Staff:
    """The clinician in whose name an operator imports. Raises `InvalidError`."""
    with transaction(clinic_id, reading=True) as session:
        found = people.clinician_by_email(session, clinic_id, email)
        if found is None or found.role not in {"physician", "admin"}:
            raise InvalidError("Nobody who may import has this e-mail address at this clinic.")
        return Staff(clinic_id, found.id, session_id, found.name, found.email, found.role)
