"""The calendar, read by another library: the right wall time on both sides of every change of the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from server.notifications.calendar import escaped, folded
from tests.conftest import SettableClock
from tests.factories.world import HEADERS, PATIENT, Clinic, Phone

ZONES = {
    "Europe/Berlin": ("2026-03-28", "2026-03-29"),
    "America/New_York": ("2026-03-07", "2026-03-08"),
    "Australia/Lord_Howe": ("2026-04-04", "2026-04-05"),
}
CHOICES = {"language": "de", "evening": 1230, "quiet_from": 1320, "quiet_until": 420, "channels": []}


def patient(app: Flask, clock: SettableClock, zone: str) -> Phone:
    clinic = Clinic(app, clock())
    phone = clinic.phone(clinic.episode(zone=zone))
    form = CHOICES | {"zone": zone}
    assert (
        phone.client.put(f"{PATIENT}/language", json={"language": "de"}, headers=HEADERS).status_code == 204
    )
    assert phone.client.put(f"{PATIENT}/reminders", json=form, headers=HEADERS).status_code == 200
    return phone


def address_of(phone: Phone) -> str:
    answer = phone.client.post(f"{PATIENT}/reminders/calendar", json={}, headers=HEADERS)
    assert answer.status_code == 200, answer.text
    return str(answer.json["calendar"]).removeprefix("http://localhost")


def starts(client: FlaskClient, path: str) -> list[datetime]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/calendar; charset=utf-8"
    return [event.start for event in Calendar.from_ical(answer.data).walk("VEVENT")]


@pytest.mark.parametrize("zone", ZONES)
def test_evenings_stand_at_the_chosen_time_before_and_after_the_clocks_change(
    app: Flask, clock: SettableClock, zone: str
):
    phone = patient(app, clock, zone)
    shown = [
        start.astimezone(ZoneInfo(zone)).isoformat()[:16]
        for start in starts(app.test_client(), address_of(phone))
    ]

    before, after = ZONES[zone]
    for day in (before, after):
        if zone != "Australia/Lord_Howe":  # there it is a weekly day, or none
            assert f"{day}T20:30" in shown
    evenings = [text for text in shown if text[:10] > "2026-03-03"]
    assert {text[11:] for text in evenings} == {"20:30"}
    assert len(evenings) == len({text[:10] for text in evenings}) > 40


def test_the_calendar_says_no_more_than_that_it_is_time(app: Flask, clock: SettableClock):
    phone = patient(app, clock, "Europe/Berlin")
    answer = app.test_client().get(address_of(phone))

    parsed = Calendar.from_ical(answer.data)
    [said] = {str(event["SUMMARY"]) for event in parsed.walk("VEVENT")}
    assert said == "Es ist Zeit für Ihren Eintrag."
    for secret in ("Ann", "leg", "L5", "pain", "lidocaine", "Clinic"):
        assert secret not in answer.text
    assert all(event.alarms.times for event in parsed.walk("VEVENT"))
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))


def test_an_address_works_until_it_is_renewed_and_others_lead_nowhere(app: Flask, clock: SettableClock):
    phone = patient(app, clock, "Europe/Berlin")
    first = address_of(phone)
    assert starts(app.test_client(), first)
    second = address_of(phone)

    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(f"/calendar/{'A' * 54}.ics").status_code == 404
    assert app.test_client().get("/calendar/x.ics").status_code == 404
    assert starts(app.test_client(), second) == starts(phone.client, f"{PATIENT}/reminders/calendar.ics")


def test_an_answered_check_in_is_gone_and_the_others_keep_their_ids(app: Flask, clock: SettableClock):
    phone = patient(app, clock, "Europe/Berlin")
    address = address_of(phone)
    before = {
        event["UID"] for event in Calendar.from_ical(app.test_client().get(address).data).walk("VEVENT")
    }
    clock.advance(hours=1)
    assert phone.statuses(phone.put(), client_time=clock().isoformat()) == ["stored"]

    after = {event["UID"] for event in Calendar.from_ical(app.test_client().get(address).data).walk("VEVENT")}

    assert after < before


def test_long_lines_are_folded_between_characters():
    long = "SUMMARY:" + "ä" * 60 + "مذكرة" * 10
    assert folded(long).replace("\r\n ", "") == long
    assert all(len(part.encode()) <= 75 for part in folded(long).split("\r\n"))


def test_signs_of_the_format_are_escaped():
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"
