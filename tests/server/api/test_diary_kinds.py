"""Diary items beside scores: impressions of change, what a phone did with a red flag, helpers' entries."""

from typing import Any

import pytest

from server.persistence.tables import AuditEvent, EntryRevision
from tests.factories import store
from tests.factories.world import Clinic, Phone, entry, procedure

AT = "2026-03-16T20:00:00+01:00"
NEW_KINDS = ["entry", "flag_report", "impression"]


def impression(phone: Phone, change: Any = 2, **body: Any) -> dict[str, Any]:
    told = {"taken_at": AT, "recorded_at": AT, "change": change, "slot": "pgic14"}
    return phone.put(told | body, kind="impression")


def report(phone: Phone, code: str = "allergy") -> dict[str, Any]:
    body = {"taken_at": AT, "recorded_at": AT, "reports": [{"code": code}], "shown_level": "E"}
    return phone.put(body, kind="flag_report")


def event(phone: Phone, about: dict[str, Any], name: str, **body: Any) -> dict[str, Any]:
    told = {"taken_at": AT, "event": name, "about": about["entry_id"], "level": "E"}
    return phone.put(told | body, kind="flag_event")


def entries(clinic: Clinic, phone: Phone) -> list[dict[str, Any]]:
    return list(clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"])


def test_an_impression_of_change_is_kept_and_shown_and_fills_nothing(clinic: Clinic, phone: Phone):
    phone.sync(phone.put(entry(pain=7)))
    before = clinic.get(f"/episodes/{phone.episode_id}/reading").json["reading"]["data"]

    assert phone.statuses(impression(phone)) == ["stored"]

    found = [item for item in entries(clinic, phone) if item["kind"] == "impression"]
    assert [item["head"]["body"]["change"] for item in found] == [2]
    assert clinic.get(f"/episodes/{phone.episode_id}/reading").json["reading"]["data"] == before
    assert clinic.get("/episodes").json["episodes"][0]["entries"] == 1


def test_an_impression_can_be_taken_back(clinic: Clinic, phone: Phone):
    first = impression(phone)
    undo = phone.remove(first) | {"kind": "impression"}

    assert phone.statuses(first, undo) == ["stored", "stored"]

    assert [item["deleted"] for item in entries(clinic, phone)] == [True]


@pytest.mark.parametrize("change", [0, 8, None, "2", True, 1.5])
def test_an_impression_off_the_scale_goes_to_the_staffs_inbox(phone: Phone, change: Any):
    assert phone.statuses(impression(phone, change)) == ["quarantined"]


def test_a_phone_that_knows_only_the_first_kinds_is_sent_no_others(clinic: Clinic, phone: Phone):
    reported = report(phone)
    phone.sync(phone.put(), reported, impression(phone), event(phone, reported, "shown"))
    other = clinic.phone(phone.episode_id)

    old = other.sync(cursor=0).json
    new = other.sync(cursor=0, kinds=[*NEW_KINDS, "a kind of tomorrow"]).json

    assert [change["kind"] for change in old["changes"]] == ["entry", "flag_report"]
    assert [change["kind"] for change in new["changes"]] == NEW_KINDS


def test_what_the_phone_showed_and_whom_it_called_is_logged_with_the_alert(clinic: Clinic, phone: Phone):
    reported = report(phone)
    later = AT.replace("20:00", "20:01")

    phone.sync(
        reported,
        event(phone, reported, "shown"),
        event(phone, reported, "called", whom="emergency", taken_at=later),
        event(phone, reported, "called", whom="clinic", taken_at=AT.replace("20:00", "20:02")),
    )

    (alert,) = clinic.get(f"/episodes/{phone.episode_id}").json["alerts"]
    assert (alert["shown_at"], alert["called_at"]) == (AT, later)
    assert [item["kind"] for item in entries(clinic, phone)] == ["flag_report"]
    trail = [row for row in store.of(clinic, AuditEvent) if row["action"].startswith("flag.")]
    assert sorted((row["action"], row["detail"].get("whom")) for row in trail) == [
        ("flag.called", "clinic"),
        ("flag.called", "emergency"),
        ("flag.shown", None),
    ]
    assert {row["detail"]["about"] for row in trail} == {reported["entry_id"]}


def test_an_alert_nobody_acted_on_says_so(clinic: Clinic, phone: Phone):
    phone.sync(report(phone))

    (alert,) = clinic.get(f"/episodes/{phone.episode_id}").json["alerts"]
    assert (alert["shown_at"], alert["called_at"]) == (None, None)


def test_blood_sugar_and_a_helpers_hand_are_kept_with_the_entry(clinic: Clinic, phone: Phone):
    told = entry(glucose={"value": 11.2, "unit": "mmol/L"}, proxy=True, stated_relief_percent=60)

    assert phone.statuses(phone.put(told)) == ["stored"]

    (kept,) = store.of(clinic, EntryRevision)
    assert (kept["body"]["glucose"], kept["body"]["proxy"]) == ({"value": 11.2, "unit": "mmol/L"}, True)


@pytest.mark.parametrize(
    "glucose",
    [
        {"value": 11.2},
        {"value": 900, "unit": "mmol/L"},
        {"value": 3, "unit": "mg/dL"},
        {"value": "5", "unit": "mg/dL"},
        11,
    ],
)
def test_a_blood_sugar_no_meter_shows_goes_to_the_staffs_inbox(phone: Phone, glucose: Any):
    assert phone.statuses(phone.put(entry(glucose=glucose))) == ["quarantined"]


def test_the_phone_learns_the_patients_own_painkillers(clinic: Clinic):
    usual = [{"drug": "ibuprofen", "mg_per_day": 1200}]
    phone = clinic.phone(clinic.episode(baseline={"pain": 7, "usual_analgesics": usual}))

    (episode,) = phone.sync().json["diary"]["episodes"]

    assert episode["painkillers"] == usual


@pytest.mark.parametrize(
    ("recorded", "told"), [({}, None), ({"diabetes": "none"}, False), ({"diabetes": "insulin"}, True)]
)
def test_the_phone_learns_the_planned_day_and_whether_blood_sugar_matters(
    clinic: Clinic, recorded: dict[str, str], told: bool | None
):
    planned = {
        "status": "planned",
        "procedure": procedure(None),
        "planned_on": "2026-03-09",
        "risks": recorded,
    }
    episode_id = clinic.episode(**planned)
    phone = clinic.phone(episode_id)

    (episode,) = phone.sync().json["diary"]["episodes"]

    assert (episode["planned_on"], episode["diabetic"]) == ("2026-03-09", told)
    assert clinic.get(f"/episodes/{episode_id}").json["planned_on"] == "2026-03-09"


def test_a_baseline_from_the_patients_own_score_serves_phone_and_triage(clinic: Clinic):
    phone = clinic.phone(clinic.episode(baseline={}, procedure=procedure("2026-02-10T08:00:00+01:00")))
    before = entry("2026-02-10T07:50:00+01:00", 4)
    phone.sync(phone.put(before))

    answer = phone.sync(phone.put(entry("2026-03-01T08:30:00+01:00", 6))).json

    assert answer["results"][0]["alert"]["level"] == "S"
    assert answer["diary"]["episodes"][0]["baseline"] == {"pain": None, "locked": True, "average": 4.0}


def test_the_reading_is_the_same_without_the_keys_the_engine_does_not_know(clinic: Clinic, phone: Phone):
    first, second = phone.put(entry(pain=2)), phone.put(entry("2026-03-02T09:00:00+01:00", 1))
    phone.sync(first, second)
    plain = clinic.get(f"/episodes/{phone.episode_id}/reading").json["reading"]

    phone.sync(phone.edit(first, first["body"] | {"proxy": True, "glucose": {"value": 180, "unit": "mg/dL"}}))

    told = clinic.get(f"/episodes/{phone.episode_id}/reading").json["reading"]
    assert told | {"as_of": None} == plain | {"as_of": None}
