"""Thin jobs: open the app, read the clock, call one service."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

from server.clock import Clock
from server.config import Config
from server.services import ticking

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
        ticking.send_to_staff(config, clock())


JOBS = (
    (reread_due, 30),
    (expire, 60),
    (recheck_alerts, 30),
    (escalate_alerts, 10),
    (make_digests, 60),
    (send_to_staff, 10),
)
"""Each job with the seconds between two runs."""
