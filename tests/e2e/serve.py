"""The product with a clock the test can move: real time plus an offset kept in a file."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from server import clock
from server.app import create_app
from server.config import from_environment
from tests.e2e.stage import OFFSET_FILE


def application() -> Flask:
    offset = Path(os.environ[OFFSET_FILE])

    def now() -> datetime:
        return clock.now() + timedelta(seconds=float(offset.read_text()))

    return create_app(from_environment(), clock=now)
