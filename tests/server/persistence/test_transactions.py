"""One transaction is one use case: kept as written, append-only where promised, and it waits its turn."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import create_engine, delete, select, text, update
from sqlalchemy.exc import DatabaseError, StatementError

from server.persistence import db as storage
from server.persistence.db import transaction
from server.persistence.tables import AuditEvent, Clinic, Patient, Tenant
from tests.postgres import DatabaseUrls
from tests.server.persistence.rows import add, add_clinic, audit_of, patient_of

APPEND_ONLY = [
    "alert_event",
    "audit_event",
    "clinic_setting",
    "entry_revision",
    "episode_revision",
    "inbox_decision",
    "quarantine",
    "sign_off",
    "text_acceptance",
]


@pytest.fixture
def inside(app: Flask):
    with app.app_context():
        yield


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    "statement", [update(AuditEvent).values(action="b"), delete(AuditEvent)], ids=["update", "delete"]
)
def test_an_append_only_table_refuses_changes(statement: object):
    clinic_id = add_clinic()
    add(clinic_id, audit_of(clinic_id))
    with pytest.raises(DatabaseError), transaction(clinic_id) as session:
        session.execute(statement)
    with transaction(clinic_id) as session:
        assert [row.action for row in session.scalars(select(AuditEvent))] == ["a"]


def test_every_append_only_model_is_guarded_by_its_own_rules(database: DatabaseUrls):
    marked = [name for name, table in storage.Base.metadata.tables.items() if table.info.get("append_only")]
    assert sorted(marked) == APPEND_ONLY
    engine = create_engine(database.owner_url)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            wanted = {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")}
        else:
            names = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
            wanted = {f"{table}_append_only" for table in APPEND_ONLY}
        found = set(connection.execute(text(names)).scalars())
    engine.dispose()
    assert found == wanted


@pytest.mark.usefixtures("inside")
def test_an_instant_needs_an_offset_and_comes_back_in_utc():
    clinic_id = add_clinic()
    naive = patient_of(clinic_id)
    naive.created_at = datetime(2026, 3, 2, 8, 0)
    with pytest.raises(StatementError, match="offset"):
        add(clinic_id, naive)
    row = patient_of(clinic_id, "2")
    row.created_at = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    row.born_on = date(1960, 2, 29)
    add(clinic_id, row)
    with transaction(clinic_id) as session:
        kept = session.scalars(select(Patient)).one()
        assert kept.created_at == datetime(2026, 3, 2, 2, 30, 0, 123456, tzinfo=UTC)
        assert kept.created_at.utcoffset() == timedelta(0)
        assert kept.born_on == date(1960, 2, 29)


@pytest.mark.usefixtures("inside")
def test_odd_text_survives_as_json_on_both_databases():
    clinic_id = add_clinic()
    odd = {"nul": "a\0b", "lone": "\ud800", "leg": "🦵", "huge": 10**400, "keys": {"z": 1, "a": [None, True]}}
    row = audit_of(clinic_id)
    row.detail = odd
    add(clinic_id, row)
    with transaction(clinic_id) as session:
        kept = session.scalars(select(AuditEvent)).one().detail
    assert kept == odd
    assert list(kept) == list(odd)


def _add_and_fail(clinic_id: UUID) -> None:
    with transaction(clinic_id) as session:
        session.add(patient_of(clinic_id))
        session.flush()
        raise ZeroDivisionError


@pytest.mark.usefixtures("inside")
def test_a_block_that_raises_leaves_nothing():
    clinic_id = add_clinic()
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(clinic_id)
    with transaction(clinic_id) as session:
        assert session.scalars(select(Patient)).all() == []


@pytest.mark.usefixtures("inside")
def test_a_transaction_inside_another_is_a_programming_error():
    with transaction(None) as session:
        session.execute(select(Tenant)).all()
        with pytest.raises(RuntimeError, match="one transaction"), transaction(None):
            pass


def test_four_threads_that_read_and_then_write_all_get_through(app: Flask):
    with app.app_context():
        clinic_id = add_clinic()
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def count() -> None:
        start.wait()
        for _ in range(15):
            try:
                with app.app_context(), transaction(clinic_id) as session:
                    clinic = session.scalars(select(Clinic).with_for_update()).one()
                    clinic.change_seq += 1
            except BaseException as error:
                failures.append(error)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with app.app_context(), transaction(clinic_id) as session:
        assert session.scalars(select(Clinic)).one().change_seq == 60
