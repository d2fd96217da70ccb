"""Finding entries, revisions and quarantined records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from server.domain.revisions import Version
from server.persistence.tables import Entry, EntryRevision, InboxDecision, Quarantine, ServerState

AUTHORS: Final = {"phone": "patient", "import": "staff", "staff": "staff"}
"""Who wrote a version, by where it came from."""
MOST_IDS: Final = 500


def epoch(session: Session) -> UUID:
    """The server's identity, changed by a restore."""
    return session.scalars(select(ServerState.epoch)).one()


class Known(NamedTuple):
    """A record that is stored or kept already: whose it is, what it said, its change number, when it came."""

    patient_id: UUID
    fingerprint: str
    change_seq: int
    received_at: datetime


def known_revisions(session: Session, clinic_id: UUID, ids: Collection[UUID]) -> dict[UUID, Known]:
    """Which of these revisions are stored."""
    return _known(session, EntryRevision, clinic_id, ids)


def known_quarantine(session: Session, clinic_id: UUID, ids: Collection[UUID]) -> dict[UUID, Known]:
    """Which of these unreadable records are kept already."""
    return _known(session, Quarantine, clinic_id, ids)


def _known(
    session: Session, table: type[EntryRevision | Quarantine], clinic_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Known]:
    rows = session.execute(
        select(table.id, table.patient_id, table.fingerprint, table.change_seq, table.received_at).where(
            table.clinic_id == clinic_id, table.id.in_(ids)
        )
    )
    return {
        id_: Known(patient_id, fingerprint, change_seq, received_at)
        for id_, patient_id, fingerprint, change_seq, received_at in rows
    }


def entries_by_id(session: Session, clinic_id: UUID, ids: Collection[UUID]) -> dict[UUID, Entry]:
    """Heads of these entries, locked so that the head follows from all revisions."""
    rows = session.scalars(
        select(Entry).where(Entry.clinic_id == clinic_id, Entry.id.in_(ids)).with_for_update()
    )
    return {row.id: row for row in rows}


def versions(session: Session, clinic_id: UUID, entry_ids: Collection[UUID]) -> dict[UUID, list[Version]]:
    """All revisions of these entries, as far as choosing the head needs them."""
    rows = session.execute(
        select(EntryRevision.entry_id, EntryRevision.id, EntryRevision.parent_id, EntryRevision.op).where(
            EntryRevision.clinic_id == clinic_id, EntryRevision.entry_id.in_(entry_ids)
        )
    )
    found: dict[UUID, list[Version]] = {}
    for entry_id, id_, parent_id, op in rows:
        found.setdefault(entry_id, []).append(Version(id_, parent_id, op == "tombstone"))
    return found


class HeadRow(NamedTuple):
    """The counting version of one entry."""

    entry_id: UUID
    body: dict[str, Any]
    clock_suspect: bool


def heads(session: Session, clinic_id: UUID, episode_id: UUID, kind: str = "entry") -> list[HeadRow]:
    """The counting version of each item of one kind of an episode that is not deleted."""
    rows = session.execute(
        select(EntryRevision.entry_id, EntryRevision.body, EntryRevision.clock_suspect)
        .join(
            Entry,
            and_(Entry.clinic_id == EntryRevision.clinic_id, Entry.head_revision_id == EntryRevision.id),
        )
        .where(
            Entry.clinic_id == clinic_id,
            Entry.episode_id == episode_id,
            Entry.kind == kind,
            Entry.deleted.is_(False),
            EntryRevision.body.is_not(None),
        )
    )
    return [HeadRow(entry_id, body or {}, suspect) for entry_id, body, suspect in rows]


def entries_of(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[Entry]:
    """All diary items of an episode, deleted ones included; what a phone did with a red flag is none."""
    return session.scalars(
        select(Entry).where(
            Entry.clinic_id == clinic_id, Entry.episode_id == episode_id, Entry.kind != "flag_event"
        )
    ).all()


def revisions_of(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[EntryRevision]:
    """All revisions of an episode in the order they were stored."""
    return session.scalars(
        select(EntryRevision)
        .where(EntryRevision.clinic_id == clinic_id, EntryRevision.episode_id == episode_id)
        .order_by(EntryRevision.change_seq)
    ).all()


def bodies(session: Session, clinic_id: UUID, entry_ids: Sequence[UUID]) -> list[EntryRevision]:
    """Every version of these entries, some hundred entries at a time: databases bind only so many values."""
    found: list[EntryRevision] = []
    for first in range(0, len(entry_ids), MOST_IDS):
        part = entry_ids[first : first + MOST_IDS]
        found += session.scalars(
            select(EntryRevision).where(
                EntryRevision.clinic_id == clinic_id, EntryRevision.entry_id.in_(part)
            )
        )
    return found


def revision(session: Session, clinic_id: UUID, revision_id: UUID) -> EntryRevision | None:
    """One version of one entry."""
    return session.get(EntryRevision, (clinic_id, revision_id))


class Change(NamedTuple):
    """One stored revision as a phone may ask for it."""

    seq: int
    kind: str
    entry_id: UUID
    rev_id: UUID
    parent_rev: UUID | None
    episode_id: UUID
    op: str
    body: dict[str, Any] | None
    recorded: dict[str, Any]
    received_at: datetime
    source: str

    def told(self) -> dict[str, Any]:
        """As a phone reads it: whether its patient wrote it, or the clinic."""
        shown = self._asdict()
        return shown | {"by": AUTHORS.get(shown.pop("source"), "staff")}


def changes_between(
    session: Session,
    clinic_id: UUID,
    patient_id: UUID,
    after: int,
    until: int | None,
    most: int,
    kinds: Collection[str],
) -> list[Change]:
    """A patient's revisions of these kinds numbered after `after` up to `until`, in order, at most `most`."""
    table = EntryRevision
    statement = (
        select(
            table.change_seq,
            table.kind,
            table.entry_id,
            table.id,
            table.parent_id,
            table.episode_id,
            table.op,
            table.body,
            table.recorded,
            table.received_at,
            table.source,
        )
        .where(
            table.clinic_id == clinic_id,
            table.patient_id == patient_id,
            table.change_seq > after,
            table.kind.in_(kinds),
        )
        .order_by(table.change_seq)
        .limit(most)
    )
    if until is not None:
        statement = statement.where(table.change_seq <= until)
    return [Change(*row) for row in session.execute(statement)]


def quarantine_of(session: Session, clinic_id: UUID, patient_id: UUID) -> Sequence[Quarantine]:
    """A patient's records that wait for a decision of staff, oldest first."""
    decided = exists().where(
        InboxDecision.clinic_id == Quarantine.clinic_id, InboxDecision.quarantine_id == Quarantine.id
    )
    return session.scalars(
        select(Quarantine)
        .where(Quarantine.clinic_id == clinic_id, Quarantine.patient_id == patient_id, ~decided)
        .order_by(Quarantine.change_seq)
    ).all()
