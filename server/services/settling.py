"""What follows a send: the next try is laid down in the same transaction, so that none is ever lost."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from server.domain.passing_on import (
    CONFIRMED,
    MOST_ATTEMPTS,
    Step,
    next_channel,
    next_step,
    pause_after,
    wait_for_word,
)
from server.errors import DeliveryError, DeliveryRefusedError
from server.persistence.db import insert_all_new
from server.persistence.queries import reminders
from server.persistence.tables import Delivery, PushSubscription, Reminder
from server.security.actors import System
from server.services.auditing import audit
from server.services.reminding import delivery_row, order_of, usable_channels


def settle(
    session: Session,
    reminder: Reminder,
    delivery: Delivery,
    trouble: DeliveryError | None,
    gone: Sequence[UUID],
    available: Collection[str],
    now: datetime,
) -> None:
    """Write down what became of a claimed delivery, and what comes after it."""
    bury(session, reminder.clinic_id, gone, now)
    delivery.claim = delivery.lease_until = None
    detail = {"channel": delivery.channel, "sent": trouble is None}
    audit(session, System(reminder.clinic_id), "reminder.send", "reminder", reminder.id, now, **detail)
    order = channels_to(session, reminder.clinic_id, reminder.patient_id, available)
    step = Step(delivery.channel, delivery.round)
    if trouble is None:
        _after_sending(session, reminder, delivery, next_step(order, step), now)
    else:
        _after_trouble(session, reminder, delivery, trouble, next_channel(order, step), now)


def bury(session: Session, clinic_id: UUID, gone: Sequence[UUID], now: datetime) -> None:
    """Mark subscriptions that the push service says are gone; the app and the clinic tell of it."""
    if gone:
        dead = update(PushSubscription).where(
            PushSubscription.clinic_id == clinic_id, PushSubscription.id.in_(gone)
        )
        session.execute(dead.values(dead_at=now).execution_options(synchronize_session=False))


def _after_sending(
    session: Session, reminder: Reminder, delivery: Delivery, step: Step | None, now: datetime
) -> None:
    delivery.state, delivery.sent_at, delivery.problem = "sent", now, None
    if delivery.channel not in CONFIRMED:
        reminder.state = "sent" if reminder.state == "open" else reminder.state
    elif step is not None and reminder.state == "open":
        patience = wait_for_word(reminder.expires_at - reminder.due_at)
        _lay_down(session, reminder, step, now + patience)


def _after_trouble(
    session: Session,
    reminder: Reminder,
    delivery: Delivery,
    trouble: DeliveryError,
    step: Step | None,
    now: datetime,
) -> None:
    delivery.problem = trouble.code
    refused = isinstance(trouble, DeliveryRefusedError)
    if refused and delivery.channel not in CONFIRMED:
        _note_refusal(session, reminder, delivery.channel, now)
    if not refused and (step is None or delivery.attempts < MOST_ATTEMPTS):
        delivery.due_at = now + pause_after(delivery.attempts)
        return
    delivery.state = "failed"
    if reminder.state != "open":
        return
    if step is not None:
        _lay_down(session, reminder, step, now)
    elif refused:
        reminder.state = "undelivered"


def _lay_down(session: Session, reminder: Reminder, step: Step, due_at: datetime) -> None:
    key = {"clinic_id": reminder.clinic_id, "id": reminder.id, "expires_at": reminder.expires_at}
    session.flush()
    insert_all_new(session, Delivery, [delivery_row(key, step.channel, step.round, due_at)])


def _note_refusal(session: Session, reminder: Reminder, channel: str, now: datetime) -> None:
    """An address that takes nothing is not tried again until the patient writes another one."""
    setting = reminders.setting_for_update(session, reminder.clinic_id, reminder.patient_id)
    if setting is not None:
        setting.refused = {**setting.refused, channel: now.isoformat(timespec="seconds")}


def channels_to(session: Session, clinic_id: UUID, patient_id: UUID, available: Collection[str]) -> list[str]:
    """The channels that can reach a patient now, in the clinic's order."""
    setting = reminders.setting(session, clinic_id, patient_id)
    alive = bool(reminders.subscriptions(session, clinic_id, patient_id))
    return order_of(setting, has_push=alive, usable=usable_channels(session, clinic_id, available))
