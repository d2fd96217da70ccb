"""Sending reminders: a delivery is claimed by its row for a while, sent, and marked; anybody may take over.

A worker that dies in between leaves its lease to run out. What it may have sent is sent again under the same
id: a push of the same tag replaces the first, an e-mail has the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import structlog
from sqlalchemy.orm import Session

from server.clock import Clock
from server.errors import AfterblockError, DeliveryError, DeliveryRefusedError
from server.logs import fault_of
from server.persistence.db import transaction
from server.persistence.queries import reminders
from server.persistence.tables import Delivery, Reminder
from server.services.letters import Channels, Letter, send, write
from server.services.settling import settle

BATCH: Final = 5
LEASE: Final = timedelta(seconds=180)
"""Longer than a send may take, so that only a dead worker's claim runs out."""
ROOM: Final = timedelta(seconds=90)
"""A claim with less time left is not begun: somebody else may take it over before it is done."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Claim:
    """One delivery that this worker holds."""

    delivery_id: UUID
    channel: str
    claim: UUID
    until: datetime


def send_due(clinic_id: UUID, channels: Channels, clock: Clock, go_on: Callable[[], bool]) -> int:
    """Send what is due until nothing is or `go_on` says no; a send in hand is finished. Returns how many."""
    done = 0
    while go_on() and _is_due(clinic_id, clock()):
        claims = _claim(clinic_id, clock())
        if not claims:
            break  # other workers have them
        while claims:
            claim = claims.pop(0)
            try:
                if go_on():
                    done += _send_one(clinic_id, claim, channels, clock)
                else:
                    _give_back(clinic_id, claim)
            except BaseException:
                for other in claims:
                    _give_back(clinic_id, other)
                raise
    return done


def _is_due(clinic_id: UUID, now: datetime) -> bool:
    with transaction(clinic_id, reading=True) as session:
        return reminders.is_any_delivery_due(session, clinic_id, now)


def _claim(clinic_id: UUID, now: datetime) -> list[Claim]:
    """Take a few free deliveries for a while."""
    with transaction(clinic_id) as session:
        claims = []
        for row in reminders.free_deliveries(session, clinic_id, now, BATCH):
            row.claim, row.lease_until, row.attempts = uuid4(), now + LEASE, row.attempts + 1
            claims.append(Claim(row.id, row.channel, row.claim, row.lease_until))
        return claims


def _send_one(clinic_id: UUID, claim: Claim, channels: Channels, clock: Clock) -> int:
    """Send one claimed delivery and write down what became of it; 1 when it was handed over."""
    trouble: DeliveryError | None = None
    gone: list[UUID] = []
    try:
        letter = _read(clinic_id, claim, channels.public_url, clock())
        if letter is None:
            return 0  # answered, over or taken by somebody else meanwhile
        gone = send(letter, claim.channel, channels, clock())
        if letter.targets and len(gone) == len(letter.targets):
            trouble = DeliveryRefusedError("No phone of this patient takes pushes any more.")
    except DeliveryError as error:
        trouble = error
    except AfterblockError:
        raise  # the database: nothing can be written down now
    except Exception as error:  # a fault nobody foresaw costs this one delivery, and is told like any other
        log.error("reminder.fault", delivery=str(claim.delivery_id), channel=claim.channel, **fault_of(error))
        trouble = DeliveryError("The channel failed in a way nobody foresaw.")
    with transaction(clinic_id) as session:
        held = _held(session, clinic_id, claim)
        if held is not None:
            settle(session, *held, trouble, gone, channels.names, clock())
    if trouble is not None:
        log.warning(
            "reminder.failed", delivery=str(claim.delivery_id), channel=claim.channel, code=trouble.code
        )
    return int(trouble is None)


def _read(clinic_id: UUID, claim: Claim, public_url: str, now: datetime) -> Letter | None:
    """The letter, if there is still a reason to send it: an answer may have come since it was claimed."""
    with transaction(clinic_id, reading=True) as session:
        delivery = session.get(Delivery, (clinic_id, claim.delivery_id))
        if delivery is None or delivery.claim != claim.claim or delivery.state != "due":
            return None
        found = session.get_one(Reminder, (clinic_id, delivery.reminder_id))
        if found.state != "open" or found.expires_at <= now or now + ROOM > claim.until:
            return None
        return write(session, found, delivery, public_url)


def _held(session: Session, clinic_id: UUID, claim: Claim) -> tuple[Reminder, Delivery] | None:
    """The rows of a claim, locked in the order of all who change them; None when it is no longer ours."""
    seen = session.get(Delivery, (clinic_id, claim.delivery_id))
    if seen is None:
        return None
    found = reminders.reminder(session, clinic_id, seen.reminder_id)
    delivery = reminders.delivery(session, clinic_id, claim.delivery_id)
    if found is None or delivery is None or delivery.claim != claim.claim:
        return None
    return found, delivery


def _give_back(clinic_id: UUID, claim: Claim) -> None:
    with transaction(clinic_id) as session:
        delivery = reminders.delivery(session, clinic_id, claim.delivery_id)
        if delivery is not None and delivery.claim == claim.claim:
            delivery.claim = delivery.lease_until = None
            delivery.attempts -= 1
