"""What the phone says of a reminder: shown, opened, later please; and the test that proves the whole way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from server.config import Config
from server.domain.instants import of_datetime
from server.domain.passing_on import first_step
from server.domain.prompting import MOST_PROMPTS
from server.errors import ConflictError, NotFoundError
from server.persistence.db import insert_all_new, transaction
from server.persistence.queries import episodes, reminders
from server.persistence.tables import Delivery, Reminder
from server.security.actors import Phone
from server.services.auditing import audit
from server.services.heads import load_heads
from server.services.letters import TEST, channels_of
from server.services.planning import read_facts, replan, slots_of
from server.services.reminding import delivery_row, reminder_id
from server.services.settling import channels_to

TEST_LASTS = timedelta(minutes=10)


def confirm(phone: Phone, id_: UUID, event: str, now: datetime) -> None:
    """A phone has shown a reminder, or its patient has opened it: nothing more is tried. Twice is once."""
    with transaction(phone.clinic_id) as session:
        found = _own(session, phone, id_)
        if found.shown_at is None:
            found.shown_at = now
        if event == "clicked" and found.clicked_at is None:
            found.clicked_at = now
        if found.state in ("open", "sent"):
            found.state = "shown"
        waiting = [Delivery.clinic_id == phone.clinic_id, Delivery.reminder_id == id_]
        for before, after in (("sent", "confirmed"), ("due", "dropped")):
            pushed = [Delivery.channel == "push"] if before == "sent" else []
            statement = update(Delivery).where(*waiting, *pushed, Delivery.state == before)
            session.execute(statement.values(state=after).execution_options(synchronize_session=False))
        audit(session, phone, f"reminder.{event}", "reminder", id_, now)


def snooze(phone: Phone, episode_id: UUID, slot: str, minutes: int, now: datetime) -> datetime:
    """Ask again later, inside the check-in's time; that is then its second and last prompt.

    Returns when. Raises `NotFoundError`, and `ConflictError` when the check-in is answered, over by then, or
    has been prompted twice.
    """
    with transaction(phone.clinic_id) as session:
        episode = episodes.episode_for_update(session, phone.clinic_id, episode_id)
        if episode is None or episode.patient_id != phone.patient_id or episode.performed_at is None:
            raise NotFoundError("There is no such check-in.")
        planned = next((one for one in slots_of(episode) if one.key == slot), None)
        plan = reminders.plan(session, phone.clinic_id, episode_id)
        if planned is None or plan is None:
            raise NotFoundError("There is no such check-in.")
        course, at = read_facts(plan.facts), now + timedelta(minutes=minutes)
        past = course.prompted.get(slot)
        used = past is not None and past.times >= MOST_PROMPTS
        if used or slot in course.filled or not planned.opens <= of_datetime(at) < planned.late_until:
            raise ConflictError("This check-in cannot wait that long.", code="too-late-to-snooze")
        snoozed = {**course.snoozed, slot: of_datetime(at)}
        plan.facts = {**plan.facts, "snoozed": snoozed}
        session.flush()
        replan(session, episode, load_heads(session, phone.clinic_id, episode_id), now)
        audit(session, phone, "reminder.snooze", "episode", episode_id, now, minutes=minutes)
        return at


def send_test(phone: Phone, config: Config, now: datetime) -> UUID:
    """Lay a test reminder into the same queue that all others take; returns its id.

    Raises `ConflictError` without any channel, `NotFoundError` without an episode.
    """
    with transaction(phone.clinic_id) as session:
        own = episodes.episodes_of(session, phone.clinic_id, phone.patient_id)
        if not own:
            raise NotFoundError("There is no diary yet.")
        names = channels_of(config).names
        step = first_step(channels_to(session, phone.clinic_id, phone.patient_id, names))
        if step is None:
            raise ConflictError("Choose a way to be reminded first.", code="no-channel")
        slot = TEST + uuid4().hex[:8]
        row: dict[str, Any] = {
            "clinic_id": phone.clinic_id,
            "id": reminder_id(own[-1].id, slot, 1),
            "episode_id": own[-1].id,
            "patient_id": phone.patient_id,
            "slot": slot,
            "number": 1,
            "due_at": now,
            "expires_at": now + TEST_LASTS,
            "state": "open",
            "made_at": now,
        }
        insert_all_new(session, Reminder, [row])
        insert_all_new(session, Delivery, [delivery_row(row, *step, now)])
        audit(session, phone, "reminder.test", "patient", phone.patient_id, now)
        return reminder_id(own[-1].id, slot, 1)


def state_of(phone: Phone, id_: UUID, now: datetime) -> dict[str, Any]:
    """How far a reminder has come: its state, and each try of a channel."""
    with transaction(phone.clinic_id) as session:
        found = _own(session, phone, id_)
        audit(session, phone, "reminder.view", "reminder", id_, now)
        tries = reminders.deliveries_of(session, phone.clinic_id, [id_])
        return {
            "id": id_,
            "state": found.state,
            "shown_at": found.shown_at,
            "clicked_at": found.clicked_at,
            "deliveries": [
                {"channel": one.channel, "state": one.state, "sent_at": one.sent_at} for one in tries
            ],
        }


def _own(session: Session, phone: Phone, id_: UUID) -> Reminder:
    found = reminders.reminder(session, phone.clinic_id, id_)
    if found is None or found.patient_id != phone.patient_id:
        raise NotFoundError("There is no such reminder.")
    return found
