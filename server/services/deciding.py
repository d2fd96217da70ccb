"""The answer to each record of a batch, and the rows that go with it; nothing is written here.

Sending anything again changes nothing, and a bad record never blocks a good one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.revisions import Version
from server.persistence.queries import diary as stored
from server.persistence.queries import episodes
from server.persistence.tables import Episode
from server.security.actors import Phone
from server.services.operations import Operation, Unreadable

CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far a phone's clock may be off before its entries are left out of timing."""
KEPT = "Your clinic has this record and will look at it."
NOT_STORABLE = {"code": "not-storable", "detail": KEPT}


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
    episodes: Sequence[Episode] | None = None
    """All of the patient's, read to tell whose the records are."""
    sent: dict[UUID, str] = field(default_factory=dict)

    def number(self) -> int:
        """The next change number."""
        self.next_seq += 1
        return self.next_seq


def decide(session: Session, batch: Batch, records: list[Operation | Unreadable]) -> None:
    """Fill the batch with an answer for every record and the rows of those that are new."""
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
    batch.episodes = episodes.episodes_of(session, clinic_id, batch.phone.patient_id)
    mine = {row.id for row in batch.episodes}
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
    before = revision or aside
    if before is None and op.revision_id not in batch.sent:
        return None
    named = str(op.revision_id)
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
