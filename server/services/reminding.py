"""Making what is due into reminders, and closing what is finished; doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from server.domain.instants import of_datetime
from server.domain.passing_on import Step, first_step
from server.domain.prompting import Course, Past
from server.domain.schedule import Slot
from server.persistence.db import insert_all_new, transaction, update_all
from server.persistence.queries import episodes, reminders
from server.persistence.queries.reminders import Choices, DuePlan
from server.persistence.tables import Delivery, PromptPlan, Reminder, ReminderSetting
from server.security.actors import System
from server.services.auditing import audit
from server.services.heads import load_heads
from server.services.planning import facts_of, habits_of, next_columns, read_facts, replan, slots_of
from server.services.settings import value_of

BATCH: Final = 500
"""Plans worked on in one transaction: memory stays flat however many are due."""

log = structlog.get_logger()


def make_due(clinic_id: UUID, available: Collection[str], now: datetime) -> int:
    """Make every prompt whose time has come into a reminder with its first delivery; returns how many.

    `available` are the channels this installation can send over. A patient without any gets none made.
    """
    made = 0
    while _is_due(clinic_id, now):
        with transaction(clinic_id) as session:
            rows = reminders.due_plans(session, clinic_id, now, BATCH)
            made += _make(session, clinic_id, rows, available, now)
        if not rows:
            break  # another worker has them
    return made


def _is_due(clinic_id: UUID, now: datetime) -> bool:
    with transaction(clinic_id, reading=True) as session:
        return reminders.is_any_plan_due(session, clinic_id, now)


def _make(
    session: Session, clinic_id: UUID, rows: Sequence[DuePlan], available: Collection[str], now: datetime
) -> int:
    found: list[dict[str, Any]] = []
    sends: list[dict[str, Any]] = []
    plans: list[dict[str, Any]] = []
    usable = usable_channels(session, clinic_id, available)
    for row in rows:
        if not row.slot:
            _look_anew(session, clinic_id, row.episode_id, now)
            continue
        step = _first_step(row, usable, now)
        if step is not None:
            found.append(_reminder(clinic_id, row, now))
            sends.append(delivery_row(found[-1], *step, now))
        plans.append({"clinic_id": clinic_id, **_plan_after(row, now)})
    insert_all_new(session, Reminder, found)
    insert_all_new(session, Delivery, sends)
    update_all(session, PromptPlan, plans)
    return len(found)


def usable_channels(session: Session, clinic_id: UUID, available: Collection[str]) -> list[str]:
    """The channels a clinic wants used, in its order, as far as this installation has them (`available`)."""
    return [name for name in value_of(session, clinic_id, "channels")["order"] if name in available]


def order_of(
    setting: ReminderSetting | Choices | None, *, has_push: bool, usable: Sequence[str]
) -> list[str]:
    """The channels that can reach a patient, in the order of `usable`."""
    if setting is None:
        return []
    reachable = {"push": has_push, "email": setting.email, "sms": setting.phone_number}
    return [
        name
        for name in usable
        if name in setting.channels and reachable[name] and name not in setting.refused
    ]


def reminder_id(episode_id: UUID, slot: str, number: int) -> UUID:
    """The same prompt has the same id, whoever makes it."""
    return uuid5(episode_id, f"{slot}/{number}")


def _first_step(row: DuePlan, usable: Sequence[str], now: datetime) -> Step | None:
    if row.expires_at <= now or (row.next_injection is not None and row.next_injection <= row.next_at):
        return None
    return first_step(order_of(row.setting, has_push=row.has_push, usable=usable))


def _zone(row: DuePlan) -> str:
    return row.setting.zone if row.setting is not None and row.setting.zone else row.zone


def _reminder(clinic_id: UUID, row: DuePlan, now: datetime) -> dict[str, Any]:
    return {
        "clinic_id": clinic_id,
        "id": reminder_id(row.episode_id, row.slot, row.number),
        "episode_id": row.episode_id,
        "patient_id": row.patient_id,
        "slot": row.slot,
        "number": row.number,
        "due_at": row.next_at,
        "expires_at": row.expires_at,
        "state": "open",
        "made_at": now,
    }


def delivery_row(reminder: Mapping[str, Any], channel: str, round_: int, due_at: datetime) -> dict[str, Any]:
    """A try of one channel, ready to be inserted; the same try has the same id."""
    return {
        "clinic_id": reminder["clinic_id"],
        "id": uuid5(reminder["id"], f"{channel}/{round_}"),
        "reminder_id": reminder["id"],
        "channel": channel,
        "round": round_,
        "state": "due",
        "due_at": due_at,
        "expires_at": reminder["expires_at"],
        "attempts": 0,
    }


def _plan_after(row: DuePlan, now: datetime) -> dict[str, Any]:
    """A plan once its prompt has been made."""
    before = read_facts(row.facts)
    past = before.prompted.get(row.slot, Past(0, 0))
    planned = slots_of(row)
    course = replace(
        before,
        prompted={
            **_recent(before, planned, now),
            row.slot: Past(past.times + 1, of_datetime(max(row.next_at, now))),
        },
        snoozed={key: at for key, at in before.snoozed.items() if key != row.slot},
        unanswered=before.unanswered + (past.times == 0),
    )
    facts = facts_of(course) | {"entries": row.facts.get("entries", 0)}
    columns = next_columns(planned, course, habits_of(row.setting), _zone(row), now, row.next_injection)
    return {"episode_id": row.episode_id, "facts": facts, **columns}


def _recent(course: Course, planned: Sequence[Slot], now: datetime) -> dict[str, Past]:
    """What was prompted, without check-ins that are over: a plan stays small for a year."""
    if not course.prompted:
        return {}
    at = of_datetime(now)
    open_ones = {slot.key for slot in planned if slot.late_until > at}
    return {key: past for key, past in course.prompted.items() if key in open_ones}


def _look_anew(session: Session, clinic_id: UUID, episode_id: UUID, now: datetime) -> None:
    """A plan without a prompt: the episode is new to the worker, or finished."""
    episode = episodes.episode_for_update(session, clinic_id, episode_id)
    if episode is None:
        return
    replan(session, episode, load_heads(session, clinic_id, episode_id), now)
    plan = reminders.plan(session, clinic_id, episode_id)
    if plan is not None and plan.slot is None and plan.next_at is not None and plan.next_at <= now:
        episode.status = "closed"
        plan.next_at = None
        audit(session, System(clinic_id), "episode.close", "episode", episode_id, now)


def give_up(clinic_id: UUID, now: datetime) -> int:
    """End reminders whose time is over, with what still waits for them; returns how many."""
    done = 0
    while found := _give_up(clinic_id, now):
        done += found
    return done


def _give_up(clinic_id: UUID, now: datetime) -> int:
    with transaction(clinic_id, reading=True) as session:
        if not reminders.is_any_over(session, clinic_id, now):
            return 0
    with transaction(clinic_id) as session:
        over = reminders.over(session, clinic_id, now, BATCH)
        for table, column in ((Delivery, Delivery.reminder_id), (Reminder, Reminder.id)):
            state = "due" if table is Delivery else "open"
            statement = update(table).where(
                table.clinic_id == clinic_id, column.in_(over), table.state == state
            )
            session.execute(statement.values(state="expired").execution_options(synchronize_session=False))
        return len(over)
