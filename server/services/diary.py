"""Recording what a phone sends: the one write path of the diary.

A batch is one transaction. Each record gets its own answer, a bad one never blocks a good one, and
sending anything again changes nothing. Clocks never order anything: the clinic's change numbers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import insert, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from server.domain.revisions import Version, choose_head
from server.errors import ClientTooOldError
from server.persistence.db import transaction
from server.persistence.queries import diary as stored
from server.persistence.queries import episodes
from server.persistence.tables import Clinic, Entry, EntryRevision, Quarantine
from server.persistence.types import dump
from server.schemas.diary import PROTOCOLS
from server.schemas.fields import parse_moment
from server.security.actors import Phone
from server.services.alerting import alert_level, find_flags, raise_alerts
from server.services.auditing import audit
from server.services.operations import Operation, Unreadable, read_operation
from server.services.phone import snapshot
from server.services.review import reread

CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far a phone's clock may be off before its entries are left out of timing."""
MOST_CHANGES = 200
KEPT = "Your clinic has this record and will look at it."
NOT_STORABLE = {"code": "not-storable", "detail": KEPT}

log = structlog.get_logger()


@dataclass(slots=True)
class Batch:
    """What one request stores: rows to insert and the answer to each record, by its place."""

    phone: Phone
    now: datetime
    next_seq: int
    clock_off: bool
    revisions: list[dict[str, Any]] = field(default_factory=list)
    new_entries: list[dict[str, Any]] = field(default_factory=list)
    quarantined: list[dict[str, Any]] = field(default_factory=list)
    versions: dict[UUID, list[Version]] = field(default_factory=dict)
    fresh: list[Operation] = field(default_factory=list)
    repeated_flags: list[tuple[Operation, datetime]] = field(default_factory=list)
    """Red flags sent again, with the time the clinic was first told."""
    results: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[UUID, str] = field(default_factory=dict)

    def number(self) -> int:
        """The next change number."""
        self.next_seq += 1
        return self.next_seq


def synchronise(
    phone: Phone,
    *,
    protocol: int,
    cursor: int | None,
    client_time: str,
    ops: Sequence[Any],
    now: datetime,
) -> dict[str, Any]:
    """Store a batch and answer with what the phone does not have yet.

    Returns `epoch`, `server_time`, `results` (one per record), `changes` after `cursor`, the new
    `cursor`, `more`, and the `diary` snapshot. Raises `ClientTooOldError` for an unknown protocol.
    """
    if protocol not in PROTOCOLS:
        raise ClientTooOldError("This app is of another version than the server. Please update it.")
    records = [read_operation(raw) for raw in ops]
    with transaction(phone.clinic_id) as session:
        results, sent = _record(session, phone, records, now, clock_off=_is_off(client_time, now))
        page = stored.changes_since(session, phone.clinic_id, phone.patient_id, cursor or 0, MOST_CHANGES)
        audit(
            session,
            phone,
            "diary.sync",
            "patient",
            phone.patient_id,
            now,
            records=len(records),
            revisions=[str(row) for row in sent],
            changes=len(page),
        )
        return {
            "epoch": stored.epoch(session),
            "server_time": now,
            "results": results,
            "changes": [_change(row) for row in page if row.id not in sent],
            "cursor": page[-1].change_seq if page else (cursor or 0),
            "more": len(page) == MOST_CHANGES,
            "diary": snapshot(session, phone),
        }


def _is_off(client_time: str, now: datetime) -> bool:
    told = parse_moment(client_time)
    return told is not None and abs(told - now) > CLOCK_TOLERANCE


def _record(
    session: Session, phone: Phone, records: list[Operation | Unreadable], now: datetime, *, clock_off: bool
) -> tuple[list[dict[str, Any]], set[UUID]]:
    """Answer and store all records; returns the answers and the revisions stored just now."""
    if not records:
        return [], set()
    batch = Batch(phone, now, _take_numbers(session, phone.clinic_id, len(records)), clock_off)
    _decide(session, batch, records)
    _store(session, batch)
    protected = sum(record.protected for record in records if isinstance(record, Operation))
    if protected:
        log.warning("sync.protected_fields_ignored", fields=protected, device=str(phone.device_id))
    _follow_up(session, batch)
    _repeat_told(session, batch)
    return batch.results, {row["id"] for row in batch.revisions}


def _take_numbers(session: Session, clinic_id: UUID, count: int) -> int:
    """Reserve change numbers; the clinic's row stays locked, so numbers appear in commit order."""
    after = session.execute(
        update(Clinic)
        .where(Clinic.clinic_id == clinic_id)
        .values(change_seq=Clinic.change_seq + count)
        .returning(Clinic.change_seq)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    return after - count


def _decide(session: Session, batch: Batch, records: list[Operation | Unreadable]) -> None:
    clinic_id = batch.phone.clinic_id
    operations = [record for record in records if isinstance(record, Operation)]
    patient_id = batch.phone.patient_id
    ids = {
        record.revision_id if isinstance(record, Operation) else record.id_for(patient_id)
        for record in records
    }
    known = stored.known_revisions(session, clinic_id, ids)
    kept = stored.known_quarantine(session, clinic_id, ids)
    heads = stored.entries_by_id(session, clinic_id, {op.entry_id for op in operations}) if operations else {}
    mine = {row.id for row in episodes.episodes_of(session, clinic_id, batch.phone.patient_id)}
    if heads:
        batch.versions = stored.versions(session, clinic_id, heads.keys())
    places = {id_: (head.episode_id, head.kind) for id_, head in heads.items()}
    for index, record in enumerate(records):
        if isinstance(record, Unreadable):
            answer = _set_aside(batch, record, known, kept, mine)
        else:
            answer = _place(batch, record, known, kept, mine, places)
        batch.results.append({"index": index, **answer})


def _set_aside(
    batch: Batch,
    record: Unreadable,
    known: dict[UUID, stored.Known],
    kept: dict[UUID, stored.Known],
    mine: set[UUID],
) -> dict[str, Any]:
    """Keep an unreadable record for staff; the same one again is answered the same."""
    problem = {"code": record.code, "detail": KEPT}
    answer: dict[str, Any] = {"rev_id": record.named, "status": "quarantined", "problem": problem}
    id_ = record.id_for(batch.phone.patient_id)
    before = kept.get(id_)
    if before is not None and _same(before, batch.phone, record.fingerprint):
        return answer | {"seq": before.change_seq}
    if batch.sent.get(id_) == record.fingerprint:
        return answer | {"seq": next(row["change_seq"] for row in batch.quarantined if row["id"] == id_)}
    if id_ in kept or id_ in known or id_ in batch.sent:
        return _rejected(record.named, "rev-id-reused", "This id was used for another record before.")
    seq = batch.number()
    batch.sent[id_] = record.fingerprint
    batch.quarantined.append(
        {
            "clinic_id": batch.phone.clinic_id,
            "id": id_,
            "patient_id": batch.phone.patient_id,
            "device_id": batch.phone.device_id,
            "episode_id": record.episode_id if record.episode_id in mine else None,
            "raw": record.raw,
            "code": record.code,
            "where": record.where,
            "fingerprint": record.fingerprint,
            "received_at": batch.now,
            "change_seq": seq,
        }
    )
    return answer | {"seq": seq}


def _place(
    batch: Batch,
    op: Operation,
    known: dict[UUID, stored.Known],
    kept: dict[UUID, stored.Known],
    mine: set[UUID],
    places: dict[UUID, tuple[UUID, str]],
) -> dict[str, Any]:
    """Find the answer to one good record and queue its row."""
    named = str(op.revision_id)
    if answer := _seen_before(batch, op, known.get(op.revision_id), kept.get(op.revision_id)):
        return answer
    if op.episode_id not in mine or places.get(op.entry_id, (op.episode_id, op.kind)) != (
        op.episode_id,
        op.kind,
    ):
        return _rejected(named, "not-found", "This record does not belong to this phone's diary.")
    places[op.entry_id] = (op.episode_id, op.kind)
    siblings = batch.versions.setdefault(op.entry_id, [])
    status = _status(op, siblings)
    if not siblings:
        batch.new_entries.append(_entry_row(batch, op))
    siblings.append(Version(op.revision_id, op.parent_id, op.tombstone))
    seq = batch.number()
    batch.revisions.append(_revision_row(batch, op, status, seq))
    batch.sent[op.revision_id] = op.fingerprint
    batch.fresh.append(op)
    return {"rev_id": named, "status": status, "seq": seq}


def _seen_before(
    batch: Batch, op: Operation, revision: stored.Known | None, aside: stored.Known | None
) -> dict[str, Any] | None:
    """The answer to a record whose id was used before, in this batch or an earlier one; None for a new id.

    `revision` and `aside` are the rows that have the id, among the revisions and in quarantine.
    """
    named, before = str(op.revision_id), revision or aside
    if before is None and op.revision_id not in batch.sent:
        return None
    if before is None:
        same = batch.sent[op.revision_id] == op.fingerprint
    else:
        same = _same(before, batch.phone, op.fingerprint)
    if not same:
        return _rejected(named, "rev-id-reused", "This id was used for another record before.")
    answer = {"rev_id": named} | ({"seq": before.change_seq} if before is not None else {})
    if aside is not None:
        return answer | {"status": "quarantined", "problem": dict(NOT_STORABLE)}
    if op.kind == "flag_report" and not op.tombstone and before is not None:
        batch.repeated_flags.append((op, before.received_at))
    return answer | {"status": "duplicate"}


def _same(row: stored.Known, phone: Phone, fingerprint: str) -> bool:
    """Whether a stored row is this patient's and says the same."""
    return row.patient_id == phone.patient_id and row.fingerprint == fingerprint


def _status(op: Operation, siblings: list[Version]) -> str:
    if any(version.tombstone for version in siblings) and not op.tombstone:
        return "stored_after_delete"
    if any(version.parent == op.parent_id for version in siblings):
        return "stored_conflict"
    return "stored"


def _rejected(named: str | None, code: str, detail: str) -> dict[str, Any]:
    return {"rev_id": named, "status": "rejected", "problem": {"code": code, "detail": detail}}


def _entry_row(batch: Batch, op: Operation) -> dict[str, Any]:
    return {
        "clinic_id": batch.phone.clinic_id,
        "id": op.entry_id,
        "patient_id": batch.phone.patient_id,
        "episode_id": op.episode_id,
        "kind": op.kind,
        "head_revision_id": op.revision_id,
        "deleted": op.tombstone,
        "conflict": False,
        "change_seq": batch.next_seq,
    }


def _revision_row(batch: Batch, op: Operation, status: str, seq: int) -> dict[str, Any]:
    return {
        "clinic_id": batch.phone.clinic_id,
        "id": op.revision_id,
        "entry_id": op.entry_id,
        "episode_id": op.episode_id,
        "patient_id": batch.phone.patient_id,
        "parent_id": op.parent_id,
        "kind": op.kind,
        "op": op.op,
        "body": op.body,
        "recorded": op.recorded,
        "fingerprint": op.fingerprint,
        "status": status,
        "clock_suspect": _clock_suspect(op, off_now=batch.clock_off),
        "device_id": batch.phone.device_id,
        "received_at": batch.now,
        "change_seq": seq,
    }


def _clock_suspect(op: Operation, *, off_now: bool) -> bool:
    """The phone's own measure at the time counts; without one, how far its clock is off at receipt."""
    skew = op.recorded.get("skew_ms")
    if isinstance(skew, (int, float)):
        return abs(skew) > CLOCK_TOLERANCE.total_seconds() * 1000
    return off_now


def _store(session: Session, batch: Batch) -> None:
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


def _insert(
    session: Session,
    entries: list[dict[str, Any]],
    revisions: list[dict[str, Any]],
    quarantined: list[dict[str, Any]],
) -> None:
    for table, rows in ((Entry, entries), (EntryRevision, revisions), (Quarantine, quarantined)):
        if rows:
            session.execute(insert(table), rows)


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


def _follow_up(session: Session, batch: Batch) -> None:
    """What stored entries lead to, in the same transaction: alerts for red flags, and a new reading."""
    places = {row["id"]: place for place, row in enumerate(batch.revisions)}
    for episode_id in {op.episode_id for op in batch.fresh}:
        episode = episodes.episode_for_update(session, batch.phone.clinic_id, episode_id)
        if episode is None:
            continue
        heads = reread(session, episode, batch.now, change_seq=batch.next_seq)
        for op in batch.fresh:
            if op.episode_id != episode_id or op.body is None:
                continue
            suspect = batch.revisions[places[op.revision_id]]["clock_suspect"]
            told = raise_alerts(session, batch.phone, episode, op, heads, batch.now, clock_suspect=suspect)
            if told is not None:
                _result(batch, op)["alert"] = told


def _repeat_told(session: Session, batch: Batch) -> None:
    """A phone that lost the first answer must still learn that the clinic knows, and since when."""
    for op, told_at in batch.repeated_flags:
        episode = episodes.episode(session, batch.phone.clinic_id, op.episode_id)
        if episode is None:
            continue
        level = alert_level(find_flags(episode, op, (), clock_suspect=batch.clock_off))
        if level is not None:
            repeated = next(r for r in batch.results if r["rev_id"] == str(op.revision_id))
            repeated["alert"] = {"level": level, "told_at": told_at}


def _result(batch: Batch, op: Operation) -> dict[str, Any]:
    return next(r for r in batch.results if r["rev_id"] == str(op.revision_id) and r["status"] != "duplicate")


def _change(row: EntryRevision) -> dict[str, Any]:
    return {
        "seq": row.change_seq,
        "kind": row.kind,
        "entry_id": row.entry_id,
        "rev_id": row.id,
        "parent_rev": row.parent_id,
        "episode_id": row.episode_id,
        "op": row.op,
        "body": row.body,
        "recorded": row.recorded,
        "received_at": row.received_at,
        "by": "patient",
    }
