"""Messages to staff: made in the transaction of what they tell, sent by whichever worker holds the lease."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import structlog
from sqlalchemy.orm import Session

from server.clock import Clock
from server.config import Config
from server.domain.alerts import LONGEST_BACKOFF, retry_after
from server.errors import AfterblockError, DeliveryError, DeliveryRefusedError
from server.logs import fault_of
from server.notifications.email import Mailer
from server.notifications.port import Message, Port
from server.notifications.sms import SmsGateway
from server.persistence.db import transaction
from server.persistence.queries import alerts, messages, people
from server.persistence.tables import StaffMessage
from server.security.actors import System
from server.services import staff_texts
from server.services.alert_log import record
from server.services.auditing import audit

LEASE: Final = timedelta(minutes=2)
"""Longer than a send may take; after it another worker may send the message again, under the same id."""
NO_SUCH_CHANNEL: Final = "not-configured"

log = structlog.get_logger()


def ports_of(config: Config) -> dict[str, Port]:
    """The channels to staff that this installation can send over."""
    found: dict[str, Port] = {}
    if config.mail is not None:
        found["email"] = Mailer(config.mail)
    if config.sms is not None:
        found["sms"] = SmsGateway(config.sms)
    return found


def addresses(contact: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Channel and address of every way to reach a contact."""
    found = (("sms", contact["phone"]), ("email", contact["email"]))
    return [(channel, address) for channel, address in found if address]


def put(
    session: Session,
    clinic_id: UUID,
    kind: str,
    subject: str,
    recipient: str,
    target: tuple[str, str],
    now: datetime,
    **more: Any,
) -> StaffMessage:
    """Queue one message; `subject` is unique, so a second worker cannot queue it again."""
    channel, address = target
    message = StaffMessage(
        clinic_id=clinic_id,
        id=uuid4(),
        kind=kind,
        subject=subject,
        recipient=recipient,
        channel=channel,
        address=address,
        status="waiting",
        created_at=now,
        next_attempt_at=now,
        **more,
    )
    session.add(message)
    session.flush()
    return message


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message whose lease this worker holds."""

    id: UUID
    claim: UUID
    channel: str
    address: str
    text: Message


def deliver(clinic_id: UUID, ports: Mapping[str, Port], public_url: str, clock: Clock) -> int:
    """Send what is due; returns how many were handed over.

    A channel that fails is left alone until the next run, so that one dead server does not hold up the
    others; what it did not take is tried again later, and is never lost. Each lease runs from when it is
    taken: behind a long queue one that ran from the start would be over before its send.
    """
    sent, failed = 0, set[str]()
    while (claimed := _claim(clinic_id, failed, public_url, clock())) is not None:
        try:
            port = ports.get(claimed.channel)
            if port is None:
                failed.add(claimed.channel)
                _settle(clinic_id, claimed, clock(), problem=NO_SUCH_CHANNEL)
                continue
            port.send(claimed.address, claimed.text, clock())
        except DeliveryRefusedError as error:
            _settle(clinic_id, claimed, clock(), problem=error.code, refused=True)
        except DeliveryError as error:
            failed.add(claimed.channel)
            _settle(clinic_id, claimed, clock(), problem=error.code)
        except AfterblockError:
            raise  # the database: nothing can be written down now
        except Exception as error:  # a fault nobody foresaw costs this one message its turn, no other one
            log.error("message.fault", message=str(claimed.id), channel=claimed.channel, **fault_of(error))
            _settle(clinic_id, claimed, clock(), problem=DeliveryError.code)
        else:
            sent += _settle(clinic_id, claimed, clock())
    return sent


def _claim(clinic_id: UUID, without: Collection[str], public_url: str, now: datetime) -> Claimed | None:
    """Take the lease of the message that has waited longest; None when nothing is left to send."""
    limits = (now, LEASE, LONGEST_BACKOFF)
    while True:
        with transaction(clinic_id, reading=True) as session:
            if not messages.any_due(session, clinic_id, without, *limits):
                return None
        with transaction(clinic_id) as session:
            row = messages.next_due(session, clinic_id, without, *limits)
            if row is None:
                return None  # another worker has it
            if needless := _needless(session, row, now):
                row.status, row.problem = "dropped", needless
                continue
            claim = uuid4()
            row.claim, row.lease_until, row.attempts = claim, now + LEASE, row.attempts + 1
            name = people.clinic(session, clinic_id).name
            text = staff_texts.compose(row.id, row.kind, row.counts, name, public_url)
            return Claimed(row.id, claim, row.channel, row.address, text)


def _needless(session: Session, row: StaffMessage, now: datetime) -> str | None:
    """Why a message need not be sent any more: its alert has been acknowledged, or its time has passed."""
    if row.alert_id is not None:
        alert = alerts.for_update(session, row.clinic_id, row.alert_id)
        if alert is not None and alert.acknowledged_at is not None:
            return "answered"
    return "too-late" if row.expires_at is not None and row.expires_at <= now else None


def _settle(
    clinic_id: UUID, message: Claimed, now: datetime, *, problem: str | None = None,
    refused: bool = False,
) -> bool:  # fmt: skip
    """Write down what became of a send; of a lease that has passed to somebody else, nothing."""
    with transaction(clinic_id) as session:
        row = messages.for_update(session, clinic_id, message.id)
        if row is None or row.claim != message.claim or row.status != "waiting":
            return False
        row.claim, row.lease_until, row.problem = None, None, problem
        if problem is None:
            row.status, row.sent_at = "sent", now
        elif refused:
            row.status = "dropped"
        else:
            row.next_attempt_at = now + retry_after(row.attempts)
        _note(session, row, now)
        audit(
            session,
            System(clinic_id),
            f"message.{row.status}",
            "message",
            message.id,
            now,
            kind=row.kind,
            attempts=row.attempts,
            problem=problem,
        )
    if problem is not None:
        log.warning("message.failed", message=str(message.id), channel=message.channel, problem=problem)
    return problem is None


def _note(session: Session, row: StaffMessage, now: datetime) -> None:
    """Tell the alert's history of a message that arrived, or of the first time it did not."""
    alert = alerts.for_update(session, row.clinic_id, row.alert_id) if row.alert_id else None
    if alert is None or (row.status == "waiting" and row.attempts > 1):
        return
    kind = {"sent": "told", "dropped": "unreachable"}.get(row.status, "delayed")
    record(session, System(row.clinic_id), alert, kind, now, message=str(row.id), channel=row.channel)
    if row.status == "dropped" and alert.escalate_at is not None and alert.steps == 1:
        alert.escalate_at = now  # nobody was told: the next contact need not wait for this one's time
