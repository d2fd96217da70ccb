"""How a reminder goes from one channel to the next until somebody is known to have seen it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

CHANNELS = ("push", "email", "sms")
"""All that can be sent over. A calendar needs no sending."""
CONFIRMED = frozenset({"push"})
"""Channels on which the phone says that the reminder was shown."""
MOST_ROUNDS = 2
"""A push nobody confirms is tried once more."""
MOST_ATTEMPTS = 3
"""Failed attempts before the next channel has its turn; the last channel is tried until the end."""
LONGEST_WAIT = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=5)


class Step(NamedTuple):
    """One try of one channel."""

    channel: str
    round: int


def first_step(order: Sequence[str]) -> Step | None:
    """Where a reminder begins; None without any channel."""
    return Step(order[0], 1) if order else None


def next_step(order: Sequence[str], step: Step) -> Step | None:
    """What follows an unconfirmed try: a channel that could confirm once more, else the next one."""
    if step.channel in CONFIRMED and step.round < MOST_ROUNDS and step.channel in order:
        return Step(step.channel, step.round + 1)
    return next_channel(order, step)


def next_channel(order: Sequence[str], step: Step) -> Step | None:
    """What follows a channel that has failed; None after the last one."""
    later = order[order.index(step.channel) + 1 :] if step.channel in order else order
    return Step(later[0], 1) if later else None


def wait_for_word(lifetime: timedelta) -> timedelta:
    """How long a phone may take to say that it has shown a reminder: short in the first hours."""
    return min(LONGEST_WAIT, lifetime / 10)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(attempts - 1, 10)))
