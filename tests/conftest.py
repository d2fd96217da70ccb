"""What every test may ask for: a fresh migrated database of each kind, the app on it, a clock one can set."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from server.config import Config
from server.persistence import migrate
from tests.postgres import DatabaseUrls, PostgresServer, running_server

# Neither a deadline nor "too slow": the machine may be busy, and that says nothing about the product.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", PATIENT)
settings.register_profile("soak", PATIENT, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

DATABASES = ("sqlite", "postgresql")


class SettableClock:
    """Stands in for `server.clock.now`: called, it says the time it was set to."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    now = __call__

    def set(self, instant: datetime) -> None:
        """Go to ``instant`` (aware); going back is allowed, since real clocks do."""
        self._now = instant.astimezone(UTC)

    def advance(self, **amount: float) -> datetime:
        """Go forward by ``timedelta(**amount)`` and return the new time."""
        self._now += timedelta(**amount)
        return self._now


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The session's PostgreSQL server; started when the first test asks for it."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "afterblock.sqlite3"
    migrate.upgrade(f"sqlite:///{path}", f"sqlite:///{path}")
    return path


def _upgrade(urls: DatabaseUrls) -> None:
    migrate.upgrade(urls.owner_url, urls.app_url)


@contextmanager
def fresh_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[DatabaseUrls]:
    """A migrated database of the kind that is the request's parameter."""
    if request.param == "sqlite":
        path = folder / "afterblock.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield DatabaseUrls(f"sqlite:///{path}", f"sqlite:///{path}")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    urls = server.migrated(_upgrade)
    yield urls
    server.drop(urls)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DatabaseUrls]:
    """A fresh migrated database; every test that asks for it runs once on each kind."""
    with fresh_database(request, tmp_path) as urls:
        yield urls


@pytest.fixture
def config(database: DatabaseUrls, tmp_path: Path) -> Config:
    """The settings of a test's app; `dataclasses.replace` changes one."""
    return Config(
        environment="test",
        database_url=database.app_url,
        owner_database_url=database.owner_url,
        public_url="http://localhost",
        secret_key="a key only tests use, long enough to be taken",
        pwa_folder=tmp_path / "pwa",
    )


@pytest.fixture
def make_app() -> Iterator[Callable[..., Flask]]:
    """`create_app`, with the database connections closed when the test ends."""
    # Imported here so that a run of the pure tests does not load the whole product.
    from server.app import create_app  # noqa: PLC0415
    from server.persistence.db import db  # noqa: PLC0415

    made: list[Flask] = []

    def make(*arguments: object, **named: object) -> Flask:
        made.append(create_app(*arguments, **named))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask], config: Config, clock: SettableClock) -> Flask:
    return make_app(config, clock=clock)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
