"""What the worker does at each tick: every job one idempotent call, for every clinic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog

from server.clock import Clock
from server.config import Config
from server.errors import AfterblockError
from server.logs import fault_of
from server.persistence.db import transaction
from server.persistence.queries import people
from server.services import delivering, digests, enrolment, escalation, outbox, reminding, review, staff
from server.services.letters import channels_of
from server.services.queueing import report_queue

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


def send_to_staff(config: Config, clock: Clock) -> int:
    """Send escalations, digests and tests; returns how many were handed over."""
    ports = outbox.ports_of(config)
    return _everywhere(
        "send_to_staff", lambda clinic_id: outbox.deliver(clinic_id, ports, config.public_url, clock)
    )


def expire(config: Config, now: datetime) -> int:
    """End codes and sessions whose time is over; returns how many."""
    return staff.forget_old_attempts(now) + _everywhere(
        "expire",
        lambda clinic_id: (
            enrolment.expire_codes(clinic_id, now) + staff.expire_sessions(clinic_id, config, now)
        ),
    )


def make_reminders(config: Config, now: datetime) -> int:
    """Make due check-ins into reminders, close what is finished, give up what is over; returns how many."""
    available = channels_of(config).names
    return _everywhere(
        "make_reminders",
        lambda clinic_id: reminding.make_due(clinic_id, available, now) + reminding.give_up(clinic_id, now),
    )


def send_reminders(config: Config, clock: Clock, go_on: Callable[[], bool] = lambda: True) -> int:
    """Send, send again and pass on to the next channel what is due; returns how many went out."""
    channels = channels_of(config)
    return _everywhere(
        "send_reminders", lambda clinic_id: delivering.send_due(clinic_id, channels, clock, go_on)
    )


def tick(config: Config, now: datetime) -> dict[str, int]:
    """All jobs once: `{job: how many things it did}`."""
    done = {
        "reread_due": reread_due(now),
        "make_reminders": make_reminders(config, now),
        "send_reminders": send_reminders(config, lambda: now),
        "expire": expire(config, now),
        "recheck_alerts": recheck_alerts(now),
        "escalate_alerts": escalate_alerts(now),
        "make_digests": make_digests(now),
        "send_to_staff": send_to_staff(config, lambda: now),
    }
    report_queue(now)
    return done


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
        except Exception as error:
            log.error("job.failed", job=job, clinic=str(clinic_id), code="unexpected", **fault_of(error))
    if done:
        log.info("job.done", job=job, count=done)
    return done
