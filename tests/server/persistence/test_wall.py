"""Row-level security on PostgreSQL: the app's role cannot see or write past the clinic of its transaction."""

import dataclasses
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from server.config import Config
from server.errors import ConfigurationError, UnavailableError
from server.persistence.db import db, transaction
from server.persistence.tables import Clinic, Patient, Tenant
from tests.postgres import PostgresServer
from tests.server.persistence.rows import add, add_clinic, patient_of

pytestmark = pytest.mark.usefixtures("walled_app")


def patients_seen_by(clinic_id: UUID | None) -> int:
    with transaction(clinic_id) as session:
        return len(session.scalars(select(Patient)).all())


def test_a_query_without_any_filter_sees_its_own_clinic_only():
    first, second = add_clinic(), add_clinic()
    add(first, patient_of(first))
    assert (patients_seen_by(first), patients_seen_by(second)) == (1, 0)


def test_without_a_clinic_there_are_no_rows():
    clinic_id = add_clinic()
    add(clinic_id, patient_of(clinic_id))
    with transaction(None) as session:
        assert session.scalars(select(Patient)).all() == []
        assert session.scalars(select(Clinic)).all() == []
        assert [tenant.id for tenant in session.scalars(select(Tenant))] == [clinic_id]


@pytest.mark.parametrize("acting", ["another clinic", "no clinic"])
def test_a_row_for_a_clinic_that_is_not_acting_is_refused(acting: str):
    first, second = add_clinic(), add_clinic()
    with pytest.raises(SQLAlchemyError, match="row-level security"):
        add(first if acting == "another clinic" else None, patient_of(second))
    assert patients_seen_by(second) == 0


def test_a_row_cannot_be_moved_to_another_clinic():
    first, second = add_clinic(), add_clinic()
    add(first, patient_of(first))
    with pytest.raises(SQLAlchemyError, match="row-level security"), transaction(first) as session:
        session.execute(update(Patient).values(clinic_id=second))
    assert patients_seen_by(second) == 0


def _look_and_fail(clinic_id: UUID) -> None:
    with transaction(clinic_id) as session:
        assert len(session.scalars(select(Patient)).all()) == 1
        raise ZeroDivisionError


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_a_pooled_connection_carries_no_clinic_into_the_next_transaction(ending: str):
    clinic_id = add_clinic()
    add(clinic_id, patient_of(clinic_id))
    if ending == "rollback":
        with pytest.raises(ZeroDivisionError):
            _look_and_fail(clinic_id)
    assert db.engine.pool.checkedin() == 1, "the next transaction uses the same connection"
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT current_setting('app.clinic_id', true)")).scalar() == ""
        assert connection.execute(text("SELECT count(*) FROM patient")).scalar() == 0
    assert patients_seen_by(None) == 0


def test_the_owner_is_behind_the_wall_too(walled_config: Config):
    clinic_id = add_clinic()
    add(clinic_id, patient_of(clinic_id))
    engine = create_engine(walled_config.owner_database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM patient")).scalar() == 0
    engine.dispose()


def test_the_app_refuses_a_superuser_and_an_owner(
    postgres: PostgresServer, make_app: Callable[..., Flask], walled_config: Config
):
    name = str(make_url(walled_config.database_url).database)
    superuser = postgres.url("postgres", name)
    for url, words in ((superuser, "superuser"), (walled_config.owner_database_url, "owns tables")):
        with pytest.raises(ConfigurationError, match=words):
            make_app(dataclasses.replace(walled_config, database_url=url))


@pytest.mark.parametrize(
    ("right", "words"), [("bypassrls", "may bypass"), ("in role afterblock_test_owner", "owns tables")]
)
def test_the_app_refuses_a_role_that_could_get_round_the_wall(
    postgres: PostgresServer, make_app: Callable[..., Flask], walled_config: Config, right: str, words: str
):
    role = f"odd_{uuid4().hex[:8]}"
    postgres.execute(f"create role {role} login password 'test' {right}")
    try:
        url = postgres.url(role, str(make_url(walled_config.database_url).database))
        with pytest.raises(ConfigurationError, match=words):
            make_app(dataclasses.replace(walled_config, database_url=url))
    finally:
        postgres.execute(f"drop role {role}")


def test_a_server_that_cannot_be_reached_is_told_as_such():
    def unreachable(_dialect: object, _record: object, _args: object, named: dict[str, object]) -> None:
        named["host"] = "/nowhere"

    db.engine.dispose()
    event.listen(db.engine, "do_connect", unreachable)
    with pytest.raises(UnavailableError), transaction(None) as session:
        session.execute(select(Tenant)).all()
