"""The migrated schema is the models' schema, and every clinic's table is walled off by its keys."""

import re

import pytest
from sqlalchemy import (
    Column,
    Connection,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    Uuid,
    create_engine,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from server.errors import ConfigurationError
from server.persistence import migrate
from server.persistence.db import Base
from tests.postgres import APP_ROLE, DatabaseUrls, PostgresServer


def loose_keys(metadata: MetaData) -> list[str]:
    """Keys, indexes and references of clinics' tables that do not lead with the clinic, as sentences."""
    found = []
    for table in metadata.tables.values():
        if table.name in migrate.SHARED_TABLES:
            continue
        if [column.name for column in table.primary_key][:1] != ["clinic_id"]:
            found.append(f"{table.name}: the primary key does not lead with clinic_id")
        grouped = [("an index", list(index.columns)) for index in table.indexes]
        grouped += [
            ("a unique key", list(c.columns)) for c in table.constraints if isinstance(c, UniqueConstraint)
        ]
        found += [f"{table.name}: {what} does not lead with clinic_id" for what, keys in grouped
                  if keys[0].name != "clinic_id"]  # fmt: skip
        for constraint in table.constraints:
            if isinstance(constraint, ForeignKeyConstraint):
                pairs = [(part.parent.name, part.target_fullname) for part in constraint.elements]
                own = pairs[0][0] == "clinic_id" and (
                    pairs == [("clinic_id", "tenant.id")]
                    or (len(pairs) > 1 and pairs[0][1].endswith(".clinic_id"))
                )
                if not own:
                    found.append(f"{table.name}: a reference can point into another clinic")
    return found


def test_every_clinics_table_is_keyed_by_clinic_first():
    assert len(migrate.tenant_tables()) >= 14
    assert loose_keys(Base.metadata) == []


def test_a_planted_table_with_loose_keys_is_found():
    metadata = MetaData()
    Table("kept", metadata, Column("clinic_id", Uuid, primary_key=True), Column("id", Uuid, primary_key=True))
    Table(
        "planted",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("clinic_id", Uuid, primary_key=True),
        Column("kept_id", Uuid, index=True),
        Column("number", Integer, unique=True),
        ForeignKeyConstraint(["kept_id"], ["kept.id"]),
    )
    assert sorted(loose_keys(metadata)) == [
        "planted: a reference can point into another clinic",
        "planted: a unique key does not lead with clinic_id",
        "planted: an index does not lead with clinic_id",
        "planted: the primary key does not lead with clinic_id",
    ]


def test_the_newest_migration_makes_what_the_models_say(database: DatabaseUrls):
    assert migrate.differences(database.owner_url) == []


def test_a_column_the_models_lack_is_a_difference(database: DatabaseUrls):
    engine = create_engine(database.owner_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE patient ADD COLUMN planted integer"))
    engine.dispose()
    assert [difference[0] for difference in migrate.differences(database.owner_url)] == ["remove_column"]


def test_migrating_again_changes_nothing_and_keeps_the_epoch(database: DatabaseUrls):
    engine = create_engine(database.owner_url)
    with engine.connect() as connection:
        before = connection.execute(text("SELECT epoch FROM server_state")).scalar_one()
    migrate.upgrade(database.owner_url, database.app_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT epoch FROM server_state")).scalar_one() == before
    engine.dispose()


def test_migrations_have_numbered_names_and_one_head():
    versions = sorted(path.name for path in (migrate.MIGRATIONS / "versions").glob("*.py"))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in versions)
    assert [int(name[:4]) for name in versions] == list(range(1, len(versions) + 1))
    assert migrate.head() == versions[-1][:4]


def gaps_in_the_wall(connection: Connection, shared: frozenset[str]) -> list[str]:
    """Tables without forced row-level security, or whose policy does not hold for reads and for writes."""
    tables = connection.execute(
        text(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS forced,"
            " count(p.polname) FILTER (WHERE p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL"
            "   AND p.polcmd = '*' AND p.polpermissive) AS whole, count(p.polname) AS policies,"
            " bool_and(pg_get_expr(p.polqual, p.polrelid) LIKE '%clinic_id%app.clinic_id%') AS by_clinic"
            " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
            " GROUP BY c.relname, c.relrowsecurity, c.relforcerowsecurity ORDER BY c.relname"
        )
    )
    return [
        row.relname
        for row in tables
        if row.relname not in shared and not (row.forced and row.whole == row.policies == 1 and row.by_clinic)
    ]


def test_every_clinics_table_has_forced_row_level_security(walled: DatabaseUrls):
    engine = create_engine(walled.owner_url)
    with engine.connect() as connection:
        assert gaps_in_the_wall(connection, migrate.SHARED_TABLES) == []
    engine.dispose()


@pytest.mark.parametrize(
    "statements",
    [
        [],
        ["ALTER TABLE planted ENABLE ROW LEVEL SECURITY"],
        ["ALTER TABLE planted ENABLE ROW LEVEL SECURITY", "ALTER TABLE planted FORCE ROW LEVEL SECURITY"],
        [
            "ALTER TABLE planted ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE planted FORCE ROW LEVEL SECURITY",
            "CREATE POLICY p ON planted USING (clinic_id::text = current_setting('app.clinic_id', true))",
        ],
    ],
    ids=["nothing", "not forced", "no policy", "no check on writes"],
)
def test_a_planted_table_with_a_gap_is_found(walled: DatabaseUrls, statements: list[str]):
    engine = create_engine(walled.owner_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE planted (clinic_id uuid, id uuid)"))
        for statement in statements:
            connection.execute(text(statement))
        assert gaps_in_the_wall(connection, migrate.SHARED_TABLES) == ["planted"]
    engine.dispose()


def test_the_app_role_owns_nothing_and_may_only_add_to_append_only_tables(walled: DatabaseUrls):
    engine = create_engine(walled.app_url)
    with engine.connect() as connection:
        assert migrate.unsafe_role(connection) is None
        owned = connection.execute(
            text(
                "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = :r)"
            ),
            {"r": APP_ROLE},
        ).scalar()
        assert owned == 0
        for table in sorted(Base.metadata.tables):
            rights = {
                right
                for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
                if connection.execute(
                    text("SELECT has_table_privilege(current_user, :t, :r)"), {"t": table, "r": right}
                ).scalar()
            }
            if table == "server_state":
                assert rights == {"SELECT"}
            elif Base.metadata.tables[table].info.get("append_only") or table == "tenant":
                assert rights == {"SELECT", "INSERT"}, table
            else:
                assert rights == {"SELECT", "INSERT", "UPDATE", "DELETE"}, table
    engine.dispose()


def test_the_app_role_can_change_neither_the_schema_nor_the_wall(walled: DatabaseUrls):
    engine = create_engine(walled.app_url)
    for statement in (
        "ALTER TABLE patient DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_clinic ON patient",
        "ALTER TABLE patient NO FORCE ROW LEVEL SECURITY",
        "DROP TABLE patient",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE TABLE planted (id integer)",
    ):
        with engine.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(statement))
    engine.dispose()


def test_the_same_role_for_owner_and_app_is_refused(postgres: PostgresServer):
    urls = postgres.empty()
    try:
        with pytest.raises(ConfigurationError, match="a role of its own"):
            migrate.upgrade(urls.owner_url, urls.owner_url)
    finally:
        postgres.drop(urls)


@pytest.mark.parametrize(
    ("role", "words"), [('odd"role', "lower case"), ("nobody_made_this", "Create the app's role first")]
)
def test_a_role_that_is_odd_or_missing_is_named_in_a_sentence(
    postgres: PostgresServer, role: str, words: str
):
    urls = postgres.empty()
    try:
        with pytest.raises(ConfigurationError, match=words):
            migrate.upgrade(urls.owner_url, postgres.url(role, str(make_url(urls.owner_url).database)))
    finally:
        postgres.drop(urls)
