"""Engine, session and the one way to open a transaction: for one clinic, or for none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event, inspect, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

from server.errors import ConfigurationError, StorageFullError, UnavailableError

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
CLINIC_SETTING = "app.clinic_id"
READING = "afterblock_reading"
"""Execution option of a transaction that writes nothing, so that on SQLite it waits for no writer."""


class Base(DeclarativeBase):
    """Parent of all tables."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def init_app(app: Flask, url: str) -> None:
    """Bind the product's database to the app; makes the folder of a SQLite file."""
    prepare_folder(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare_folder(url: str) -> None:
    """Make the folder that a SQLite file will live in, private to its owner."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def engine_options(url: str) -> dict[str, Any]:
    """Pool settings for the kind of database at `url`."""
    if make_url(url).get_backend_name() == "sqlite":
        return {}
    return {"pool_pre_ping": True, "pool_size": 8, "connect_args": {"options": "-c statement_timeout=30000"}}


def prepare(engine: Engine) -> None:
    """Make every connection durable and, on SQLite, every transaction a writing one from its start.

    A deferred SQLite transaction that reads first and writes later fails at once when another writer
    came between; the busy timeout does not help there, `BEGIN IMMEDIATE` does.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(READING, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@event.listens_for(Session, "after_begin")
def _enter_clinic(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Tell PostgreSQL's row-level security whose rows this transaction may touch."""
    if connection.dialect.name == "postgresql":
        clinic_id = session.info.get("clinic_id")
        connection.execute(
            text("SELECT set_config(:name, :clinic_id, true)"),
            {"name": CLINIC_SETTING, "clinic_id": str(clinic_id) if clinic_id else ""},
        )


@contextmanager
def transaction(clinic_id: UUID | None, *, reading: bool = False) -> Iterator[Session]:
    """Open one transaction that sees the rows of one clinic (`None`: only the shared tables).

    `reading` promises that nothing will be written: such a transaction waits for no writer.
    Commits when the block ends, rolls back when it raises. A full disk is a `StorageFullError`, a
    database that cannot be reached or stays locked an `UnavailableError`; in both nothing was stored.
    """
    session = db.session()
    if session.in_transaction():
        raise RuntimeError("a use case is one transaction; this one is already inside another")
    session.info["clinic_id"] = clinic_id
    try:
        with session.begin():
            if reading:
                session.connection(execution_options={READING: True})
            yield session
    except (OperationalError, ProgrammingError) as error:
        plain = _plain(error)
        if plain is None:
            raise
        raise plain from error
    finally:
        session.info.pop("clinic_id", None)
        db.session.remove()


def _said(error: BaseException | None) -> str:
    """All that was said on the way here: SQLite ends a transaction by itself when the disk is full, and the
    savepoint that is then missing would hide why."""
    said = ""
    while error is not None:
        said += str(getattr(error, "orig", "")).lower() + " "
        error = error.__context__
    return said


def insert_if_new(session: Session, table: type[Base], **values: Any) -> None:
    """Insert a row unless one with its key is there already, also when two transactions try at once."""
    session.execute(_insert_of(session)(table).values(**values).on_conflict_do_nothing())


def insert_all_new(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert many rows at once; those whose key is there already stay as they are."""
    if rows:
        _one_by_one(session, _insert_of(session)(table).on_conflict_do_nothing(), rows)


def update_all(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Write many whole rows that exist and are locked, told by their keys."""
    if rows:
        keys = {column.name for column in inspect(table).primary_key}
        statement = _insert_of(session)(table)
        new = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        _one_by_one(session, statement.on_conflict_do_update(index_elements=sorted(keys), set_=new), rows)


def _one_by_one(session: Session, statement: Any, rows: list[dict[str, Any]]) -> None:
    # A short prepared statement, all rows sent in one go: one statement of thousands of values costs more to
    # write and to read than the rows themselves.
    session.connection().execute(statement, rows)


def _insert_of(session: Session) -> Any:
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def _plain(
    error: OperationalError | ProgrammingError,
) -> StorageFullError | UnavailableError | ConfigurationError | None:
    """What the operator or the phone can do about it; None for a fault in a statement of our own."""
    said = _said(error)
    if "no such table" in said or "undefinedtable" in type(error.orig).__name__.lower():
        return ConfigurationError("The database is not prepared: run `afterblock migrate` first.")
    if isinstance(error, ProgrammingError):
        return None
    if any(sign in said for sign in ("disk is full", "disk full", "no space left", "disk i/o error")):
        return StorageFullError("Nothing was stored. Please try again later.", retry_after=300)
    return UnavailableError("Nothing was stored. Please try again shortly.", retry_after=5)
