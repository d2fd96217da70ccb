"""One diary item before the triage table: which red flags it shows, as the injection is known now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from server.domain.entry_flags import flags_in_entry
from server.domain.flags import Triage, triage
from server.persistence.tables import Episode
from server.services.baseline import known_level
from server.services.heads import HeadEntry
from server.services.operations import Operation


class Block(NamedTuple):
    """What triage needs to know of an injection."""

    performed_at: datetime | None
    region: str
    baseline: float | None


class Told(NamedTuple):
    """One diary item as it was told. A suspect clock says nothing of the hours since T0."""

    entry_id: UUID
    kind: str
    body: dict[str, Any]
    taken_at: datetime | None
    clock_suspect: bool


def block_of(episode: Episode) -> Block:
    """The injection as it is recorded now."""
    return Block(episode.performed_at, episode.region, known_level(episode))


def told_in(op: Operation, *, clock_suspect: bool) -> Told:
    """The diary item of one operation."""
    return Told(op.entry_id, op.kind, op.body or {}, op.taken_at, clock_suspect)


def find_flags(block: Block, told: Told, heads: Sequence[HeadEntry]) -> Triage:
    """Triage one diary item: a report of symptoms, or what an ordinary entry itself gives away."""
    hours = None if told.clock_suspect else _hours(block.performed_at, told.taken_at)
    if told.kind == "flag_report":
        reports = told.body["reports"]
    elif told.kind != "entry":
        reports = []
    else:
        others = (
            (_hours(block.performed_at, head.taken_at), head.body)
            for head in heads
            if head.entry_id != told.entry_id
        )  # looked at only by entries that show a symptom
        reports = flags_in_entry(told.body, hours, block.baseline, block.region, others)
    return triage(reports, hours, block.region)


def _hours(since: datetime | None, at: datetime | None) -> float | None:
    return None if since is None or at is None else (at - since).total_seconds() / 3600
