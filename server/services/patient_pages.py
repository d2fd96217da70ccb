"""A patient's own page, for their phone or for staff to hand out; never before the scores may be seen."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from server.errors import ConflictError, NotFoundError
from server.exports import patient_page
from server.exports.patient_page import OwnDiary
from server.exports.typesetting import Paper
from server.notifications.message import DEFAULT_LANGUAGE
from server.persistence.db import transaction
from server.persistence.queries import episodes, people
from server.persistence.tables import Episode, Patient
from server.security.actors import Actor, Phone
from server.services.auditing import audit
from server.services.baseline import known_level
from server.services.heads import load_heads
from server.services.phone import window_minutes
from server.services.reports import Page


def own_page(actor: Actor, episode_id: UUID, language: str | None, paper: Paper, now: datetime) -> Page:
    """The page of one injection, in the language asked for, else the patient's.

    A phone gets its own patient's alone. Raises `NotFoundError`, and `ConflictError`: `not-readable-yet`
    without an injection or a score, `scores-hidden` until the diagnostic window has closed, because a seen
    score would bias the next.
    """
    with transaction(actor.clinic_id) as session:
        episode = episodes.episode(session, actor.clinic_id, episode_id)
        if episode is None or (isinstance(actor, Phone) and episode.patient_id != actor.patient_id):
            raise NotFoundError("There is no such episode.")
        patient = people.patient(session, actor.clinic_id, episode.patient_id)
        if patient is None:  # never so: the database keeps them together
            raise NotFoundError("There is no such patient.")
        _refuse_early(episode, now)
        audit(session, actor, "report.patient", "episode", episode_id, now)
        diary = _diary(session, episode, patient)
        spoken = language or patient.language or DEFAULT_LANGUAGE
    if not diary.bodies:
        raise ConflictError("There is no entry in this diary yet.", code="not-readable-yet")
    return Page(f"diary-{spoken}.pdf", patient_page.own_page(diary, spoken, paper, now))


def _refuse_early(episode: Episode, now: datetime) -> None:
    if episode.performed_at is None or episode.status not in {"performed", "closed"}:
        raise ConflictError("The injection has not been recorded yet.", code="not-readable-yet")
    if now < episode.performed_at + timedelta(minutes=window_minutes(episode.record["procedure"])):
        raise ConflictError(
            "Scores stay hidden in the first hours after the injection.", code="scores-hidden"
        )


def _diary(session: Session, episode: Episode, patient: Patient) -> OwnDiary:
    clinic = people.clinic(session, episode.clinic_id)
    average = known_level(episode)
    heads = load_heads(session, episode.clinic_id, episode.id)
    if episode.performed_at is None:  # never so: `_refuse_early` was asked
        raise ConflictError("The injection has not been recorded yet.", code="not-readable-yet")
    return OwnDiary(
        name=patient.name,
        record_number=patient.record_number,
        clinic=clinic.name,
        phone=clinic.phone,
        zone=episode.zone,
        index_pain=episode.record["index_pain"],
        performed_at=episode.performed_at,
        baseline=episode.record["baseline"].get("pain") if average is None else average,
        bodies=[head.body for head in heads if head.taken_at >= episode.performed_at],
    )
