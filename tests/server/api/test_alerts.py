"""The clinic's queue: one alert per episode and kind, timers from receipt, owner, outcome, history, load."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from server.persistence.tables import Alert, AuditEvent
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.alarms import GLUCOSE, INFECTION, MILD, act, queue, report, steps
from tests.factories.racing import at_once
from tests.factories.world import PATIENT, Clinic, Phone, entry

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, 10 o'clock in Berlin; T0 is 7:00 UTC


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    return clinic.phone(clinic.episode())


def test_the_queue_tells_whose_alert_it_is_and_what_is_due_first(clinic: Clinic, clock: SettableClock):
    phones = [clinic.phone(clinic.episode()) for _ in range(3)]
    report(phones[0], "hives")
    clock.advance(minutes=1)
    report(phones[1], GLUCOSE, at=clock())
    report(phones[2], "allergy", at=clock())

    found = queue(clinic)

    assert [alert["level"] for alert in found] == ["E", "S", "N"]
    assert found[0]["title"]
    assert found[0]["episode"]["episode_id"] == phones[2].episode_id
    assert found[0]["episode"]["patient"]["name"] == "Ann Example"
    assert datetime.fromisoformat(found[0]["due_at"]) == clock() + timedelta(minutes=15)


def test_the_timer_runs_from_receipt_and_not_from_the_phones_clock(clinic: Clinic, phone: Phone):
    report(phone, INFECTION, at=NOW - timedelta(hours=1))

    (alert,) = queue(clinic)
    assert alert["opened_at"] == NOW.isoformat()
    assert datetime.fromisoformat(alert["due_at"]) == NOW + timedelta(minutes=60)


def test_the_next_working_day_heeds_hours_and_weekends(clinic: Clinic, clock: SettableClock):
    phone = clinic.phone(clinic.episode())
    friday = clock.advance(days=4, hours=6)
    report(phone, MILD, at=friday)

    (alert,) = queue(clinic)
    assert alert["level"] == "N"
    assert alert["due_at"] == "2026-03-09T16:00:00+00:00"
    assert alert["escalate_at"] is None


def test_repeats_merge_and_the_graver_level_and_the_earlier_timer_hold(
    clinic: Clinic, phone: Phone, clock: SettableClock
):
    report(phone, INFECTION)
    clock.advance(minutes=10)
    report(phone, INFECTION, at=clock())
    clock.advance(minutes=1)
    report(phone, {"code": "infection", "alarm_signs": True}, at=clock())

    (alert,) = queue(clinic)
    assert (alert["level"], alert["reports"]) == ("E", 3)
    assert datetime.fromisoformat(alert["due_at"]) == NOW + timedelta(minutes=11 + 15)
    assert [kind for kind, _ in steps(clinic, alert)] == ["raised", "repeated", "repeated"]


def test_what_was_acknowledged_and_comes_again_waits_again_with_a_new_timer(
    clinic: Clinic, phone: Phone, clock: SettableClock
):
    report(phone, INFECTION)
    (alert,) = queue(clinic)
    assert act(clinic, alert, "acknowledge").status_code == 200
    later = clock.advance(minutes=14)
    report(phone, INFECTION, at=later)

    (again,) = queue(clinic)
    assert again["alert_id"] == alert["alert_id"]
    assert (again["acknowledged_at"], again["owner"]) == (None, "Nurse of Clinic")
    assert datetime.fromisoformat(again["due_at"]) == later + timedelta(minutes=60)
    kinds = [kind for kind, _ in steps(clinic, alert)]
    assert kinds == ["raised", "acknowledged", "repeated"]


def test_the_phone_learns_when_its_reports_were_seen(clinic: Clinic, phone: Phone, clock: SettableClock):
    def told() -> dict[str, str]:
        return phone.client.get(f"{PATIENT}/diary").json["episodes"][0]["acknowledged"]

    first = report(phone, INFECTION)["entry_id"]
    assert told() == {}
    (alert,) = queue(clinic)
    seen_at = clock.advance(minutes=3)
    act(clinic, alert, "acknowledge")
    assert told() == {first: seen_at.isoformat()}

    second = report(phone, INFECTION, at=clock.advance(minutes=5))["entry_id"]
    assert told() == {first: seen_at.isoformat()}, "what came after is not seen yet"
    again = clock.advance(minutes=1)
    act(clinic, alert, "acknowledge")
    assert told() == {first: seen_at.isoformat(), second: again.isoformat()}
    assert phone.sync().json["diary"]["episodes"][0]["acknowledged"] == told()


def test_owner_attempt_and_outcome_are_told_with_who_and_when(
    clinic: Clinic, phone: Phone, clock: SettableClock
):
    report(phone, INFECTION)
    (alert,) = queue(clinic)
    clock.advance(minutes=5)
    act(clinic, alert, "acknowledge")
    clock.advance(minutes=5)
    act(clinic, alert, "attempts", {"note": "No answer, tried twice."})
    physician = clinic.get("/session").json["clinician"]["clinician_id"]
    assert act(clinic, alert, "owner", {"owner_id": physician}).json["owner"] == "Physician of Clinic"
    done = act(clinic, alert, "outcome", {"outcome": "visit_arranged", "note": "Sees us at 3."}, "physician")

    assert done.json["closed_by"] == "Physician of Clinic"
    assert queue(clinic) == []
    (closed,) = queue(clinic, "closed")
    assert closed["outcome"] == "visit_arranged"
    assert steps(clinic, alert) == [
        ("raised", None),
        ("acknowledged", "Nurse of Clinic"),
        ("attempted", "Nurse of Clinic"),
        ("handed_over", "Nurse of Clinic"),
        ("closed", "Physician of Clinic"),
    ]
    notes = [event["detail"].get("note") for event in done.json["history"]]
    assert notes == [None, None, "No answer, tried twice.", None, "Sees us at 3."]
    assert done.json["history"][3]["detail"]["owner"] == "Physician of Clinic"


def test_an_outcome_said_again_corrects_it_and_keeps_both(clinic: Clinic, phone: Phone):
    report(phone, INFECTION)
    (alert,) = queue(clinic)
    act(clinic, alert, "outcome", {"outcome": "not_reached"})
    told = act(clinic, alert, "outcome", {"outcome": "sent_to_emergency"}).json
    outcomes = [event["detail"].get("outcome") for event in told["history"]]
    assert outcomes == [None, None, "not_reached", "sent_to_emergency"]
    assert told["outcome"] == "sent_to_emergency"
    for what, body in (("attempts", {}), ("owner", {"owner_id": told["owner_id"]})):
        refused = act(clinic, alert, what, body)
        assert (refused.status_code, refused.json["code"]) == (409, "alert-closed")


def test_another_outcome_needs_words_and_an_owner_must_be_able_to_treat(clinic: Clinic, phone: Phone):
    report(phone, INFECTION)
    (alert,) = queue(clinic)
    assert act(clinic, alert, "outcome", {"outcome": "other"}).json["errors"][0]["pointer"] == "/note"
    assert act(clinic, alert, "outcome", {"outcome": "solved"}).status_code == 422
    auditor = str(clinic.add("auditor"))
    assert act(clinic, alert, "owner", {"owner_id": auditor}).json["errors"][0]["pointer"] == "/owner_id"
    assert len(steps(clinic, alert)) == 1


@pytest.mark.parametrize(
    ("role", "acts", "reads"),
    [("physician", 200, 200), ("nurse", 200, 200), ("admin", 403, 200), ("auditor", 403, 200)],
)
def test_who_may_act_and_who_may_only_look(clinic: Clinic, phone: Phone, role: str, acts: int, reads: int):
    report(phone, INFECTION)
    (alert,) = queue(clinic)
    assert clinic.get("/alerts", role).status_code == reads
    assert clinic.get("/alerts/load", role).status_code == reads
    assert clinic.get(f"/alerts/{alert['alert_id']}", role).status_code == reads
    assert act(clinic, alert, "acknowledge", role=role).status_code == acts
    assert act(clinic, alert, "outcome", {"outcome": "expected_effect"}, role).status_code == acts


def test_every_step_is_audited_without_a_word_of_what_was_written(clinic: Clinic, phone: Phone):
    report(phone, INFECTION)
    (alert,) = queue(clinic)
    act(clinic, alert, "attempts", {"note": "Secret words"})
    act(clinic, alert, "outcome", {"outcome": "other", "note": "More secret words"})

    rows = [row for row in store.of(clinic, AuditEvent) if row["action"].startswith("alert")]
    actions = {row["action"] for row in rows}
    assert actions >= {"alerts.list", "alert.raised", "alert.acknowledged", "alert.attempted", "alert.closed",
                       "alert.view"}  # fmt: skip
    assert "ecret" not in str([row["detail"] for row in store.of(clinic, AuditEvent)])


def test_acknowledging_at_once_keeps_one(clinic: Clinic, phone: Phone):
    report(phone, INFECTION)
    (alert,) = queue(clinic)
    clinic.client("physician")
    at_once([lambda: act(clinic, alert, "acknowledge"), lambda: act(clinic, alert, "acknowledge", None,
                                                                     "physician")])  # fmt: skip
    assert [kind for kind, _ in steps(clinic, alert)] == ["raised", "acknowledged"]


def test_two_phones_reporting_at_once_make_one_alert(clinic: Clinic):
    episode = clinic.episode()
    phones = [clinic.phone(episode) for _ in range(2)]
    at_once([lambda: report(phones[1], "allergy"), lambda: report(phones[0], "allergy")])
    assert sum(row["reports"] for row in store.of(clinic, Alert)) >= 1
    assert len(store.of(clinic, Alert)) == 1


def test_the_load_is_told_per_hundred_entries(clinic: Clinic, phone: Phone, clock: SettableClock):
    assert clinic.get("/alerts/load").json["per_100_entries"] is None
    for minute in range(19):
        phone.sync(phone.put(entry((NOW + timedelta(minutes=minute)).isoformat(), 3)))
    report(phone, INFECTION)
    (alert,) = queue(clinic)
    clock.advance(minutes=6)
    act(clinic, alert, "acknowledge")

    load = clinic.get("/alerts/load").json
    assert (load["entries"], load["alerts"], load["per_100_entries"]) == (20, 1, 5.0)
    assert (load["answered_in_time"], load["late"], load["median_answer_seconds"]) == (1, 0, 360)
    assert load["by_level"] == {"E": 0, "S": 1, "N": 0}
