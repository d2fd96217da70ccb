"""What stored entries lead to, in the same transaction: alerts for red flags, and a new reading."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from server.persistence.queries import episodes
from server.services.alerting import alert_level, note_event, raise_alerts
from server.services.deciding import Batch
from server.services.operations import Operation
from server.services.planning import replan
from server.services.review import reread
from server.services.triaging import block_of, find_flags, told_in


def follow_up(session: Session, batch: Batch) -> None:
    """Re-read every episode the batch touched and tell the clinic of its red flags."""
    places = {row["id"]: place for place, row in enumerate(batch.revisions)}
    for episode_id in {op.episode_id for op in batch.fresh}:
        episode = episodes.episode_for_update(session, batch.phone.clinic_id, episode_id)
        if episode is None:
            continue
        heads = reread(session, episode, batch.now, change_seq=batch.next_seq)
        replan(session, episode, heads, batch.now)
        # What a phone did with a red flag comes after the flag itself, in whatever order they were sent.
        for op in sorted(batch.fresh, key=lambda op: op.kind == "flag_event"):
            if op.episode_id != episode_id or op.body is None:
                continue
            if op.kind == "flag_event":
                note_event(session, batch.phone, op, batch.now)
            suspect = batch.revisions[places[op.revision_id]]["clock_suspect"]
            told = raise_alerts(session, batch.phone, episode, op, heads, batch.now, clock_suspect=suspect)
            if told is not None:
                _result(batch, op)["alert"] = told


def repeat_told(session: Session, batch: Batch) -> None:
    """A phone that lost the first answer must still learn that the clinic knows, and since when."""
    for op, told_at in batch.repeated_flags:
        episode = episodes.episode(session, batch.phone.clinic_id, op.episode_id)
        if episode is None:
            continue
        level = alert_level(find_flags(block_of(episode), told_in(op, clock_suspect=batch.clock_off), ()))
        if level is not None:
            repeated = next(r for r in batch.results if r["rev_id"] == str(op.revision_id))
            repeated["alert"] = {"level": level, "told_at": told_at}


def _result(batch: Batch, op: Operation) -> dict[str, Any]:
    return next(r for r in batch.results if r["rev_id"] == str(op.revision_id) and r["status"] != "duplicate")
