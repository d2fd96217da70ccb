"""Writing a decided batch: one multi-row insert a table, and the head of every entry that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid5

from sqlalchemy import Table, insert, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from server.domain.revisions import choose_head
from server.persistence.db import insert_all_new
from server.persistence.tables import Entry, EntryRevision, Quarantine
from server.persistence.types import dump
from server.services.deciding import NOT_STORABLE, Batch
from server.services.operations import Operation, Unreadable


def store(session: Session, batch: Batch) -> None:
    """One multi-row insert per table; record by record only if that fails, so that one cannot sink all."""
    try:
        with session.begin_nested():
            _insert(session, batch.new_entries, batch.revisions, batch.quarantined)
    except (IntegrityError, DataError):
        _store_singly(session, batch)
    for entry_id in {op.entry_id for op in batch.fresh}:
        if len(batch.versions[entry_id]) == 1:
            continue  # the row was inserted with just this head
        head = choose_head(batch.versions[entry_id])
        session.execute(
            update(Entry)
            .where(Entry.clinic_id == batch.phone.clinic_id, Entry.id == entry_id)
            .values(
                head_revision_id=head.revision,
                deleted=head.deleted,
                conflict=head.conflict,
                change_seq=batch.next_seq,
            )
            .execution_options(synchronize_session=False)
        )


def keep_rejected(
    session: Session, batch: Batch, records: Sequence[Operation | Unreadable], raw: Sequence[Any]
) -> None:
    """Keep what was rejected for staff to look at, once however often it is sent; the phone keeps it too."""
    refused = [result for result in batch.results if result["status"] == "rejected"]
    if not refused:
        return
    mine = {episode.id for episode in batch.episodes or ()}
    rows = []
    for result in refused:
        record, phone = records[result["index"]], batch.phone
        named = f"rejected:{result['rev_id']}:{record.fingerprint}"
        rows.append(
            {
                "clinic_id": phone.clinic_id,
                "id": uuid5(phone.patient_id, named),
                "patient_id": phone.patient_id,
                "device_id": phone.device_id,
                "episode_id": record.episode_id if record.episode_id in mine else None,
                "raw": dump(raw[result["index"]]),
                "code": result["problem"]["code"],
                "where": "/",
                "fingerprint": record.fingerprint,
                "received_at": batch.now,
                "change_seq": batch.next_seq,
                "kind": "rejected",
            }
        )
    insert_all_new(session, Quarantine, rows)


def _insert(
    session: Session,
    entries: list[dict[str, Any]],
    revisions: list[dict[str, Any]],
    quarantined: list[dict[str, Any]],
) -> None:
    for table, rows in ((Entry, entries), (EntryRevision, revisions), (Quarantine, quarantined)):
        if rows:
            # The plain table, not the class: no objects are wanted back, and rows go out as they are.
            session.execute(insert(cast("Table", table.__table__)), rows)


def _store_singly(session: Session, batch: Batch) -> None:
    """Store what can be stored; what the database refuses goes to quarantine with its raw text."""
    _insert(session, [], [], batch.quarantined)
    waiting = {row["id"]: row for row in batch.new_entries}
    operations = {op.revision_id: op for op in batch.fresh}
    rows, batch.revisions = batch.revisions, []
    for row in rows:
        entry = waiting.get(row["entry_id"])
        own = {"head_revision_id": row["id"], "deleted": row["op"] == "tombstone"}
        entries = [entry | own] if entry else []
        try:
            with session.begin_nested():
                _insert(session, entries, [row], [])
        except (IntegrityError, DataError):
            _move_to_quarantine(session, batch, operations[row["id"]], row)
        else:
            waiting.pop(row["entry_id"], None)
            batch.revisions.append(row)


def _move_to_quarantine(session: Session, batch: Batch, op: Operation, row: dict[str, Any]) -> None:
    batch.fresh.remove(op)
    batch.versions[op.entry_id] = [v for v in batch.versions[op.entry_id] if v.id != op.revision_id]
    shared = (
        "clinic_id",
        "id",
        "patient_id",
        "device_id",
        "episode_id",
        "fingerprint",
        "received_at",
        "change_seq",
    )
    kept = {key: row[key] for key in shared}
    raw = dump(
        {
            "rev_id": str(op.revision_id),
            "entry_id": str(op.entry_id),
            "episode_id": str(op.episode_id),
            "parent_rev": None if op.parent_id is None else str(op.parent_id),
            **{key: row[key] for key in ("op", "kind", "recorded", "body")},
        }
    )
    _insert(session, [], [], [kept | {"raw": raw, "code": "not-storable", "where": "/"}])
    for result in batch.results:
        if result["rev_id"] == str(op.revision_id):
            result["status"] = "quarantined"
            result["problem"] = dict(NOT_STORABLE)
