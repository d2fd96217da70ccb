"""Worker processes that can be killed, with a clock in a file that the test moves forward and back."""

import contextlib
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from server.app import create_app
from server.config import Config
from server.errors import AfterblockError
from server.services import ticking


class SharedClock:
    """Real time plus an offset that all processes read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._path.read_text()))

    def go_to(self, moment: datetime) -> None:
        beside = self._path.with_suffix(".new")
        beside.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        beside.replace(self._path)  # a reader never sees half a number


def work(config: Config, path: Path) -> None:
    """What `python -m server.reminders` does, without its pauses, until somebody kills it."""
    app, clock = create_app(config), SharedClock(path)
    while True:
        with app.app_context(), contextlib.suppress(AfterblockError):
            ticking.make_reminders(config, clock())
            ticking.send_reminders(config, clock)
        time.sleep(0.05)


def watch_alerts(config: Config, path: Path) -> None:
    """The same for alerts: recheck, escalate, tell."""
    app, clock = create_app(config), SharedClock(path)
    while True:
        with app.app_context(), contextlib.suppress(AfterblockError):
            ticking.recheck_alerts(clock())
            ticking.escalate_alerts(clock())
            ticking.send_to_staff(config, clock)
        time.sleep(0.05)


class Crew:
    """Some workers; each one that is killed is replaced."""

    def __init__(
        self, config: Config, path: Path, size: int, work: Callable[[Config, Path], None] = work
    ) -> None:
        # A server that forks has the product loaded already: a new worker starts in no time.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["server.app", "server.services.ticking"])
        self._task, self._work = work, (config, path)
        self.kills = 0
        self._crew: list[BaseProcess] = [self._hire() for _ in range(size)]

    def _hire(self) -> BaseProcess:
        worker = self._context.Process(target=self._task, args=self._work, daemon=True)
        worker.start()
        return worker

    def kill_one(self, chance: random.Random) -> None:
        """As a power cut would: nobody gets to say goodbye."""
        place = chance.randrange(len(self._crew))
        victim = self._crew[place]
        assert victim.pid is not None
        assert victim.is_alive(), "a worker ended by itself"
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        self.kills += 1
        self._crew[place] = self._hire()

    def end(self) -> None:
        for worker in self._crew:
            worker.kill()
            worker.join()
