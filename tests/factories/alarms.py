"""Red flags as a phone reports them, and the clinic's work with the alerts they make."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from server.config import Config
from server.notifications.port import Port
from server.services import escalation, outbox
from tests.factories.world import CLINIC, HEADERS, Clinic, Phone

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Ten o'clock in Berlin, two hours after the injection of a test's episode."""
INFECTION = {"code": "infection", "temperature_c": 38.4, "alarm_signs": False}
GLUCOSE = {"code": "high_glucose", "ketones": False, "unwell": False}
MILD = {"code": "mild_temperature", "temperature_c": 37.6, "well": True}
"""After two days this is for the next working day."""
NUMB = {
    "code": "limb_weak_or_numb",
    "blocked_area_only": True,
    "worse": False,
    "recovered_between": False,
    "weak": False,
}


def report(phone: Phone, symptom: str | dict[str, Any], at: datetime = MONDAY, **more: Any) -> dict[str, Any]:
    """Send one report of a symptom; returns the operation."""
    told = [{"code": symptom} if isinstance(symptom, str) else symptom] if symptom else []
    body = {"taken_at": at.isoformat(), "reports": told, "shown_level": "E"} | more
    operation = phone.put(body, kind="flag_report")
    answer = phone.sync(operation, client_time=at.isoformat())
    assert [result["status"] for result in answer.json["results"]] == ["stored"]
    return operation


def queue(clinic: Clinic, state: str = "open", role: str = "nurse") -> list[dict[str, Any]]:
    """The alerts as the queue shows them."""
    return list(clinic.get(f"/alerts?state={state}", role).json["alerts"])


def act(
    clinic: Clinic, alert: dict[str, Any], what: str, body: Any = None, role: str = "nurse"
) -> TestResponse:
    """Do something with an alert, as a clinician of a role."""
    client = clinic.client(role)
    send = client.post if what in {"acknowledge", "attempts"} else client.put
    return send(f"{CLINIC}/alerts/{alert['alert_id']}/{what}", json=body or {}, headers=HEADERS)


def steps(clinic: Clinic, alert: dict[str, Any]) -> list[tuple[str, str | None]]:
    """What happened to an alert, and who did it."""
    told = clinic.get(f"/alerts/{alert['alert_id']}").json["history"]
    assert [event["number"] for event in told] == list(range(1, len(told) + 1))
    return [(event["kind"], event["name"]) for event in told]


def contact(name: str, email: str | None, **more: Any) -> dict[str, Any]:
    """One escalation contact for both levels."""
    return {
        "contact_id": str(uuid4()),
        "name": name,
        "email": email,
        "phone": None,
        "levels": ["E", "S"],
    } | more


def name_contacts(clinic: Clinic, *contacts: dict[str, Any], version: int = 0) -> TestResponse:
    """Put the list of contacts in force."""
    form = {"version": version, "value": {"contacts": list(contacts)}}
    return clinic.client("admin").put(f"{CLINIC}/settings/contacts", json=form, headers=HEADERS)


def work(app: Flask, clinic: Clinic, ports: dict[str, Port], config: Config, now: datetime) -> dict[str, int]:
    """What one worker does for alerts in one tick."""
    with app.app_context():
        return {
            "recheck": escalation.recheck(clinic.clinic_id, now),
            "escalate": escalation.escalate(clinic.clinic_id, now),
            "deliver": outbox.deliver(clinic.clinic_id, ports, config.public_url, lambda: now),
        }
