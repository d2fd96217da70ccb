"""A clinic's opening hours as its settings have them, and its zone."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.opening import OFFICE_HOURS, OpeningHours, parse_hours
from server.persistence.queries import people, settings


def opening_of(session: Session, clinic_id: UUID) -> tuple[OpeningHours, str]:
    """Opening hours in force, and the zone whose wall clock they are on."""
    kept = settings.newest(session, clinic_id, "hours")
    hours = OFFICE_HOURS if kept is None else parse_hours(kept.value)
    return hours, people.clinic(session, clinic_id).zone
