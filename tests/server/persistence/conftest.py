"""A migrated database of one kind, where the other kind has nothing to show."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.config import Config
from server.persistence import migrate
from tests.postgres import DatabaseUrls, PostgresServer


def config_for(urls: DatabaseUrls, folder: Path) -> Config:
    return Config(
        environment="test",
        database_url=urls.app_url,
        owner_database_url=urls.owner_url,
        public_url="http://localhost",
        secret_key="a key only tests use, long enough to be taken",
        pwa_folder=folder / "pwa",
    )


@pytest.fixture
def walled(postgres: PostgresServer) -> Iterator[DatabaseUrls]:
    """A migrated PostgreSQL database."""
    urls = postgres.migrated(lambda fresh: migrate.upgrade(fresh.owner_url, fresh.app_url))
    yield urls
    postgres.drop(urls)


@pytest.fixture
def walled_config(walled: DatabaseUrls, tmp_path: Path) -> Config:
    return config_for(walled, tmp_path)


@pytest.fixture
def walled_app(make_app: Callable[..., Flask], walled_config: Config) -> Iterator[Flask]:
    """The app on PostgreSQL, inside its context."""
    app = make_app(walled_config)
    with app.app_context():
        yield app


@pytest.fixture
def file_app(make_app: Callable[..., Flask], sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """The app on a SQLite file, inside its context."""
    path = tmp_path / "file.sqlite3"
    shutil.copy(sqlite_template, path)
    app = make_app(config_for(DatabaseUrls(f"sqlite:///{path}", f"sqlite:///{path}"), tmp_path))
    with app.app_context():
        yield app
