"""Reading one raw operation of a batch: a usable one, or the reason why it cannot be used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from marshmallow import ValidationError

from server.persistence.types import dump
from server.schemas.diary import LONGEST_BODY, EntryBodySchema, FlagReportBodySchema, OperationSchema
from server.schemas.fields import parse_moment, pointers

PROTECTED = frozenset(
    {"clinic_id", "tenant_id", "patient_id", "device_id", "received_at", "change_seq", "seq", "status"}
)
"""Fields only the server may set; sent by a phone they are ignored and counted in the log."""
UNNAMED = UUID("6f0c7a54-3f7c-4a53-9a1e-2f2f0b6d8a11")
"""Namespace for records without a usable id of their own."""

_operation = OperationSchema()
_bodies = {"entry": EntryBodySchema(), "flag_report": FlagReportBodySchema()}


@dataclass(frozen=True, slots=True)
class Operation:
    """One change to one diary item, checked. `body` holds every key the phone sent but protected ones."""

    revision_id: UUID
    entry_id: UUID
    episode_id: UUID
    parent_id: UUID | None
    tombstone: bool
    kind: str
    body: dict[str, Any] | None
    recorded: dict[str, Any]
    fingerprint: str
    taken_at: datetime | None
    protected: int

    @property
    def op(self) -> str:
        """The verb as the protocol spells it."""
        return "tombstone" if self.tombstone else "put"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that cannot be used: kept as it came, for staff. `id` is stable when it is sent again."""

    id: UUID
    named: str | None
    episode_id: UUID | None
    raw: str
    fingerprint: str
    code: str
    where: str


def read_operation(raw: Any) -> Operation | Unreadable:
    """Check one record of a batch; never raises for anything JSON can hold."""
    text = dump(raw)
    if not isinstance(raw, dict):
        return _unreadable({}, text, "not-an-object", "/")
    try:
        loaded = _operation.load(raw)
    except ValidationError as error:
        return _unreadable(raw, text, *_first(error))
    body = loaded["body"]
    if body is None and loaded["op"] == "put":
        return _unreadable(raw, text, "missing", "/body")
    if len(text) > LONGEST_BODY:
        return _unreadable(raw, text, "too-large", "/body")
    if body is not None:
        try:
            _bodies[loaded["kind"]].load(body)
        except ValidationError as error:
            code, where = _first(error)
            return _unreadable(raw, text, code, "/body" + where)
    return _checked(raw, loaded, body)


def _checked(raw: dict[str, Any], loaded: dict[str, Any], body: dict[str, Any] | None) -> Operation:
    kept = None if body is None else {key: value for key, value in body.items() if key not in PROTECTED}
    content = [
        str(loaded["entry_id"]),
        str(loaded["episode_id"]),
        str(loaded["parent_rev"]),
        loaded["op"],
        loaded["kind"],
        kept,
    ]
    return Operation(
        revision_id=loaded["rev_id"],
        entry_id=loaded["entry_id"],
        episode_id=loaded["episode_id"],
        parent_id=loaded["parent_rev"],
        tombstone=loaded["op"] == "tombstone",
        kind=loaded["kind"],
        body=kept,
        recorded=raw["recorded"],
        fingerprint=_digest(json.dumps(content, sort_keys=True)),
        taken_at=parse_moment(kept["taken_at"]) if kept else None,
        protected=len(PROTECTED & raw.keys())
        + (len(body) - len(kept) if body is not None and kept is not None else 0),
    )


def _unreadable(raw: dict[str, Any], text: str, code: str, where: str) -> Unreadable:
    named = raw.get("rev_id")
    revision = _uuid(named)
    fingerprint = _digest(text)
    return Unreadable(
        id=revision or uuid5(UNNAMED, fingerprint),
        named=named if isinstance(named, str) else None,
        episode_id=_uuid(raw.get("episode_id")),
        raw=text,
        fingerprint=fingerprint,
        code=code,
        where=where,
    )


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _first(error: ValidationError) -> tuple[str, str]:
    found = pointers(error.messages)[0]
    return found["code"], found["pointer"][:200]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
