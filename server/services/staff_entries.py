"""Entries staff write into a patient's diary: the same versions, heads and readings as the phone's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from server.domain.revisions import Version, choose_head
from server.errors import ConflictError, InvalidError, NotFoundError
from server.persistence.queries import diary
from server.persistence.tables import Entry, EntryRevision, Episode
from server.schemas.corrections import surprises
from server.schemas.fields import parse_moment
from server.security.actors import Staff
from server.services.alerting import raise_alerts
from server.services.auditing import audit
from server.services.deciding import CLOCK_TOLERANCE
from server.services.operations import Operation, Unreadable, read_operation
from server.services.planning import replan
from server.services.review import reread

MOST_NAMED: Final = 10
"""Fields that one answer names."""


def write(
    session: Session,
    staff: Staff,
    episode: Episode,
    ids: dict[str, UUID | None],
    body: dict[str, Any],
    seq: int,
    now: datetime,
    *,
    kind: str = "entry",
    received: datetime | None = None,
) -> str:
    """Store one version of an entry; `ids` are `rev_id`, `entry_id` and `parent_rev` as the client made them.

    `seq` is the clinic's next change number, taken before the episode was locked: phones lock in that order.
    With `received`, the moment a phone sent what staff put right, the clinic is told of red flags in it as it
    would have been then. Returns "stored", or "duplicate" when this version is here already. Raises
    `ConflictError` for an id that was used for something else or a parent that is no longer the head,
    `InvalidError` for an unusable body.
    """
    op = _operation(episode, kind, ids, body, now)
    _refuse_future(op, now)
    known = diary.revision(session, staff.clinic_id, op.revision_id)
    if known is not None:
        if (known.entry_id, (known.body or {}).get("pain")) != (op.entry_id, body.get("pain")):
            raise ConflictError("This id was used for another record before.", code="rev-id-reused")
        return "duplicate"
    versions = diary.versions(session, staff.clinic_id, [op.entry_id]).get(op.entry_id, [])
    _refuse_strangers(session, staff, episode, op, versions)
    _keep(session, staff, episode, op, seq, now)
    _set_head(session, op, episode, [*versions, Version(op.revision_id, op.parent_id, tombstone=False)], seq)
    session.flush()
    heads = reread(session, episode, now, change_seq=seq)
    replan(session, episode, heads, now)
    if received is not None:
        raise_alerts(session, staff, episode, op, heads, now, clock_suspect=False, received=received)
    audit(session, staff, "entry.write", "episode", episode.id, now, revisions=[str(op.revision_id)])
    return "stored"


def refuse_surprises(kind: str, body: Mapping[str, Any], came: Iterable[Mapping[str, Any]]) -> None:
    """Take from staff only known fields and plain text; what the phone's own versions held may stay.

    Raises `InvalidError` that names the fields.
    """
    known = frozenset(one for version in came for one in surprises(kind, version))
    found = sorted(surprises(kind, body) - known)[:MOST_NAMED]
    if not found:
        return
    unknown = [one.name for one in found if one.code == "unknown-field"]
    why = (
        f"Nobody knows these fields: {', '.join(unknown)}."
        if unknown
        else "Control characters are not allowed."
    )
    raise InvalidError(
        f"{why} Nothing was stored.", [{"pointer": one.pointer, "code": one.code} for one in found]
    )


def _operation(
    episode: Episode, kind: str, ids: dict[str, UUID | None], body: dict[str, Any], now: datetime
) -> Operation:
    local = now.astimezone(ZoneInfo(episode.zone))
    offset = local.utcoffset()
    raw = {key: None if value is None else str(value) for key, value in ids.items()} | {
        "episode_id": str(episode.id),
        "op": "put",
        "kind": kind,
        "recorded": {
            "day": local.date().isoformat(),
            "local": local.replace(tzinfo=None).isoformat(timespec="seconds"),
            "offset_min": 0 if offset is None else int(offset.total_seconds() // 60),
            "zone": episode.zone,
        },
        "body": body,
    }
    read = read_operation(raw)
    if isinstance(read, Unreadable):
        field = read.where.removeprefix("/body").strip("/").replace("/", " ").replace("_", " ")
        what = f"What stands under “{field}”" if field else "This entry"
        raise InvalidError(
            f"{what} still cannot be read. Correct it.",
            [{"pointer": read.where, "code": read.code}],
        )
    return read


def _refuse_future(op: Operation, now: datetime) -> None:
    """Staff write down what was felt: a moment to come would hide that the patient has fallen silent."""
    body = op.body or {}
    told = [(f"/body/{key}", body.get(key)) for key in ("taken_at", "recorded_at")]
    told += [("/body/analgesics", one.get("taken_at")) for one in body.get("analgesics") or ()]
    for pointer, text in told:
        moment = parse_moment(text) if text else None
        if moment is not None and moment > now + CLOCK_TOLERANCE:
            raise InvalidError(
                "This entry lies in the future. Correct the date or the time.",
                [{"pointer": pointer, "code": "future"}],
            )


def _refuse_strangers(
    session: Session, staff: Staff, episode: Episode, op: Operation, versions: list[Version]
) -> None:
    """An entry of another episode is not found; a version must follow the newest one."""
    head = diary.entries_by_id(session, staff.clinic_id, [op.entry_id]).get(op.entry_id)
    if head is not None and (head.episode_id, head.kind) != (episode.id, op.kind):
        raise NotFoundError("There is no such entry.")
    if (None if head is None else head.head_revision_id) != op.parent_id or (
        head is not None and head.deleted
    ):
        raise ConflictError("This entry was changed meanwhile. Nothing of yours was stored yet.")
    if op.parent_id is not None and op.parent_id not in {version.id for version in versions}:
        raise NotFoundError("There is no such entry.")


def _keep(session: Session, staff: Staff, episode: Episode, op: Operation, seq: int, now: datetime) -> None:
    shared = {"clinic_id": staff.clinic_id, "patient_id": episode.patient_id, "episode_id": episode.id}
    if op.parent_id is None:
        session.add(
            Entry(**shared, id=op.entry_id, kind=op.kind, head_revision_id=op.revision_id, change_seq=seq)
        )
        session.flush()
    session.add(
        EntryRevision(
            **shared,
            id=op.revision_id,
            entry_id=op.entry_id,
            parent_id=op.parent_id,
            kind=op.kind,
            op=op.op,
            body=op.body,
            recorded=op.recorded,
            fingerprint=op.fingerprint,
            status="stored",
            clinician_id=staff.clinician_id,
            source="staff",
            received_at=now,
            change_seq=seq,
        )
    )


def _set_head(session: Session, op: Operation, episode: Episode, versions: list[Version], seq: int) -> None:
    head = choose_head(versions)
    session.execute(
        update(Entry)
        .where(Entry.clinic_id == episode.clinic_id, Entry.id == op.entry_id)
        .values(head_revision_id=head.revision, deleted=head.deleted, conflict=head.conflict, change_seq=seq)
    )
