"""Bring a database to the newest schema and, on PostgreSQL, give the app's role just what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from server.errors import ConfigurationError
from server.persistence import db
from server.persistence.tables import SHARED_TABLES

MIGRATIONS = Path(__file__).parent / "migrations"
ROLE_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def upgrade(owner_url: str, app_url: str) -> None:
    """Run all migrations as the owner; grant the role of `app_url` its rights; give the server its epoch."""
    with _connected(owner_url) as connection:
        config = _alembic(connection)
        command.upgrade(config, "head")
        if connection.dialect.name == "postgresql":
            _grant(connection, str(make_url(app_url).username or ""), str(make_url(owner_url).username or ""))
        if not connection.execute(text("SELECT count(*) FROM server_state")).scalar():
            epoch = uuid4()
            value = epoch.hex if connection.dialect.name == "sqlite" else str(epoch)
            connection.execute(
                text("INSERT INTO server_state (id, epoch) VALUES (1, :epoch)"), {"epoch": value}
            )


def differences(owner_url: str) -> list[object]:
    """What the models have that the migrated database has not, or the other way round."""
    with _connected(owner_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.Base.metadata))


def head() -> str:
    """Name of the newest migration."""
    return str(ScriptDirectory(str(MIGRATIONS)).get_current_head())


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    db.prepare_folder(url)
    engine = create_engine(url)
    db.prepare(engine)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _alembic(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _grant(connection: Connection, role: str, owner: str) -> None:
    """Allow the app's role to read and write rows, but only to add to append-only tables."""
    if role == owner:
        raise ConfigurationError(
            "On PostgreSQL the app needs a role of its own: set DATABASE_URL to a role that owns nothing "
            "and DATABASE_OWNER_URL to the owner's."
        )
    if not ROLE_NAME.fullmatch(role):
        raise ConfigurationError(
            "The role in DATABASE_URL must be lower case letters, digits and underscores."
        )
    exists = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar()
    if not exists:
        raise ConfigurationError(f"Create the app's role first: CREATE ROLE {role} LOGIN PASSWORD '...';")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {role}")
    append_only = {table.name for table in db.Base.metadata.tables.values() if table.info.get("append_only")}
    for name in inspect(connection).get_table_names():
        if name in {"server_state", "alembic_version"}:
            rights = "SELECT"
        elif name in append_only or name == "tenant":
            rights = "SELECT, INSERT"
        else:
            rights = "SELECT, INSERT, UPDATE, DELETE"
        connection.exec_driver_sql(f"REVOKE ALL ON {name} FROM {role}")
        connection.exec_driver_sql(f"GRANT {rights} ON {name} TO {role}")


def unsafe_role(connection: Connection) -> str | None:
    """Say why the connected PostgreSQL role would get round row-level security, or None if it cannot."""
    row = connection.execute(
        text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).one()
    if row.rolsuper or row.rolbypassrls:
        return "it is a superuser or may bypass row-level security"
    owned = connection.execute(
        text(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' "
            "AND pg_has_role(current_user, tableowner, 'MEMBER')"
        )
    ).scalar()
    return "it owns tables" if owned else None


def tenant_tables() -> list[str]:
    """Names of all tables that hold a clinic's rows."""
    return sorted(name for name in db.Base.metadata.tables if name not in SHARED_TABLES)
