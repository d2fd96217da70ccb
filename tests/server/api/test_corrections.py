from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.conftest import SettableClock
from tests.factories.world import CLINIC, HEADERS, Clinic, entry, procedure

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


def correct(clinic: Clinic, episode_id: str, revision: int, **changes: Any):
    record = {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}, "reason": "why"}
    return clinic.client().put(
        f"{CLINIC}/episodes/{episode_id}", json=record | {"revision": revision} | changes, headers=HEADERS
    )


def test_a_form_opened_on_an_older_version_is_a_conflict_and_changes_nothing(clinic: Clinic):
    episode_id = clinic.episode()
    later = procedure("2026-03-02T08:20:00+01:00")
    assert correct(clinic, episode_id, 1, procedure=later).status_code == 200

    answer = correct(clinic, episode_id, 1, approach="caudal")

    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    found = clinic.get(f"/episodes/{episode_id}").json
    assert found["procedure"]["performed_at"] == "2026-03-02T08:20:00+01:00"
    assert (found["revision"], found["approach"]) == (2, None)


def test_a_version_tells_what_changed_from_what_to_what(clinic: Clinic):
    episode_id = clinic.episode()

    found = correct(clinic, episode_id, 1, procedure=procedure(level="S1"), baseline={"pain": 6}).json

    newest = found["revisions"][0]
    assert newest["changes"] == [
        {"field": "baseline.pain", "before": 7, "after": 6},
        {"field": "procedure.level", "before": "L5", "after": "S1"},
    ]
    assert newest["changed"] == ["baseline.pain", "procedure.level"]
    assert newest["by"] == "Physician of Clinic"


def test_correcting_t0_moves_check_ins_and_no_entry(clinic: Clinic):
    phone = clinic.phone(clinic.episode())
    phone.sync(phone.put(entry("2026-03-02T08:30:00+01:00", 2)), client_time=NOW.isoformat())
    before = clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"][0]

    correct(clinic, phone.episode_id, 1, procedure=procedure("2026-03-02T08:15:00+01:00"))

    after = clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"][0]
    assert (before["slot"], after["slot"]) == ("m30", "m15")
    assert after["head"] == before["head"]


def test_an_injection_in_the_future_is_refused_at_its_field(clinic: Clinic):
    answer = correct(clinic, clinic.episode(), 1, procedure=procedure("2026-03-03T08:00:00+01:00"))

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/procedure/performed_at"


def test_the_patients_other_blocks_are_named(clinic: Clinic):
    first = clinic.episode()
    patient_id = clinic.get(f"/episodes/{first}").json["patient"]["patient_id"]
    record = {"status": "planned", "procedure": procedure(None, level="S1"), "baseline": {}}
    second = clinic.client().post(
        f"{CLINIC}/episodes", json={"patient_id": patient_id, "episode": record}, headers=HEADERS
    )
    assert second.status_code == 201

    (other,) = clinic.get(f"/episodes/{first}").json["other_episodes"]

    assert other["episode_id"] == second.json["episode_id"]
    assert (other["level"], other["status"], other["shape"]) == ("S1", "planned", None)


def test_an_open_invitation_is_told_until_it_ends(clinic: Clinic, clock: SettableClock):
    episode_id = clinic.episode()
    assert clinic.get(f"/episodes/{episode_id}").json["invitation"] is None

    clinic.invite(episode_id)
    told = clinic.get(f"/episodes/{episode_id}").json["invitation"]
    clock.advance(minutes=14)
    still = clinic.get(f"/episodes/{episode_id}").json["invitation"]
    clock.advance(minutes=1)

    assert told == still == {"kind": "qr", "expires_at": "2026-03-02T09:15:00+00:00"}
    assert clinic.get(f"/episodes/{episode_id}").json["invitation"] is None


@pytest.mark.parametrize("words", ["zoe", "ZOË", "müller zoë", "l5 ZOE", "R-77", "r-7 zo"])
def test_a_search_finds_any_order_case_and_accent(clinic: Clinic, words: str):
    record = {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}}
    patient = {"name": "Zoë Müller", "record_number": "R-77"}
    clinic.client().post(f"{CLINIC}/episodes", json={"patient": patient, "episode": record}, headers=HEADERS)
    clinic.episode()

    found = clinic.client().post(f"{CLINIC}/episodes/search", json={"search": words}, headers=HEADERS).json

    assert [row["patient"]["name"] for row in found["episodes"]] == ["Zoë Müller"]


@pytest.mark.parametrize("words", ["%", "_", "zoë schmidt", "\\"])
def test_a_search_takes_its_words_literally(clinic: Clinic, words: str):
    clinic.episode()

    found = clinic.client().post(f"{CLINIC}/episodes/search", json={"search": words}, headers=HEADERS).json

    assert (found["episodes"], found["total"]) == ([], 0)
