"""The stage, a clinic on it, and watched browsers."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Playwright

from tests.e2e.browsers import open_profile
from tests.e2e.clinic import Clinic, found_clinic
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.e2e.watch import Watch
from tests.postgres import DatabaseUrls

MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

FAILED = pytest.StashKey[bool]()
PICTURES = Path(__file__).parents[2] / "build" / "e2e"

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
def ward(stage: Stage) -> Iterator[Ward]:
    ward = Ward(stage)
    yield ward
    ward.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def open_context(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path: Path
) -> Iterator[OpenContext]:
    """Open a watched browser profile by name; closed and opened again it still has its storage."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_one(name: str, device: dict[str, Any], **options: Any) -> tuple[BrowserContext, Watch]:
        contexts.append(open_profile(playwright, tmp_path / f"profile-{name}", device, **options))
        watches.append(Watch(contexts[-1]))
        return contexts[-1], watches[-1]

    yield open_one
    if request.node.stash.get(FAILED, True):
        take_pictures(contexts, PICTURES / request.node.name)
    for context in contexts:
        context.close()
    for watch in watches:
        watch.verdict()


def take_pictures(contexts: list[BrowserContext], folder: Path) -> None:
    """Keep what every open page showed when a test failed."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        with suppress(Error):  # a closed page has nothing to show
            page.screenshot(path=folder / f"{number}.png")
