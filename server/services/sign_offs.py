"""The state of an episode's sign-off: what moved since it was signed, and when that re-opens it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from server.domain.sign_off import Move, asks_for_another_look, moves
from server.exports.signature import Signature
from server.persistence.queries import people, sign_offs
from server.persistence.tables import Episode, SignOff
from server.security.actors import System
from server.services.auditing import audit


def moved_since(session: Session, episode: Episode, signed: SignOff, body: Mapping[str, Any]) -> list[Move]:
    """Which answers of a reading differ from the signed ones."""
    changed = sign_offs.changed_since(session, episode.clinic_id, episode.id, signed.data_version)
    record_changed = episode.revision != signed.record_revision
    return moves(signed.reading, body, changed, record_changed=record_changed)


def follow_reading(session: Session, episode: Episode, body: Mapping[str, Any], now: datetime) -> None:
    """Re-open a signed episode when its new reading says something else, and keep what moved."""
    if episode.sign_state != "signed":
        return
    signed = sign_offs.newest_signed(session, episode.clinic_id, episode.id)
    if signed is None:
        return
    found = moved_since(session, episode, signed, body)
    if not asks_for_another_look(found):
        return
    episode.sign_state = "reopened"
    step = SignOff(
        clinic_id=episode.clinic_id,
        id=uuid4(),
        episode_id=episode.id,
        number=sign_offs.next_number(session, episode.clinic_id, episode.id),
        kind="reopened",
        at=now,
        data_version=episode.change_seq,
        record_revision=episode.revision,
        criteria=body["criteria"],
        read_at=now,
        reading=dict(body),
        changes=[as_told(move) for move in found],
    )
    session.add(step)
    answers = [move.answer for move in found]
    audit(
        session,
        System(episode.clinic_id),
        "sign-off.reopen",
        "episode",
        episode.id,
        now,
        number=step.number,
        answers=answers,
    )


def signature_of(session: Session, episode: Episode) -> Signature | None:
    """The newest sign-off as pages and exports show it; None while nobody has signed."""
    if episode.signed_at is None:
        return None
    signed = sign_offs.newest_signed(session, episode.clinic_id, episode.id)
    if signed is None or signed.clinician_id is None or signed.conclusion is None:
        return None
    return Signature(
        by=people.clinician_names(session, episode.clinic_id).get(signed.clinician_id, ""),
        at=signed.at,
        data_version=signed.data_version,
        criteria=signed.criteria,
        conclusion=signed.conclusion,
        note=signed.note,
        holds=episode.sign_state == "signed",
    )


def as_told(move: Move) -> dict[str, Any]:
    """A move as JSON keeps it."""
    return {
        "answer": move.answer,
        "before": move.before,
        "after": move.after,
        "entries": list(move.entries),
        "cause": move.cause,
    }
