"""Thin jobs: open the app, read the clock, call one service."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import TypeAlias

from server.clock import Clock
from server.config import Config
from server.services import queueing, ticking

OpenApp: TypeAlias = Callable[[], AbstractContextManager[object]]
"""Makes the context in which the database can be used."""


def reread_due(open_app: OpenApp, _config: Config, clock: Clock) -> None:
    """Readings that change by the passing of time alone."""
    with open_app():
        ticking.reread_due(clock())


def expire(open_app: OpenApp, config: Config, clock: Clock) -> None:
    """Codes and sessions that are over."""
    with open_app():
        ticking.expire(config, clock())


def recheck_alerts(open_app: OpenApp, _config: Config, clock: Clock) -> None:
    """Weak limbs nobody has spoken of again."""
    with open_app():
        ticking.recheck_alerts(clock())


def escalate_alerts(open_app: OpenApp, _config: Config, clock: Clock) -> None:
    """Alerts nobody has acknowledged in time."""
    with open_app():
        ticking.escalate_alerts(clock())


def make_digests(open_app: OpenApp, _config: Config, clock: Clock) -> None:
    """What clinicians read in the morning."""
    with open_app():
        ticking.make_digests(clock())


def send_to_staff(open_app: OpenApp, config: Config, clock: Clock) -> None:
    """Messages to staff that wait."""
    with open_app():
        ticking.send_to_staff(config, clock)


def make_reminders(open_app: OpenApp, config: Config, clock: Clock) -> None:
    """Due check-ins become reminders; finished episodes are closed."""
    with open_app():
        ticking.make_reminders(config, clock())


def send_reminders(open_app: OpenApp, config: Config, clock: Clock) -> None:
    """What is due is sent, sent again, or passed on to the next channel."""
    with open_app():
        ticking.send_reminders(config, clock, lambda: not STOPPING.is_set())


def report_queue(open_app: OpenApp, _config: Config, clock: Clock) -> None:
    """How long reminders wait, for monitors."""
    with open_app():
        queueing.report_queue(clock())


STOPPING = Event()
"""Set when the worker is told to stop: a send in hand is finished, no other one begun."""
SENDERS = 3
"""Sends at the same time in one worker, so that a slow mail server does not keep pushes waiting."""
JOBS = (
    (make_reminders, 10, 1),
    (send_reminders, 5, SENDERS),
    (reread_due, 30, 1),
    (report_queue, 15, 1),
    (expire, 60, 1),
    (recheck_alerts, 30, 1),
    (escalate_alerts, 10, 1),
    (make_digests, 60, 1),
    (send_to_staff, 10, 1),
)
"""Each job with the seconds between two runs, and how many of it may run at once."""
