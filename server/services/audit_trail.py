"""Reading the audit trail: who did what to which record; itself a read that is audited."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.exports.cells import MARK, in_utc, line
from server.persistence.db import transaction
from server.persistence.queries import audits, people
from server.persistence.queries.audits import Place, Wanted
from server.persistence.tables import AuditEvent
from server.security.actors import Staff
from server.services.auditing import audit

PAGE: Final = 500
"""Rows of a file that are read in one transaction."""
COLUMNS: Final = ("at_utc", "actor_kind", "actor_id", "actor", "action", "target_kind", "target_id", "detail")


def page(staff: Staff, filters: dict[str, Any], limit: int, now: datetime) -> dict[str, Any]:
    """A page of rows, newest first, and where the next one begins. Raises `NotFoundError` for a number of
    no patient."""
    with transaction(staff.clinic_id) as session:
        wanted = _wanted(session, staff, filters)
        after = _place(filters.get("after"))
        found = list(audits.page(session, staff.clinic_id, wanted, after, limit + 1))
        names = people.clinician_names(session, staff.clinic_id)
        more = len(found) > limit
        shown = found[:limit]
        _note(session, staff, "audit.view", wanted, len(shown), now)
        return {
            "rows": [_told(row, names) for row in shown],
            "next": _text(shown[-1]) if more else None,
            "actions": audits.actions(session, staff.clinic_id),
            "people": [
                {"clinician_id": id_, "name": name}
                for id_, name in sorted(names.items(), key=lambda one: one[1].casefold())
            ],
        }


def table(staff: Staff, filters: dict[str, Any], now: datetime) -> Iterator[bytes]:
    """All rows that fit as CSV, in pieces; the first piece is made at once. Raises as `page`."""
    with transaction(staff.clinic_id) as session:
        wanted = _wanted(session, staff, filters)
        # What happens while the file is made is for the next one.
        made = now + timedelta(microseconds=1)
        until = min(made, wanted.until) if wanted.until else made
        _note(session, staff, "audit.export", wanted, None, now)
        names = people.clinician_names(session, staff.clinic_id)
    wanted = Wanted(wanted.actor_id, wanted.patient_id, wanted.action, wanted.since, until)
    return _pieces(staff.clinic_id, wanted, names)


def _pieces(clinic_id: UUID, wanted: Wanted, names: dict[UUID, str]) -> Iterator[bytes]:
    yield (MARK + line(COLUMNS)).encode()
    after: Place | None = None
    while True:
        with transaction(clinic_id, reading=True) as session:
            found = audits.page(session, clinic_id, wanted, after, PAGE)
            piece = "".join(_line(row, names) for row in found).encode()
            after = (found[-1].at, found[-1].id) if found else None
        if piece:
            yield piece
        if len(found) < PAGE:
            return


def _line(row: AuditEvent, names: dict[UUID, str]) -> str:
    told = _told(row, names)
    detail = json.dumps(told["detail"], ensure_ascii=False) if told["detail"] else None
    actor = (told["actor_kind"], told["actor_id"], told["actor"])
    return line((in_utc(row.at), *actor, row.action, row.target_kind, row.target_id, detail))


def _wanted(session: Session, staff: Staff, filters: dict[str, Any]) -> Wanted:
    """Days are the clinic's own, the last one included."""
    zone = people.clinic(session, staff.clinic_id).zone
    number = filters.get("record_number")
    patient = people.patient_by_record_number(session, staff.clinic_id, number) if number else None
    if number and patient is None:
        raise NotFoundError("No patient has this record number.", code="unknown-patient")
    return Wanted(
        filters.get("actor_id"),
        None if patient is None else patient.id,
        filters.get("action"),
        _midnight(filters.get("since"), zone, 0),
        _midnight(filters.get("until"), zone, 1),
    )


def _midnight(day: date | None, zone: str, later: int) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=later), time(), ZoneInfo(zone)).astimezone(UTC)


def _note(
    session: Session, staff: Staff, action: str, wanted: Wanted, rows: int | None, now: datetime
) -> None:
    """Whose trail was looked at is itself worth a row."""
    kind, target = ("patient", wanted.patient_id) if wanted.patient_id else ("clinic", staff.clinic_id)
    detail: dict[str, Any] = {} if rows is None else {"rows": rows}
    if wanted.actor_id is not None:
        detail["person"] = str(wanted.actor_id)
    audit(session, staff, action, kind, target, now, **detail)


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    at, _, id_ = text.partition("/")
    return datetime.fromisoformat(at), UUID(id_)


def _text(row: AuditEvent) -> str:
    return f"{row.at.astimezone(UTC).isoformat()}/{row.id}"


def _told(row: AuditEvent, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.at,
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "actor": names.get(row.actor_id) if row.actor_id else None,
        "action": row.action,
        "target_kind": row.target_kind,
        "target_id": row.target_id,
        "detail": row.detail,
    }
