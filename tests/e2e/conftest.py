"""The stage, a clinic on it, and watched browsers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright

from tests.e2e.browsers import open_profile
from tests.e2e.clinic import Clinic, found_clinic
from tests.e2e.stage import Stage
from tests.e2e.watch import Watch
from tests.postgres import DatabaseUrls

MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

OpenContext = Callable[..., tuple[BrowserContext, Watch]]


@pytest.fixture
def stage(database: DatabaseUrls, tmp_path: Path) -> Iterator[Stage]:
    """The product running on a fresh database, on a Monday at 9:00 in Berlin."""
    stage = Stage(database, tmp_path, MONDAY_MORNING)
    stage.start()
    yield stage
    stage.kill()


@pytest.fixture
def clinic(stage: Stage) -> Clinic:
    return found_clinic(stage)


@pytest.fixture
def open_context(playwright: Playwright, tmp_path: Path) -> Iterator[OpenContext]:
    """Open a watched browser profile by name; closed and opened again it still has its storage."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_one(name: str, device: dict[str, Any], **options: Any) -> tuple[BrowserContext, Watch]:
        contexts.append(open_profile(playwright, tmp_path / f"profile-{name}", device, **options))
        watches.append(Watch(contexts[-1]))
        return contexts[-1], watches[-1]

    yield open_one
    for context in contexts:
        context.close()
    for watch in watches:
        watch.verdict()
