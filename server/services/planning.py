"""What is due next for an episode: kept beside it whenever its diary, T0 or choices change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.domain.instants import MINUTE, Instant, as_datetime, local_time, of_datetime
from server.domain.prompting import Course, Habits, Past, answered, ends_at, next_prompt
from server.domain.protocol import offered, options_from, reminded
from server.domain.schedule import Slot, slots
from server.persistence.queries import reminders
from server.persistence.queries.reminders import Choices
from server.persistence.tables import Delivery, Episode, PromptPlan, Reminder, ReminderSetting
from server.schemas.fields import parse_moment
from server.services.heads import HeadEntry, load_heads
from server.services.phone import window_minutes

BACK_FILLED_AFTER: Final = timedelta(minutes=60)


def habits_of(setting: ReminderSetting | Choices | None) -> Habits:
    """What a patient chose, else the defaults."""
    if setting is None:
        return Habits()
    return Habits(setting.evening * MINUTE, setting.quiet_from * MINUTE, setting.quiet_until * MINUTE)


def replan(session: Session, episode: Episode, heads: Sequence[HeadEntry], now: datetime) -> None:
    """Work out anew what comes next; end the reminders of what is answered, moved away or over."""
    plan = reminders.plan(session, episode.clinic_id, episode.id)
    if plan is None:
        plan = PromptPlan(clinic_id=episode.clinic_id, episode_id=episode.id, facts={})
        session.add(plan)
    if episode.performed_at is None or episode.status != "performed":
        plan.next_at = plan.slot = plan.number = plan.expires_at = None
        _end(session, episode, "withdrawn")
        return
    planned = slots_of(episode)
    course = _course(session, episode, of_datetime(episode.performed_at), heads, planned, plan.facts)
    plan.facts = facts_of(course) | {"entries": len(heads)}
    setting = reminders.setting(session, episode.clinic_id, episode.patient_id)
    zone = setting.zone if setting is not None and setting.zone else episode.zone
    taken_over = next_injection(session, episode)
    for column, value in next_columns(planned, course, habits_of(setting), zone, now, taken_over).items():
        setattr(plan, column, value)
    done = [key for key in course.prompted if key in course.filled]
    _end(session, episode, "answered", done)
    moved = [slot.key for slot in planned if slot.key in course.prompted and slot.opens > of_datetime(now)]
    _end(session, episode, "withdrawn", moved)


def replan_patient(session: Session, clinic_id: UUID, patient_id: UUID, now: datetime) -> None:
    """The same for all running episodes of a patient, after new choices or in another zone."""
    running = select(Episode).where(
        Episode.clinic_id == clinic_id, Episode.patient_id == patient_id, Episode.status == "performed"
    )
    for episode in session.scalars(running.with_for_update()).all():
        replan(session, episode, load_heads(session, clinic_id, episode.id), now)


def slots_of(episode: Any) -> list[Slot]:
    """The check-ins an episode's patient is reminded of; a row with `performed_at`, `zone`, `options` and
    `entries`."""
    t0, options = of_datetime(episode.performed_at), options_from(episode.options)
    planned = offered(slots(t0, episode.zone), options)
    return reminded(planned, options, t0, local_time(episode.zone), episode.entries)


def next_injection(session: Session, episode: Episode) -> datetime | None:
    """When a later block of the patient took the phone over."""
    if episode.performed_at is None:
        return None
    after = reminders.injections_after(session, episode.clinic_id, {episode.patient_id})
    return after(episode.patient_id, episode.performed_at)


def prompted_until(course: Course, taken_over: datetime | None) -> Course:
    """A course without prompts for what the phone can no longer answer: it writes to the newest block."""
    if taken_over is None:
        return course
    until = of_datetime(taken_over)
    return replace(course, ending=until if course.ending is None else min(course.ending, until))


def next_columns(
    planned: Sequence[Slot],
    course: Course,
    habits: Habits,
    zone: str,
    now: datetime,
    taken_over: datetime | None,
) -> dict[str, Any]:
    """The columns of a plan: the next prompt, or the moment at which the episode is finished."""
    asked = prompted_until(course, taken_over)
    prompt = next_prompt(planned, habits, local_time(zone), asked, of_datetime(now))
    if prompt is None:
        over = as_datetime(ends_at(planned, course))
        return {"next_at": over, "slot": None, "number": None, "expires_at": None}
    return {
        "next_at": as_datetime(prompt.at),
        "slot": prompt.slot,
        "number": prompt.number,
        "expires_at": as_datetime(prompt.expires),
    }


def _course(
    session: Session,
    episode: Episode,
    t0: Instant,
    heads: Sequence[HeadEntry],
    planned: Sequence[Slot],
    facts: Mapping[str, Any],
) -> Course:
    scores = ((of_datetime(head.taken_at), str(head.body["scale"])) for head in heads)
    impressions = reminders.impressions(session, episode.clinic_id, episode.id)
    usable = sum(_is_usable(head, as_datetime(t0)) for head in heads)
    before = read_facts(facts)
    return Course(
        window_ends=t0 + window_minutes(episode.record["procedure"]) * MINUTE,
        filled=answered(planned, scores) | frozenset(impressions),
        usable=usable,
        unanswered=0 if len(heads) > facts.get("entries", 0) else before.unanswered,
        prompted=before.prompted,
        snoozed=before.snoozed,
        ending=_ending(episode, t0),
    )


def _is_usable(head: HeadEntry, performed_at: datetime) -> bool:
    live = head.recorded_at - head.taken_at <= BACK_FILLED_AFTER
    return head.body["pain"] is not None and live and not head.clock_suspect and head.taken_at >= performed_at


def _ending(episode: Episode, t0: Instant) -> Instant | None:
    told = (parse_moment(event["at"]) for event in episode.record.get("events") or [])
    return min((of_datetime(at) for at in told if at is not None and of_datetime(at) > t0), default=None)


def facts_of(course: Course) -> dict[str, Any]:
    """A course as a plan keeps it."""
    return {
        "window_ends": course.window_ends,
        "filled": sorted(course.filled),
        "usable": course.usable,
        "unanswered": course.unanswered,
        "prompted": {key: list(past) for key, past in course.prompted.items()},
        "snoozed": dict(course.snoozed),
        "ending": course.ending,
    }


def read_facts(facts: Mapping[str, Any]) -> Course:
    """The course that a plan keeps."""
    return Course(
        window_ends=facts.get("window_ends", 0),
        filled=frozenset(facts.get("filled", ())),
        usable=facts.get("usable", 0),
        unanswered=facts.get("unanswered", 0),
        prompted={key: Past(*past) for key, past in facts.get("prompted", {}).items()},
        snoozed=facts.get("snoozed", {}),
        ending=facts.get("ending"),
    )


def _end(session: Session, episode: Episode, state: str, keys: Sequence[str] | None = None) -> None:
    """End what is open of an episode's reminders (those of `keys`) and drop what waits to be sent."""
    states = ("open", "sent", "shown") if state == "answered" else ("open",)
    ended = reminders.open_of(session, episode.clinic_id, episode.id, states, keys) if keys != [] else ()
    if not ended:
        return
    waiting = [Delivery.clinic_id == episode.clinic_id, Delivery.reminder_id.in_(ended)]
    for statement in (
        update(Delivery).where(*waiting, Delivery.state == "due").values(state="dropped"),
        update(Reminder)
        .where(Reminder.clinic_id == episode.clinic_id, Reminder.id.in_(ended))
        .values(state=state),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
