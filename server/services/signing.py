"""A physician's decision on a reading: seen, taken, and kept with what it was taken on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from server.domain.sign_off import CONCLUSIONS, suggested
from server.errors import ConflictError
from server.exports import summary
from server.exports.signature import concluded, statement
from server.persistence.db import transaction
from server.persistence.queries import people, sign_offs
from server.persistence.tables import Episode, SignOff
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.episodes import episode_to_change, next_number
from server.services.placing import place
from server.services.review import EpisodeReading, episode_to_read, reading_in
from server.services.sign_offs import as_told, moved_since


def view(staff: Staff, episode_id: UUID, now: datetime) -> dict[str, Any]:
    """The state of an episode's sign-off with its history. Raises `NotFoundError`, `ConflictError`."""
    with transaction(staff.clinic_id) as session:
        episode = episode_to_read(session, staff.clinic_id, episode_id)
        audit(session, staff, "sign-off.view", "episode", episode_id, now)
        return _told(session, episode, reading_in(session, episode, now))


def sign(staff: Staff, episode_id: UUID, form: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Record that a physician has read just this reading, and what they conclude from it.

    Raises `NotFoundError`; `ConflictError` with code `not-readable-yet`, or `reading-changed` when it was
    made anew since the physician's page was loaded: nobody signs what they have not seen; `signed-meanwhile`
    when somebody else has signed since.
    """
    with transaction(staff.clinic_id) as session:
        episode = episode_to_change(session, staff.clinic_id, episode_id)
        found = reading_in(session, episode, now)
        if (form["version"], form["read_at"]) != (episode.change_seq, found.read_at):
            raise ConflictError(
                "The reading has changed since you opened it. Look at it again, then sign.",
                code="reading-changed",
            )
        _refuse_unseen(session, episode, form.get("signed_number"))
        number = sign_offs.next_number(session, staff.clinic_id, episode_id)
        session.add(
            SignOff(
                clinic_id=staff.clinic_id,
                id=uuid4(),
                episode_id=episode_id,
                number=number,
                kind="signed",
                at=now,
                clinician_id=staff.clinician_id,
                data_version=episode.change_seq,
                record_revision=episode.revision,
                criteria=found.reading["criteria"],
                read_at=found.read_at,
                conclusion=form["conclusion"],
                note=form.get("note"),
                reading=found.reading,
                changes=[],
            )
        )
        episode.sign_state, episode.signed_at, episode.seen_seq = "signed", now, episode.change_seq
        place(episode, found.reading)
        next_number(session, staff.clinic_id)  # so that every open worklist learns of it
        audit(session, staff, "sign-off.sign", "episode", episode_id, now, number=number)
        session.flush()
        return _told(session, episode, found)


def _refuse_unseen(session: Session, episode: Episode, seen: int | None) -> None:
    """A signature takes the place of one its physician has seen, of no other; a double click makes one."""
    newest = sign_offs.newest_signed(session, episode.clinic_id, episode.id)
    if (None if newest is None else newest.number) != seen:
        raise ConflictError(
            "Somebody has signed since you opened this. Look at it again, then sign.",
            code="signed-meanwhile",
        )


def _told(session: Session, episode: Episode, found: EpisodeReading) -> dict[str, Any]:
    steps = sign_offs.history(session, episode.clinic_id, episode.id)
    names = people.clinician_names(session, episode.clinic_id)
    signed = next((step for step in reversed(steps) if step.kind == "signed"), None)
    moved = (
        [] if signed is None else [as_told(m) for m in moved_since(session, episode, signed, found.reading)]
    )
    procedure = found.diary["procedure"]
    return {
        "state": episode.sign_state,
        "version": episode.change_seq,
        "read_at": found.read_at,
        "criteria": found.reading["criteria"],
        "suggested": suggested(found.reading["anaesthetic"]["verdict"]),
        "conclusions": [{"code": code, "sentence": concluded(code, procedure)} for code in CONCLUSIONS],
        "signed": None if signed is None else _step(signed, names, episode.zone, procedure),
        "changes": [] if signed is None else _in_words(moved, signed.reading, found.reading, procedure),
        "history": [_step(step, names, episode.zone, procedure) for step in reversed(steps)],
    }


def _step(
    step: SignOff, names: Mapping[UUID, str], zone: str, procedure: Mapping[str, Any]
) -> dict[str, Any]:
    by = None if step.clinician_id is None else names.get(step.clinician_id, "")
    return {
        "number": step.number,
        "kind": step.kind,
        "at": step.at,
        "by": by,
        "data_version": step.data_version,
        "criteria": step.criteria,
        "conclusion": step.conclusion,
        "sentence": None if step.conclusion is None else concluded(step.conclusion, procedure),
        "note": step.note,
        "statement": statement(by, step.at, step.data_version, step.criteria, zone) if by else None,
        "changes": [change | {"title": summary.TITLES[change["answer"]]} for change in step.changes],
    }


def _in_words(
    changes: Sequence[dict[str, Any]],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    procedure: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """What moved, with the sentence as it was signed and as it reads now."""
    old = {answer.key: answer for answer in summary.answers(before, procedure)}
    new = {answer.key: answer for answer in summary.answers(after, procedure)}
    return [
        change
        | {
            "title": summary.TITLES[change["answer"]],
            "was": old[change["answer"]].sentence,
            "reads": new[change["answer"]].sentence,
        }
        for change in changes
    ]
