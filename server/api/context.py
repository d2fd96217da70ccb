"""What a route needs from the app it runs in: settings, the clock, and who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app, g

from server.clock import Clock
from server.config import Config
from server.security.actors import Phone, Staff

EXTENSION = "afterblock"


@dataclass(frozen=True, slots=True)
class Context:
    """Settings and clock of one app."""

    config: Config
    clock: Clock


def install(app: Flask, config: Config, clock: Clock) -> None:
    """Hang settings and clock on the app."""
    app.extensions[EXTENSION] = Context(config, clock)


def config() -> Config:
    """The settings of the app that answers this request."""
    return cast("Context", current_app.extensions[EXTENSION]).config


def now() -> datetime:
    """The present instant; read once a request, so that everything in it bears the same time."""
    if "now" not in g:
        g.now = cast("Context", current_app.extensions[EXTENSION]).clock()
    return cast("datetime", g.now)


def staff() -> Staff:
    """The clinician the guard let in."""
    return cast("Staff", g.actor)


def phone() -> Phone:
    """The phone the guard let in."""
    return cast("Phone", g.actor)
