"""When a patient is reminded of a check-in, as a pure rule over the planned check-ins.

Prompts of the first hours keep their instants. Later ones follow the wall clock of the phone: the time the
patient chose, outside the quiet hours. Never more than two per check-in, none for an answered or ended one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from server.domain.instants import DAY, HOUR, MINUTE, Instant, LocalTime
from server.domain.schedule import EVENING_DAYS, Slot

MOST_PROMPTS = 2
REPEAT_AFTER = {"early": 7 * MINUTE, "hour": 10 * MINUTE}
REPEAT_EVENING = 90 * MINUTE
ROOM = 30 * MINUTE
"""An evening's prompt leaves at least this long to answer."""
MISSED_BEFORE_SILENT_NIGHTS = 2
"""Check-ins in a row without an answer after which the night is left alone; the day never is."""
USABLE_BEFORE_THINNING = 4
"""Usable entries before anything may thin, and then only after the diagnostic window."""
PROMPTED = frozenset({"early", "hour", "bedtime", "day", "week", "month", "pgic"})
_WITH_A_SCORE = frozenset({*(f"pgic{day}" for day in EVENING_DAYS), "pgic365"})
"""Impressions of change that stand beside a score, the last one beside month 12: one prompt leads to both."""


class Habits(NamedTuple):
    """What the patient chose, each as time of day in microseconds; equal ends mean no quiet hours."""

    evening: Instant = 20 * HOUR
    quiet_from: Instant = 22 * HOUR
    quiet_until: Instant = 7 * HOUR


class Past(NamedTuple):
    """How often a check-in was prompted, and when last."""

    times: int
    last_at: Instant


@dataclass(frozen=True, slots=True)
class Course:
    """What prompting needs to know of a diary."""

    window_ends: Instant
    filled: frozenset[str] = frozenset()
    """Check-ins with an answer; "I was asleep" is one."""
    usable: int = 0
    unanswered: int = 0
    """Check-ins prompted since the last entry."""
    prompted: Mapping[str, Past] = field(default_factory=dict)
    snoozed: Mapping[str, Instant] = field(default_factory=dict)
    ending: Instant | None = None
    """A repeat or surgery: what was planned after it is not asked."""


class Prompt(NamedTuple):
    """One reminder to be made: the first or second of a check-in."""

    slot: str
    number: int
    at: Instant
    expires: Instant


def next_prompt(
    slots: Sequence[Slot], habits: Habits, local: LocalTime, course: Course, now: Instant
) -> Prompt | None:
    """The earliest prompt that is still of use at `now`; its time may have passed. None: nothing more to ask.

    `slots` in planned order, as the phone shows them; `local` is the clock on the patient's wall.
    """
    best: Prompt | None = None
    for slot in slots:
        if best is not None and slot.opens - DAY > best.at:
            break  # a later check-in never has an earlier prompt
        if slot.late_until <= now or not _asked(slot, course):
            continue
        for prompt in _prompts(slot, habits, local, course):
            if prompt.expires > now and (best is None or prompt.at < best.at):
                best = prompt
    return best


def first_prompts(
    slots: Sequence[Slot], habits: Habits, local: LocalTime, course: Course, now: Instant
) -> Iterator[Prompt]:
    """The first prompt of every check-in still to come, for a calendar: it has no second ones."""
    for slot in slots:
        if _asked(slot, course) and slot.key not in course.prompted:
            yield from (prompt for prompt in [*_prompts(slot, habits, local, course)][:1] if prompt.at > now)


def ends_at(slots: Sequence[Slot], course: Course) -> Instant:
    """When no check-in can be answered or filled in any more: the episode is finished."""
    asked = [slot for slot in slots if course.ending is None or slot.planned <= course.ending]
    return max((max(slot.late_until, slot.back_fill_until) for slot in asked), default=0)


def answered(slots: Sequence[Slot], entries: Iterator[tuple[Instant, str]]) -> frozenset[str]:
    """Keys of the check-ins that entries (`taken_at`, `scale`) answer, as the phone shows them."""
    found = (_slot_of(slots, at, scale) for at, scale in entries)
    return frozenset(slot.key for slot in found if slot is not None)


def in_quiet_hours(at: Instant, habits: Habits, local: LocalTime) -> bool:
    """Whether the wall clock stands inside the quiet hours."""
    start, end = habits.quiet_from, habits.quiet_until
    clock = (at + local.offset(at)) % DAY
    return start <= clock < end if start <= end else clock >= start or clock < end


def wall(local: LocalTime, day: int, time_of_day: Instant) -> Instant:
    """The instant a wall clock shows a time: the first of two, and for a skipped one the next valid."""
    at = local.at(day, time_of_day)
    if at + local.offset(at) == day * DAY + time_of_day:
        return at
    while local.offset(at - MINUTE) == local.offset(at):
        at -= MINUTE
    return at


def _asked(slot: Slot, course: Course) -> bool:
    offered = not slot.expected and slot.kind != "pgic"
    over = course.ending is not None and slot.planned > course.ending
    done = slot.key in course.filled or course.prompted.get(slot.key, _NEVER).times >= MOST_PROMPTS
    return slot.kind in PROMPTED and slot.key not in _WITH_A_SCORE and not (offered or over or done)


_NEVER = Past(0, 0)


def _prompts(slot: Slot, habits: Habits, local: LocalTime, course: Course) -> Iterator[Prompt]:
    """The prompts a check-in has left. A snoozed one waits for its time; then nothing else is left of it."""
    past = course.prompted.get(slot.key)
    count = past.times if past else 0
    times, expires = _times(slot, habits, local)
    if slot.key in course.snoozed:
        times = (course.snoozed[slot.key],)
    elif _thinned(slot, course):
        times = times[:1]
    for at in times:
        if past is not None and at <= past.last_at:
            continue
        if slot.kind in REPEAT_AFTER and _night_is_left_alone(at, habits, local, course):
            continue
        if at < expires:
            yield Prompt(slot.key, count + 1, at, expires)


def _thinned(slot: Slot, course: Course) -> bool:
    """The repeat is spared, never the check-in, and only once the diagnostic answer is in."""
    later = slot.kind == "hour" and slot.planned > course.window_ends
    return later and course.usable >= USABLE_BEFORE_THINNING


def _night_is_left_alone(at: Instant, habits: Habits, local: LocalTime, course: Course) -> bool:
    return course.unanswered >= MISSED_BEFORE_SILENT_NIGHTS and in_quiet_hours(at, habits, local)


def _times(slot: Slot, habits: Habits, local: LocalTime) -> tuple[tuple[Instant, ...], Instant]:
    """The instants at which a check-in is prompted, and when a prompt for it is of no more use."""
    repeat_after = REPEAT_AFTER.get(slot.kind)
    if repeat_after is not None:
        return (slot.planned, slot.planned + repeat_after), slot.late_until
    if slot.closes - slot.opens > DAY:  # week, month and their impressions
        day = local.day(slot.planned)
        both = tuple(_awake(wall(local, day + after, habits.evening), habits, local) for after in (0, 1))
        return both, slot.late_until
    first = _evening(slot, habits, local)
    expires = slot.closes if first < slot.closes else slot.late_until
    second = first + REPEAT_EVENING
    again = second < expires and not in_quiet_hours(second, habits, local)
    return ((first, second) if again else (first,)), expires


def _evening(slot: Slot, habits: Habits, local: LocalTime) -> Instant:
    """The chosen time inside the check-in's own window; a traveller's evening may lie beside it."""
    day = local.day(slot.planned)
    for near in (day - 1, day, day + 1):
        at = wall(local, near, habits.evening)
        at = _awake(max(at, slot.planned) if slot.kind == "bedtime" and near == day else at, habits, local)
        if slot.opens <= at <= slot.late_until - ROOM:
            return at
    return _awake(slot.opens, habits, local, not_before=slot.opens)


def _awake(at: Instant, habits: Habits, local: LocalTime, not_before: Instant | None = None) -> Instant:
    """The moment itself, or out of the quiet hours: the last minute before them, else their end."""
    if not in_quiet_hours(at, habits, local):
        return at
    clock = (at + local.offset(at)) % DAY
    began = local.day(at) - (1 if clock < habits.quiet_from else 0)
    before = wall(local, began, habits.quiet_from) - MINUTE
    if not_before is None or before >= not_before:
        return before
    over = wall(local, began, habits.quiet_until)
    return over if over > at else wall(local, began + 1, habits.quiet_until)


def _slot_of(slots: Sequence[Slot], at: Instant, scale: str) -> Slot | None:
    held = [slot for slot in slots if slot.scale == scale and slot.opens <= at <= slot.late_until]
    return min(held, key=lambda slot: (at > slot.closes, abs(at - slot.planned)), default=None)
