"""The choice of criteria: what it would change, and readings made anew by what was chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from server.services.review import read_due
from tests.conftest import SettableClock
from tests.factories.world import CLINIC, HEADERS, Clinic, entry

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DEFAULT, STRICT = "snrb-default/1", "yeom-70/1"


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


@pytest.fixture
def episode_id(clinic: Clinic) -> str:
    """Relief of 57 % of a baseline of 7, which the usual line calls positive and the strict one does not."""
    phone = clinic.phone(clinic.episode())
    scores = [phone.put(entry(f"2026-03-02T08:{minutes}:00+01:00", 3)) for minutes in (15, 30, 45)]
    assert set(phone.statuses(*scores, client_time=NOW.isoformat())) == {"stored"}
    return phone.episode_id


def ask(clinic: Clinic, method: str, path: str = "", form: dict[str, Any] | None = None) -> Any:
    return clinic.client("admin").open(f"{CLINIC}/criteria{path}", method=method, json=form, headers=HEADERS)


def verdict(clinic: Clinic, episode_id: str) -> tuple[str, str]:
    found = clinic.get(f"/episodes/{episode_id}/reading").json["reading"]
    return found["criteria"], found["anaesthetic"]["verdict"]


def test_the_comparison_tells_what_would_change_and_stores_nothing(clinic: Clinic, episode_id: str):
    clinic.episode(status="planned", procedure={"region": "lumbar", "level": "L4", "side": "left"})
    step = ask(clinic, "POST", "/comparison", {"criteria": STRICT}).json
    assert (step["read"], step["changed"], step["failed"], step["next"]) == (1, 1, 0, None)
    assert {"category": "verdict", "before": "positive", "after": "equivocal", "episodes": 1} in step[
        "changes"
    ]
    assert verdict(clinic, episode_id) == (DEFAULT, "positive")
    assert ask(clinic, "GET").json["in_force"] == DEFAULT


def test_the_comparison_goes_on_where_it_stopped(clinic: Clinic, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.services.criteria_choice.AT_ONCE", 2)
    for _ in range(5):
        clinic.episode()
    read, after = 0, None
    for _ in range(3):
        step = ask(clinic, "POST", "/comparison", {"criteria": STRICT, "after": after}).json
        read, after = read + step["read"], step["next"]
    assert (read, after) == (5, None)


def test_what_is_chosen_counts_for_every_reading_and_the_worklist(clinic: Clinic, episode_id: str):
    answer = ask(clinic, "PUT", "", {"criteria": STRICT, "before": DEFAULT})
    assert answer.status_code == 200, answer.text
    assert (answer.json["in_force"], answer.json["by"], answer.json["waiting"]) == (
        STRICT,
        "Admin of Clinic",
        1,
    )
    with clinic.app.app_context():
        assert read_due(clinic.clinic_id, NOW) == 1
    assert ask(clinic, "GET").json["waiting"] == 0
    assert verdict(clinic, episode_id) == (STRICT, "equivocal")
    (row,) = clinic.get("/episodes").json["episodes"]
    assert row["verdict"] == "equivocal"

    back = ask(clinic, "PUT", "", {"criteria": DEFAULT, "before": STRICT})
    assert back.status_code == 200
    assert verdict(clinic, episode_id) == (DEFAULT, "positive")
    versions = clinic.client("admin").get(f"{CLINIC}/settings/parts/criteria/versions").json["versions"]
    assert [one["value"]["criteria"] for one in versions] == [DEFAULT, STRICT]


def test_a_choice_made_on_an_older_one_or_of_an_unknown_set_changes_nothing(clinic: Clinic):
    stale = ask(clinic, "PUT", "", {"criteria": STRICT, "before": "strict-80/1"})
    assert (stale.status_code, stale.json["code"]) == (409, "conflict")
    for unknown in ("yeom-70", "nobody/1"):
        answer = ask(clinic, "PUT", "", {"criteria": unknown, "before": DEFAULT})
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/criteria")
    assert ask(clinic, "GET").json["in_force"] == DEFAULT


def test_another_set_needs_the_physicians_acceptance_again(clinic: Clinic, texts: Any):
    del texts
    read = {"language": "en", "version": "en-1", "criteria": DEFAULT, "emergency_number": "112"}
    path = f"{CLINIC}/safety-texts/acceptances"
    assert clinic.client().post(path, json=read, headers=HEADERS).status_code == 200
    ask(clinic, "PUT", "", {"criteria": STRICT, "before": DEFAULT})
    told = clinic.get("/safety-texts").json
    assert told["criteria"] == STRICT
    assert [one["acceptance"] for one in told["languages"]] == [None] * 4


def test_one_clinics_choice_is_not_another_ones(clinic: Clinic, app: Flask, clock: SettableClock):
    other = Clinic(app, clock(), name="Other")
    ask(clinic, "PUT", "", {"criteria": STRICT, "before": DEFAULT})
    clock.set(NOW + timedelta(minutes=1))
    assert ask(other, "GET").json["in_force"] == DEFAULT
