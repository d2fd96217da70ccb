"""What only a SQLite file needs: settings on each connection, and patience with the one writer."""

import sqlite3
import stat
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select

from server.errors import UnavailableError
from server.persistence.db import db, prepare_folder, transaction
from server.persistence.tables import Patient, Tenant
from tests.server.persistence.rows import add, add_clinic, patient_of


@pytest.mark.usefixtures("file_app")
def test_every_connection_is_durable_and_checks_references():
    for _ in range(3):
        with db.engine.connect() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000}


def test_a_reference_into_another_clinic_is_refused_by_the_keys(file_app: Flask):
    first, second = add_clinic(), add_clinic()
    stranger = patient_of(second)
    number = stranger.id
    add(second, stranger)
    path = file_app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), connection:
        connection.execute(
            "INSERT INTO device (clinic_id, id, patient_id, name, token_digest, enrolled_at)"
            " VALUES (?, ?, ?, '', '', '')",
            (first.hex, number.hex, number.hex),
        )
    connection.close()


def test_a_writer_that_never_gets_its_turn_is_told_to_come_back(file_app: Flask):
    def impatient(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=20")

    clinic_id = add_clinic()
    db.engine.dispose()
    event.listen(db.engine, "connect", impatient)
    holder = sqlite3.connect(file_app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnavailableError) as refused, transaction(clinic_id) as session:
        session.add(patient_of(clinic_id))
    assert refused.value.extra["retry_after"] > 0
    holder.rollback()
    holder.close()
    with transaction(clinic_id) as session:
        assert session.scalars(select(Tenant)).all()
        assert session.scalars(select(Patient)).all() == []


def test_the_folder_of_a_new_file_is_its_owners_alone(tmp_path: Path):
    prepare_folder(f"sqlite:///{tmp_path}/new/afterblock.sqlite3")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    prepare_folder("sqlite:///:memory:")
