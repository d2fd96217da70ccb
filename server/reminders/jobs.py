"""Thin jobs: open the app, read the clock, call one service."""

from __future__ import annotations

from flask import Flask

from server.clock import Clock
from server.config import Config
from server.services import ticking


def reread_due(app: Flask, _config: Config, clock: Clock) -> None:
    """Readings that change by the passing of time alone."""
    with app.app_context():
        ticking.reread_due(clock())


def expire(app: Flask, config: Config, clock: Clock) -> None:
    """Codes and sessions that are over."""
    with app.app_context():
        ticking.expire(config, clock())


JOBS = ((reread_due, 30), (expire, 60))
"""Each job with the seconds between two runs."""
