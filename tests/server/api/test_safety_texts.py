"""Safety texts: what a physician accepts, and that production enrols nobody in a language without it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.config import Config
from server.persistence.db import transaction
from server.persistence.tables import AuditEvent, Patient
from tests.conftest import SettableClock
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, Phone
from tests.server.api.conftest import VERSIONS


@pytest.fixture
def production(
    make_app: Callable[..., Flask], config: Config, clock: SettableClock, texts: Callable[..., None]
) -> Clinic:
    """A clinic on a server that insists; cookies need no HTTPS, as no test client has it."""
    return Clinic(make_app(replace(config, environment="production"), clock=clock), clock())


def accept(clinic: Clinic, role: str = "physician", **changes: Any):
    form = {"language": "de", "version": "de-1", "criteria": "snrb-default/1", "emergency_number": "112"}
    return clinic.client(role).post(
        f"{CLINIC}/safety-texts/acceptances", json=form | changes, headers=HEADERS
    )


def enrol(clinic: Clinic, language: str, version: str | None, invitation: dict[str, Any] | None = None):
    phone = Phone(clinic.app.test_client(), clinic.episode())
    made = invitation or clinic.invite(phone.episode_id)
    answer = phone.client.post(
        f"{PATIENT}/enrolment",
        json={
            "token": made["link"].partition("#")[2],
            "code": made["code"],
            "device_key": phone.key,
            "language": language,
            "texts_version": version,
        },
        headers=HEADERS,
    )
    return phone, answer


def test_production_enrols_nobody_before_a_physician_has_accepted(production: Clinic):
    invitation = production.invite(production.episode())

    _, refused = enrol(production, "de", "de-1", invitation)
    assert (refused.status_code, refused.json["code"]) == (409, "language-not-accepted")
    assert refused.json["language"] == "de"

    assert accept(production).status_code == 200
    _, taken = enrol(production, "de", "de-1", invitation)
    assert taken.status_code == 201, taken.text


@pytest.mark.parametrize(("language", "version"), [("es", "es-1"), ("de", "de-0"), ("de", None)])
def test_only_the_accepted_language_and_version_may_be_enrolled(
    production: Clinic, language: str, version: str | None
):
    accept(production)

    _, refused = enrol(production, language, version)

    assert refused.json["code"] == "language-not-accepted"


def test_a_changed_emergency_number_has_to_be_accepted_anew(production: Clinic):
    accept(production)
    settings = {"name": "C", "phone": "+49 30 1", "emergency_number": "911", "zone": "Europe/Berlin"}
    changed = production.client("admin").put(f"{CLINIC}/settings", json=settings, headers=HEADERS)
    assert changed.status_code == 200

    assert enrol(production, "de", "de-1")[1].json["code"] == "language-not-accepted"
    assert accept(production).json["code"] == "conflict"
    assert accept(production, emergency_number="911").status_code == 200
    assert enrol(production, "de", "de-1")[1].status_code == 201


def test_new_texts_have_to_be_accepted_anew(production: Clinic, texts: Callable[..., None]):
    accept(production)
    texts(VERSIONS | {"de": "de-2"})

    shown = production.get("/safety-texts").json
    german = next(one for one in shown["languages"] if one["language"] == "de")
    assert (german["version"], german["acceptance"]) == ("de-2", None)
    assert enrol(production, "de", "de-2")[1].json["code"] == "language-not-accepted"
    assert accept(production).json["code"] == "conflict"
    assert accept(production, version="de-2").status_code == 200
    assert enrol(production, "de", "de-2")[1].status_code == 201
    # A phone whose app is a version behind shows texts that were accepted too.
    assert enrol(production, "de", "de-1")[1].status_code == 201


def test_development_enrols_and_says_what_is_reviewed(app: Flask, clock: SettableClock, texts: Any):
    clinic = Clinic(app, clock())

    phone, taken = enrol(clinic, "es", "es-1")
    assert taken.status_code == 201
    assert taken.json["diary"]["clinic"]["accepted_texts"] == {}
    assert clinic.get("/safety-texts").json["required"] is False

    assert accept(clinic, language="es", version="es-1").status_code == 200
    diary = phone.client.get(f"{PATIENT}/diary").json
    assert diary["clinic"]["accepted_texts"] == {"es": ["es-1"]}


def test_the_physician_sees_who_accepted_and_the_audit_trail_keeps_it(production: Clinic):
    answer = accept(production).json

    german = next(one for one in answer["languages"] if one["language"] == "de")
    assert german["acceptance"]["by"].startswith("Physician")
    assert german["texts"] == [{"key": "flags.fall", "text": "Do not drive. de-1"}]
    with production.app.app_context(), transaction(production.clinic_id, reading=True) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "safety-texts.accept")).one()
        assert (event.actor_kind, event.detail["language"], event.detail["version"]) == (
            "clinician",
            "de",
            "de-1",
        )


@pytest.mark.parametrize("role", ["nurse", "admin", "auditor"])
def test_only_a_physician_accepts(production: Clinic, role: str):
    assert accept(production, role).status_code == 403


def test_the_language_is_kept_for_the_patient_and_can_be_changed(production: Clinic):
    accept(production)
    phone, _ = enrol(production, "de", "de-1")

    def kept() -> list[str | None]:
        with production.app.app_context(), transaction(production.clinic_id, reading=True) as session:
            return list(session.scalars(select(Patient.language).where(Patient.language.is_not(None))))

    def choose(language: str):
        form = {"language": language, "texts_version": f"{language}-1"}
        return phone.client.put(f"{PATIENT}/language", json=form, headers=HEADERS)

    assert kept() == ["de"]
    assert choose("ar").json["code"] == "language-not-accepted"
    assert kept() == ["de"]
    accept(production, language="ar", version="ar-1")
    assert choose("ar").status_code == 204
    assert kept() == ["ar"]


def test_without_a_build_there_is_nothing_to_accept(app: Flask, clock: SettableClock):
    assert Clinic(app, clock()).get("/safety-texts").json["code"] == "unavailable"
