"""Readings on paper and as text for the record, each an audited read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.exports import report
from server.exports.report import Heading, Source
from server.exports.typesetting import Paper
from server.persistence.db import transaction
from server.persistence.queries import episodes, people
from server.persistence.tables import Episode, Patient
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.presentation import as_course
from server.services.review import reading_in
from server.services.sign_offs import signature_of


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page and the name of its file, which names no patient, since files travel."""

    name: str
    pdf: bytes


def episode_report(staff: Staff, episode_id: UUID, paper: Paper, now: datetime) -> Page:
    """The one-page report of an episode. Raises `NotFoundError`, `ConflictError` (`not-readable-yet`)."""
    heading, source = _open(staff, episode_id, "report.episode", now)
    return Page(f"outcome-{_name(source)}.pdf", report.episode_report(heading, source, paper, now))


def episode_text(staff: Staff, episode_id: UUID, now: datetime) -> str:
    """The reading as one dated paragraph for the record. Raises as `episode_report`."""
    _, source = _open(staff, episode_id, "report.text", now)
    return report.paragraph(source)


def heading_of(session: Session, patient: Patient) -> Heading:
    """Whose page it is."""
    clinic = people.clinic(session, patient.clinic_id)
    return Heading(clinic.name, patient.name, patient.record_number, patient.born_on)


def source_of(session: Session, episode: Episode, now: datetime) -> Source:
    """What a page of an episode is made from; raises `ConflictError` while it cannot be read."""
    found = reading_in(session, episode, now)
    return Source(
        diary=found.diary | {"index_pain": episode.record["index_pain"]},
        reading=found.reading,
        record=episode.record,
        course=as_course(found),
        read_at=found.read_at,
        version=episode.change_seq,
        signature=signature_of(session, episode),
    )


def _open(staff: Staff, episode_id: UUID, action: str, now: datetime) -> tuple[Heading, Source]:
    with transaction(staff.clinic_id) as session:
        episode = episodes.episode_for_update(session, staff.clinic_id, episode_id)
        patient = None if episode is None else people.patient(session, staff.clinic_id, episode.patient_id)
        if episode is None or patient is None:
            raise NotFoundError("There is no such episode.")
        audit(session, staff, action, "episode", episode_id, now)
        return heading_of(session, patient), source_of(session, episode, now)


def _name(source: Source) -> str:
    performed = datetime.fromisoformat(source.diary["procedure"]["performed_at"])
    root = "".join(sign for sign in report.root_name(source.diary["procedure"]) if sign.isalnum())
    return f"{performed.date().isoformat()}-{root.lower()}"
