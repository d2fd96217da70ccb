"""What a story plays on: a killable server process, its database, and one time for server and browsers."""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from flask import Flask

from server.app import create_app
from server.config import from_environment
from server.persistence.db import db
from tests.postgres import DatabaseUrls

ROOT = Path(__file__).parents[2]
OFFSET_FILE = "AFTERBLOCK_TEST_CLOCK_OFFSET"
APPLICATION = "tests.e2e.serve:application()"
SETTINGS = "python:tests.e2e.serve"


class Stage:
    """Runs the product on http://localhost:PORT at a time of the test's choosing."""

    def __init__(self, urls: DatabaseUrls, folder: Path, start: datetime) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            "AFTERBLOCK_ENV": "test",
            "AFTERBLOCK_INSTANCE": str(folder / "instance"),
            "DATABASE_URL": urls.app_url,
            "DATABASE_OWNER_URL": urls.owner_url,
            "PUBLIC_URL": self.url,
            "PORT": str(self.port),
            "PUSH_HOSTS": "localhost",
            "SECRET_KEY": secrets.token_urlsafe(48),
            OFFSET_FILE: str(folder / "clock-offset"),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.go_to(start)

    @cached_property
    def app(self) -> Flask:
        """The product in this process, on the same database and time: what a test does without screens."""
        return create_app(from_environment(self.environment), clock=self.now)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._offset)

    def go_to(self, instant: datetime) -> None:
        """Set the server's clock; browsers follow with `Watched.follow`."""
        self._offset = (instant - datetime.now(UTC)).total_seconds()
        beside = self.folder / "clock-offset.new"
        beside.write_text(str(self._offset))
        beside.replace(self.folder / "clock-offset")  # a reader never sees half a number

    def start(self) -> None:
        """Start the server, unless it is running."""
        if self._process is not None and self._process.poll() is None:
            return
        log = (self.folder / "server.log").open("ab")
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "--config",
                SETTINGS,
                "--bind",
                f"127.0.0.1:{self.port}",
                APPLICATION,
            ],
            cwd=ROOT,
            env=os.environ | self.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self._wait_until_it_answers()

    def close(self) -> None:
        """Kill the server and let go of the database."""
        self.kill()
        if "app" in self.__dict__:
            with self.app.app_context():
                db.engine.dispose()

    def kill(self) -> None:
        """End the server as a power cut would: no process of it gets to say goodbye."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        for _ in range(300):
            assert self._process.poll() is None, f"the server ended at once:\n{self.log()[-3000:]}"
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        raise AssertionError(f"the server did not answer within 30 s:\n{self.log()[-3000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
