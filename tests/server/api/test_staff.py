"""The people of a clinic: added, changed, let out and in; nobody locks the clinic out of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.persistence.tables import AuditEvent
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, PASSWORD, Clinic, sign_in

OWN = "another password of mine"


@pytest.fixture
def admin(clinic: Clinic) -> FlaskClient:
    return clinic.client("admin")


def send(client: FlaskClient, method: str, path: str, form: dict[str, Any]) -> Any:
    return client.open(f"{CLINIC}{path}", method=method, json=form, headers=HEADERS)


def add(admin: FlaskClient, role: str = "nurse", email: str = "eva@clinic.example") -> dict[str, str]:
    answer = send(admin, "POST", "/staff", {"email": email, "name": "Eva Stein", "role": role})
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def listed(admin: FlaskClient) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in admin.get(f"{CLINIC}/staff").json["staff"]}


def test_a_new_colleague_can_do_nothing_before_choosing_a_password(
    app: Flask, clinic: Clinic, admin: FlaskClient
):
    given = add(admin)
    eva = app.test_client()
    answer = sign_in(eva, "eva@clinic.example", given["password"])
    assert (answer.status_code, answer.json["clinician"]["one_time"]) == (200, True)
    refused = eva.get(f"{CLINIC}/episodes")
    assert (refused.status_code, refused.json["code"]) == (403, "password-needed")

    short = send(eva, "PUT", "/session/password", {"old": given["password"], "new": "short"})
    assert (short.status_code, short.json["errors"][0]["pointer"]) == (422, "/new")
    wrong = send(eva, "PUT", "/session/password", {"old": "not it", "new": OWN})
    assert (wrong.status_code, wrong.json["code"]) == (401, "sign-in-failed")
    assert send(eva, "PUT", "/session/password", {"old": given["password"], "new": OWN}).status_code == 204

    assert eva.get(f"{CLINIC}/episodes").status_code == 200
    assert eva.get(f"{CLINIC}/session").json["clinician"]["one_time"] is False
    again = app.test_client()
    assert sign_in(again, "eva@clinic.example", given["password"]).status_code == 401
    assert sign_in(again, "eva@clinic.example", OWN).status_code == 200


def test_a_one_time_password_runs_out(app: Flask, admin: FlaskClient, clock: SettableClock):
    given = add(admin)
    clock.set(clock() + timedelta(days=3, seconds=1))
    assert sign_in(app.test_client(), "eva@clinic.example", given["password"]).status_code == 401


def test_an_address_is_one_persons_and_a_role_is_one_of_four(admin: FlaskClient):
    add(admin)
    twice = send(admin, "POST", "/staff", {"email": "EVA@clinic.example", "name": "E", "role": "nurse"})
    assert (twice.status_code, twice.json["code"]) == (409, "email-in-use")
    for form in ({"role": "owner"}, {"email": "no address"}, {"name": ""}):
        base = {"email": "x@clinic.example", "name": "X", "role": "nurse"}
        assert send(admin, "POST", "/staff", base | form).status_code == 422


def test_a_role_counts_from_the_next_request_on(clinic: Clinic, admin: FlaskClient):
    nurse = clinic.client("nurse")
    assert nurse.get(f"{CLINIC}/recovery").status_code == 200
    found = next(one for one in listed(admin).values() if one["role"] == "nurse")
    path = f"/staff/{found['clinician_id']}"
    assert send(admin, "PUT", path, {"name": "Nurse Ratched", "role": "auditor"}).status_code == 200
    assert nurse.get(f"{CLINIC}/recovery").status_code == 403
    assert nurse.get(f"{CLINIC}/staff").status_code == 200


def test_who_is_let_out_is_out_at_once_and_may_come_back(app: Flask, clinic: Clinic, admin: FlaskClient):
    nurse = clinic.client("nurse")
    path = f"/staff/{listed(admin)['Nurse of Clinic']['clinician_id']}/active"
    gone = send(admin, "PUT", path, {"active": False})
    assert (gone.status_code, gone.json["disabled_at"] is not None) == (200, True)
    assert nurse.get(f"{CLINIC}/session").status_code == 401
    assert sign_in(app.test_client(), clinic.email("nurse")).status_code == 401
    assert send(admin, "PUT", path, {"active": True}).json["disabled_at"] is None
    assert nurse.get(f"{CLINIC}/session").status_code == 401, "the old session stays ended"
    assert sign_in(app.test_client(), clinic.email("nurse")).status_code == 200


def test_a_forgotten_password_is_replaced_and_the_old_sessions_end(
    app: Flask, clinic: Clinic, admin: FlaskClient
):
    physician = clinic.client("physician")
    path = f"/staff/{listed(admin)['Physician of Clinic']['clinician_id']}/one-time-password"
    given = send(admin, "POST", path, {}).json
    assert physician.get(f"{CLINIC}/session").status_code == 401
    assert sign_in(app.test_client(), clinic.email("physician")).status_code == 401
    answer = sign_in(app.test_client(), clinic.email("physician"), given["password"])
    assert answer.json["clinician"]["one_time"] is True


def test_the_last_administrator_cannot_leave(clinic: Clinic, admin: FlaskClient):
    own = listed(admin)["Admin of Clinic"]["clinician_id"]
    for path, form in (
        (f"/staff/{own}/active", {"active": False}),
        (f"/staff/{own}", {"name": "A", "role": "nurse"}),
    ):
        answer = send(admin, "PUT", path, form)
        assert (answer.status_code, answer.json["code"]) == (409, "last-admin")
    add(admin, "admin")
    assert send(admin, "PUT", f"/staff/{own}", {"name": "A", "role": "nurse"}).status_code == 200
    assert admin.get(f"{CLINIC}/staff").status_code == 403


def test_an_own_password_ends_the_other_sessions_and_keeps_this_one(app: Flask, clinic: Clinic):
    here, there = clinic.client("physician"), app.test_client()
    sign_in(there, clinic.email("physician"))
    assert send(here, "PUT", "/session/password", {"old": PASSWORD, "new": OWN}).status_code == 204
    assert here.get(f"{CLINIC}/session").status_code == 200
    assert there.get(f"{CLINIC}/session").status_code == 401


def test_every_step_is_in_the_trail_and_no_password_is(clinic: Clinic, admin: FlaskClient):
    given = add(admin)
    send(admin, "PUT", f"/staff/{given['clinician_id']}/active", {"active": False})
    rows = store.of(clinic, AuditEvent)
    actions = {row["action"] for row in rows if str(row["target_id"]) == given["clinician_id"]}
    assert actions == {"clinician.add", "clinician.deactivate"}
    assert given["password"] not in str(rows)
    assert send(admin, "PUT", f"/staff/{uuid4()}/active", {"active": False}).status_code == 404
