"""Taking data out: one episode or a whole clinic, page by page, every page an audited read of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from server.domain.diary import parse_episode
from server.domain.series import grade_entries
from server.errors import ConflictError, NotFoundError
from server.exports import fhir
from server.exports.archive import archive
from server.exports.deidentified import EPOCH_MOMENT, moment_of
from server.exports.deidentified import deidentified as without_names
from server.exports.notes import DEIDENTIFIED_NOTES, notes
from server.exports.record import Item, Person, Record, Version
from server.exports.settled import Settled
from server.exports.signature import concluded
from server.exports.table import ENTRIES, IMPRESSIONS, REVISIONS, Table
from server.exports.wide import EPISODES
from server.persistence.db import transaction
from server.persistence.queries import episodes, exports, people
from server.persistence.queries.exports import Found
from server.persistence.tables import Entry, EntryRevision, Episode
from server.security.actors import Actor, Staff
from server.services.auditing import audit
from server.services.heads import heads_among
from server.services.review import criteria_of, engine_input, reread
from server.services.sign_offs import signature_of

PAGE: Final = 25
TABLES: Final = (ENTRIES, EPISODES, IMPRESSIONS, REVISIONS)

Secret = str | None
"""The clinic's secret where names are to be left out; None where they stay."""


def tables(actor: Actor, secret: Secret, now: datetime, only: UUID | None = None) -> Iterator[bytes]:
    """All tables with their codebook as a ZIP archive, in pieces; `only` one episode, else the clinic's all.

    The first piece is made at once, so that whatever keeps the export from starting is raised here. Raises
    `NotFoundError` for an unknown episode.
    """

    since = Settled()

    def records(table: Table) -> Iterator[Record]:
        return _records(actor, f"export.{table.name.removesuffix('.csv')}", secret, now, only, since)

    packed_at = EPOCH_MOMENT if secret else now
    return _started(archive(TABLES, records, _notes(actor, secret, now), packed_at))


def diaries(actor: Actor, secret: Secret, now: datetime, only: UUID | None = None) -> Iterator[bytes]:
    """Diaries as JSON Lines, as `afterblock analyse` reads them; episodes that have no reading are left out.

    Raises `NotFoundError`, and for a single episode `ConflictError` (`not-readable-yet`).
    """
    found = _records(actor, "export.diaries", secret, now, only)
    lines = (_line(record) for record in found if record.diary is not None)
    if only is None:
        return _started(lines)
    first = next(lines, None)
    if first is None:
        raise ConflictError("There is nothing to read in this episode yet.", code="not-readable-yet")
    return iter([first])


def bundle_of(staff: Staff, episode_id: UUID, secret: Secret, now: datetime) -> dict[str, Any]:
    """One episode as a FHIR R4 Bundle. Raises `NotFoundError`."""
    record = next(_records(staff, "export.fhir", secret, now, episode_id))
    with transaction(staff.clinic_id, reading=True) as session:
        clinic = "clinic" if secret else people.clinic(session, staff.clinic_id).name
        episode = episodes.episode(session, staff.clinic_id, episode_id)
        signed = None if episode is None else _signed(session, episode, record if secret else None)
    return fhir.bundle(record, clinic, moment_of(record) if secret else now, signed)


def _signed(session: Session, episode: Episode, nameless: Record | None) -> fhir.SignOff | None:
    """The sign-off of the reading as it stands; a re-opened one makes no report final.

    With a `nameless` record neither the physician's name, a free text nor a true date goes out.
    """
    signature = signature_of(session, episode)
    if signature is None or not signature.holds:
        return None
    told = concluded(signature.conclusion, (nameless or episode).record["procedure"])
    if nameless is not None:
        return fhir.SignOff("physician", moment_of(nameless), told)
    return fhir.SignOff(signature.by, signature.at, f"{told} {signature.note or ''}".rstrip())


def _line(record: Record) -> bytes:
    return json.dumps(record.diary, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _started(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces with the first one made: an answer that has begun can no longer tell of a failure."""
    return chain([next(pieces, b"")], pieces)


def _records(
    actor: Actor, action: str, secret: Secret, now: datetime, only: UUID | None, since: Settled | None = None
) -> Iterator[Record]:
    """Every record, page by page; a page is read and audited in one transaction."""
    change = partial(without_names, secret=secret, since=since or Settled()) if secret else _as_it_is
    for page in _pages(actor, action, now, only, deidentified=bool(secret)):
        yield from map(change, page)


def _as_it_is(record: Record) -> Record:
    return record


def _pages(
    actor: Actor, action: str, now: datetime, only: UUID | None, *, deidentified: bool
) -> Iterator[list[Record]]:
    last: UUID | None = None
    while True:
        with transaction(actor.clinic_id) as session:
            ids = [only] if only else list(episodes.ids_after(session, actor.clinic_id, last, PAGE))
            _read_due(session, actor.clinic_id, ids, now)
            found = exports.page(session, actor.clinic_id, ids, criteria_of(session, actor.clinic_id))
            if only and not found:
                raise NotFoundError("There is no such episode.")
            if only:
                audit(session, actor, action, "episode", only, now, deidentified=deidentified)
            else:
                told = [str(one.episode.id) for one in found]
                clinic_id = actor.clinic_id
                audit(
                    session, actor, action, "clinic", clinic_id, now, deidentified=deidentified, episodes=told
                )
            page = [record_of(one, now) for one in found]
        yield page
        if only or len(ids) < PAGE:
            return
        last = ids[-1]


def _read_due(session: Session, clinic_id: UUID, ids: Iterable[UUID], now: datetime) -> None:
    """Readings that time alone has changed are made anew, as on the screen."""
    for episode_id in ids:
        episode = episodes.episode(session, clinic_id, episode_id)
        if episode is not None and episode.next_read_at is not None and episode.next_read_at <= now:
            reread(session, episode, now)
    session.flush()


def record_of(found: Found, now: datetime) -> Record:
    """The rows of an episode as the value exports take."""
    episode, patient, reading = found.episode, found.patient, found.reading
    heads = heads_among(found.entries, found.revisions)
    read_at = None if reading is None else reading.read_at
    diary = engine_input(episode, heads, read_at or now)
    grades = (
        {}
        if diary is None
        else {g.entry.name: (g.slot, g.grade) for g in grade_entries(parse_episode(diary))}
    )
    first = found.first_performed
    return Record(
        id=str(episode.id),
        person=Person(str(patient.id), patient.record_number, patient.name, patient.born_on),
        status=episode.status,
        zone=episode.zone,
        protocol=episode.protocol,
        record=episode.record,
        revision=episode.revision,
        change=episode.change_seq,
        items=tuple(_items(found.entries, found.revisions, grades)),
        versions=tuple(map(_version, found.revisions)),
        diary=diary if reading is not None else None,
        reading=None if reading is None else reading.body,
        read_at=read_at,
        first_on=None if first is None else first.astimezone(ZoneInfo(episode.zone)).date(),
    )


def _items(
    entries: Sequence[Entry],
    revisions: Sequence[EntryRevision],
    grades: Mapping[str, tuple[str | None, str]],
) -> Iterator[Item]:
    """Diary items in the order they were first stored."""
    history: dict[UUID, list[EntryRevision]] = {}
    for revision in revisions:
        history.setdefault(revision.entry_id, []).append(revision)
    by_id = {entry.id: entry for entry in entries}
    for entry_id, versions in history.items():
        entry = by_id[entry_id]
        head = next(version for version in versions if version.id == entry.head_revision_id)
        slot, grade = grades.get(str(entry_id), (None, None))
        yield Item(_version(head), len(versions) > 1, entry.deleted, entry.conflict, slot, grade)


def _version(row: EntryRevision) -> Version:
    return Version(
        entry_id=str(row.entry_id),
        revision_id=str(row.id),
        parent_id=None if row.parent_id is None else str(row.parent_id),
        kind=row.kind,
        op=row.op,
        body=row.body,
        recorded=row.recorded,
        status=row.status,
        source=row.source,
        clock_suspect=row.clock_suspect,
        received_at=row.received_at,
        change=row.change_seq,
    )


def _notes(actor: Actor, secret: Secret, now: datetime) -> str:
    """What comes with the tables, for whoever finds the file later."""
    with transaction(actor.clinic_id, reading=True) as session:
        clinic = people.clinic(session, actor.clinic_id)
        return DEIDENTIFIED_NOTES if secret else notes(clinic.name, clinic.change_seq, now)
