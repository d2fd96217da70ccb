"""The worker re-reads what time has changed and ends what is over, once, however often and by whomever."""

import json
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import update

from server.config import Config
from server.persistence.db import transaction
from server.persistence.tables import AuditEvent, Enrolment, Episode, Reading, StaffSession
from server.services import ticking
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.racing import at_once
from tests.factories.world import Clinic, entry
from tests.faults.process import ROOT, environment, procfile


def tick(app: Flask, config: Config, now: datetime) -> dict[str, int]:
    with app.app_context():
        return ticking.tick(config, now)


def test_twice_is_the_same_as_once(app: Flask, config: Config, clock: SettableClock):
    clinic = Clinic(app, clock())
    phone = clinic.phone(clinic.episode())
    phone.sync(
        phone.put(entry("2026-03-02T08:30:00+01:00", 1)), phone.put(entry("2026-03-02T09:00:00+01:00", 1))
    )
    clinic.invite(clinic.episode())
    later = clock.advance(days=20)
    first = tick(app, config, later)
    assert first["reread_due"] >= 1
    assert first["expire"] >= 2
    readings = store.of(clinic, Reading)
    assert set(tick(app, config, later).values()) == {0}
    assert store.of(clinic, Reading) == readings


def test_exactly_the_episodes_whose_time_has_come_are_read_again(
    app: Flask, config: Config, clock: SettableClock
):
    clinic = Clinic(app, clock())
    waiting = clinic.episode()
    due = {str(row["id"]): row["next_read_at"] for row in store.of(clinic, Episode)}[waiting]
    assert due > clock()
    assert tick(app, config, due - timedelta(seconds=1))["reread_due"] == 0
    before = store.of(clinic, Reading)[0]
    assert tick(app, config, due)["reread_due"] == 1
    after = store.of(clinic, Reading)[0]
    assert (before["read_at"], after["read_at"]) == (clock(), due)
    refreshed = [row for row in store.of(clinic, AuditEvent) if row["action"] == "reading.refresh"]
    assert [(row["actor_kind"], str(row["target_id"])) for row in refreshed] == [("system", waiting)]


def test_a_reading_changes_by_the_passing_of_time_alone(app: Flask, config: Config, clock: SettableClock):
    clinic = Clinic(app, clock())
    phone = clinic.phone(clinic.episode())
    phone.sync(phone.put(entry("2026-03-02T08:30:00+01:00", 6)))
    seen = [store.of(clinic, Reading)[0]["verdict"]]
    for _ in range(40):
        due = store.of(clinic, Episode)[0]["next_read_at"]
        if due is None:
            break
        tick(app, config, due)
        seen.append(store.of(clinic, Reading)[0]["verdict"])
    assert seen[0] != seen[-1]
    assert "pending" in seen[0]


def test_an_entry_of_a_phone_whose_clock_runs_ahead_is_read_as_soon_as_its_time_has_come(
    app: Flask, config: Config, clock: SettableClock
):
    clinic = Clinic(app, clock())
    phone = clinic.phone(clinic.episode())
    clock.set(datetime(2026, 5, 20, 10, 0, tzinfo=UTC))
    ahead = clock() + timedelta(minutes=4)
    body = entry(ahead.isoformat(), 1, scale="average_24h") | {"recorded_at": ahead.isoformat()}
    assert phone.statuses(phone.put(body)) == ["stored"]
    assert store.of(clinic, Reading)[0]["body"]["duration"]["days_at_50_percent"] == 0
    assert store.of(clinic, Episode)[0]["next_read_at"] == ahead

    tick(app, config, ahead)

    assert store.of(clinic, Reading)[0]["body"]["duration"]["days_at_50_percent"] == 1


def test_codes_and_sessions_that_are_over_are_ended(app: Flask, config: Config, clock: SettableClock):
    clinic = Clinic(app, clock())
    clinic.invite(clinic.episode(), "qr")
    clinic.invite(clinic.episode(), "link")
    assert tick(app, config, clock())["expire"] == 0
    assert tick(app, config, clock() + timedelta(minutes=15))["expire"] == 2, "one code and one session"
    assert store.of(clinic, StaffSession) == []
    assert {row["kind"]: row["ended_because"] for row in store.of(clinic, Enrolment)} == {
        "qr": "expired",
        "link": None,
    }


def test_one_clinics_trouble_does_not_stop_the_others(app: Flask, config: Config, clock: SettableClock):
    """One episode cannot be read any more, whatever the reason; everybody else's still are."""
    clinics = [
        Clinic(app, clock() + timedelta(seconds=place), name=name) for place, name in enumerate(("A", "B"))
    ]
    broken, beside, other = clinics[0].episode(), clinics[0].episode(), clinics[1].episode()
    with app.app_context(), transaction(clinics[0].clinic_id) as session:
        session.execute(
            update(Episode)
            .where(Episode.clinic_id == clinics[0].clinic_id, Episode.id == UUID(broken))
            .values(record={"procedure": {}, "baseline": {"pain": 7}}, next_read_at=clock())
        )
    later = clock.advance(days=400)
    tick(app, config, later)
    read_at = {
        str(row["episode_id"]): row["read_at"] for clinic in clinics for row in store.of(clinic, Reading)
    }
    assert read_at[other] == later
    assert read_at[beside] == later
    assert read_at[broken] < later


def test_two_workers_at_once_do_no_harm(app: Flask, config: Config, clock: SettableClock):
    clinic = Clinic(app, clock())
    for _ in range(6):
        clinic.episode()
    later = clock.advance(days=20)
    at_once([lambda: tick(app, config, later)] * 3)
    refreshed = [
        row["target_id"] for row in store.of(clinic, AuditEvent) if row["action"] == "reading.refresh"
    ]
    assert len(refreshed) == len(set(refreshed)) == 6


def test_the_worker_process_ticks_and_ends_quietly_when_told(
    app: Flask, config: Config, clock: SettableClock, tmp_path: Path
):
    clock.set(datetime.now(UTC) - timedelta(days=30))
    clinic = Clinic(app, clock())
    clinic.episode()
    log = tmp_path / "worker.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            ["bash", "-c", f"exec {procfile('worker')}"],
            cwd=ROOT,
            env=environment(config, tmp_path),
            stderr=file,
        )
    try:
        until = time.monotonic() + 40
        while "job.done" not in log.read_text() and time.monotonic() < until:
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
    events = [json.loads(line)["event"] for line in log.read_text().splitlines() if line.startswith("{")]
    assert events[0] == "worker.started"
    assert events[-1] == "worker.stopped"
    assert "Traceback" not in log.read_text()
