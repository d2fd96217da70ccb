"""What a patient chooses about reminders, where the phones take pushes, and what is known of each channel."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from server.config import Config
from server.domain.instants import MINUTE
from server.domain.passing_on import CHANNELS
from server.domain.prompting import Habits
from server.errors import InvalidError
from server.notifications.hosts import split_allowed
from server.notifications.message import DEFAULT_LANGUAGE
from server.persistence.db import insert_if_new, transaction
from server.persistence.queries import reminders
from server.persistence.tables import Patient, PushSubscription, ReminderSetting
from server.security.actors import Phone
from server.security.tokens import SECRET_BYTES, Token
from server.services.auditing import audit
from server.services.letters import channels_of
from server.services.planning import replan_patient
from server.services.reminding import usable_channels

STANDARD = Habits()


def choices_of(phone: Phone, config: Config, now: datetime) -> dict[str, Any]:
    """What the patient chose and what this phone can be reached by; makes the defaults at first sight."""
    with transaction(phone.clinic_id) as session:
        setting = _setting(session, phone, now)
        audit(session, phone, "reminders.view", "patient", phone.patient_id, now)
        return _described(session, phone, setting, config)


def choose(phone: Phone, form: dict[str, Any], config: Config, now: datetime) -> dict[str, Any]:
    """Keep new choices and plan anew. Raises `InvalidError` for a channel without an address."""
    with transaction(phone.clinic_id) as session:
        setting = _setting(session, phone, now)
        for channel, address in (("email", "email"), ("sms", "phone_number")):
            if channel in form["channels"] and not form.get(address):
                pointer = {"pointer": f"/{address}", "code": "missing"}
                raise InvalidError("Write where to send it.", [pointer])
            if form.get(address) != getattr(setting, address):
                setting.refused = {k: v for k, v in setting.refused.items() if k != channel}
        for name in ("evening", "quiet_from", "quiet_until", "email", "phone_number"):
            setattr(setting, name, form.get(name))
        _hear_language(session, phone, form["language"])
        setting.channels = [name for name in CHANNELS if name in form["channels"]]
        setting.zone, setting.updated_at = form.get("zone") or setting.zone, now
        session.flush()
        replan_patient(session, phone.clinic_id, phone.patient_id, now)
        audit(session, phone, "reminders.choose", "patient", phone.patient_id, now)
        return _described(session, phone, setting, config)


def check_in(phone: Phone, form: dict[str, Any], config: Config, now: datetime) -> dict[str, Any]:
    """The app was opened: its zone and its push subscription, or that it has none. Raises `InvalidError`."""
    given = form.get("subscription")
    if given is not None and (
        config.push is None or split_allowed(given["endpoint"], config.push.hosts) is None
    ):
        pointer = {"pointer": "/subscription/endpoint", "code": "push-host"}
        raise InvalidError("Pushes to this browser's service are not possible here.", [pointer])
    with transaction(phone.clinic_id) as session:
        setting = _setting(session, phone, now)
        _hear_language(session, phone, form.get("language"))
        _keep_subscription(session, phone, given, now)
        if form["zone"] != setting.zone:
            setting.zone = form["zone"]
            session.flush()
            replan_patient(session, phone.clinic_id, phone.patient_id, now)
        audit(session, phone, "reminders.check-in", "patient", phone.patient_id, now)
        return _described(session, phone, setting, config)


def calendar_token(setting: ReminderSetting, config: Config) -> Token:
    """The secret in the calendar's address: made from the server's key, so that only a digest is kept."""
    text = f"calendar/{setting.patient_id}/{setting.calendar_salt}"
    secret = hmac.new(config.secret_key.encode(), text.encode(), hashlib.sha256).digest()
    return Token(setting.clinic_id, secret[:SECRET_BYTES])


def renew_calendar(phone: Phone, config: Config, now: datetime) -> dict[str, Any]:
    """Give the calendar a new address, also at first; the old one stops working."""
    with transaction(phone.clinic_id) as session:
        setting = _setting(session, phone, now)
        setting.calendar_salt = uuid4()
        setting.calendar_digest = calendar_token(setting, config).digest
        audit(session, phone, "calendar.renew", "patient", phone.patient_id, now)
        return _described(session, phone, setting, config)


def _setting(session: Session, phone: Phone, now: datetime) -> ReminderSetting:
    insert_if_new(
        session,
        ReminderSetting,
        clinic_id=phone.clinic_id,
        patient_id=phone.patient_id,
        evening=STANDARD.evening // MINUTE,
        quiet_from=STANDARD.quiet_from // MINUTE,
        quiet_until=STANDARD.quiet_until // MINUTE,
        channels=["push"],
        refused={},
        updated_at=now,
    )
    setting = reminders.setting_for_update(session, phone.clinic_id, phone.patient_id)
    if setting is None:
        raise RuntimeError("the choices were just made")
    return setting


def _hear_language(session: Session, phone: Phone, language: str | None) -> None:
    """Of a patient enrolled before languages were asked for, the app's own; a change is told elsewhere."""
    patient = session.get_one(Patient, (phone.clinic_id, phone.patient_id))
    patient.language = patient.language or language


def _keep_subscription(session: Session, phone: Phone, given: dict[str, Any] | None, now: datetime) -> None:
    kept = reminders.subscription_of(session, phone.clinic_id, phone.device_id)
    if given is None:
        if kept is not None and kept.dead_at is None:
            kept.dead_at = now
        return
    if kept is None:
        kept = PushSubscription(
            clinic_id=phone.clinic_id, id=uuid4(), patient_id=phone.patient_id, device_id=phone.device_id
        )
        session.add(kept)
    if kept.endpoint != given["endpoint"]:
        kept.dead_at = None  # the same one that its service called gone stays dead
    kept.endpoint, kept.p256dh, kept.auth = given["endpoint"], given["p256dh"], given["auth"]
    kept.checked_at = now


def _described(session: Session, phone: Phone, setting: ReminderSetting, config: Config) -> dict[str, Any]:
    session.flush()
    own = reminders.subscription_of(session, phone.clinic_id, phone.device_id)
    address = None
    if setting.calendar_salt is not None:
        address = f"{config.public_url}/calendar/{calendar_token(setting, config).text}.ics"
    return {
        "language": reminders.language(session, phone.clinic_id, phone.patient_id) or DEFAULT_LANGUAGE,
        "zone": setting.zone,
        "evening": setting.evening,
        "quiet_from": setting.quiet_from,
        "quiet_until": setting.quiet_until,
        "channels": setting.channels,
        "email": setting.email,
        "phone_number": setting.phone_number,
        "refused": sorted(setting.refused),
        "offered": usable_channels(session, phone.clinic_id, channels_of(config).names),
        "push_key": config.push.public_key if config.push is not None else None,
        "push": push_state(own),
        "calendar": address,
    }


def push_state(subscription: PushSubscription | None) -> str:
    """What is known of one phone's pushes: `none`, `on`, or `dead` when its service turned them down."""
    if subscription is None:
        return "none"
    return "on" if subscription.dead_at is None else "dead"
