"""The optional morning digest of a clinician: counts and a link, on the days the clinic is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.opening import at_wall_clock, local_date, minutes
from server.persistence.db import transaction
from server.persistence.queries import figures, messages, people, settings
from server.persistence.tables import Clinic, Clinician, DigestChoice
from server.security.actors import Staff, System
from server.services import outbox
from server.services.auditing import audit
from server.services.opening import opening_of
from server.services.phone import window_minutes
from server.services.review import criteria_of

LATEST: Final = timedelta(hours=6)
"""A digest that could not be made in time is left out rather than sent in the evening."""


def choice(staff: Staff) -> dict[str, Any]:
    """When this clinician gets the digest."""
    with transaction(staff.clinic_id, reading=True) as session:
        return _told(staff, settings.digest_choice(session, staff.clinic_id, staff.clinician_id))


def choose(staff: Staff, at: str | None, now: datetime) -> dict[str, Any]:
    """Choose a time on the clinic's wall clock, or None for no digest."""
    with transaction(staff.clinic_id) as session:
        kept = settings.digest_choice(session, staff.clinic_id, staff.clinician_id)
        if at is None:
            if kept is not None:
                session.delete(kept)
            kept = None
        else:
            zone = people.clinic(session, staff.clinic_id).zone
            if kept is None:
                kept = DigestChoice(clinic_id=staff.clinic_id, clinician_id=staff.clinician_id)
            kept.minute = minutes(at)
            kept.next_at = next_moment(zone, kept.minute, now)
            session.add(kept)
        audit(session, staff, "digest.choose", "clinician", staff.clinician_id, now, at=at)
        session.flush()
        return _told(staff, kept)


def move_all(session: Session, clinic: Clinic, now: datetime) -> None:
    """The clinic has another zone: digests come at the chosen time of its wall clock."""
    for chosen in settings.digest_choices(session, clinic.clinic_id):
        chosen.next_at = next_moment(clinic.zone, chosen.minute, now)


def make_due(clinic_id: UUID, now: datetime) -> int:
    """Queue the digests whose time has come; returns how many. One a clinician and day, whoever makes it."""
    with transaction(clinic_id, reading=True) as session:
        if not settings.any_digest_due(session, clinic_id, now):
            return 0
    with transaction(clinic_id) as session:
        hours, zone = opening_of(session, clinic_id)
        made, counts = 0, None
        for chosen, clinician in settings.due_digests(session, clinic_id, now):
            last = last_moment(zone, chosen.minute, now)
            wanted = chosen.next_at <= last and now < last + LATEST
            chosen.next_at = next_moment(zone, chosen.minute, now)
            day = local_date(zone, last)
            if wanted and hours.on(day) is not None:
                counts = counts or counts_of(session, clinic_id, now)
                made += _put(session, clinician, day, zone, counts, now)
        return made


def counts_of(session: Session, clinic_id: UUID, now: datetime) -> dict[str, int]:
    """All a digest tells."""
    decided = figures.decided(session, clinic_id, criteria_of(session, clinic_id), now)
    ready = sum(
        performed is not None and _is_news(performed, record, seen) for performed, record, seen in decided
    )
    return figures.counts(session, clinic_id, now) | {"ready": ready}


def _is_news(performed_at: datetime, record: dict[str, Any], seen: datetime | None) -> bool:
    """Whether nobody has looked at a reading since its diagnostic window closed."""
    return seen is None or seen < performed_at + timedelta(minutes=window_minutes(record["procedure"]))


def _put(
    session: Session, clinician: Clinician, day: date, zone: str, counts: dict[str, int], now: datetime
) -> bool:
    subject = f"digest:{clinician.id}:{day.isoformat()}"
    if messages.is_known(session, clinician.clinic_id, subject):
        return False  # the clock has been at this morning before
    outbox.put(
        session,
        clinician.clinic_id,
        "digest",
        subject,
        clinician.name,
        ("email", clinician.email),
        now,
        counts=counts,
        clinician_id=clinician.id,
        expires_at=at_wall_clock(zone, day + timedelta(days=1), 0),
    )
    audit(session, System(clinician.clinic_id), "digest.make", "clinician", clinician.id, now)
    return True


def next_moment(zone: str, minute: int, now: datetime) -> datetime:
    """The next moment after `now` at which the wall clock shows a minute of the day."""
    today = local_date(zone, now)
    moments = (at_wall_clock(zone, today + timedelta(days=ahead), minute) for ahead in range(3))
    return next(moment for moment in moments if moment > now)


def last_moment(zone: str, minute: int, now: datetime) -> datetime:
    """The last moment up to `now` at which the wall clock showed a minute of the day."""
    today = local_date(zone, now)
    moments = (at_wall_clock(zone, today - timedelta(days=back), minute) for back in range(3))
    return next(moment for moment in moments if moment <= now)


def _told(staff: Staff, kept: DigestChoice | None) -> dict[str, Any]:
    at = None if kept is None else f"{kept.minute // 60:02}:{kept.minute % 60:02}"
    return {"at": at, "next_at": kept.next_at if kept else None, "email": staff.email}
