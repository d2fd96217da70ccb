"""What is sent for one delivery, and by whom: the channels that this installation has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.config import Config
from server.errors import DeliveryError, DeliveryRefusedError
from server.notifications import message
from server.notifications.email import Mailer
from server.notifications.port import Port
from server.notifications.sms import SmsGateway
from server.notifications.webpush import Pusher, Target
from server.persistence.queries import reminders
from server.persistence.tables import Delivery, Reminder
from server.services.reminding import reminder_id

TEST = "test"
"""Slot of a reminder that a patient asked for to try the way."""


@dataclass(frozen=True, slots=True)
class Channels:
    """The ways out of one installation."""

    public_url: str
    push: Pusher | None = None
    email: Port | None = None
    sms: Port | None = None

    @property
    def names(self) -> frozenset[str]:
        """Those there are."""
        return frozenset(name for name in ("push", "email", "sms") if getattr(self, name) is not None)


def channels_of(config: Config) -> Channels:
    """The channels that the settings give."""
    return Channels(
        config.public_url,
        Pusher(config.push) if config.push is not None else None,
        Mailer(config.mail) if config.mail is not None else None,
        SmsGateway(config.sms) if config.sms is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """One delivery, read and ready to go out without the database."""

    reminder: UUID
    tag: UUID
    link: str
    language: str
    test: bool
    expires_at: datetime
    targets: tuple[tuple[UUID, Target], ...] = ()
    """Subscriptions to push to, with their ids."""
    address: str | None = None


def write(session: Session, found: Reminder, delivery: Delivery, public_url: str) -> Letter:
    """Read what a delivery needs. Raises `DeliveryRefusedError` when there is nowhere to send it any more."""
    setting = reminders.setting(session, found.clinic_id, found.patient_id)
    test = found.slot.startswith(TEST)
    kept: dict[str, Any] = {
        "reminder": found.id,
        "tag": reminder_id(found.episode_id, found.slot, 1),
        "link": f"{public_url}/phone" if test else f"{public_url}/?checkin={found.slot}",
        "language": reminders.language(session, found.clinic_id, found.patient_id)
        or message.DEFAULT_LANGUAGE,
        "test": test,
        "expires_at": found.expires_at,
    }
    if delivery.channel == "push":
        alive = reminders.subscriptions(session, found.clinic_id, found.patient_id)
        if not alive:
            raise DeliveryRefusedError("No phone of this patient takes pushes.")
        targets = tuple((row.id, Target(row.endpoint, row.p256dh, row.auth)) for row in alive)
        return Letter(**kept, targets=targets)
    address = setting and (setting.email if delivery.channel == "email" else setting.phone_number)
    if not address:
        raise DeliveryRefusedError("There is no address for this channel.")
    return Letter(**kept, address=address)


def send(letter: Letter, channel: str, channels: Channels, now: datetime) -> list[UUID]:
    """Send a letter; returns the subscriptions that turned out to be gone (all of them: nothing was sent).

    A push counts as sent when one phone's service has taken it. Raises the `Delivery...` errors.
    """
    if channel == "push":
        return _push(letter, channels, now)
    port = channels.email if channel == "email" else channels.sms
    if port is None or letter.address is None:
        raise DeliveryRefusedError("This installation has no such channel.")
    compose = message.letter if channel == "email" else message.short
    text = compose(letter.language, reminder=letter.reminder, link=letter.link, test=letter.test)
    port.send(letter.address, text, now)
    return []


def _push(letter: Letter, channels: Channels, now: datetime) -> list[UUID]:
    if channels.push is None:
        raise DeliveryRefusedError("This installation has no such channel.")
    payload = message.push_payload(
        letter.language, reminder=letter.reminder, tag=letter.tag, link=letter.link, test=letter.test
    )
    gone: list[UUID] = []
    trouble: DeliveryError | None = None
    taken = False
    for id_, target in letter.targets:
        try:
            channels.push.send(target, payload, topic=letter.tag.hex, expires_at=letter.expires_at, at=now)
            taken = True
        except DeliveryRefusedError:
            gone.append(id_)
        except DeliveryError as error:
            trouble = error
    if not taken and trouble is not None:
        raise trouble
    return gone
