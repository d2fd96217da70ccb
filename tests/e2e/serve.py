"""The product with a clock the test can move, real time plus an offset in a file; settings of gunicorn."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from server import clock
from server.app import create_app
from server.config import from_environment
from server.persistence.db import db
from tests.e2e.stage import OFFSET_FILE

worker_class = "gthread"
workers = 2
threads = 8
control_socket_disable = True
preload_app = True  # tests start it often, and loading the product takes most of that time
_made: list[Flask] = []


def application() -> Flask:
    offset = Path(os.environ[OFFSET_FILE])

    def now() -> datetime:
        return clock.now() + timedelta(seconds=float(offset.read_text()))

    _made.append(create_app(from_environment(), clock=now))
    return _made[-1]


def post_fork(_server: Arbiter, _worker: Worker) -> None:
    """Each worker has connections of its own."""
    for app in _made:
        with app.app_context():
            db.engine.dispose(close=False)
