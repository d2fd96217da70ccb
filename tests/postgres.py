"""A PostgreSQL server of the tests' own: on a unix socket, without durability, thrown away at the end."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.rows import TupleRow
from sqlalchemy.engine import URL, make_url

OWNER_ROLE = "afterblock_test_owner"
APP_ROLE = "afterblock_test_app"
PASSWORD = (
    "test"  # only a server given by TEST_DATABASE_URL looks at it; the one started here trusts its socket
)
FIRST_WITH_STRATEGIES = 150_000
SPEED_OVER_DURABILITY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class DatabaseUrls:
    """One migrated database: as its owner (migrations) and as the role the product runs as."""

    owner_url: str
    app_url: str


class PostgresServer:
    """Makes databases on a running server, each a clone of one migrated template.

    ``admin`` is the URL of a superuser.
    """

    def __init__(self, admin: URL) -> None:
        self._admin = admin
        self._template: str | None = None
        self._made: list[str] = []
        self._make_roles()
        # Copying files takes two thirds of the time of writing every page to the log, the default since 15.
        self._strategy = " strategy file_copy" if self._version() >= FIRST_WITH_STRATEGIES else ""

    def url(self, role: str, database: str) -> str:
        return (
            self._admin.set(drivername="postgresql+psycopg", username=role, password=PASSWORD)
            .set(database=database)
            .render_as_string(hide_password=False)
        )

    def urls(self, database: str) -> DatabaseUrls:
        return DatabaseUrls(self.url(OWNER_ROLE, database), self.url(APP_ROLE, database))

    def execute(self, statement: str) -> None:
        with self._connected() as connection:
            connection.execute(statement)

    def _connected(self) -> psycopg.Connection[TupleRow]:
        target = self._admin.set(drivername="postgresql", database="postgres")
        return psycopg.connect(target.render_as_string(hide_password=False), autocommit=True)

    def _version(self) -> int:
        with self._connected() as connection:
            return connection.info.server_version

    def empty(self) -> DatabaseUrls:
        """A new database without tables, owned by the owner role."""
        name = f"afterblock_test_{uuid4().hex[:12]}"
        self.execute(f"create database {name} owner {OWNER_ROLE}")
        self._made.append(name)
        return self.urls(name)

    def migrated(self, migrate: Callable[[DatabaseUrls], None]) -> DatabaseUrls:
        """A new database with all tables; the migrations run once a session, into the template."""
        if self._template is None:
            template = self.empty()
            migrate(template)
            self._template = str(make_url(template.owner_url).database)
        name = f"afterblock_test_{uuid4().hex[:12]}"
        self.execute(f"create database {name} template {self._template} owner {OWNER_ROLE}{self._strategy}")
        self._made.append(name)
        return self.urls(name)

    def drop(self, urls: DatabaseUrls) -> None:
        name = str(make_url(urls.owner_url).database)
        self.execute(f"drop database if exists {name} with (force)")
        self._made.remove(name)

    def drop_all(self) -> None:
        for name in list(self._made):
            self.drop(self.urls(name))

    def _make_roles(self) -> None:
        for role in (OWNER_ROLE, APP_ROLE):
            self.execute(
                f"do $$ begin create role {role} login nosuperuser nobypassrls nocreatedb nocreaterole"
                f" password '{PASSWORD}'; exception when duplicate_object then null; end $$"
            )


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """The server of TEST_DATABASE_URL, else the newest one installed here, started for the session."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = PostgresServer(make_url(given))
        try:
            yield server
        finally:
            server.drop_all()
        return
    folder = Path(tempfile.mkdtemp(prefix="abpg", dir="/tmp"))  # a socket's path must stay short
    try:
        with _started(folder, "" if durable else SPEED_OVER_DURABILITY):
            yield PostgresServer(URL.create("postgresql", username="postgres", query={"host": str(folder)}))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(folder: Path, settings: str) -> Iterator[None]:
    programs = newest_programs()
    as_postgres = _unprivileged_prefix(folder)
    data = folder / "data"
    make = [*as_postgres, str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    _run([*make, "--no-sync", "--locale=C.UTF-8", "--encoding=UTF8"])
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 {settings}"
    control = [*as_postgres, str(programs / "pg_ctl"), "-D", str(data), "-s", "-w"]
    _run([*control, "-o", options, "-l", str(folder / "log"), "start"])
    try:
        yield
    finally:
        _run([*control, "-m", "immediate", "stop"])


def newest_programs() -> Path:
    """The folder of the newest installed PostgreSQL's programs; an error when there is none, never a skip."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[4]))
    if debian:
        return debian[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    message = "No PostgreSQL server found: `make test` installs one, or set TEST_DATABASE_URL."
    raise RuntimeError(message)


def _unprivileged_prefix(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; Debian's own account takes its place."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        message = re.sub(r"\s+", " ", f"{command[-1]} failed: {done.stderr or done.stdout}")
        raise RuntimeError(message)
