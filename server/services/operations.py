"""Reading one raw operation of a batch: a usable one, or the reason why it cannot be used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from marshmallow import ValidationError

from server.domain.entries import parse_entry
from server.domain.values import DiaryError
from server.persistence.types import dump
from server.schemas.diary import (
    LONGEST_BODY,
    EntryBodySchema,
    FlagEventBodySchema,
    FlagReportBodySchema,
    ImpressionBodySchema,
    OperationSchema,
)
from server.schemas.fields import parse_moment, pointers
from server.services.envelopes import at_a_glance, is_plain

PROTECTED = frozenset(
    {
        "clinic_id",
        "tenant_id",
        "patient_id",
        "device_id",
        "received_at",
        "change_seq",
        "seq",
        "status",
        "clock_suspect",
    }
)
"""Fields only the server may set; sent by a phone they are ignored and counted in the log."""

_encode_fast = msgspec.json.Encoder().encode
_encode_sorted = json.JSONEncoder(sort_keys=True).encode
_operation = OperationSchema()
_bodies = {
    "entry": EntryBodySchema(),
    "flag_report": FlagReportBodySchema(),
    "impression": ImpressionBodySchema(),
    "flag_event": FlagEventBodySchema(),
}


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
    """A record that cannot be used: kept as it came, for staff. `id` is the one it bears, if it bears one."""

    id: UUID | None
    named: str | None
    episode_id: UUID | None
    raw: str
    fingerprint: str
    code: str
    where: str

    def id_for(self, patient_id: UUID) -> UUID:
        """The id it is kept under, the same whenever this patient's phone sends it again."""
        return self.id or uuid5(patient_id, self.fingerprint)


def read_operation(raw: Any) -> Operation | Unreadable:
    """Check one record of a batch; never raises for anything JSON can hold."""
    if not isinstance(raw, dict):
        return _unreadable({}, dump(raw), "not-an-object", "/")
    try:
        loaded = at_a_glance(raw) or _operation.load(raw)
    except ValidationError as error:
        return _unreadable(raw, dump(raw), *_first(error))
    problem = ("too-large", "/body") if _is_too_large(raw) else _problem_of(loaded)
    if problem:
        return _unreadable(raw, dump(raw), *problem)
    return _checked(raw, loaded, loaded["body"])


def _is_too_large(raw: dict[str, Any]) -> bool:
    """Whether a record is longer than is kept. An escape makes at most six characters of a byte."""
    try:
        if 6 * len(_encode_fast(raw)) <= LONGEST_BODY:
            return False
    except (ValueError, RecursionError):
        pass  # half a surrogate pair, or nested too deep: `dump` decides
    return len(dump(raw)) > LONGEST_BODY


def _problem_of(loaded: dict[str, Any]) -> tuple[str, str] | None:
    """Why a body cannot be used: a code and a JSON pointer. The engine has the last word on entries."""
    body = loaded["body"]
    if body is None:
        return ("missing", "/body") if loaded["op"] == "put" else None
    try:
        if loaded["kind"] != "entry" or not is_plain(body):
            _bodies[loaded["kind"]].load(body)
        if loaded["kind"] == "entry":
            parse_entry(body if "id" not in body else body | {"id": ""}, 1)
    except ValidationError as error:
        code, where = _first(error)
        return code, "/body" + where
    except DiaryError as error:
        return "invalid", "/body/" + error.path
    return None


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
        fingerprint=_digest(_encode_sorted(content)),
        taken_at=parse_moment(kept["taken_at"]) if kept else None,
        protected=len(PROTECTED & raw.keys())
        + (len(body) - len(kept) if body is not None and kept is not None else 0),
    )


def _unreadable(raw: dict[str, Any], text: str, code: str, where: str) -> Unreadable:
    named = raw.get("rev_id")
    fingerprint = _digest(text)
    return Unreadable(
        id=_uuid(named),
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
