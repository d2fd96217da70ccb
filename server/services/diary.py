"""Recording what a phone sends: the one write path of the diary.

A batch is one transaction. Each record gets its own answer, a bad one never blocks a good one, and
sending anything again changes nothing. Clocks never order anything: the clinic's change numbers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from server.errors import ClientTooOldError, TooLargeError
from server.persistence.db import transaction
from server.persistence.queries import diary as stored
from server.persistence.tables import Clinic, Device
from server.schemas.diary import FIRST_KINDS, MOST_OPERATIONS, PROTOCOLS
from server.schemas.fields import parse_moment
from server.security.actors import Phone
from server.services.auditing import audit
from server.services.deciding import CLOCK_TOLERANCE, Batch, decide
from server.services.following import follow_up, repeat_told
from server.services.operations import Operation, Unreadable, read_operation
from server.services.phone import snapshot
from server.services.storing import keep_rejected, store

MOST_CHANGES = 200

log = structlog.get_logger()


def synchronise(
    phone: Phone,
    *,
    protocol: int,
    cursor: int | None,
    client_time: str,
    ops: Sequence[Any],
    kinds: Sequence[str] = FIRST_KINDS,
    now: datetime,
) -> dict[str, Any]:
    """Store a batch and answer with what the phone does not have yet, of the `kinds` it can show.

    Returns `epoch`, `server_time`, `results` (one per record), `changes` after `cursor`, the new
    `cursor`, `more`, and the `diary` snapshot. Raises `ClientTooOldError` for an unknown protocol and
    `TooLargeError` for more records than one batch may carry.
    """
    if protocol not in PROTOCOLS:
        raise ClientTooOldError("This app is of another version than the server. Please update it.")
    if len(ops) > MOST_OPERATIONS:
        raise TooLargeError(f"At most {MOST_OPERATIONS} records fit into one batch.")
    records = [read_operation(raw) for raw in ops]
    with transaction(phone.clinic_id) as session:
        clinic = _take_numbers(session, phone.clinic_id, len(records)) if records else None
        before = None if clinic is None else clinic.change_seq - len(records)
        batch = Batch(phone, now, before or 0, _is_off(client_time, now))
        if records:
            _record(session, batch, records)
            keep_rejected(session, batch, records, ops)
        _note_contact(session, phone, now)
        after = None if before is None else before + len(records)
        changes = _changes(session, phone, kinds, cursor or 0, before, after)
        audit(
            session,
            phone,
            "diary.sync",
            "patient",
            phone.patient_id,
            now,
            records=len(records),
            revisions=[str(row["id"]) for row in batch.revisions],
            changes=len(changes["changes"]),
        )
        diary = snapshot(session, phone, batch.episodes)
        return {
            "epoch": diary["epoch"],
            "server_time": now,
            "results": batch.results,
            **changes,
            "diary": diary,
        }


def _is_off(client_time: str, now: datetime) -> bool:
    told = parse_moment(client_time)
    return told is not None and abs(told - now) > CLOCK_TOLERANCE


def _take_numbers(session: Session, clinic_id: UUID, count: int) -> Clinic:
    """Reserve change numbers; the clinic's row stays locked, so numbers appear in commit order.

    The clinic is returned after that: as long as it is held, its settings need no further query.
    """
    return session.scalars(
        update(Clinic)
        .where(Clinic.clinic_id == clinic_id)
        .values(change_seq=Clinic.change_seq + count)
        .returning(Clinic)
        .execution_options(synchronize_session=False)
    ).one()


def _record(session: Session, batch: Batch, records: list[Operation | Unreadable]) -> None:
    decide(session, batch, records)
    store(session, batch)
    protected = sum(record.protected for record in records if isinstance(record, Operation))
    if protected:
        log.warning("sync.protected_fields_ignored", fields=protected, device=str(batch.phone.device_id))
    follow_up(session, batch)
    repeat_told(session, batch)


def _note_contact(session: Session, phone: Phone, now: datetime) -> None:
    """Staff see when a phone was last heard of."""
    session.execute(
        update(Device)
        .where(Device.clinic_id == phone.clinic_id, Device.id == phone.device_id)
        .values(last_seen_at=now)
        .execution_options(synchronize_session=False)
    )


def _changes(
    session: Session, phone: Phone, kinds: Sequence[str], cursor: int, before: int | None, after: int | None
) -> dict[str, Any]:
    """What is new since the cursor; the batch's own numbers (beyond `before`) the phone has already."""
    page = stored.changes_between(
        session, phone.clinic_id, phone.patient_id, cursor, before, MOST_CHANGES, kinds
    )
    more = len(page) == MOST_CHANGES
    reached = page[-1].seq if page else cursor
    return {
        "changes": [change.told() for change in page],
        "cursor": reached if more or after is None else max(after, cursor),
        "more": more,
    }
