"""Real Chromium for the stories: Debian's own, headless, with nothing that talks to the network by itself."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright

from tests.e2e.stage import Stage
from tests.e2e.watch import Watch
from tests.postgres import DatabaseUrls

MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
QUIET = [
    "--no-sandbox",  # needed as root; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
BERLIN = {"timezone_id": "Europe/Berlin", "locale": "en-GB"}


def chromium() -> str:
    """Path of the browser: CHROMIUM, else an installed one; none is an error, never a skip."""
    found = os.environ.get("CHROMIUM") or next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
        None,
    )
    assert found, "No Chromium found: `make test` installs one, or set CHROMIUM to a browser's path."
    return found


@pytest.fixture
def stage(database: DatabaseUrls, tmp_path: Path) -> Iterator[Stage]:
    """The product running on a fresh database, on a Monday at 9:00 in Berlin."""
    stage = Stage(database, tmp_path, MONDAY_MORNING)
    stage.start()
    yield stage
    stage.kill()


OpenContext = Callable[..., tuple[BrowserContext, Watch]]


@pytest.fixture
def open_context(playwright: Playwright, tmp_path: Path) -> Iterator[OpenContext]:
    """Open a watched browser profile by name; closed and opened again it still has its storage."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_one(name: str, device: dict[str, Any], **options: Any) -> tuple[BrowserContext, Watch]:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / f"profile-{name}",
            executable_path=chromium(),
            args=QUIET,
            **(device | BERLIN | options),
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        watches.append(Watch(context))
        return context, watches[-1]

    yield open_one
    for context in contexts:
        context.close()
    for watch in watches:
        watch.verdict()
