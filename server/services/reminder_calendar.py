"""A patient's check-ins to come as a calendar, by the same rule as the reminders; no permission is needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.config import Config
from server.domain.instants import as_datetime, local_time, of_datetime
from server.domain.prompting import first_prompts
from server.errors import NotFoundError
from server.notifications import calendar, message
from server.persistence.db import transaction
from server.persistence.queries import episodes, reminders
from server.persistence.tables import Episode, ReminderSetting
from server.security.actors import Phone, System
from server.security.tokens import parse_token
from server.services.auditing import audit
from server.services.planning import habits_of, next_injection, prompted_until, read_facts, slots_of
from server.services.reminding import reminder_id


def calendar_of(token_text: str, config: Config, now: datetime) -> str:
    """The calendar at a secret address. Raises `NotFoundError` for any other."""
    token = parse_token(token_text)
    if token is None:
        raise NotFoundError("There is no such calendar.")
    with transaction(token.clinic_id) as session:
        setting = reminders.setting_by_calendar(session, token.clinic_id, token.digest)
        if setting is None:
            raise NotFoundError("There is no such calendar.")
        actor = System(token.clinic_id, kind="calendar")
        audit(session, actor, "calendar.view", "patient", setting.patient_id, now)
        return _calendar(session, token.clinic_id, setting.patient_id, setting, config, now)


def calendar_of_phone(phone: Phone, config: Config, now: datetime) -> str:
    """The same for the patient's own phone, to be imported once."""
    with transaction(phone.clinic_id) as session:
        setting = reminders.setting(session, phone.clinic_id, phone.patient_id)
        audit(session, phone, "calendar.view", "patient", phone.patient_id, now)
        return _calendar(session, phone.clinic_id, phone.patient_id, setting, config, now)


def _calendar(
    session: Session,
    clinic_id: UUID,
    patient_id: UUID,
    setting: ReminderSetting | None,
    config: Config,
    now: datetime,
) -> str:
    found = [
        appointment
        for episode in episodes.episodes_of(session, clinic_id, patient_id)
        if episode.status == "performed" and episode.performed_at is not None
        for appointment in _appointments(session, episode, setting, now)
    ]
    language = reminders.language(session, clinic_id, patient_id) or message.DEFAULT_LANGUAGE
    return calendar.calendar(
        sorted(found, key=lambda one: one.at), language, f"{config.public_url}/today", now
    )


def _appointments(
    session: Session, episode: Episode, setting: ReminderSetting | None, now: datetime
) -> Iterator[calendar.Appointment]:
    plan = reminders.plan(session, episode.clinic_id, episode.id)
    if plan is None:
        return
    zone = setting.zone if setting is not None and setting.zone else episode.zone
    course = prompted_until(read_facts(plan.facts), next_injection(session, episode))
    habits = habits_of(setting)
    for prompt in first_prompts(slots_of(episode), habits, local_time(zone), course, of_datetime(now)):
        yield calendar.Appointment(reminder_id(episode.id, prompt.slot, 1), as_datetime(prompt.at))
