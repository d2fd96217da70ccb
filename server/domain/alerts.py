"""The timers of an alert: when it must be answered, who is told next when nobody does, and the recheck.

All run from receipt, never from a phone's clock. E is answered within 15 minutes and S within 60 (clinical
protocol, red-flag triage); N on the next working day. E and S do not wait for opening hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from server.domain.flags import ROWS, Finding, Level
from server.domain.opening import OpeningHours, end_of_next_working_day

ANSWER_WITHIN: Final[dict[str, timedelta]] = {"E": timedelta(minutes=15), "S": timedelta(minutes=60)}
RECHECK_ANSWER: Final = timedelta(minutes=30)
"""How long the patient has to answer a recheck before silence counts as "still present"."""
OUTCOMES: Final = (
    "advice_given",
    "visit_arranged",
    "sent_to_emergency",
    "expected_effect",
    "already_in_care",
    "reported_by_mistake",
    "not_reached",
    "other",
)
"""What staff can say came of an alert; `other` says it in a note."""
MOST_DOUBLINGS: Final = 4
BACKOFF: Final = timedelta(seconds=30)
LONGEST_BACKOFF: Final = timedelta(minutes=10)

Contact = TypeVar("Contact")


def due_at(level: Level, received: datetime, hours: OpeningHours, zone: str) -> datetime:
    """When an alert of this level must be acknowledged."""
    if level in ANSWER_WITHIN:
        return received + ANSWER_WITHIN[level]
    return end_of_next_working_day(hours, zone, received)


def escalates(level: Level) -> bool:
    """Whether somebody outside the queue is told when nobody acknowledges; N waits in the queue."""
    return level in ANSWER_WITHIN


def next_contact(contacts: Sequence[Contact], step: int) -> Contact | None:
    """Whom the step tells (0 is the first): up the list, and from its top again when it ends."""
    return contacts[step % len(contacts)] if contacts else None


def wait_after(level: Level, step: int, contacts: int) -> timedelta:
    """How long the contact of a step has before the next is told; it doubles with each run."""
    rounds = step // contacts if contacts else 0
    return ANSWER_WITHIN[level] * (1 << min(rounds, MOST_DOUBLINGS))


def retry_after(attempts: int) -> timedelta:
    """How long a message waits after its n-th failed attempt."""
    return min(BACKOFF * (1 << min(max(attempts - 1, 0), 20)), LONGEST_BACKOFF)


def recheck_at(finding: Finding, performed_at: datetime | None) -> datetime | None:
    """When the patient's word on this symptom is looked for again; None when its row asks for none."""
    if finding.recheck_at_hours is None or finding.unanswered is None or performed_at is None:
        return None
    return performed_at + timedelta(hours=finding.recheck_at_hours)


def level_unanswered(kind: str) -> Level:
    """The level an alert takes when its recheck is not answered."""
    levels = [window["unanswered"] for window in ROWS[kind]["windows"] if "unanswered" in window]
    return levels[0]
