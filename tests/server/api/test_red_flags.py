from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.conftest import SettableClock
from tests.factories.world import CLINIC, HEADERS, Clinic, Phone, entry, procedure

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    return clinic.phone(clinic.episode())


def report(phone: Phone, *codes: str, shown: str = "E", taken_at: str = "2026-03-02T09:00:00+00:00"):
    body = {"taken_at": taken_at, "recorded_at": taken_at, "reports": [{"code": c} for c in codes]}
    return phone.put(body | {"shown_level": shown}, kind="flag_report")


def result(phone: Phone, *ops: dict):
    answer = phone.sync(*ops, client_time=NOW.isoformat())
    assert answer.status_code == 200
    return answer.json["results"][0]


def alerts(clinic: Clinic, phone: Phone):
    return clinic.get(f"/episodes/{phone.episode_id}").json["alerts"]


def test_none_of_these_is_an_answer_that_is_kept_and_alarms_nobody(clinic: Clinic, phone: Phone):
    answered = result(phone, report(phone, shown="C"))

    assert answered["status"] == "stored"
    assert "alert" not in answered
    assert alerts(clinic, phone) == []


def test_the_phone_learns_that_the_clinic_was_told_and_when(clinic: Clinic, phone: Phone):
    answered = result(phone, report(phone, "allergy"))

    assert answered["alert"] == {"level": "E", "told_at": "2026-03-02T09:00:00+00:00"}
    assert [(alert["kind"], alert["level"]) for alert in alerts(clinic, phone)] == [("allergy", "E")]


def test_a_phone_that_lost_the_answer_learns_the_first_time_again(
    clinic: Clinic, phone: Phone, clock: SettableClock
):
    operation = report(phone, "allergy")
    result(phone, operation)
    clock.advance(minutes=5)

    again = result(phone, operation)

    assert again["status"] == "duplicate"
    assert again["alert"] == {"level": "E", "told_at": "2026-03-02T09:00:00+00:00"}
    assert len(alerts(clinic, phone)) == 1


def test_the_server_decides_the_level_whatever_the_phone_showed(clinic: Clinic, phone: Phone):
    assert result(phone, report(phone, "saddle_bladder_bowel", shown="C"))["alert"]["level"] == "E"


def test_two_reports_of_one_kind_make_one_alert_due_by_the_first(
    clinic: Clinic, phone: Phone, clock: SettableClock
):
    result(phone, report(phone, "allergy"))
    clock.advance(minutes=10)
    result(phone, report(phone, "allergy"))

    (alert,) = alerts(clinic, phone)
    assert alert["reports"] == 2
    assert alert["due_at"] == "2026-03-02T09:15:00+00:00"


def test_a_closed_alert_stays_with_who_took_it_and_a_new_report_opens_another(clinic: Clinic, phone: Phone):
    result(phone, report(phone, "allergy"))
    (alert,) = alerts(clinic, phone)
    here = f"{CLINIC}/alerts/{alert['alert_id']}"
    assert clinic.client().post(f"{here}/acknowledge", json={}, headers=HEADERS).status_code == 200
    clinic.client("nurse").post(f"{here}/acknowledge", json={}, headers=HEADERS)
    closed = clinic.client().put(f"{here}/outcome", json={"outcome": "advice_given"}, headers=HEADERS)
    assert closed.status_code == 200

    result(phone, report(phone, "allergy"))

    row = clinic.get("/episodes").json["episodes"][0]
    assert (row["open_alerts"], row["highest_alert"], row["highest_seen_alert"]) == (1, "E", "E")
    found = alerts(clinic, phone)
    assert sorted(alert["acknowledged_at"] is None for alert in found) == [False, True]
    assert {alert["acknowledged_by"] for alert in found} == {None, "Physician of Clinic"}


def test_an_ordinary_entry_can_be_a_red_flag_by_itself(clinic: Clinic):
    phone = clinic.phone(clinic.episode(procedure=procedure("2026-03-01T07:00:00+00:00")))

    answered = result(phone, phone.put(entry("2026-03-02T09:00:00+00:00", 3, weak=True)))

    assert answered["alert"]["level"] == "E"
    assert alerts(clinic, phone)[0]["kind"] == "limb_weak_or_numb"


def test_a_suspect_clock_makes_the_report_count_at_its_highest(clinic: Clinic, phone: Phone):
    body = {"taken_at": "2026-03-02T09:00:00+00:00", "reports": [{"code": "limb_weak_or_numb"}]}
    operation = phone.put(body, kind="flag_report")
    operation["recorded"]["skew_ms"] = 11 * 60 * 1000

    assert result(phone, operation)["alert"]["level"] == "E"
