"""A migration takes along what the rows of every clinic say."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text

from server.persistence import db, migrate
from tests.postgres import DatabaseUrls

NOW = "2026-03-02 08:00:00+00:00"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DatabaseUrls]:
    """A database without tables."""
    if request.param == "sqlite":
        yield DatabaseUrls(f"sqlite:///{tmp_path / 'old.sqlite3'}", f"sqlite:///{tmp_path / 'old.sqlite3'}")
        return
    postgres = request.getfixturevalue("postgres")
    urls = postgres.empty()
    yield urls
    postgres.drop(urls)


@contextmanager
def owner(urls: DatabaseUrls) -> Iterator[Connection]:
    engine = create_engine(urls.owner_url)
    db.prepare(engine)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def move(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    config.attributes["connection"] = connection
    (command.downgrade if revision.startswith("-") else command.upgrade)(config, revision)


def enter(connection: Connection, clinic_id: UUID) -> None:
    """PostgreSQL shows the owner one clinic at a time, as it shows the product."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('app.clinic_id', :id, true)"), {"id": str(clinic_id)})


def patient_with(connection: Connection, clinic_id: UUID, own: str | None, reminders: str | None) -> UUID:
    """A patient of the schema of 0007, and the language of their reminders where they have chosen any."""
    enter(connection, clinic_id)
    patient_id = uuid4()
    keys = {"clinic": clinic_id.hex, "id": patient_id.hex, "now": NOW}
    connection.execute(
        text(
            "INSERT INTO patient (clinic_id, id, name, record_number, search_text, created_at, language)"
            " VALUES (:clinic, :id, 'Ann', :number, 'ann', :now, :language)"
        ),
        keys | {"language": own, "number": str(patient_id)},
    )
    if reminders is not None:
        connection.execute(
            text(
                "INSERT INTO reminder_setting (clinic_id, patient_id, language, evening, quiet_from,"
                " quiet_until, channels, refused, updated_at)"
                " VALUES (:clinic, :id, :language, 1200, 1320, 420, '[]', '{}', :now)"
            ),
            keys | {"language": reminders},
        )
    return patient_id


def language_of(connection: Connection, clinic_id: UUID, patient_id: UUID, column: str) -> str | None:
    enter(connection, clinic_id)
    table, key = column.split(".", maxsplit=1)[0], "id" if column.startswith("patient") else "patient_id"
    statement = text(f"SELECT {column} FROM {table} WHERE {key} = :id")
    return connection.execute(statement, {"id": patient_id.hex}).scalar_one()


def test_the_language_of_reminders_becomes_the_patients_where_they_had_none(empty: DatabaseUrls):
    clinics = [uuid4(), uuid4()]
    given = [(None, "de"), ("es", "de"), (None, None)]
    with owner(empty) as connection:
        move(connection, "0007")
        for clinic_id in clinics:
            row = {"id": clinic_id.hex, "now": NOW}
            connection.execute(text("INSERT INTO tenant (id, created_at) VALUES (:id, :now)"), row)
        people = [(c, patient_with(connection, c, *one), one) for c in clinics for one in given]

    with owner(empty) as connection:
        move(connection, "0008")
        kept = [language_of(connection, c, patient, "patient.language") for c, patient, _ in people]
    assert kept == ["de", "es", None] * 2

    with owner(empty) as connection:
        move(connection, "-1")
        back = [
            language_of(connection, c, patient, "reminder_setting.language")
            for c, patient, (_, reminders) in people
            if reminders
        ]
    assert back == ["de", "es"] * 2
    migrate.upgrade(empty.owner_url, empty.app_url)
    assert migrate.differences(empty.owner_url) == []
