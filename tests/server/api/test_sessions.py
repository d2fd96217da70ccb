"""Signing in: few guesses, no hints, short sessions, and every change of a user counts at once."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import update

from server.persistence.db import transaction
from server.persistence.tables import AuditEvent, Clinician, StaffSession
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.racing import at_once
from tests.factories.world import CLINIC, HEADERS, PASSWORD, Clinic, sign_in


def attempt(clinic: Clinic, password: str = "a wrong password", role: str = "nurse") -> tuple[int, str]:
    answer = sign_in(clinic.app.test_client(), clinic.email(role), password)
    return answer.status_code, answer.json.get("code", "")


def change(clinic: Clinic, **values: Any) -> None:
    with clinic.app.app_context(), transaction(clinic.clinic_id) as session:
        session.execute(update(Clinician).where(Clinician.clinic_id == clinic.clinic_id).values(**values))


def test_an_account_locks_after_five_failures_and_twice_as_long_each_time(
    clinic: Clinic, clock: SettableClock
):
    clinic.add("nurse")
    assert [attempt(clinic) for _ in range(5)] == [(401, "sign-in-failed")] * 5
    for seconds in (30, 60, 120):
        assert attempt(clinic, PASSWORD) == (429, "too-many-attempts")
        clock.advance(seconds=seconds - 1)
        answer = sign_in(clinic.app.test_client(), clinic.email("nurse"), PASSWORD)
        assert (answer.status_code, answer.json["retry_after"]) == (429, 2)
        assert answer.headers["Retry-After"] == "2"
        clock.advance(seconds=1)
        assert attempt(clinic) == (401, "sign-in-failed")
    clock.advance(minutes=15)
    assert attempt(clinic, PASSWORD) == (200, "")
    assert attempt(clinic) == (401, "sign-in-failed"), "a sign-in starts the count anew"


def test_guesses_in_parallel_do_not_outrun_the_lock(clinic: Clinic):
    clinic.add("nurse")
    answers = at_once([partial(attempt, clinic) for _ in range(12)])
    assert answers.count((401, "sign-in-failed")) == 5
    assert answers.count((429, "too-many-attempts")) == 7
    refused = [row for row in store.of(clinic, AuditEvent) if row["action"] == "session.refused"]
    assert len(refused) == 5


def test_an_unknown_address_is_answered_like_a_wrong_password(clinic: Clinic):
    clinic.add("nurse")
    known = sign_in(clinic.app.test_client(), clinic.email("nurse"), "a wrong password")
    unknown = sign_in(clinic.app.test_client(), "nobody@example.org", "a wrong password")
    assert (known.status_code, dict(known.json, request_id="")) == (
        unknown.status_code,
        dict(unknown.json, request_id=""),
    )


def test_an_address_is_the_same_in_capitals_and_with_blanks(clinic: Clinic):
    clinic.add("nurse")
    answer = sign_in(clinic.app.test_client(), f"  {clinic.email('nurse').upper()} ")
    assert answer.status_code == 200
    assert answer.json["clinician"]["role"] == "nurse"
    assert "password" not in answer.text


def session_status(client: Any) -> int:
    return int(client.get(f"{CLINIC}/session").status_code)


def test_a_session_ends_after_15_idle_minutes(clinic: Clinic, clock: SettableClock):
    client = clinic.client()
    for _ in range(3):
        clock.advance(minutes=14)
        assert session_status(client) == 200
    clock.advance(minutes=15)
    assert session_status(client) == 401
    assert client.get(f"{CLINIC}/session").json["code"] == "session-ended"


def test_a_session_ends_after_12_hours_however_busy(clinic: Clinic, clock: SettableClock):
    client = clinic.client()
    until = clock() + timedelta(hours=12)
    while clock() + timedelta(minutes=10) < until:
        clock.advance(minutes=10)
        assert session_status(client) == 200
    clock.set(until)
    assert session_status(client) == 401


def test_a_disabled_user_is_out_at_once_and_cannot_come_back(clinic: Clinic, clock: SettableClock):
    client = clinic.client("nurse")
    assert session_status(client) == 200
    change(clinic, disabled_at=clock())
    assert session_status(client) == 401
    assert attempt(clinic, PASSWORD) == (401, "sign-in-failed")


def test_a_changed_role_counts_from_the_next_request(clinic: Clinic):
    client = clinic.client("admin")
    form = {"name": "New", "phone": "+49 30 1", "emergency_number": "112", "zone": "UTC"}
    assert client.put(f"{CLINIC}/settings", json=form, headers=HEADERS).status_code == 200
    change(clinic, role="auditor")
    answer = client.put(f"{CLINIC}/settings", json=form, headers=HEADERS)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


def test_signing_out_is_real(clinic: Clinic):
    client = clinic.client()
    cookie = client.get_cookie("afterblock-session")
    assert cookie is not None
    assert client.delete(f"{CLINIC}/session", headers=HEADERS).status_code == 204
    assert client.get_cookie("afterblock-session") is None
    client.set_cookie("afterblock-session", cookie.value)
    assert session_status(client) == 401
    assert store.of(clinic, StaffSession) == []


def test_a_token_nobody_gave_opens_nothing(app: Flask, clinic: Clinic):
    good = clinic.client().get_cookie("afterblock-session")
    assert good is not None
    for text in ("", "x", good.value[:-1], good.value + "A", "A" * 54, good.value.swapcase(), "ä"):
        client = app.test_client()
        client.set_cookie("afterblock-session", text)
        assert session_status(client) == 401
    kept = store.everything(clinic)
    assert good.value not in kept
    assert PASSWORD not in kept


def test_an_unknown_address_locks_like_a_known_one(clinic: Clinic, clock: SettableClock):
    client = clinic.app.test_client()
    answers = [sign_in(client, "nobody@example.org", "a wrong password") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[5].json["code"] == "too-many-attempts"
