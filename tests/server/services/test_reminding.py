"""From a due check-in to a sent reminder, on both databases, with a real mail server and push service."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from server.config import Config, PushSettings
from server.notifications.email import Mailer
from server.persistence.db import transaction
from server.persistence.tables import (
    Delivery,
    Episode,
    Patient,
    PromptPlan,
    PushSubscription,
    Reminder,
    ReminderSetting,
)
from server.services import delivering, queueing, reminding, ticking
from server.services.letters import Channels
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.pushes import Browser, PushService, running_push_service
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, Phone, entry, procedure
from tests.server.notifications.mailbox import Mailbox, running_mailbox
from tests.server.notifications.test_webpush import new_key

PUSH_KEY = new_key()
T0 = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # 8:00 in Berlin, as the factory's injection
DEFAULTS = {"language": "en", "evening": 1200, "quiet_from": 1320, "quiet_until": 420}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as box:
        yield box


@pytest.fixture
def pushes() -> Iterator[PushService]:
    with running_push_service() as service:
        yield service


@pytest.fixture
def config(config: Config, mailbox: Mailbox) -> Config:
    push = PushSettings(PUSH_KEY, "mailto:it@clinic.example", ("localhost",))
    return replace(config, mail=mailbox.settings(), push=push)


@dataclass
class Scene:
    """One clinic, one patient with a phone, and the worker's hands."""

    app: Flask
    config: Config
    clock: SettableClock
    clinic: Clinic = field(init=False)
    phone: Phone = field(init=False)

    def __post_init__(self) -> None:
        self.clock.set(T0 + timedelta(minutes=1))
        self.clinic = Clinic(self.app, self.clock())
        self.phone = self.clinic.phone(self.clinic.episode())

    def choose(self, *channels: str, **changes: Any) -> None:
        form = DEFAULTS | {"channels": channels, "email": "ann@example.org"} | changes
        answer = self.phone.client.put(f"{PATIENT}/reminders", json=form, headers=HEADERS)
        assert answer.status_code == 200, answer.text

    def order_channels(self, *order: str, version: int = 0) -> None:
        form = {"value": {"order": order}, "version": version}
        answer = self.clinic.client("admin").put(f"{CLINIC}/settings/channels", json=form, headers=HEADERS)
        assert answer.status_code == 200, answer.text

    def open_app(self, browser: Browser | None, zone: str = "Europe/Berlin") -> dict[str, Any]:
        form = {"zone": zone, "subscription": browser and browser.subscription}
        answer = self.phone.client.post(f"{PATIENT}/reminders/presence", json=form, headers=HEADERS)
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def unreached(self) -> list[str]:
        """What staff are told of the ways to this patient, the same in the list and on the episode's page."""
        [row] = self.clinic.get("/episodes").json["episodes"]
        assert self.clinic.get(f"/episodes/{self.phone.episode_id}").json["unreached"] == row["unreached"]
        return list(row["unreached"])

    def tick(self, minutes: float) -> dict[str, int]:
        """Let the worker do its round at a time after T0."""
        self.clock.set(T0 + timedelta(minutes=minutes))
        with self.app.app_context():
            return ticking.tick(self.config, self.clock())

    def say(self, reminder_id: str, event: str) -> None:
        answer = self.phone.client.post(
            f"{PATIENT}/reminders/{reminder_id}/{event}", json={}, headers=HEADERS
        )
        assert answer.status_code == 204, answer.text

    def answer(self, minutes: float, pain: int = 3) -> None:
        at = (T0 + timedelta(minutes=minutes)).isoformat()
        assert self.phone.statuses(self.phone.put(entry(at, pain)), client_time=at) == ["stored"]

    def reminders(self) -> list[tuple[str, int, str]]:
        rows = sorted(store.of(self.clinic, Reminder), key=lambda row: (row["due_at"], row["number"]))
        return [(row["slot"], row["number"], row["state"]) for row in rows]

    def deliveries(self) -> list[tuple[str, int, str]]:
        rows = sorted(store.of(self.clinic, Delivery), key=lambda row: (row["due_at"], row["round"]))
        return [(row["channel"], row["round"], row["state"]) for row in rows]


@pytest.fixture
def scene(app: Flask, config: Config, clock: SettableClock) -> Scene:
    return Scene(app, config, clock)


def test_a_due_check_in_becomes_one_e_mail_whoever_ticks_how_often(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    for _ in range(3):
        scene.tick(15)

    [mail] = mailbox.arrived
    assert mail["To"] == "ann@example.org"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "It is time for your check-in." in body.get_content()
    assert "http://localhost/?checkin=m15" in body.get_content()
    assert scene.reminders() == [("m15", 1, "sent")]


def test_at_most_two_a_check_in_and_none_once_it_is_answered(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    for minute in range(14, 45):
        scene.tick(minute)
        if minute == 31:
            scene.answer(31)

    assert scene.reminders() == [("m15", 1, "sent"), ("m15", 2, "sent"), ("m30", 1, "answered")]
    assert len(mailbox.arrived) == 3


def test_an_answer_between_claim_and_send_stops_the_send(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    scene.clock.set(T0 + timedelta(minutes=15))
    with scene.app.app_context():
        reminding.make_due(scene.clinic.clinic_id, {"email"}, scene.clock())
        [claim] = delivering._claim(scene.clinic.clinic_id, scene.clock())
    scene.answer(15)
    with scene.app.app_context():
        channels = Channels("http://localhost")
        assert delivering._send_one(scene.clinic.clinic_id, claim, channels, scene.clock) == 0

    assert scene.deliveries() == [("email", 1, "dropped")]


def test_a_push_that_nobody_confirms_is_tried_once_more_then_the_next_channel(
    scene: Scene, mailbox: Mailbox, pushes: PushService
):
    scene.choose("push", "email")
    browser = pushes.browser()
    scene.open_app(browser)

    for minute in (15, 16, 18, 19, 21):
        scene.tick(minute)

    assert scene.deliveries() == [("push", 1, "sent"), ("push", 2, "sent"), ("email", 1, "sent")]
    first, second = (push.headers["topic"] for push in pushes.got)
    assert first == second, "the second replaces the first"
    assert len(mailbox.arrived) == 1


def test_the_clinic_orders_the_channels_and_one_it_left_out_is_not_used(
    scene: Scene, mailbox: Mailbox, pushes: PushService
):
    scene.choose("push", "email")
    scene.open_app(pushes.browser())
    scene.order_channels("email", "push")
    scene.tick(15)
    assert (len(mailbox.arrived), len(pushes.got)) == (1, 0)

    scene.order_channels("push", version=1)
    for minute in range(16, 45):  # nobody confirms a push
        scene.tick(minute)
    assert pushes.got
    assert len(mailbox.arrived) == 1, "passed on to a channel the clinic left out"
    told = scene.phone.client.get(f"{PATIENT}/reminders").json
    assert told is not None
    assert told["offered"] == ["push"]


def test_a_push_that_was_shown_is_left_at_that(scene: Scene, mailbox: Mailbox, pushes: PushService):
    scene.choose("push", "email")
    browser = pushes.browser()
    scene.open_app(browser)
    scene.tick(15)
    told = json.loads(browser.read(pushes.got[0].body))
    scene.say(told["id"], "shown")
    scene.say(told["id"], "clicked")
    scene.say(told["id"], "shown")
    scene.tick(20)

    assert scene.reminders() == [("m15", 1, "shown")]
    assert scene.deliveries() == [("push", 1, "confirmed"), ("push", 2, "dropped")]
    assert mailbox.arrived == []
    assert told["url"] == "http://localhost/?checkin=m15"
    assert set(told) == {"id", "tag", "title", "body", "url", "lang", "dir"}
    [row] = store.of(scene.clinic, Reminder)
    assert row["clicked_at"] == row["shown_at"] == scene.clock() - timedelta(minutes=5)


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_subscription_is_marked_told_and_passed_by(
    scene: Scene, mailbox: Mailbox, pushes: PushService, status: int
):
    scene.choose("push", "email")
    browser = pushes.browser()
    scene.open_app(browser)
    pushes.status = status
    scene.tick(15)
    scene.tick(15)

    assert len(mailbox.arrived) == 1
    [kept] = store.of(scene.clinic, PushSubscription)
    assert kept["dead_at"] is not None
    assert scene.open_app(browser)["push"] == "dead"
    detail = scene.clinic.get(f"/episodes/{scene.phone.episode_id}").json
    assert detail["devices"][0]["push"] == "dead"
    assert scene.unreached() == ["push"]
    assert scene.open_app(pushes.browser("new"))["push"] == "on"
    assert scene.unreached() == []


@pytest.mark.parametrize("trouble", ["mail", "push"])
def test_a_broken_server_delays_and_never_loses(
    scene: Scene, mailbox: Mailbox, pushes: PushService, trouble: str
):
    if trouble == "mail":
        scene.choose("email")
        mailbox.refuse_data = "451 later"
    else:
        scene.choose("push")
        scene.open_app(pushes.browser())
        pushes.status = 503
    evening = 12 * 60 + 24 * 60
    for minute in range(evening, evening + 60, 4):
        scene.tick(minute)
    broken = len(pushes.got)
    mailbox.refuse_data, pushes.status = None, 201
    for minute in range(evening + 60, evening + 70):
        scene.tick(minute)

    delivered = mailbox.arrived if trouble == "mail" else pushes.got[broken:]
    assert len(delivered) >= 1
    with scene.app.app_context():
        assert queueing.queue(scene.clock()).waiting == 0


def test_the_queues_age_tells_of_trouble_and_of_a_worker_that_is_gone(scene: Scene, mailbox: Mailbox):
    ready = "/readyz"
    assert scene.app.test_client().get(ready).json["queue_age_seconds"] is None
    scene.choose("email")
    mailbox.refuse_data = "451 later"
    evening = 12 * 60 + 24 * 60
    scene.tick(evening)
    scene.clock.advance(minutes=1)
    with scene.app.app_context():
        queueing.report_queue(scene.clock())
    assert scene.app.test_client().get(ready).json["queue_length"] == 1
    assert scene.app.test_client().get(ready).json["queue_age_seconds"] > 0
    scene.clock.advance(minutes=30)
    found = scene.app.test_client().get(ready).json
    assert found["worker_seen_seconds_ago"] == 1800
    assert found["queue_age_seconds"] >= 1800
    assert found["status"] == "ready"


def test_a_killed_workers_claim_is_taken_over_when_its_lease_runs_out(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    scene.clock.set(T0 + timedelta(minutes=15))
    with scene.app.app_context():
        reminding.make_due(scene.clinic.clinic_id, {"email"}, scene.clock())
        assert len(delivering._claim(scene.clinic.clinic_id, scene.clock())) == 1
    scene.tick(16)
    assert mailbox.arrived == [], "somebody may be at it"
    scene.tick(19)
    assert len(mailbox.arrived) == 1


def test_told_to_stop_a_worker_ends_the_send_in_hand_and_gives_back_the_rest(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    others = [scene.clinic.phone(scene.clinic.episode()) for _ in range(3)]
    for other in others:
        form = DEFAULTS | {"channels": ["email"], "email": "b@example.org"}
        assert other.client.put(f"{PATIENT}/reminders", json=form, headers=HEADERS).status_code == 200
    scene.clock.set(T0 + timedelta(minutes=15))
    go_on = iter([True, True, False, False, False, False, False])
    with scene.app.app_context():
        ticking.make_reminders(scene.config, scene.clock())
        done = ticking.send_reminders(scene.config, scene.clock, lambda: next(go_on))

    assert done == len(mailbox.arrived) == 1
    rest = [row for row in store.of(scene.clinic, Delivery) if row["state"] == "due"]
    assert len(rest) == 3
    assert all(row["lease_until"] is None and row["attempts"] == 0 for row in rest)


def test_a_corrected_t0_moves_the_next_prompt(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    scene.clock.advance(minutes=12)
    detail = scene.clinic.get(f"/episodes/{scene.phone.episode_id}").json
    procedure = detail["procedure"] | {"performed_at": "2026-03-02T08:20:00+01:00"}
    form = {
        "status": "performed", "procedure": procedure, "baseline": {"pain": 7}, "events": [],
        "revision": detail["revision"], "reason": "It was later",
    }  # fmt: skip
    scene.clock.set(T0 + timedelta(minutes=25))
    answer = scene.clinic.client().put(
        f"/api/v1/clinic/episodes/{scene.phone.episode_id}", json=form, headers=HEADERS
    )
    assert answer.status_code == 200, answer.text

    [plan] = store.of(scene.clinic, PromptPlan)
    assert (plan["slot"], plan["next_at"]) == ("m15", T0 + timedelta(minutes=35))


def test_nothing_is_sent_to_a_patient_who_wants_nothing_or_whose_episode_is_cancelled(
    scene: Scene, mailbox: Mailbox
):
    scene.tick(15)
    assert scene.reminders() == []
    scene.choose("email")
    detail = scene.clinic.get(f"/episodes/{scene.phone.episode_id}").json
    form = {
        "status": "cancelled", "procedure": detail["procedure"], "baseline": {"pain": 7},
        "events": [],
        "revision": detail["revision"], "reason": "Withdrawn",
    }  # fmt: skip
    answer = scene.clinic.client().put(
        f"/api/v1/clinic/episodes/{scene.phone.episode_id}", json=form, headers=HEADERS
    )
    assert answer.status_code == 200, answer.text
    for minute in range(30, 200, 5):
        scene.tick(minute)
    assert mailbox.arrived == []


def test_the_phones_new_zone_moves_the_evening(scene: Scene):
    scene.choose("email")
    scene.clock.set(T0 + timedelta(days=3))
    evening = entry("2026-03-04T20:00:00+01:00", 3, scale="average_24h")
    assert scene.phone.statuses(scene.phone.put(evening), client_time="2026-03-05T07:00:00Z") == ["stored"]
    scene.tick(3 * 24 * 60)
    [plan] = store.of(scene.clinic, PromptPlan)
    assert plan["next_at"] == datetime(2026, 3, 5, 19, 0, tzinfo=UTC)  # 20:00 in Berlin
    scene.open_app(None, zone="America/New_York")
    [plan] = store.of(scene.clinic, PromptPlan)
    assert plan["next_at"] == datetime(2026, 3, 6, 1, 0, tzinfo=UTC)  # 20:00 in New York


def test_an_address_that_takes_nothing_is_given_up_and_told(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    mailbox.refuse_recipient = "550 no such user"
    scene.tick(15)
    assert scene.unreached() == ["email"]
    scene.tick(22)

    assert scene.reminders() == [("m15", 1, "undelivered")]
    assert scene.open_app(None)["refused"] == ["email"]
    scene.choose("email", email="ann@other.example")
    assert scene.open_app(None)["refused"] == []
    assert scene.unreached() == []


def test_a_snoozed_check_in_is_asked_once_more_and_not_beyond_its_time(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    scene.tick(120)
    form = {"episode_id": scene.phone.episode_id, "slot": "h2", "minutes": 30}
    answer = scene.phone.client.post(f"{PATIENT}/reminders/snooze", json=form, headers=HEADERS)
    assert answer.status_code == 200, answer.text
    for minute in range(121, 160):
        scene.tick(minute)
    sent = [row for row in store.of(scene.clinic, Reminder) if row["slot"] == "h2"]
    assert sorted((row["number"], row["due_at"] - T0) for row in sent) == [
        (1, timedelta(minutes=120)),
        (2, timedelta(minutes=150)),
    ]
    refused = scene.phone.client.post(f"{PATIENT}/reminders/snooze", json=form, headers=HEADERS)
    assert refused.status_code == 409


def test_a_finished_episode_is_closed_once(scene: Scene):
    scene.tick(500 * 24 * 60)
    scene.tick(500 * 24 * 60)

    [episode] = store.of(scene.clinic, Episode)
    assert episode["status"] == "closed"


def test_a_test_reminder_takes_the_whole_way(scene: Scene, pushes: PushService):
    scene.choose("push")
    browser = pushes.browser()
    scene.open_app(browser)
    asked = scene.phone.client.post(f"{PATIENT}/reminders/test", json={}, headers=HEADERS)
    assert asked.status_code == 201, asked.text
    scene.tick(2)
    told = json.loads(browser.read(pushes.got[0].body))
    scene.say(told["id"], "shown")

    state = scene.phone.client.get(f"{PATIENT}/reminders/{asked.json['id']}").json
    assert state["state"] == "shown"
    assert [one["state"] for one in state["deliveries"]] == ["confirmed", "dropped"]


def test_reminders_speak_the_one_language_the_patient_reads(
    scene: Scene, mailbox: Mailbox, pushes: PushService
):
    scene.choose("email", language="de")
    scene.tick(15)
    told = {"language": "es", "texts_version": None}
    answer = scene.phone.client.put(f"{PATIENT}/language", json=told, headers=HEADERS)
    assert answer.status_code in (200, 204), answer.text
    scene.open_app(None)
    scene.choose("email", language="de")  # the app's form says it again; only the choice itself changes it
    scene.tick(30)

    bodies = [part.get_content() for mail in mailbox.arrived if (part := mail.get_body(("plain",)))]
    assert [row["language"] for row in store.of(scene.clinic, Patient)] == ["es"]
    assert bodies[0] != bodies[-1]
    known = scene.phone.client.get(f"{PATIENT}/reminders").json
    assert known is not None
    assert known["language"] == "es"


POISON = "=?utf-8?b?YQ0KQmNjOiB4QHkueg0KDQpIZWxsbw==?=@b.de"
"""Read as a header it holds line breaks, so no message can be written to it."""


def test_an_address_no_message_can_be_written_to_keeps_nobody_else_waiting(scene: Scene, mailbox: Mailbox):
    others = [scene.clinic.phone(scene.clinic.episode()) for _ in range(6)]
    for phone in others:
        form = DEFAULTS | {"channels": ["email"], "email": f"{phone.episode_id[:8]}@example.org"}
        assert phone.client.put(f"{PATIENT}/reminders", json=form, headers=HEADERS).status_code == 200
    scene.choose("email")
    with scene.app.app_context(), transaction(scene.clinic.clinic_id) as session:
        session.execute(
            update(ReminderSetting).where(ReminderSetting.email == "ann@example.org").values(email=POISON)
        )
    scene.tick(15)

    assert len(mailbox.arrived) == 6
    states = sorted(state for _, _, state in scene.deliveries())
    assert states == ["failed", *["sent"] * 6]
    assert scene.clinic.get(f"/episodes/{scene.phone.episode_id}").json["unreached"] == ["email"]


def test_such_an_address_is_not_taken(scene: Scene):
    for address in (POISON, "a=?b@c.de", "a@b", "a b@c.de"):
        form = DEFAULTS | {"channels": ["email"], "email": address}
        assert scene.phone.client.put(f"{PATIENT}/reminders", json=form, headers=HEADERS).status_code == 422


def test_a_fault_nobody_foresaw_is_written_down_and_the_rest_goes_out(
    scene: Scene, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    other = scene.clinic.phone(scene.clinic.episode())
    form = DEFAULTS | {"channels": ["email"], "email": "bob@example.org"}
    assert other.client.put(f"{PATIENT}/reminders", json=form, headers=HEADERS).status_code == 200
    scene.choose("email")
    send = Mailer.send

    def stumble(self: Mailer, address: str, *rest: Any) -> None:
        if address == "ann@example.org":
            raise KeyError(address)
        send(self, address, *rest)

    monkeypatch.setattr(Mailer, "send", stumble)
    scene.tick(15)

    assert [mail["To"] for mail in mailbox.arrived] == ["bob@example.org"]
    problems = {row["problem"] for row in store.of(scene.clinic, Delivery)}
    assert problems == {None, "delivery-failed"}
    told = capsys.readouterr().err
    assert '"kind": "KeyError"' in told
    assert "ann@example.org" not in told

    monkeypatch.setattr(Mailer, "send", send)
    scene.tick(17)
    assert len(mailbox.arrived) == 2, "it is tried again"


def test_one_clinics_fault_keeps_no_other_job_from_its_turn(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    def stumble(*_: Any) -> int:
        raise RuntimeError

    scene.choose("email")
    monkeypatch.setattr(ticking.review, "read_due", stumble)

    assert scene.tick(15)["make_reminders"] == 1


def test_once_the_phone_writes_to_a_later_block_only_that_one_asks(scene: Scene, mailbox: Mailbox):
    scene.choose("email")
    [patient] = store.of(scene.clinic, Patient)
    later = {"performed_at": (T0 + timedelta(days=2)).isoformat()}
    form = {
        "patient_id": str(patient["id"]),
        "episode": {"status": "performed", "procedure": procedure() | later, "baseline": {"pain": 6}},
    }
    scene.tick(24 * 60 + 13 * 60)  # the first evening of the first block
    assert mailbox.arrived
    scene.tick(2 * 24 * 60 + 1)
    scene.clinic.sign_in_again()
    answer = scene.clinic.client().post(f"{CLINIC}/episodes", json=form, headers=HEADERS)
    assert answer.status_code == 201, answer.text
    second = answer.json["episode_id"]
    for minutes in (15, 60, 36 * 60, 37 * 60, 61 * 60):
        scene.tick(2 * 24 * 60 + minutes)

    asked = {
        str(row["episode_id"])
        for row in store.of(scene.clinic, Reminder)
        if row["due_at"] >= T0 + timedelta(days=2)
    }
    assert asked == {second}
    calendar = scene.phone.client.get(f"{PATIENT}/reminders/calendar.ics")
    evenings = [line for line in calendar.text.splitlines() if line.startswith("DTSTART")]
    assert len(evenings) == len(set(evenings)), "the calendar asks twice at one time"
