"""The clinic's own leaflet: words from the settings reach phones once a physician has accepted them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from server.config import Config
from server.persistence.tables import AuditEvent
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, Phone
from tests.server.api.test_safety_texts import accept as accept_texts
from tests.server.api.test_safety_texts import enrol


@pytest.fixture
def production(
    make_app: Callable[..., Flask], config: Config, clock: SettableClock, texts: Callable[..., None]
) -> Clinic:
    return Clinic(make_app(replace(config, environment="production"), clock=clock), clock())


@pytest.fixture
def phone(production: Clinic) -> Phone:
    assert accept_texts(production, language="en", version="en-1").status_code == 200
    phone, taken = enrol(production, "en", "en-1")
    assert taken.status_code == 201
    return phone


def write(clinic: Clinic, text: str, version: int, language: str = "en"):
    form = {"version": version, "value": {"text": text}}
    answer = clinic.client("admin").put(f"{CLINIC}/settings/leaflets/{language}", json=form, headers=HEADERS)
    assert answer.status_code == 200, answer.text


def accept(clinic: Clinic, version: int, language: str = "en", role: str = "physician"):
    form = {"language": language, "version": version}
    return clinic.client(role).post(f"{CLINIC}/safety-texts/leaflet-acceptances", json=form, headers=HEADERS)


def shown(phone: Phone) -> list[tuple[str, int, str, bool]]:
    answer = phone.client.get(f"{PATIENT}/leaflets")
    assert answer.status_code == 200, answer.text
    return [
        (one["language"], one["version"], one["text"], one["reviewed"]) for one in answer.json["leaflets"]
    ]


def overview(clinic: Clinic, language: str = "en") -> Any:
    languages = clinic.get("/safety-texts").json["languages"]
    return next(one["leaflet"] for one in languages if one["language"] == language)


def test_in_production_phones_show_the_newest_version_a_physician_has_accepted(
    production: Clinic, phone: Phone
):
    write(production, "Rest today.", 0)
    assert shown(phone) == []
    assert overview(production)["acceptance"] is None

    answer = accept(production, 1)
    assert answer.status_code == 200
    assert shown(phone) == [("en", 1, "Rest today.", True)]
    assert overview(production)["acceptance"]["by"].startswith("Physician")

    write(production, "Rest today and tomorrow.", 1)
    write(production, "Ruhen Sie heute.", 0, "de")
    assert shown(phone) == [("en", 1, "Rest today.", True)]
    assert accept(production, 2).status_code == accept(production, 1, "de").status_code == 200
    assert shown(phone) == [("en", 2, "Rest today and tomorrow.", True), ("de", 1, "Ruhen Sie heute.", True)]


def test_an_empty_text_takes_the_leaflet_away_at_once(production: Clinic, phone: Phone):
    write(production, "Rest today.", 0)
    accept(production, 1)
    write(production, "", 1)
    assert shown(phone) == []
    assert overview(production) is None
    write(production, "Call us.", 2)
    assert shown(phone) == [], "the words taken away do not come back under those not accepted yet"


def test_elsewhere_a_leaflet_is_shown_and_says_that_it_is_not_reviewed(clinic: Clinic, texts: Any):
    phone = clinic.phone(clinic.episode())
    write(clinic, "Rest today.", 0)
    assert shown(phone) == [("en", 1, "Rest today.", False)]
    accept(clinic, 1)
    assert shown(phone) == [("en", 1, "Rest today.", True)]


def test_only_what_was_read_is_accepted_once_and_the_audit_trail_keeps_it(production: Clinic, phone: Phone):
    write(production, "Rest today.", 0)
    write(production, "Rest.", 1)
    assert accept(production, 1).json["code"] == "conflict"
    assert accept(production, 1, "es").json["code"] == "conflict"
    assert accept(production, 2, role="admin").status_code == 403
    for _ in range(2):
        assert accept(production, 2).status_code == 200
    events = [row for row in store.of(production, AuditEvent) if row["action"] == "leaflet.accept"]
    assert [row["detail"] for row in events] == [{"language": "en", "version": 2}]
    # It is no acceptance of the safety texts, which phones learn of apart.
    assert phone.client.get(f"{PATIENT}/diary").json["clinic"]["accepted_texts"] == {"en": ["en-1"]}


def test_another_clinics_leaflet_is_not_read(clinic: Clinic, clock: SettableClock, texts: Any):
    other = Clinic(clinic.app, clock(), name="Other")
    write(other, "Theirs.", 0)
    assert shown(clinic.phone(clinic.episode())) == []
