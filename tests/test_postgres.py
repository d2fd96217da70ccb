"""The tests' PostgreSQL is the kind the product runs on: a role without special rights, databases apart."""

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.postgres import APP_ROLE, DatabaseUrls, PostgresServer


def connect(url: str) -> psycopg.Connection:
    plain = make_url(url).set(drivername="postgresql")
    return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)


@pytest.fixture
def empty_database(postgres: PostgresServer):
    urls = postgres.empty()
    yield urls
    postgres.drop(urls)


def test_the_app_role_is_neither_superuser_nor_beyond_row_level_security(empty_database: DatabaseUrls):
    with connect(empty_database.app_url) as connection:
        row = connection.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " from pg_roles where rolname = current_user"
        ).fetchone()
    assert row == (APP_ROLE, False, False, False, False)


def test_the_app_role_owns_nothing(empty_database: DatabaseUrls):
    with connect(empty_database.owner_url) as owner, connect(empty_database.app_url) as app:
        owner.execute("create table kept (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("drop table kept")


def test_a_clone_has_the_templates_tables_and_its_own_rows(postgres: PostgresServer):
    fresh = PostgresServer(postgres._admin)

    def migrate(urls: DatabaseUrls) -> None:
        with connect(urls.owner_url) as owner:
            owner.execute("create table kept (id int)")

    first, second = fresh.migrated(migrate), fresh.migrated(migrate)
    with connect(first.owner_url) as connection:
        connection.execute("insert into kept values (1)")
    with connect(second.owner_url) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)
    fresh.drop_all()
