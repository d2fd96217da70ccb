"""Alerts nobody acknowledges: real e-mail up the list of contacts, once, however many workers."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from server.app import create_app
from server.config import Config
from server.errors import DeliveryError
from server.notifications.email import Mailer
from server.persistence.tables import Alert, AuditEvent, StaffMessage
from server.security.actors import Staff
from server.services import answering, episodes, escalation, outbox
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.alarms import (
    INFECTION,
    MILD,
    NUMB,
    act,
    contact,
    name_contacts,
    queue,
    report,
    steps,
    work,
)
from tests.factories.racing import at_once
from tests.factories.world import Clinic, Phone, procedure
from tests.server.notifications.mailbox import Mailbox, running_mailbox

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # T0 is 7:00 UTC


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as box:
        yield box


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    clinic = Clinic(app, NOW)
    named = name_contacts(
        clinic, contact("Dr One", "one@clinic.example"), contact("Dr Two", "two@clinic.example")
    )
    assert named.status_code == 200
    return clinic


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    return clinic.phone(clinic.episode())


class Desk:
    """The worker of one clinic with a real mail server."""

    def __init__(self, app: Flask, clinic: Clinic, config: Config, mailbox: Mailbox) -> None:
        self.app, self.clinic, self.config, self.mailbox = app, clinic, config, mailbox

    def tick(self, now: datetime) -> dict[str, int]:
        return work(self.app, self.clinic, {"email": Mailer(self.mailbox.settings())}, self.config, now)

    def told(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mailbox.arrived]


@pytest.fixture
def desk(app: Flask, clinic: Clinic, config: Config, mailbox: Mailbox) -> Desk:
    return Desk(app, clinic, config, mailbox)


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(("symptom", "within"), [("allergy", 15), (INFECTION, 60)])
def test_an_unanswered_alert_is_told_on_up_the_list_and_again(
    desk: Desk, phone: Phone, symptom: Any, within: int
):
    report(phone, symptom, NOW)

    desk.tick(after(within) - timedelta(seconds=1))
    assert desk.told() == []
    desk.tick(after(within))
    assert desk.told() == ["one@clinic.example"]
    desk.tick(after(2 * within - 1))
    desk.tick(after(2 * within))
    assert desk.told() == ["one@clinic.example", "two@clinic.example"]
    desk.tick(after(4 * within))
    assert desk.told()[2:] == ["one@clinic.example"], "the list begins anew, at half the pace"
    assert len({mail["Message-ID"] for mail in desk.mailbox.arrived}) == 3


def test_the_message_says_how_grave_and_how_long_and_nothing_about_the_patient(desk: Desk, phone: Phone):
    report(phone, "allergy", NOW)
    desk.tick(after(15))

    [mail] = desk.mailbox.arrived
    text = mail.get_body(("plain",)).get_content()
    assert "emergency" in text
    assert "15 minutes" in text
    assert f"{desk.config.public_url}/clinic/alerts" in text
    for secret in ("Ann", "Example", "allergy", "Breathing", "breath", phone.episode_id):
        assert secret not in mail.as_string()


def test_an_acknowledgement_ends_the_escalation(desk: Desk, phone: Phone, clock: SettableClock):
    report(phone, "allergy", NOW)
    desk.tick(after(15))
    clock.set(after(12))
    (alert,) = queue(desk.clinic)
    act(desk.clinic, alert, "acknowledge")

    for minutes in range(16, 600, 15):
        desk.tick(after(minutes))
    assert desk.told() == ["one@clinic.example"]


def test_what_was_acknowledged_while_the_mail_waited_is_not_sent(
    desk: Desk, phone: Phone, clock: SettableClock
):
    desk.mailbox.refuse_data = "451 try later"
    report(phone, "allergy", NOW)
    desk.tick(after(15))
    (alert,) = queue(desk.clinic)
    act(desk.clinic, alert, "acknowledge")
    desk.mailbox.refuse_data = None

    desk.tick(after(40))
    assert desk.told() == []
    (message,) = store.of(desk.clinic, StaffMessage)
    assert (message["status"], message["problem"]) == ("dropped", "answered")


def test_the_next_working_day_is_never_told_on(desk: Desk, clock: SettableClock):
    phone = desk.clinic.phone(desk.clinic.episode())
    later = clock.advance(days=3)
    report(phone, MILD, later)
    desk.tick(later + timedelta(days=9))
    assert desk.told() == []


def test_levels_go_to_those_who_take_them(desk: Desk, phone: Phone):
    only_e = contact("Emergencies", "e@clinic.example", levels=["E"])
    only_s = contact("Same day", "s@clinic.example", levels=["S"])
    assert name_contacts(desk.clinic, only_e, only_s, version=1).status_code == 200
    report(phone, INFECTION, NOW)
    desk.tick(after(60))
    report(phone, "allergy", NOW)
    desk.tick(after(61))
    assert desk.told() == ["s@clinic.example", "e@clinic.example"]


def test_a_clinic_without_contacts_says_so_once_and_tells_the_first_one_named_later(
    app: Flask, clock: SettableClock, config: Config, mailbox: Mailbox
):
    clock.set(NOW)
    bare = Clinic(app, NOW, name="Bare")
    phone = bare.phone(bare.episode())
    desk = Desk(app, bare, config, mailbox)
    report(phone, "allergy", NOW)
    for minutes in (15, 16, 30, 45):
        desk.tick(after(minutes))
    (alert,) = queue(bare)
    assert [kind for kind, _ in steps(bare, alert)] == ["raised", "nobody_to_tell"]
    assert bare.get("/alerts").json["contacts"] == {"E": 0, "S": 0}

    name_contacts(bare, contact("Dr Late", "late@clinic.example"))
    desk.tick(after(60))
    assert desk.told() == ["late@clinic.example"]


def test_the_history_tells_who_was_told_and_that_it_arrived(desk: Desk, phone: Phone):
    report(phone, "allergy", NOW)
    desk.tick(after(15))

    (alert,) = queue(desk.clinic)
    told = desk.clinic.get(f"/alerts/{alert['alert_id']}").json["history"]
    assert [(event["kind"], event["detail"].get("recipient")) for event in told] == [
        ("raised", None),
        ("escalated", "Dr One"),
        ("told", "Dr One"),
    ]
    assert {"alert.escalated", "alert.told", "message.sent"} <= {
        row["action"] for row in store.of(desk.clinic, AuditEvent)
    }


def test_a_broken_mail_server_delays_and_loses_nothing(desk: Desk, phone: Phone):
    desk.mailbox.refuse_data = "451 not now"
    report(phone, "allergy", NOW)
    desk.tick(after(15))
    for seconds in range(0, 900, 10):
        desk.tick(after(15) + timedelta(seconds=seconds))
    (message,) = [row for row in store.of(desk.clinic, StaffMessage) if row["recipient"] == "Dr One"]
    assert message["status"] == "waiting"
    assert 4 <= message["attempts"] <= 8, "each pause is longer than the one before"
    assert message["problem"] == "delivery-failed"
    (alert,) = queue(desk.clinic)
    assert [kind for kind, _ in steps(desk.clinic, alert)][:3] == ["raised", "escalated", "delayed"]
    listed = desk.clinic.get("/settings/messages", "admin").json["messages"]
    assert ("Dr One", "waiting", "delivery-failed") in [
        (one["recipient"], one["status"], one["problem"]) for one in listed
    ]

    desk.mailbox.refuse_data = None
    desk.tick(after(45))
    assert "one@clinic.example" in desk.told()
    assert len(desk.told()) == len(set(desk.told()))


def test_a_refused_address_passes_the_turn_on_at_once(desk: Desk, phone: Phone):
    desk.mailbox.refuse_recipient = "550 no such user"
    report(phone, "allergy", NOW)
    desk.tick(after(15))
    desk.mailbox.refuse_recipient = None
    desk.tick(after(15.5))
    assert desk.told() == ["two@clinic.example"]
    (alert,) = queue(desk.clinic)
    assert "unreachable" in [kind for kind, _ in steps(desk.clinic, alert)]


def test_two_workers_at_once_escalate_once_and_send_once(desk: Desk):
    phones = [desk.clinic.phone(desk.clinic.episode()) for _ in range(4)]
    for phone in phones:
        report(phone, "allergy", NOW)
    done = at_once([lambda: desk.tick(after(15))] * 3)
    assert not [one for one in done if isinstance(one, Exception)]
    desk.tick(after(15))  # what one worker left to another that was already going
    assert len(desk.told()) == 4
    assert len({mail["Message-ID"] for mail in desk.mailbox.arrived}) == 4
    assert {row["steps"] for row in store.of(desk.clinic, Alert)} == {1}
    assert len(store.of(desk.clinic, StaffMessage)) == 4


class Stuck:
    """A mail server that takes the message and never answers."""

    def send(self, *_: object) -> None:
        time.sleep(600)


def hang(config: Config, clinic: Clinic, now: datetime) -> None:
    app = create_app(config)
    with app.app_context():
        outbox.deliver(clinic.clinic_id, {"email": Stuck()}, config.public_url, lambda: now)


def test_a_killed_workers_message_is_taken_over_under_the_same_id(desk: Desk, phone: Phone):
    report(phone, "allergy", NOW)
    with desk.app.app_context():
        escalation.escalate(desk.clinic.clinic_id, after(15))
    process = multiprocessing.get_context("fork").Process(
        target=hang, args=(desk.config, desk.clinic, after(15))
    )
    process.start()
    until = time.monotonic() + 30
    while store.of(desk.clinic, StaffMessage)[0]["claim"] is None and time.monotonic() < until:
        time.sleep(0.05)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()

    (message,) = store.of(desk.clinic, StaffMessage)
    assert (message["status"], message["attempts"]) == ("waiting", 1)
    desk.tick(after(16))
    assert desk.told() == [], "the lease still holds"
    desk.tick(after(17.1))
    assert desk.told() == ["one@clinic.example"]
    assert str(desk.mailbox.arrived[0]["Message-ID"]).startswith(f"<{message['id']}@")


class Slow:
    """A channel during whose send the lease passes to somebody else."""

    def __init__(self, meanwhile: Any) -> None:
        self.meanwhile = meanwhile

    def send(self, *_: object) -> None:
        self.meanwhile()
        raise DeliveryError("The connection broke.")


def test_a_send_that_outlived_its_lease_does_not_undo_what_the_other_worker_did(desk: Desk, phone: Phone):
    report(phone, "allergy", NOW)
    ports = {"email": Slow(lambda: at_once([lambda: desk.tick(after(18))]))}
    work(desk.app, desk.clinic, ports, desk.config, after(15))
    (message,) = store.of(desk.clinic, StaffMessage)
    assert (message["status"], message["attempts"]) == ("sent", 2)
    assert desk.told() == ["one@clinic.example"]


def test_clock_jumps_delay_by_no_more_than_a_timer(desk: Desk, phone: Phone, clock: SettableClock):
    clock.advance(days=2)  # the server's clock was ahead when the report came
    report(phone, "allergy", clock())
    desk.tick(NOW)
    desk.tick(after(14))
    assert desk.told() == []
    desk.tick(after(15))
    assert desk.told() == ["one@clinic.example"]


def test_a_message_put_off_by_a_wrong_clock_is_sent_by_the_right_one(
    desk: Desk, phone: Phone, clock: SettableClock
):
    clock.advance(days=2)
    report(phone, "allergy", clock())
    desk.mailbox.refuse_data = "451 not now"
    desk.tick(clock() + timedelta(minutes=15))
    desk.mailbox.refuse_data = None
    desk.tick(NOW)
    assert desk.told() == ["one@clinic.example"]


def numb_at_nine_hours(phone: Phone, clock: SettableClock) -> dict[str, Any]:
    at = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    clock.set(at)
    return report(phone, NUMB, at)


RECHECK = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)  # T0 + 12 h


def test_numbness_that_is_not_rechecked_becomes_a_same_day_call(desk: Desk, clock: SettableClock):
    phone = desk.clinic.phone(desk.clinic.episode())
    numb_at_nine_hours(phone, clock)
    (row,) = store.of(desk.clinic, Alert)
    assert (row["level"], row["recheck_at"], row["escalate_at"]) == ("N", RECHECK, None)

    assert desk.tick(RECHECK + timedelta(minutes=29))["recheck"] == 0
    assert desk.tick(RECHECK + timedelta(minutes=30))["recheck"] == 1
    assert desk.tick(RECHECK + timedelta(minutes=31))["recheck"] == 0
    (row,) = store.of(desk.clinic, Alert)
    assert (row["level"], row["due_at"]) == ("S", RECHECK + timedelta(minutes=90))
    desk.tick(RECHECK + timedelta(minutes=90))
    assert desk.told() == ["one@clinic.example"]


def nurse(clinic: Clinic) -> Staff:
    """A nurse on night duty; what is signed in by day has ended by then."""
    return Staff(clinic.clinic_id, clinic.add("nurse"), uuid4(), "Nurse", "nurse@clinic.example", "nurse")


def test_an_acknowledged_alert_calls_again_when_its_recheck_is_not_answered(desk: Desk, clock: SettableClock):
    phone = desk.clinic.phone(desk.clinic.episode())
    numb_at_nine_hours(phone, clock)
    (row,) = store.of(desk.clinic, Alert)
    on_duty = nurse(desk.clinic)
    with desk.app.app_context():
        answering.acknowledge(on_duty, row["id"], clock())
    desk.tick(RECHECK + timedelta(minutes=30))
    (after_it,) = store.of(desk.clinic, Alert)
    assert (after_it["id"], after_it["level"], after_it["acknowledged_at"]) == (row["id"], "S", None)
    assert (after_it["turn"], after_it["owner_id"]) == (2, on_duty.clinician_id)


def test_a_corrected_t0_moves_the_recheck(desk: Desk, clock: SettableClock):
    phone = desk.clinic.phone(desk.clinic.episode())
    numb_at_nine_hours(phone, clock)
    record = {
        "status": "performed",
        "procedure": procedure("2026-03-02T08:20:00+01:00"),
        "baseline": {"pain": 7},
    }
    with desk.app.app_context():
        form = record | {"reason": "Read from the monitor", "revision": 1}
        episodes.correct(nurse(desk.clinic), UUID(phone.episode_id), form, clock())
    assert store.of(desk.clinic, Alert)[0]["recheck_at"] == RECHECK + timedelta(minutes=20)


def test_a_symptom_that_has_gone_answers_the_recheck(desk: Desk, clock: SettableClock):
    phone = desk.clinic.phone(desk.clinic.episode())
    numb_at_nine_hours(phone, clock)
    clock.set(RECHECK)
    report(phone, {}, RECHECK, gone=["limb_weak_or_numb"])
    assert desk.tick(RECHECK + timedelta(hours=2))["recheck"] == 0
    (row,) = store.of(desk.clinic, Alert)
    assert row["level"] == "N"


def test_a_symptom_that_is_still_there_is_a_same_day_call_at_once(desk: Desk, clock: SettableClock):
    phone = desk.clinic.phone(desk.clinic.episode())
    numb_at_nine_hours(phone, clock)
    clock.set(RECHECK)
    report(phone, NUMB | {"at_recheck": True}, RECHECK)
    (row,) = store.of(desk.clinic, Alert)
    assert (row["level"], row["recheck_at"]) == ("S", None)
    assert desk.tick(RECHECK + timedelta(minutes=40))["recheck"] == 0


def test_none_of_these_is_no_word_about_the_limb(desk: Desk, clock: SettableClock):
    phone = desk.clinic.phone(desk.clinic.episode())
    numb_at_nine_hours(phone, clock)
    clock.set(RECHECK)
    report(phone, {}, RECHECK)
    assert desk.tick(RECHECK + timedelta(minutes=30))["recheck"] == 1
