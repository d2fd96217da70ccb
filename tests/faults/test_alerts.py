"""Red flags from many phones, four workers, kills and a jumping clock: one alert each, nobody untold."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask

from server.config import Config
from server.persistence.tables import Alert, AlertEvent, StaffMessage
from server.security.actors import Staff
from server.services import answering
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.alarms import INFECTION, contact, name_contacts, report
from tests.factories.racing import times
from tests.factories.world import Clinic
from tests.faults.reminder_workers import Crew, SharedClock, watch_alerts
from tests.server.notifications.mailbox import Mailbox, running_mailbox

WORKERS = 4
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PATIENCE = times(180, 900)
FIRST_TURN = {"allergy": timedelta(minutes=15), "infection": timedelta(minutes=60)}


def wait_for(sees: Callable[[], bool], what: str, meanwhile: Callable[[int], None]) -> None:
    end, rounds = time.monotonic() + PATIENCE, 0
    while not sees():
        assert time.monotonic() < end, what
        rounds += 1
        meanwhile(rounds)
        time.sleep(0.1)


def send_reports(clinic: Clinic, patients: int, chance: random.Random) -> tuple[int, set[str]]:
    """Every patient tells of one or two symptoms, some of them again; returns the alerts that makes."""
    alerts, answered = 0, set()
    for number in range(patients):
        phone = clinic.phone(clinic.episode())
        told = ["allergy", INFECTION][: 1 + number % 2]
        alerts += len(told)
        for symptom in [*told, *(told[:1] if chance.random() < 0.3 else [])]:
            report(phone, symptom, START)
        if number % 5 == 0:
            answered.add(phone.episode_id)
    return alerts, answered


def nurse_of(clinic: Clinic) -> Staff:
    return Staff(clinic.clinic_id, clinic.add("nurse"), uuid4(), "Nurse", "nurse@clinic.example", "nurse")


def acknowledge(clinic: Clinic, nurse: Staff, which: Callable[[dict[str, Any]], bool]) -> None:
    for row in filter(which, store.of(clinic, Alert)):
        with clinic.app.app_context():
            answering.acknowledge(nurse, row["id"], START)


def turns(clinic: Clinic, step: int) -> set[str]:
    """Alerts that were passed on so often at least."""
    told = [row for row in store.of(clinic, AlertEvent) if row["kind"] == "escalated"]
    return {str(row["alert_id"]) for row in told if row["detail"]["step"] == step}


def test_every_red_flag_is_one_alert_and_is_told_on_through_kills_and_jumps_of_the_clock(
    make_app: Callable[..., Flask], config: Config, clock: SettableClock, tmp_path: Path
):
    chance = random.Random(20260302)
    clock.set(START)
    with running_mailbox() as mailbox:
        config = replace(config, mail=mailbox.settings(), log_level="CRITICAL")
        app = make_app(config, clock=clock)
        clinic = Clinic(app, clock())
        named = name_contacts(clinic, contact("Dr One", "one@c.example"), contact("Dr Two", "two@c.example"))
        assert named.status_code == 200
        alerts, answered = send_reports(clinic, times(12, 300), chance)
        nurse = nurse_of(clinic)
        acknowledge(clinic, nurse, lambda row: str(row["episode_id"]) in answered)
        rows = store.of(clinic, Alert)
        assert len(rows) == alerts
        waiting = {str(row["id"]) for row in rows if row["acknowledged_at"] is None}
        run(config, clinic, nurse, waiting, tmp_path, chance, mailbox)


def run(
    config: Config,
    clinic: Clinic,
    nurse: Staff,
    waiting: set[str],
    folder: Path,
    chance: random.Random,
    mailbox: Mailbox,
) -> None:
    shared = SharedClock(folder / "offset")
    shared.go_to(START)
    crew = Crew(config, folder / "offset", WORKERS, work=watch_alerts)
    reached, leaps = START, 0

    def disturb(rounds: int) -> None:
        """Time goes on in leaps, now and then it falls back for a while; a worker dies every other second."""
        nonlocal reached, leaps
        if rounds % 10 == 0:
            reached, leaps = reached + timedelta(minutes=8), leaps + 1
            shared.go_to(reached - timedelta(minutes=chance.choice((0, 0, 0, 7))))
        if rounds % 20 == 7:
            crew.kill_one(chance)

    try:
        wait_for(lambda: turns(clinic, 2) >= waiting, "an alert was not passed on twice", disturb)
        acknowledge(clinic, nurse, lambda _: True)  # what has no answer is told on for ever
        wait_for(lambda: not unsent(clinic), "a message was neither sent nor dropped", disturb)
    finally:
        crew.end()
    assert turns(clinic, 1) == waiting, "what was acknowledged is told to nobody"
    check_timers(clinic)
    check_messages(clinic, mailbox, crew, leaps)


def unsent(clinic: Clinic) -> list[str]:
    return [str(row["id"]) for row in store.of(clinic, StaffMessage) if row["status"] == "waiting"]


def check_timers(clinic: Clinic) -> None:
    """Nobody is told before the time is up, and each step once."""
    kinds = {row["id"]: row["kind"] for row in store.of(clinic, Alert)}
    steps = [row for row in store.of(clinic, AlertEvent) if row["kind"] == "escalated"]
    taken = Counter((row["alert_id"], row["detail"]["step"]) for row in steps)
    assert max(taken.values()) == 1
    for row in steps:
        if row["detail"]["step"] == 1:
            assert row["at"] >= START + FIRST_TURN[kinds[row["alert_id"]]]


def check_messages(clinic: Clinic, mailbox: Mailbox, crew: Crew, leaps: int) -> None:
    """What counts as sent has arrived; only a kill or a jump may send one again, under the same id."""
    sent = [row for row in store.of(clinic, StaffMessage) if row["status"] == "sent"]
    mails = Counter(str(mail["Message-ID"]) for mail in mailbox.arrived)
    again = sum(mails.values()) - len(mails)
    assert {row["recipient"] for row in sent} == {"Dr One", "Dr Two"}
    print(f"{len(sent)} messages about alerts, {crew.kills} kills, {again} sent again under the same id")
    assert len(mails) >= len(sent)
    # A leap ends the leases of sends in hand: at most one for each worker.
    assert again <= crew.kills + leaps * WORKERS
    assert crew.kills >= 3
