"""`python -m server.reminders`: APScheduler as nothing but a clock; any number of workers may run."""

from __future__ import annotations

import logging
import signal
from types import FrameType

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler

from server import clock, config
from server.app import create_app
from server.reminders.jobs import JOBS, STOPPING

log = structlog.get_logger()


def main() -> None:
    """Run all jobs at their intervals until told to stop; a job in hand is finished first."""
    settings = config.from_environment()
    app = create_app(settings)
    scheduler = BlockingScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 60}
    )
    for job, seconds, at_once in JOBS:
        scheduler.add_job(
            job,
            "interval",
            args=(app.app_context, settings, clock.now),
            seconds=seconds,
            id=job.__name__,
            max_instances=at_once,
            next_run_time=clock.now(),
        )
    # A sender that is still busy when the next one is due is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        STOPPING.set()
        scheduler.shutdown(wait=True)  # the job in hand is finished first

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("worker.started", jobs=[job.__name__ for job, *_ in JOBS])
    scheduler.start()
    log.info("worker.stopped")


if __name__ == "__main__":
    main()
