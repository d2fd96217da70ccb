"""Thousands of check-ins, four workers, kills and a jumping clock: none missed, none shown twice."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.config import Config, PushSettings
from server.persistence.db import transaction
from server.persistence.tables import Reminder
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.pushes import Browser, PushService, running_push_service
from tests.factories.racing import times
from tests.factories.world import HEADERS, PATIENT, Clinic
from tests.faults.reminder_workers import Crew, SharedClock
from tests.server.notifications.mailbox import running_mailbox
from tests.server.notifications.test_webpush import new_key

EVENINGS = times(10, 25)
WORKERS = 4
T0 = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # 8:00 in Berlin
CHOICES = {"language": "en", "evening": 1200, "quiet_from": 1320, "quiet_until": 420}
PATIENCE = times(240, 900)
LAST_JUMP = 450
"""The round after which the clock goes on by itself: 23:30 in Berlin."""


class Phones:
    """Half the patients have e-mail, half a phone that shows and confirms what is pushed to it."""

    def __init__(self, clinic: Clinic, pushes: PushService, count: int) -> None:
        self._pushes, self._seen = pushes, 0
        self._browsers: dict[str, tuple[Browser, FlaskClient]] = {}
        self.shown: dict[str, Counter[str]] = {}
        """For each tag the ids shown under it."""
        for number in range(count):
            phone = clinic.phone(clinic.episode())
            channels = ["push"] if number % 2 else ["email"]
            form = CHOICES | {"channels": channels, "email": f"p{number}@example.org"}
            assert phone.client.put(f"{PATIENT}/reminders", json=form, headers=HEADERS).status_code == 200
            if channels == ["push"]:
                browser = pushes.browser(str(number))
                self._browsers[f"/push/{number}"] = browser, phone.client
                told = {"zone": "Europe/Berlin", "subscription": browser.subscription}
                answer = phone.client.post(f"{PATIENT}/reminders/presence", json=told, headers=HEADERS)
                assert answer.status_code == 200, answer.text

    def look(self) -> None:
        """Show what has come and say so."""
        fresh, self._seen = self._pushes.got[self._seen :], len(self._pushes.got)
        for push in fresh:
            browser, client = self._browsers[push.path]
            told = json.loads(browser.read(push.body))
            assert push.headers["topic"] == UUID(told["tag"]).hex
            self.shown.setdefault(told["tag"], Counter())[told["id"]] += 1
            answer = client.post(f"{PATIENT}/reminders/{told['id']}/shown", json={}, headers=HEADERS)
            assert answer.status_code == 204, answer.text


def made_for(clinic: Clinic, slot: str) -> int:
    """How many patients one evening's reminder has reached."""
    with clinic.app.app_context(), transaction(clinic.clinic_id, reading=True) as session:
        done = select(func.count(func.distinct(Reminder.episode_id))).where(
            Reminder.clinic_id == clinic.clinic_id,
            Reminder.slot == slot,
            Reminder.state.in_(("sent", "shown")),
        )
        return session.scalar(done) or 0


def test_no_check_in_is_missed_and_none_shown_twice_through_kills_and_jumps_of_the_clock(
    make_app: Callable[..., Flask], config: Config, clock: SettableClock, tmp_path: Path
):
    patients = times(100, 400)
    chance = random.Random(20260302)
    clock.set(T0)
    with running_mailbox() as mailbox, running_push_service() as pushes:
        push = PushSettings(new_key(), "mailto:it@clinic.example", ("localhost",))
        config = replace(config, mail=mailbox.settings(), push=push, log_level="CRITICAL")
        app = make_app(config, clock=clock)
        clinic = Clinic(app, clock())
        phones = Phones(clinic, pushes, patients)
        shared = SharedClock(tmp_path / "offset")
        shared.go_to(T0 + timedelta(hours=30))
        crew = Crew(config, tmp_path / "offset", WORKERS)
        try:
            for day in range(1, EVENINGS + 1):
                evening = datetime(2026, 3, 2, 19, 1, tzinfo=UTC) + timedelta(days=day)  # 20:01 in Berlin
                play(clinic, phones, crew, shared, evening, f"d{day}", patients, chance)
        finally:
            crew.end()

    made = Counter(
        (row["episode_id"], row["slot"])
        for row in store.of(clinic, Reminder)
        if row["slot"][0] == "d" and row["state"] in ("sent", "shown")
    )
    assert sum(1 for slot in made if int(slot[1][1:]) <= EVENINGS) == patients * EVENINGS
    assert max(made.values()) <= 2
    mails = Counter(mail["Message-ID"] for mail in mailbox.arrived)
    again = sum(mails.values()) - len(mails)
    replaced = sum(sum(ids.values()) - len(ids) for ids in phones.shown.values())
    print(
        f"{patients * EVENINGS} check-ins, {crew.kills} kills: {len(mails)} e-mails, {again} sent "
        f"again under the same Message-ID; {len(phones.shown)} notifications, {replaced} replaced by the same"
    )
    assert again + replaced <= crew.kills * 5 + WORKERS * EVENINGS, "only a kill or a jump can repeat a send"
    assert crew.kills >= EVENINGS // 2


def play(
    clinic: Clinic,
    phones: Phones,
    crew: Crew,
    shared: SharedClock,
    evening: datetime,
    slot: str,
    patients: int,
    chance: random.Random,
) -> None:
    """One evening: the clock strikes, jumps, workers die, and still everybody is reminded before midnight."""
    shared.go_to(evening)
    end = time.monotonic() + PATIENCE
    rounds = 0
    while made_for(clinic, slot) < patients:
        assert time.monotonic() < end, f"{slot}: {made_for(clinic, slot)} of {patients} were reminded"
        phones.look()
        rounds += 1
        if rounds % 3 == 0 and rounds < LAST_JUMP and chance.random() < 0.5:
            shared.go_to(evening + timedelta(minutes=chance.uniform(-20, 60)))
        if rounds == 2 or (rounds % 5 == 0 and chance.random() < 0.3):
            crew.kill_one(chance)
        if 15 < rounds < LAST_JUMP:
            # A dead worker's lease ends on the clock, which must not jump back for ever, nor past midnight.
            shared.go_to(evening + timedelta(minutes=60 + rounds / 3))
        time.sleep(0.1)
    phones.look()
