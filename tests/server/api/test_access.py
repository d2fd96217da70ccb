"""Every route against everybody: who may call it is one table, and the table and the routes are the same."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from server.persistence.db import transaction
from server.persistence.tables import Episode, Reminder
from server.security.access import ACCESS, EVERYBODY, GUEST, PHONE, STAFF, allowed
from server.services.settings import DEFAULTS
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.alarms import contact, name_contacts
from tests.factories.world import HEADERS, PASSWORD, Clinic, Phone, entry, procedure

ROLES = sorted(STAFF)
CHANGES_ITS_CALLER = {("sessions.Session", "DELETE"), ("diary.OwnDevice", "DELETE")}


@dataclass
class Scene:
    """Two clinics that look the same, and the ids of the first one's records."""

    clinic: Clinic
    other: Clinic
    phone: Phone
    ids: dict[str, str]


@pytest.fixture
def scene(app: Flask, clock: SettableClock) -> Scene:
    clinic, other = Clinic(app, clock(), name="Own"), Clinic(app, clock(), name="Other")
    phone = clinic.phone(clinic.episode())
    flagged = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}]}
    assert phone.statuses(phone.put(flagged, kind="flag_report")) == ["stored"]
    detail = clinic.get(f"/episodes/{phone.episode_id}").json
    reached = contact("Dr On Call", "on.call@clinic.example")
    assert name_contacts(clinic, reached).status_code == 200
    ids = {
        "contact_id": reached["contact_id"],
        "part": "hours",
        "template": "lumbar-steroid",
        "language": "en",
        "episode_id": phone.episode_id,
        "patient_id": detail["patient"]["patient_id"],
        "alert_id": detail["alerts"][0]["alert_id"],
        "device_id": clinic.phone(clinic.episode()).client.get("/api/v1/patient/diary").json["device_id"],
    }
    ids["clinician_id"] = str(clinic.add_colleague())
    ids["enrolment_id"] = clinic.invite(clinic.episode())["enrolment_id"]
    ids |= waiting_in_the_inbox(clinic, phone)
    ids["reminder_id"] = str(reminder_of(clinic, phone))
    return Scene(clinic, other, phone, ids)


def waiting_in_the_inbox(clinic: Clinic, phone: Phone) -> dict[str, str]:
    """A record that could not be read, and an entry with two versions."""
    first = phone.put()
    edits = [phone.edit(first, entry(pain=pain)) for pain in (4, 6)]
    assert phone.statuses(first, *edits, phone.put(entry(pain=12)))[-1] == "quarantined"
    items = {item["kind"]: item["item_id"] for item in clinic.get("/inbox").json["items"]}
    return {"record_id": items["quarantined"], "entry_id": items["conflict"]}


def reminder_of(clinic: Clinic, phone: Phone) -> UUID:
    """A reminder of the phone's patient, as the worker makes it."""
    episode = next(row for row in store.of(clinic, Episode) if str(row["id"]) == phone.episode_id)
    reminder = Reminder(
        clinic_id=clinic.clinic_id,
        id=uuid4(),
        episode_id=episode["id"],
        patient_id=episode["patient_id"],
        slot="h2",
        number=1,
        due_at=clinic.now,
        expires_at=clinic.now + timedelta(hours=1),
        state="open",
        made_at=clinic.now,
    )
    id_ = reminder.id
    with clinic.app.app_context(), transaction(clinic.clinic_id) as session:
        session.add(reminder)
    return id_


def routes(app: Flask) -> list[tuple[str, str, Rule]]:
    return sorted(
        (
            (rule.endpoint, method, rule)
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"OPTIONS"}
        ),
        key=lambda route: route[:2],
    )


def body_for(endpoint: str, method: str, ids: dict[str, str]) -> Any:
    """A body the route takes, so that only the guard can refuse the call."""
    record = {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}}
    forms: dict[tuple[str, str], Any] = {
        ("episodes.Search", "POST"): {"search": "x"},
        ("episodes.Episodes", "POST"): {
            "patient": {"name": "N", "record_number": uuid4().hex[:8]},
            "episode": record,
        },
        ("episodes.Episode", "PUT"): record | {"reason": "check", "revision": 1},
        ("episodes.Invitation", "POST"): {"kind": "qr"},
        ("sessions.Password", "PUT"): {"old": PASSWORD, "new": "short"},
        ("staff.Everybody", "POST"): {
            "email": f"{uuid4().hex}@clinic.example",
            "name": "Eva",
            "role": "nurse",
        },
        ("staff.Colleague", "PUT"): {"name": "Eva", "role": "nurse"},
        ("staff.Active", "PUT"): {"active": True},
        ("staff.OneTimePassword", "POST"): {},
        ("criteria.Criteria", "PUT"): {"criteria": "snrb-default/1", "before": "snrb-default/1"},
        ("criteria.Comparison", "POST"): {"criteria": "yeom-70/1"},
        ("phones.Phones", "POST"): {},
        ("audit.Trail", "POST"): {},
        ("audit.Table", "POST"): {},
        ("recovery.Score", "POST"): {
            "rev_id": str(uuid4()),
            "entry_id": str(uuid4()),
            "mark": "m15",
            "pain": 3,
        },
        ("recovery.Injection", "POST"): {"change_id": str(uuid4())},
        ("recovery.Complication", "POST"): {"change_id": str(uuid4()), "code": None},
        ("settings.Hours", "PUT"): {"version": 0, "value": DEFAULTS["hours"]},
        ("settings.Contacts", "PUT"): {"version": 1, "value": {"contacts": []}},
        ("settings.ContactTest", "POST"): {},
        ("settings.Protocol", "PUT"): {"version": 0, "value": DEFAULTS["protocol-lumbar-steroid"]},
        ("settings.Channels", "PUT"): {"version": 0, "value": {"order": ["email"]}},
        ("settings.Leaflet", "PUT"): {"version": 0, "value": {"text": "Rest."}},
        ("settings.Digest", "PUT"): {"at": "07:00"},
        **{
            (f"inbox.{name}", "POST"): {"outcome": "dismissed", "reason": "seen"}
            for name in ("Record", "Conflict")
        },
        ("sign-off.SignOff", "POST"): {
            "version": 0,
            "read_at": "2026-03-02T08:00:00Z",
            "conclusion": "undecided",
        },
        ("alerts.Acknowledgement", "POST"): {},
        ("alerts.Owner", "PUT"): {"owner_id": str(uuid4())},
        ("alerts.Attempts", "POST"): {"note": None},
        ("alerts.Outcome", "PUT"): {"outcome": "advice_given"},
        ("episodes.Device", "DELETE"): {"reason": "replaced"},
        **{(f"cohort.{name}", "POST"): {} for name in ("View", "Channels", "Figure", "Table")},
        ("imports.Imports", "POST"): {"kind": "diary", "content": "YQ=="},
        ("clinic.Settings", "PUT"): {
            "name": "Own",
            "phone": "+49 30 1",
            "emergency_number": "112",
            "zone": "Europe/Berlin",
        },
        ("reminders.Choices", "PUT"): {
            "language": "en",
            "evening": 1200,
            "quiet_from": 1320,
            "quiet_until": 420,
            "channels": [],
        },
        ("reminders.Presence", "POST"): {"zone": "Europe/Berlin"},
        ("reminders.CalendarAddress", "POST"): {},
        ("reminders.Test", "POST"): {},
        ("reminders.Shown", "POST"): {},
        ("reminders.Clicked", "POST"): {},
        ("reminders.Snooze", "POST"): {"episode_id": ids.get("episode_id"), "slot": "h2", "minutes": 15},
        ("safety-texts.Acceptance", "POST"): {
            "language": "en",
            "version": "1",
            "criteria": "snrb-default/1",
            "emergency_number": "112",
        },
        ("safety-texts.LeafletAcceptance", "POST"): {"language": "en", "version": 1},
        ("language.PatientLanguage", "PUT"): {"language": "en"},
        ("diary.Sync", "POST"): {
            "protocol": 1,
            "batch_id": str(uuid4()),
            "client_time": "2026-03-02T08:00:00Z",
        },
    }
    return forms.get((endpoint, method))


def call(client: FlaskClient, rule: Rule, method: str, ids: dict[str, str]) -> Any:
    names = {name: ids.get(name, "x") for name in rule.arguments}
    _, path = rule.build(names) or ("", "")
    body = body_for(rule.endpoint, method, ids)
    return client.open(path, method=method, json=body, headers=HEADERS, buffered=True)


def test_every_route_has_a_row_and_every_row_a_route(app: Flask):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    without = [f"{endpoint} {method}" for endpoint, method, _ in routes(app) if not allowed(endpoint, method)]
    assert without == []
    rows = {key.partition(":")[0] for key in ACCESS}
    assert rows == endpoints
    methods = {(endpoint, method) for endpoint, method, _ in routes(app)}
    for key in ACCESS:
        endpoint, _, method = key.partition(":")
        assert not method or (endpoint, method) in methods, f"{key} has no route"


def test_rows_hold_known_audiences_only():
    for key, roles in ACCESS.items():
        assert roles in (EVERYBODY, GUEST, PHONE) or roles <= STAFF, key
        assert roles, key


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_planted_route_without_a_row_is_nobodys(app: Flask, clock: SettableClock, method: str):
    app.add_url_rule("/api/v1/planted", "planted", lambda: "served", methods=[method])
    clinic = Clinic(app, clock())
    clients = [app.test_client(), *(clinic.client(role) for role in ("physician", "admin"))]
    for client in clients:
        answer = client.open("/api/v1/planted", method=method, json={}, headers=HEADERS)
        assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


def test_every_route_lets_in_those_of_its_row_and_nobody_else(app: Flask, scene: Scene):
    callers: dict[str, FlaskClient] = {role: scene.clinic.client(role) for role in ROLES}
    callers["phone"] = scene.phone.client
    callers["nobody"] = app.test_client()
    surprises = []
    ordered = sorted(routes(app), key=lambda route: (route[:2] in CHANGES_ITS_CALLER, route[:2]))
    for endpoint, method, rule in ordered:
        roles = allowed(endpoint, method)
        for who, client in callers.items():
            answer = call(client, rule, method, scene.ids)
            told = answer.json if answer.is_json and answer.data else None
            code = told.get("code") if isinstance(told, dict) else None
            refused = answer.status_code in {401, 403}
            if roles in (EVERYBODY, GUEST):
                fine = code not in {"forbidden", "session-ended", "device-revoked"}
            elif who in roles:
                fine = not refused and answer.status_code not in {404, 500}
            else:
                staff_route = roles != PHONE and who in STAFF
                wanted = (403, "forbidden") if staff_route else (401, "session-ended")
                fine = (answer.status_code, code or wanted[1]) == wanted
            if not fine:
                surprises.append((endpoint, method, who, answer.status_code, code))
    assert surprises == []


def test_foreign_ids_are_answered_exactly_like_unknown_ones(app: Flask, scene: Scene):
    stranger = {role: scene.other.client(role) for role in ("physician", "admin")}
    seen = 0
    for endpoint, method, rule in routes(app):
        own = [name for name in rule.arguments if name.endswith("_id")]
        if not own:
            continue
        for role, client in stranger.items():
            if role not in allowed(endpoint, method):
                continue
            foreign = call(client, rule, method, scene.ids)
            unknown = call(client, rule, method, {name: str(uuid4()) for name in own})
            assert foreign.status_code == 404, (endpoint, method)
            if method != "HEAD":
                assert without_id(foreign.json) == without_id(unknown.json), (endpoint, method)
                assert foreign.json["code"] == "not-found"
            seen += 1
    assert seen > 12
    known = {
        "patient_id": scene.clinic.get(f"/episodes/{scene.phone.episode_id}").json["patient"]["patient_id"]
    }
    for patient in (known["patient_id"], str(uuid4())):
        record = {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}}
        answer = scene.other.client().post(
            "/api/v1/clinic/episodes", json={"patient_id": patient, "episode": record}, headers=HEADERS
        )
        assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def without_id(problem: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in problem.items() if key != "request_id"}


def test_two_clinics_may_use_the_same_record_number_without_noticing(scene: Scene):
    scene.clinic.episode(record_number="4711")
    scene.other.episode(record_number="4711")
    form = {
        "patient": {"name": "N", "record_number": "4711"},
        "episode": {"status": "performed", "procedure": procedure(), "baseline": {}},
    }
    answer = scene.other.client().post("/api/v1/clinic/episodes", json=form, headers=HEADERS)
    assert (answer.status_code, answer.json["code"]) == (409, "record-number-in-use")
    assert PASSWORD not in answer.text
