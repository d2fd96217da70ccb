"""The staff inbox: records that could not be taken and versions that compete, each decided with a reason.

Nothing is deleted: a record stays as it came, a correction is a further version that staff sign.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from sqlalchemy.orm import Session

from server.errors import ConflictError, InvalidError, NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import diary, episodes, inbox
from server.persistence.tables import Entry, Episode, InboxDecision, Patient, Quarantine
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.episodes import next_number
from server.services.identity import identity
from server.services.staff_entries import refuse_surprises, write

CORRECTABLE: Final = ("entry", "flag_report", "impression")
"""Kinds of records that staff can put right; what a phone did with a red flag is only the phone's to tell."""


def page(staff: Staff, now: datetime) -> dict[str, Any]:
    """Everything that waits for a decision, the oldest first, without the raw records: `{items, open}`."""
    with transaction(staff.clinic_id) as session:
        records = [_record(*row) for row in inbox.open_records(session, staff.clinic_id)]
        conflicts = [_conflict(*row) for row in inbox.open_conflicts(session, staff.clinic_id)]
        items = [*records, *conflicts]
        told = [str(item["item_id"]) for item in items]
        audit(session, staff, "inbox.list", "clinic", staff.clinic_id, now, items=told)
        return {"items": items, "open": len(items)}


def waiting(staff: Staff) -> int:
    """How many items wait; a number of no patient in particular."""
    with transaction(staff.clinic_id, reading=True) as session:
        return inbox.count(session, staff.clinic_id)


def record(staff: Staff, record_id: UUID, now: datetime) -> dict[str, Any]:
    """One record exactly as it came, an audited read. Raises `NotFoundError`."""
    with transaction(staff.clinic_id) as session:
        row, patient, episode = _found(inbox.record(session, staff.clinic_id, record_id))
        audit(session, staff, "inbox.view", "patient", patient.id, now, record=str(record_id))
        ids = [one.id for one in episodes.episodes_of(session, staff.clinic_id, patient.id)]
        return _record(row, patient, episode) | {"raw": row.raw, "episodes": ids}


def conflict(staff: Staff, entry_id: UUID, now: datetime) -> dict[str, Any]:
    """One diary item with all its versions, an audited read. Raises `NotFoundError`."""
    with transaction(staff.clinic_id) as session:
        entry, patient, episode = _found(inbox.conflict(session, staff.clinic_id, entry_id))
        audit(session, staff, "inbox.view", "patient", patient.id, now, entry=str(entry_id))
        versions = [
            {
                "rev_id": one.id,
                "body": one.body,
                "op": one.op,
                "received_at": one.received_at,
                "by": diary.AUTHORS.get(one.source, "staff"),
                "counts": one.id == entry.head_revision_id,
            }
            for one in inbox.versions(session, staff.clinic_id, entry_id)
        ]
        return _conflict(entry, patient, episode) | {"versions": versions}


def decide_record(staff: Staff, record_id: UUID, form: Mapping[str, Any], now: datetime) -> None:
    """Write a record into the diary in corrected form, or dismiss it. Red flags in it are timed from receipt.

    Raises `NotFoundError`, `InvalidError` while it still cannot be read, `ConflictError` once decided.
    """
    with transaction(staff.clinic_id) as session:
        seq = next_number(session, staff.clinic_id)
        row, patient, episode = _found(inbox.record(session, staff.clinic_id, record_id))
        if inbox.decision(session, staff.clinic_id, record_id) is not None:
            raise _decided()
        made: dict[str, UUID | None] = {}
        if form["outcome"] == "corrected":
            where = _episode(session, staff, patient, form.get("episode_id") or (episode and episode.id))
            made = _ids(session, staff, row)
            kind, body = _kind(row.raw, form.get("kind")), _merged(row.raw, form["body"])
            refuse_surprises(kind, body, [_body(row.raw)])
            write(session, staff, where, made, body, seq, now, kind=kind, received=row.received_at)
        _decide(session, staff, form, seq, now, record=row, revision=made.get("rev_id"), patient=patient)


def decide_conflict(staff: Staff, entry_id: UUID, form: Mapping[str, Any], now: datetime) -> None:
    """Let a further version count, or leave the one that counts. Raises as `decide_record`."""
    with transaction(staff.clinic_id) as session:
        seq = next_number(session, staff.clinic_id)
        entry, patient, found = _found(inbox.conflict(session, staff.clinic_id, entry_id))
        if inbox.is_decided(session, entry):
            raise _decided()
        revision: UUID | None = None
        if form["outcome"] == "corrected":
            episode = _episode(session, staff, patient, found.id)
            revision = uuid4()
            ids = {"rev_id": revision, "entry_id": entry_id, "parent_rev": entry.head_revision_id}
            came = [one.body or {} for one in inbox.versions(session, staff.clinic_id, entry_id)]
            refuse_surprises("entry", form["body"], came)
            write(session, staff, episode, ids, form["body"], seq, now)
        _decide(session, staff, form, seq, now, entry_id=entry_id, revision=revision, patient=patient)


def _decide(
    session: Session,
    staff: Staff,
    form: Mapping[str, Any],
    seq: int,
    now: datetime,
    *,
    patient: Patient,
    revision: UUID | None,
    record: Quarantine | None = None,
    entry_id: UUID | None = None,
) -> None:
    made = InboxDecision(
        clinic_id=staff.clinic_id,
        id=uuid4(),
        quarantine_id=None if record is None else record.id,
        entry_id=entry_id,
        outcome=form["outcome"],
        reason=form["reason"],
        revision_id=revision,
        clinician_id=staff.clinician_id,
        decided_at=now,
        change_seq=seq,
    )
    session.add(made)
    audit(session, staff, f"inbox.{made.outcome}", "patient", patient.id, now, decision=str(made.id))


def _episode(session: Session, staff: Staff, patient: Patient, episode_id: UUID | None) -> Episode:
    """The patient's episode a correction goes to, locked."""
    if episode_id is None:
        raise InvalidError(
            "Say which injection this belongs to.", [{"pointer": "/episode_id", "code": "missing"}]
        )
    episode = episodes.episode_for_update(session, staff.clinic_id, episode_id)
    if episode is None or episode.patient_id != patient.id:
        raise NotFoundError("There is no such episode.")
    return episode


def _ids(session: Session, staff: Staff, row: Quarantine) -> dict[str, UUID | None]:
    """A correction follows the entry the record was about, if there is one; else it is its own entry."""
    raw = _parsed(row.raw)
    named = _uuid(raw.get("entry_id")) or uuid5(row.id, "entry")
    head = diary.entries_by_id(session, staff.clinic_id, [named]).get(named)
    if head is not None and head.patient_id != row.patient_id:
        named, head = uuid5(row.id, "entry"), None
    parent = None if head is None else head.head_revision_id
    return {"rev_id": uuid5(row.id, "correction"), "entry_id": named, "parent_rev": parent}


def _kind(raw: str, given: str | None) -> str:
    """What the record is: as it says itself, else as staff say."""
    told = _parsed(raw).get("kind", "entry")
    if told in CORRECTABLE:
        return str(told)
    if given is None:
        raise InvalidError("Say what this record is.", [{"pointer": "/kind", "code": "missing"}])
    return given


def _merged(raw: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The record's own body with what staff put right; null takes a field away."""
    merged = _body(raw) | dict(given)
    return {key: value for key, value in merged.items() if value is not None or key == "pain"}


def _body(raw: str) -> dict[str, Any]:
    body = _parsed(raw).get("body")
    return body if isinstance(body, dict) else {}


def _parsed(raw: str) -> dict[str, Any]:
    found = json.loads(raw)
    return found if isinstance(found, dict) else {}


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _found(row: Any) -> Any:
    if row is None:
        raise NotFoundError("There is no such item.")
    return row


def _decided() -> ConflictError:
    return ConflictError("Somebody has decided on this meanwhile.", code="already-decided")


def _record(row: Quarantine, patient: Patient, episode: Episode | None) -> dict[str, Any]:
    return {
        "item_id": row.id,
        "kind": row.kind,
        "received_at": row.received_at,
        "code": row.code,
        "where": row.where,
        **_whose(patient, episode),
    }


def _conflict(entry: Entry, patient: Patient, episode: Episode) -> dict[str, Any]:
    return {
        "item_id": entry.id,
        "kind": "conflict",
        "received_at": None,
        "code": "versions-compete",
        "where": "/",
        **_whose(patient, episode),
    }


def _whose(patient: Patient, episode: Episode | None) -> dict[str, Any]:
    return {
        "patient": identity(patient),
        "episode_id": None if episode is None else episode.id,
        "root": None if episode is None else f"{episode.level} {episode.side}",
        "zone": None if episode is None else episode.zone,
    }
