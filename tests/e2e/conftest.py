"""The stage, a clinic on it, and watched browsers."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Playwright

from tests.conftest import fresh_database
from tests.e2e.browsers import launch, open_profile, open_window
from tests.e2e.clinic import Clinic, found_clinic
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.e2e.watch import Watch
from tests.postgres import DatabaseUrls

MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

FAILED = pytest.StashKey[bool]()
PICTURES = Path(__file__).parents[2] / "build" / "e2e"

OpenContext = Callable[..., tuple[BrowserContext, Watch]]


@pytest.fixture(scope="session", params=["sqlite"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DatabaseUrls]:
    """One database for all: each test brings a clinic of its own, and screens do not depend on the kind."""
    with fresh_database(request, tmp_path_factory.mktemp("database")) as urls:
        yield urls


@pytest.fixture(scope="session")
def running_stage(database: DatabaseUrls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(database, tmp_path_factory.mktemp("stage"), MONDAY_MORNING)
    yield stage
    stage.close()


@pytest.fixture
def stage(running_stage: Stage) -> Stage:
    """The product running, on a Monday at 9:00 in Berlin. A test may kill the server and move its time."""
    running_stage.go_to(MONDAY_MORNING)
    running_stage.start()
    return running_stage


@pytest.fixture
def own_stage(database: DatabaseUrls, tmp_path: Path) -> Iterator[Stage]:
    """One whose settings a test may change before it starts it."""
    stage = Stage(database, tmp_path, MONDAY_MORNING)
    yield stage
    stage.close()


@pytest.fixture
def clinic(stage: Stage) -> Clinic:
    return found_clinic(stage)


@pytest.fixture
def ward(stage: Stage) -> Ward:
    return Ward(stage)


@pytest.fixture(scope="session")
def shared_browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests whose storage need not outlive its window."""
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def open_context(
    request: pytest.FixtureRequest, shared_browser: Browser, playwright: Playwright, tmp_path: Path
) -> Iterator[OpenContext]:
    """Open a watched browser by name; one that is ``kept`` has its storage when it is opened again."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_one(
        name: str, device: dict[str, Any], *, kept: bool = False, **options: Any
    ) -> tuple[BrowserContext, Watch]:
        if kept:
            context = open_profile(playwright, tmp_path / f"profile-{name}", device, **options)
        else:
            context = open_window(shared_browser, device, **options)
        contexts.append(context)
        watches.append(Watch(context))
        return context, watches[-1]

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
