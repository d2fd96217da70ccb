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


JOBS = ((reread_due, 30), (expire, 60))
"""Each job with the seconds between two runs."""
