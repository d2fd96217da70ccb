"""What the worker does at each tick: every job one idempotent call, for every clinic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog

from server.config import Config
from server.errors import AfterblockError
from server.persistence.db import transaction
from server.persistence.queries import people
from server.services import digests, enrolment, escalation, outbox, review, staff

log = structlog.get_logger()


def reread_due(now: datetime) -> int:
    """Re-read all episodes whose `next_read_at` has passed; returns how many."""
    return _everywhere("reread_due", lambda clinic_id: review.read_due(clinic_id, now))


def recheck_alerts(now: datetime) -> int:
    """Raise alerts whose recheck the patient has left unanswered; returns how many."""
    return _everywhere("recheck_alerts", lambda clinic_id: escalation.recheck(clinic_id, now))


def escalate_alerts(now: datetime) -> int:
    """Tell the next contact of every alert nobody has acknowledged in time; returns how many."""
    return _everywhere("escalate_alerts", lambda clinic_id: escalation.escalate(clinic_id, now))


def make_digests(now: datetime) -> int:
    """Make the morning digests that are due; returns how many."""
    return _everywhere("make_digests", lambda clinic_id: digests.make_due(clinic_id, now))


def send_to_staff(config: Config, now: datetime) -> int:
    """Send escalations, digests and tests; returns how many were handed over."""
    ports = outbox.ports_of(config)
    return _everywhere(
        "send_to_staff", lambda clinic_id: outbox.deliver(clinic_id, ports, config.public_url, now)
    )


def expire(config: Config, now: datetime) -> int:
    """End codes and sessions whose time is over; returns how many."""
    return staff.forget_old_attempts(now) + _everywhere(
        "expire",
        lambda clinic_id: (
            enrolment.expire_codes(clinic_id, now) + staff.expire_sessions(clinic_id, config, now)
        ),
    )


def tick(config: Config, now: datetime) -> dict[str, int]:
    """All jobs once: `{job: how many things it did}`."""
    return {
        "reread_due": reread_due(now),
        "expire": expire(config, now),
        "recheck_alerts": recheck_alerts(now),
        "escalate_alerts": escalate_alerts(now),
        "make_digests": make_digests(now),
        "send_to_staff": send_to_staff(config, now),
    }


def _everywhere(job: str, work: Callable[[UUID], int]) -> int:
    """Run one job for each clinic; a clinic in trouble does not keep the others waiting."""
    with transaction(None, reading=True) as session:
        clinics = list(people.clinic_ids(session))
    done = 0
    for clinic_id in clinics:
        try:
            done += work(clinic_id)
        except AfterblockError as error:
            log.error("job.failed", job=job, clinic=str(clinic_id), code=error.code)
    if done:
        log.info("job.done", job=job, count=done)
    return done
