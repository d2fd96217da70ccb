"""Finding reminders, what is due next, deliveries to be sent, and where to send them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from server.persistence.tables import (
    Delivery,
    Device,
    Entry,
    EntryRevision,
    Episode,
    Patient,
    PromptPlan,
    PushSubscription,
    Reminder,
    ReminderSetting,
    WorkerState,
)


def plan(session: Session, clinic_id: UUID, episode_id: UUID) -> PromptPlan | None:
    """What comes next for one episode, locked."""
    return session.scalars(
        select(PromptPlan)
        .where(PromptPlan.clinic_id == clinic_id, PromptPlan.episode_id == episode_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def is_any_plan_due(session: Session, clinic_id: UUID, now: datetime) -> bool:
    """Whether the worker has anything to do for this clinic's plans."""
    due = select(PromptPlan.episode_id).where(PromptPlan.clinic_id == clinic_id, PromptPlan.next_at <= now)
    return session.scalar(select(due.exists())) is True


class Choices(NamedTuple):
    """What a patient chose, as far as prompting needs it."""

    zone: str | None
    evening: int
    quiet_from: int
    quiet_until: int
    channels: list[str]
    email: str | None
    phone_number: str | None
    refused: dict[str, str]


class DuePlan(NamedTuple):
    """A plan whose time has come, with what the next one follows from."""

    episode_id: UUID
    patient_id: UUID
    next_at: datetime
    slot: str
    """Empty for a plan without a prompt; what follows from one has no meaning then."""
    number: int
    expires_at: datetime
    facts: dict[str, Any]
    performed_at: datetime
    zone: str
    setting: Choices | None
    has_push: bool
    options: dict[str, Any]
    entries: int
    next_injection: datetime | None
    """When a later block of the patient took the phone over."""


def injections_after(
    session: Session, clinic_id: UUID, patients: Collection[UUID]
) -> Callable[[UUID, datetime], datetime | None]:
    """For a patient and a T0: the T0 of the next block, from which on the phone writes to that one."""
    found: dict[UUID, list[datetime]] = {}
    for patient_id, at in session.execute(
        select(Episode.patient_id, Episode.performed_at).where(
            Episode.clinic_id == clinic_id,
            Episode.patient_id.in_(patients),
            Episode.status == "performed",
            Episode.performed_at.is_not(None),
        )
    ):
        if at is not None:
            found.setdefault(patient_id, []).append(at)
    return lambda patient_id, after: min((at for at in found.get(patient_id, ()) if at > after), default=None)


def due_plans(session: Session, clinic_id: UUID, now: datetime, most: int) -> list[DuePlan]:
    """Plans whose time has come, locked with their episodes, the longest due first.

    Rows that another worker or an arriving entry holds are left out, so nobody waits in a circle. Each table
    is asked by its key: joined, PostgreSQL would rather read all episodes of the clinic for every page.
    """
    # Columns, not objects: nothing is changed through them, and making thousands of objects takes long.
    plans = {
        row.episode_id: row
        for row in session.execute(
            select(
                PromptPlan.episode_id,
                PromptPlan.next_at,
                PromptPlan.slot,
                PromptPlan.number,
                PromptPlan.expires_at,
                PromptPlan.facts,
            )
            .where(PromptPlan.clinic_id == clinic_id, PromptPlan.next_at <= now)
            .order_by(PromptPlan.next_at)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
    }
    rows = session.execute(
        select(
            Episode.id,
            Episode.patient_id,
            Episode.performed_at,
            Episode.zone,
            Episode.options,
            Episode.entries,
        )
        .where(Episode.clinic_id == clinic_id, Episode.id.in_(plans))
        .with_for_update(skip_locked=True)
    ).all()
    patients = {row.patient_id for row in rows}
    chosen = [getattr(ReminderSetting, name) for name in Choices._fields]
    settings = {
        patient_id: Choices(*values)
        for patient_id, *values in session.execute(
            select(ReminderSetting.patient_id, *chosen).where(
                ReminderSetting.clinic_id == clinic_id, ReminderSetting.patient_id.in_(patients)
            )
        )
    }
    pushed = set(
        session.scalars(
            select(PushSubscription.patient_id).where(
                PushSubscription.clinic_id == clinic_id,
                PushSubscription.patient_id.in_(patients),
                PushSubscription.dead_at.is_(None),
            )
        )
    )
    next_injection = injections_after(session, clinic_id, patients)
    return [
        DuePlan(
            id_,
            patient_id,
            plan.next_at,
            plan.slot or "",
            plan.number or 0,
            plan.expires_at or plan.next_at,
            plan.facts,
            performed_at or plan.next_at,
            zone,
            settings.get(patient_id),
            patient_id in pushed,
            options,
            entries,
            None if performed_at is None else next_injection(patient_id, performed_at),
        )
        for id_, patient_id, performed_at, zone, options, entries in rows
        if (plan := plans[id_]).next_at is not None
    ]


def setting_for_update(session: Session, clinic_id: UUID, patient_id: UUID) -> ReminderSetting | None:
    """What a patient chose, locked."""
    return session.scalars(
        select(ReminderSetting)
        .where(ReminderSetting.clinic_id == clinic_id, ReminderSetting.patient_id == patient_id)
        .with_for_update()
    ).one_or_none()


def setting(session: Session, clinic_id: UUID, patient_id: UUID) -> ReminderSetting | None:
    """What a patient chose."""
    return session.get(ReminderSetting, (clinic_id, patient_id))


def language(session: Session, clinic_id: UUID, patient_id: UUID) -> str | None:
    """The language a patient reads; None until a phone has told it."""
    return session.scalar(
        select(Patient.language).where(Patient.clinic_id == clinic_id, Patient.id == patient_id)
    )


def setting_by_calendar(session: Session, clinic_id: UUID, digest: str) -> ReminderSetting | None:
    """The choices of the patient whose calendar has this secret address."""
    return session.scalars(
        select(ReminderSetting).where(
            ReminderSetting.clinic_id == clinic_id, ReminderSetting.calendar_digest == digest
        )
    ).one_or_none()


def subscription_of(session: Session, clinic_id: UUID, device_id: UUID) -> PushSubscription | None:
    """Where one phone takes pushes, alive or not."""
    return session.scalars(
        select(PushSubscription).where(
            PushSubscription.clinic_id == clinic_id, PushSubscription.device_id == device_id
        )
    ).one_or_none()


def subscriptions(session: Session, clinic_id: UUID, patient_id: UUID) -> Sequence[PushSubscription]:
    """Where a patient's phones take pushes now; a phone taken off the diary takes none."""
    return session.scalars(
        select(PushSubscription)
        .join(
            Device,
            and_(Device.clinic_id == PushSubscription.clinic_id, Device.id == PushSubscription.device_id),
        )
        .where(
            PushSubscription.clinic_id == clinic_id,
            PushSubscription.patient_id == patient_id,
            PushSubscription.dead_at.is_(None),
            Device.revoked_at.is_(None),
        )
    ).all()


def subscriptions_of_all(session: Session, clinic_id: UUID, patient_id: UUID) -> dict[UUID, PushSubscription]:
    """A patient's subscriptions by phone, dead ones too."""
    rows = session.scalars(
        select(PushSubscription).where(
            PushSubscription.clinic_id == clinic_id, PushSubscription.patient_id == patient_id
        )
    )
    return {row.device_id: row for row in rows}


def settings_of(session: Session, clinic_id: UUID, patients: Collection[UUID]) -> Sequence[ReminderSetting]:
    """What these patients chose, of those who chose anything."""
    return session.scalars(
        select(ReminderSetting).where(
            ReminderSetting.clinic_id == clinic_id, ReminderSetting.patient_id.in_(patients)
        )
    ).all()


def pushed_to(session: Session, clinic_id: UUID, patients: Collection[UUID]) -> dict[UUID, bool]:
    """Of those whose phones have taken pushes, whether one still does; phones taken off count no more."""
    alive = func.max(case((PushSubscription.dead_at.is_(None), 1), else_=0))
    rows = session.execute(
        select(PushSubscription.patient_id, alive)
        .join(
            Device,
            and_(Device.clinic_id == PushSubscription.clinic_id, Device.id == PushSubscription.device_id),
        )
        .where(
            PushSubscription.clinic_id == clinic_id,
            PushSubscription.patient_id.in_(patients),
            Device.revoked_at.is_(None),
        )
        .group_by(PushSubscription.patient_id)
    )
    return {patient_id: bool(one) for patient_id, one in rows}


def impressions(session: Session, clinic_id: UUID, episode_id: UUID) -> list[str]:
    """Which impressions of change an episode has, by their check-ins."""
    rows = session.scalars(
        select(EntryRevision.body)
        .join(
            Entry,
            and_(Entry.clinic_id == EntryRevision.clinic_id, Entry.head_revision_id == EntryRevision.id),
        )
        .where(
            Entry.clinic_id == clinic_id,
            Entry.episode_id == episode_id,
            Entry.kind == "impression",
            Entry.deleted.is_(False),
        )
    )
    return [slot for body in rows if body and isinstance(slot := body.get("slot"), str)]


def reminder(session: Session, clinic_id: UUID, reminder_id: UUID) -> Reminder | None:
    """One reminder, locked."""
    return session.scalars(
        select(Reminder)
        .where(Reminder.clinic_id == clinic_id, Reminder.id == reminder_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def reminders_of(session: Session, clinic_id: UUID, episode_id: UUID, most: int) -> Sequence[Reminder]:
    """An episode's newest reminders, newest first."""
    return session.scalars(
        select(Reminder)
        .where(Reminder.clinic_id == clinic_id, Reminder.episode_id == episode_id)
        .order_by(Reminder.due_at.desc(), Reminder.number.desc())
        .limit(most)
    ).all()


def deliveries_of(session: Session, clinic_id: UUID, ids: Collection[UUID]) -> Sequence[Delivery]:
    """All tries of these reminders, in the order they were due."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.clinic_id == clinic_id, Delivery.reminder_id.in_(ids))
        .order_by(Delivery.due_at, Delivery.round)
    ).all()


def is_any_delivery_due(session: Session, clinic_id: UUID, now: datetime) -> bool:
    """Whether there is anything to send for this clinic that nobody holds."""
    due = select(Delivery.id).where(
        Delivery.clinic_id == clinic_id,
        Delivery.state == "due",
        Delivery.due_at <= now,
        Delivery.expires_at > now,
        or_(Delivery.lease_until.is_(None), Delivery.lease_until <= now),
    )
    return session.scalar(select(due.exists())) is True


def free_deliveries(session: Session, clinic_id: UUID, now: datetime, most: int) -> Sequence[Delivery]:
    """Deliveries whose time has come and that nobody holds, longest due first; locked ones are left out."""
    return session.scalars(
        select(Delivery)
        .where(
            Delivery.clinic_id == clinic_id,
            Delivery.state == "due",
            Delivery.due_at <= now,
            Delivery.expires_at > now,
            or_(Delivery.lease_until.is_(None), Delivery.lease_until <= now),
        )
        .order_by(Delivery.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def is_any_over(session: Session, clinic_id: UUID, now: datetime) -> bool:
    """Whether a reminder's time is over without its having reached anybody."""
    over = select(Reminder.id).where(
        Reminder.clinic_id == clinic_id, Reminder.state == "open", Reminder.expires_at <= now
    )
    return session.scalar(select(over.exists())) is True


def over(session: Session, clinic_id: UUID, now: datetime, most: int) -> Sequence[UUID]:
    """Reminders whose time is over, locked; those that others hold are left out."""
    return session.scalars(
        select(Reminder.id)
        .where(Reminder.clinic_id == clinic_id, Reminder.state == "open", Reminder.expires_at <= now)
        .order_by(Reminder.expires_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


def open_of(
    session: Session, clinic_id: UUID, episode_id: UUID, states: Sequence[str], keys: Sequence[str] | None
) -> Sequence[UUID]:
    """An episode's reminders in some states (of some check-ins), locked."""
    statement = select(Reminder.id).where(
        Reminder.clinic_id == clinic_id, Reminder.episode_id == episode_id, Reminder.state.in_(states)
    )
    if keys is not None:
        statement = statement.where(Reminder.slot.in_(keys))
    return session.scalars(statement.order_by(Reminder.id).with_for_update()).all()


def delivery(session: Session, clinic_id: UUID, delivery_id: UUID) -> Delivery | None:
    """One delivery, locked."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.clinic_id == clinic_id, Delivery.id == delivery_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def waiting(session: Session, clinic_id: UUID, now: datetime) -> tuple[int, datetime | None]:
    """How many deliveries are due by now, and since when the oldest."""
    row = session.execute(
        select(func.count(), func.min(Delivery.due_at)).where(
            Delivery.clinic_id == clinic_id, Delivery.state == "due", Delivery.due_at <= now
        )
    ).one()
    return row[0], row[1]


def worker_state(session: Session) -> WorkerState | None:
    """What the worker last said of itself."""
    return session.get(WorkerState, 1)
