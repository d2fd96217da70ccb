"""A full disk is answered as such, costs nothing that was acknowledged, and is over when space returns."""

import sqlite3

from flask import Flask
from sqlalchemy import create_engine, event, text

from server.config import Config
from server.persistence.db import db
from server.persistence.tables import AuditEvent, EntryRevision
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import Clinic, Phone, entry


class Disk:
    """Lets the database fill up and have room again."""

    def __init__(self, app: Flask, owner_url: str) -> None:
        self._app, self._owner_url = app, owner_url
        self.limit = 0
        with app.app_context():
            self.kind = db.engine.dialect.name
            if self.kind == "sqlite":
                event.listen(db.engine, "connect", self._limit)

    def _limit(self, connection: sqlite3.Connection, _record: object) -> None:
        if self.limit:
            connection.execute(f"PRAGMA max_page_count={self.limit}")

    def fill(self) -> None:
        """No page more than there is (SQLite), or what a full disk raises (PostgreSQL)."""
        if self.kind == "sqlite":
            self.limit = 1
        else:
            self._as_owner(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';"
                " END $$",
                "CREATE TRIGGER full_disk BEFORE INSERT ON entry_revision EXECUTE FUNCTION full_disk()",
            )
        self._reconnect()

    def free(self) -> None:
        self.limit = 0
        if self.kind == "postgresql":
            self._as_owner("DROP TRIGGER full_disk ON entry_revision", "DROP FUNCTION full_disk")
        self._reconnect()

    def _reconnect(self) -> None:
        with self._app.app_context():
            db.engine.dispose()

    def _as_owner(self, *statements: str) -> None:
        engine = create_engine(self._owner_url)
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


def test_a_full_disk_loses_nothing_acknowledged_and_is_over_when_space_returns(
    app: Flask, clock: SettableClock, config: Config
):
    clinic = Clinic(app, clock())
    phone = clinic.phone(clinic.episode())
    disk = Disk(app, config.owner_database_url)
    acked = [phone.put() for _ in range(5)]
    assert phone.statuses(*acked) == ["stored"] * 5
    disk.fill()
    waiting, refusals = [], []
    for _ in range(30):
        batch = [phone.put(entry(note="x" * 1500)) for _ in range(10)]
        answer = phone.sync(*batch)
        if answer.status_code == 200:
            acked += batch
        else:
            waiting.append(batch)
            refusals.append((answer.status_code, answer.json["code"], answer.headers["Retry-After"]))
        if len(waiting) == 3:
            break
    assert refusals == [(507, "storage-full", "300")] * 3
    assert check_of(app) == "ok"
    assert {str(row["id"]) for row in store.of(clinic, EntryRevision)} == {row["rev_id"] for row in acked}
    disk.free()
    for batch in waiting:
        assert phone.statuses(*batch) == ["stored"] * 10
        acked += batch
    assert {str(row["id"]) for row in store.of(clinic, EntryRevision)} == {row["rev_id"] for row in acked}
    audited = [row["detail"] for row in store.of(clinic, AuditEvent) if row["action"] == "diary.sync"]
    assert sorted(id_ for detail in audited for id_ in detail["revisions"]) == sorted(
        row["rev_id"] for row in acked
    )


def check_of(app: Flask) -> str:
    """SQLite's own word on its file."""
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            return "ok"
        return str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())


def test_reading_still_works_or_says_that_the_disk_is_full(app: Flask, clock: SettableClock, config: Config):
    clinic = Clinic(app, clock())
    phone: Phone = clinic.phone(clinic.episode())
    disk = Disk(app, config.owner_database_url)
    disk.fill()
    while phone.sync(phone.put(entry(note="x" * 2000))).status_code == 200:
        pass
    answers = [clinic.get("/episodes"), clinic.get(f"/episodes/{phone.episode_id}/reading")]
    assert {answer.status_code for answer in answers} <= {200, 507}
    disk.free()
    assert clinic.get("/episodes").status_code == 200
