"""The demo, fed through the services into a fresh database of each kind, shows what it is there to show."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.config import Config
from server.demo.cast import Intended
from server.demo.clinic import build
from server.demo.patients import DemoPatient, demo_patients
from server.errors import ConflictError
from server.services import staff
from tests.conftest import SettableClock

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
HEADERS = {"X-Afterblock": "1"}
CLINIC = "/api/v1/clinic"


@pytest.fixture
def physician(app: Flask, config: Config, clock: SettableClock) -> FlaskClient:
    """A physician signed in at the filled demo clinic."""
    clock.set(NOW)
    with app.app_context():
        passwords = build(config, NOW)
    email = next(email for email in passwords if email.startswith("physician"))
    client = app.test_client()
    answer = client.post(
        f"{CLINIC}/session", json={"email": email, "password": passwords[email]}, headers=HEADERS
    )
    assert answer.status_code == 200, answer.text
    return client


def rows(physician: FlaskClient) -> dict[str, dict[str, Any]]:
    """The worklist by the patient's name and the day of the injection."""
    answer = physician.get(f"{CLINIC}/episodes")
    assert answer.status_code == 200, answer.text
    return {block(row["patient"]["name"], row["performed_at"]): row for row in answer.json["episodes"]}


def block(name: str, performed_at: str | None) -> str:
    return f"{name} {(performed_at or 'planned')[:10]}"


def patients() -> dict[str, DemoPatient]:
    return {
        block(one.patient["name"], one.episode["procedure"].get("performed_at")): one
        for one in demo_patients(NOW, seed=1)
    }


def test_the_filled_demo_shows_what_it_is_there_to_show(physician: FlaskClient) -> None:
    """One long story, because filling goes through some three hundred transactions."""
    found = rows(physician)
    keys = {name: patient.key for name, patient in patients().items()}

    assert {
        name: Intended(row["verdict"], row["flare"], row["steroid"], row["shape"])
        for name, row in found.items()
    } == {name: patient.intended for name, patient in patients().items()}
    assert all(row["device"] == "enrolled" for row in found.values())
    assert [(keys[name], row["highest_alert"]) for name, row in found.items() if row["open_alerts"]] == [
        ("red_flag", "E")
    ]
    assert [keys[name] for name, row in found.items() if row["quarantined"]] == ["quarantined"]
    for name, row in found.items():
        opens_every_page(physician, row["episode_id"], readable=patients()[name].intended.shape is not None)
    heather = next(row for name, row in found.items() if keys[name] == "flare_then_relief")
    shows_every_kind_of_entry(physician, heather["episode_id"])
    signed = {keys[name]: row["sign_state"] for name, row in found.items() if row["sign_state"] != "unsigned"}
    assert signed == {
        "short_block": "signed",
        "long_block": "signed",
        "none": "signed",
        "flare_then_relief": "reopened",
    }
    by_key = {keys[name]: row for name, row in found.items()}
    orchid, peony = (passport(physician, by_key[key]) for key in ("long_block", "second_root"))
    assert [pair["category"] for pair in orchid["pairs"]] == ["concordant"]
    assert orchid["discordances"] == []
    assert len(peony["blocks"]) == 2
    assert len(peony["discordances"]) == 1


def passport(physician: FlaskClient, row: dict[str, Any]) -> dict[str, Any]:
    answer = physician.get(f"{CLINIC}/patients/{row['patient']['patient_id']}/passport")
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def opens_every_page(physician: FlaskClient, episode_id: str, *, readable: bool) -> None:
    base = f"{CLINIC}/episodes/{episode_id}"

    assert physician.get(f"{base}/entries").json["entries"]
    assert physician.get(f"{base}/reading").status_code == (200 if readable else 409)
    assert physician.get(f"{base}/chart.svg").status_code == (200 if readable else 409)


def shows_every_kind_of_entry(physician: FlaskClient, episode_id: str) -> None:
    entries = physician.get(f"{CLINIC}/episodes/{episode_id}/entries").json["entries"]

    assert sum(entry["edited"] and not entry["deleted"] for entry in entries) == 2
    assert sum(entry["deleted"] for entry in entries) == 1
    assert not any(entry["conflict"] for entry in entries)
    assert {"on_time", "late", "back_filled", "extra"} <= {entry["grade"] for entry in entries}


def test_a_database_in_use_is_not_filled(app: Flask, config: Config) -> None:
    with app.app_context():
        staff.add_clinic("Somebody's clinic", "+49 30 1", "112", "Europe/Berlin", NOW)
        with pytest.raises(ConflictError):
            build(config, NOW)
