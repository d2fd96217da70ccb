"""All blocks of one patient side by side: as data, as a picture, on a page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from server.charts.palette import Theme
from server.charts.panels import Layout
from server.errors import ConflictError, NotFoundError
from server.exports import passport as passports
from server.exports.passport_answers import Injection, Passport
from server.exports.passport_figures import opened_answers
from server.exports.passport_text import passport_text
from server.exports.typesetting import Paper
from server.persistence.db import transaction
from server.persistence.queries import episodes, people
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.reports import Page, heading_of, source_of


def comparison(staff: Staff, patient_id: UUID, now: datetime) -> dict[str, Any]:
    """Root x response, pairs, sessions and the evidence for a repeat. Raises `NotFoundError`."""
    return opened_answers(_passport(staff, patient_id, "passport.view", now))


def overlay(staff: Staff, patient_id: UUID, theme: Theme, layout: Layout, now: datetime) -> str:
    """The blocks from their own T0 as SVG. Raises `NotFoundError`, `ConflictError` (`not-readable-yet`)."""
    found = _readable(_passport(staff, patient_id, "passport.view", now))
    return passports.overlay(found, theme=theme, layout=layout)


def text(staff: Staff, patient_id: UUID, now: datetime) -> str:
    """The passport in lines to paste. Raises as `overlay`."""
    return passport_text(_readable(_passport(staff, patient_id, "report.passport", now)))


def page(staff: Staff, patient_id: UUID, paper: Paper, now: datetime) -> Page:
    """The passport as PDF. Raises as `overlay`."""
    found = _readable(_passport(staff, patient_id, "report.passport", now))
    return Page(f"root-passport-{found.today.isoformat()}.pdf", passports.passport_page(found, paper, now))


def _readable(found: Passport) -> Passport:
    if not found.sources:
        raise ConflictError("No injection of this patient has a reading yet.", code="not-readable-yet")
    return found


def _passport(staff: Staff, patient_id: UUID, action: str, now: datetime) -> Passport:
    with transaction(staff.clinic_id) as session:
        patient = people.patient(session, staff.clinic_id, patient_id)
        if patient is None:
            raise NotFoundError("There is no such patient.")
        audit(session, staff, action, "patient", patient_id, now)
        sources, injections, unread = [], [], 0
        for one in episodes.episodes_of(session, staff.clinic_id, patient_id):
            if one.performed_at is None or one.status not in {"performed", "closed"}:
                continue
            on = one.performed_at.astimezone(ZoneInfo(one.zone)).date()
            injections.append(Injection(one.region, on, str(one.id), f"{one.level} {one.side}"))
            try:
                sources.append(source_of(session, one, now))
            except ConflictError:
                unread += 1
        zone = people.clinic(session, staff.clinic_id).zone
        return Passport(
            heading_of(session, patient),
            sorted(
                sources, key=lambda found: datetime.fromisoformat(found.diary["procedure"]["performed_at"])
            ),
            injections,
            unread,
            zone,
            now.astimezone(ZoneInfo(zone)).date(),
        )
