"""The clinic's settings: in parts, versioned, audited, for those who may; and each clinician's digest."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.config import Config
from server.persistence.tables import Alert, AuditEvent, ClinicSetting, StaffMessage
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.alarms import MILD, contact, name_contacts, report, work
from tests.factories.racing import at_once
from tests.factories.world import CLINIC, HEADERS, Clinic

NOW = datetime(2026, 3, 6, 13, 0, tzinfo=UTC)  # a Friday, 14 o'clock in Berlin
OPEN = {"opens": "08:00", "closes": "17:00"}
WEEK = {"mon": OPEN, "tue": OPEN, "wed": OPEN, "thu": OPEN, "fri": OPEN, "sat": None, "sun": None}


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


def change(clinic: Clinic, path: str, value: Any, version: int = 0, role: str = "admin") -> TestResponse:
    form = {"version": version, "value": value}
    return clinic.client(role).put(f"{CLINIC}/settings/{path}", json=form, headers=HEADERS)


def parts(clinic: Clinic) -> dict[str, dict[str, Any]]:
    return {part["part"]: part for part in clinic.get("/settings/parts", "admin").json["parts"]}


def test_a_new_clinic_has_the_products_defaults(clinic: Clinic):
    found = parts(clinic)
    assert {name: part["version"] for name, part in found.items()} == dict.fromkeys(found, 0)
    assert found["hours"]["value"] == {"days": WEEK, "holidays": []}
    assert found["channels"]["value"] == {"order": ["push", "email", "sms"]}
    assert found["contacts"]["value"] == {"contacts": []}
    assert [name for name in found if name.startswith("leaflet-")] == [
        "leaflet-en",
        "leaflet-es",
        "leaflet-de",
        "leaflet-ar",
    ]


def test_what_it_said_then_can_be_asked(clinic: Clinic, clock: SettableClock):
    change(clinic, "leaflets/de", {"text": "Bitte schonen Sie sich.\nRufen Sie uns an."})
    clock.advance(minutes=5)
    change(clinic, "leaflets/de", {"text": "Bitte bewegen Sie sich."}, 1)

    told = clinic.get("/settings/parts/leaflet-de/versions", "auditor").json["versions"]
    assert [(one["version"], one["value"]["text"], one["by"]) for one in told] == [
        (2, "Bitte bewegen Sie sich.", "Admin of Clinic"),
        (1, "Bitte schonen Sie sich.\nRufen Sie uns an.", "Admin of Clinic"),
    ]
    assert told[1]["at"] == NOW.isoformat()
    assert clinic.get("/settings/parts/secrets/versions", "admin").status_code == 404


def test_name_and_numbers_have_versions_too(clinic: Clinic):
    form = {"name": "New", "phone": "+49 30 2", "emergency_number": "144", "zone": "Europe/Vienna"}
    for _ in range(2):  # the second changes nothing
        clinic.client("admin").put(f"{CLINIC}/settings", json=form, headers=HEADERS)
    told = clinic.get("/settings/parts/clinic/versions", "admin").json["versions"]
    assert [(one["version"], one["value"]) for one in told] == [(1, form)]


def test_nobodys_change_is_overwritten(clinic: Clinic):
    assert change(clinic, "channels", {"order": ["email"]}).json["version"] == 1
    late = change(clinic, "channels", {"order": ["push"]})
    assert (late.status_code, late.json["code"]) == (409, "conflict")
    done = at_once([lambda: change(clinic, "channels", {"order": ["sms"]}, 1)] * 2)
    assert sorted(answer.status_code for answer in done) == [200, 409]
    assert parts(clinic)["channels"]["value"] == {"order": ["sms"]}


def test_hours_and_holidays_move_what_is_due_the_next_working_day(clinic: Clinic, clock: SettableClock):
    phone = clinic.phone(clinic.episode())
    report(phone, MILD, NOW)
    assert store.of(clinic, Alert)[0]["due_at"] == datetime(2026, 3, 9, 16, 0, tzinfo=UTC)

    days = WEEK | {"tue": {"opens": "09:00", "closes": "12:30"}}
    holidays = [{"date": "2026-03-09", "name": "Feast of the founder"}]
    assert change(clinic, "hours", {"days": days, "holidays": holidays}).status_code == 200
    assert store.of(clinic, Alert)[0]["due_at"] == datetime(2026, 3, 10, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        ("hours", {"days": dict.fromkeys(WEEK), "holidays": []}, "/value/days/mon"),
        ("hours", {"days": WEEK | {"sat": {"opens": "12:00", "closes": "09:00"}}, "holidays": []},
         "/value/days/sat/closes"),
        ("hours", {"days": WEEK | {"sat": {"opens": "25:00", "closes": "26:00"}}, "holidays": []},
         "/value/days/sat/closes"),
        ("hours", {"days": WEEK, "holidays": [{"date": "2026-02-30", "name": "x"}]},
         "/value/holidays/0/date"),
        ("hours", {"days": WEEK, "holidays": [{"date": "2026-01-01", "name": "x"}] * 2}, "/value/holidays"),
        ("contacts", {"contacts": [contact("Dr", None)]}, "/value/contacts/0/email"),
        ("contacts", {"contacts": [contact("Dr", "not an address")]}, "/value/contacts/0/email"),
        ("contacts", {"contacts": [contact("Dr", "a@b.example", levels=[])]}, "/value/contacts/0/levels"),
        ("contacts", {"contacts": [contact("Dr", "a@b.example") | {"contact_id": "1"}]},
         "/value/contacts/0/contact_id"),
        ("channels", {"order": ["push", "push"]}, "/value/order"),
        ("channels", {"order": ["pigeon"]}, "/value/order/0"),
        ("leaflets/en", {"text": "x" * 8001}, "/value/text"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_where_it_stands(clinic: Clinic, path: str, value: Any, pointer: str):
    answer = change(clinic, path, value)
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json["errors"]]
    assert store.of(clinic, ClinicSetting) == []


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("admin", 200, 200), ("auditor", 200, 403), ("physician", 403, 403), ("nurse", 403, 403)],
)
def test_who_sets_and_who_sees(clinic: Clinic, role: str, reads: int, writes: int):
    assert clinic.get("/settings/parts", role).status_code == reads
    assert clinic.get("/settings/messages", role).status_code == reads
    assert change(clinic, "channels", {"order": []}, role=role).status_code == writes


def test_a_test_message_goes_to_every_address_of_the_contact(clinic: Clinic, app: Flask, config: Config):
    both = contact("Dr Both", "both@clinic.example", phone="+49 170 1234567")
    assert name_contacts(clinic, both).status_code == 200
    sent = clinic.client("admin").post(
        f"{CLINIC}/settings/contacts/{both['contact_id']}/test", json={}, headers=HEADERS
    )
    assert sorted(message["channel"] for message in sent.json["messages"]) == ["email", "sms"]
    work(app, clinic, {}, config, NOW)
    told = clinic.get("/settings/messages", "admin").json["messages"]
    assert {(message["status"], message["problem"]) for message in told} == {("waiting", "not-configured")}
    unknown = clinic.client("admin").post(
        f"{CLINIC}/settings/contacts/{uuid4()}/test", json={}, headers=HEADERS
    )
    assert unknown.status_code == 404


def test_changes_are_audited_by_part_and_version_and_without_values(clinic: Clinic):
    name_contacts(clinic, contact("Dr Secret", "secret@clinic.example"))
    (row,) = [row for row in store.of(clinic, AuditEvent) if row["action"] == "settings.change"]
    assert row["detail"] == {"part": "contacts", "version": 1}
    assert "ecret" not in str([row["detail"] for row in store.of(clinic, AuditEvent)])


def test_each_clinician_chooses_a_digest(clinic: Clinic):
    def choose(at: str | None, role: str = "nurse") -> TestResponse:
        return clinic.client(role).put(f"{CLINIC}/digest", json={"at": at}, headers=HEADERS)

    assert clinic.get("/digest", "nurse").json["at"] is None
    assert choose("07:30").json == {
        "at": "07:30",
        "next_at": "2026-03-07T06:30:00+00:00",
        "email": "nurse@clinic.example",
    }
    assert clinic.get("/digest", "physician").json["at"] is None
    assert choose("7:30").status_code == 422
    assert choose("07:30", "auditor").status_code == 403
    assert choose(None).json["next_at"] is None


def test_another_zone_moves_timers_and_digests(clinic: Clinic):
    phone = clinic.phone(clinic.episode())
    report(phone, MILD, NOW)
    clinic.client("nurse").put(f"{CLINIC}/digest", json={"at": "07:30"}, headers=HEADERS)
    form = {"name": "Clinic", "phone": "+49 30 2", "emergency_number": "112", "zone": "America/New_York"}
    clinic.client("admin").put(f"{CLINIC}/settings", json=form, headers=HEADERS)
    assert clinic.get("/digest", "nurse").json["next_at"] == "2026-03-07T12:30:00+00:00"
    due = store.of(clinic, Alert)[0]["due_at"]
    assert due == datetime(2026, 3, 9, 21, 0, tzinfo=UTC), "its own clocks have changed over that weekend"
    assert store.of(clinic, StaffMessage) == []
    assert due - NOW > timedelta(days=3)
