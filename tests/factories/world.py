"""A clinic with its people, episodes and phones, made through the services and the HTTP interface."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from argon2 import PasswordHasher, profiles
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.services import staff

HEADERS = {"X-Afterblock": "1"}
PASSWORD = "a long enough password"
CHEAP = PasswordHasher.from_parameters(profiles.CHEAPEST).hash
"""Hundreds of tests sign in; the real parameters would cost them minutes."""
CLINIC = "/api/v1/clinic"
PATIENT = "/api/v1/patient"


def procedure(performed_at: str | None = "2026-03-02T08:00:00+01:00", **changes: Any) -> dict[str, Any]:
    """An injection at L5 left, lidocaine with dexamethasone."""
    made: dict[str, Any] = {
        "region": "lumbar",
        "level": "L5",
        "side": "left",
        "indication": "lumbar_radiculopathy",
        "anaesthetic": [{"drug": "lidocaine", "concentration_percent": 2.0, "volume_ml": 0.5}],
        "steroid": {"drug": "dexamethasone", "dose_mg": 10},
        "sedation": False,
    }
    if performed_at is not None:
        made["performed_at"] = performed_at
    return made | changes


def entry(
    taken_at: str = "2026-03-02T08:30:00+01:00", pain: int | None = 2, **changes: Any
) -> dict[str, Any]:
    """The body of one diary entry, recorded when it was taken."""
    return {"taken_at": taken_at, "recorded_at": taken_at, "scale": "now", "pain": pain} | changes


@dataclass
class Clinic:
    """One clinic with a signed-in client per role."""

    app: Flask
    now: datetime
    name: str = "Clinic"
    clinic_id: UUID = field(init=False)
    _clients: dict[str, FlaskClient] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.app.app_context():
            self.clinic_id = staff.add_clinic(self.name, "+49 30 123456", "112", "Europe/Berlin", self.now)

    def email(self, role: str) -> str:
        return f"{role}@{self.name.lower().replace(' ', '-')}.example"

    def add(self, role: str) -> UUID:
        with self.app.app_context():
            return staff.add_clinician(
                self.clinic_id,
                self.email(role),
                f"{role.title()} of {self.name}",
                role,
                PASSWORD,
                self.now,
                hashed=CHEAP,
            )

    def add_colleague(self) -> UUID:
        """Somebody who is not signed in anywhere."""
        with self.app.app_context():
            email = f"{uuid4().hex}@colleague.example"
            return staff.add_clinician(
                self.clinic_id, email, "A colleague", "nurse", PASSWORD, self.now, hashed=CHEAP
            )

    def client(self, role: str = "physician") -> FlaskClient:
        """A client signed in with a role; the user is made when first asked for."""
        if role not in self._clients:
            self.add(role)
            client = self.app.test_client()
            answer = sign_in(client, self.email(role))
            assert answer.status_code == 200, answer.text
            self._clients[role] = client
        return self._clients[role]

    def sign_in_again(self) -> None:
        """Everybody who was signed in, after a time in which their sessions have ended."""
        for role, client in self._clients.items():
            assert sign_in(client, self.email(role)).status_code == 200

    def episode(self, *, record_number: str | None = None, **changes: Any) -> str:
        """A performed injection of a new patient with baseline 7; returns the episode's id."""
        record = {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}} | changes
        form = {
            "patient": {"name": "Ann Example", "record_number": record_number or uuid4().hex[:8]},
            "episode": record,
        }
        answer = self.client().post(f"{CLINIC}/episodes", json=form, headers=HEADERS)
        assert answer.status_code == 201, answer.text
        return str(answer.json["episode_id"])

    def invite(self, episode_id: str, kind: str = "qr") -> dict[str, Any]:
        answer = self.client().post(
            f"{CLINIC}/episodes/{episode_id}/enrolment", json={"kind": kind}, headers=HEADERS
        )
        assert answer.status_code == 201, answer.text
        return dict(answer.json)

    def phone(self, episode_id: str) -> Phone:
        """An enrolled phone of the episode's patient."""
        phone = Phone(self.app.test_client(), episode_id)
        answer = phone.enrol(self.invite(episode_id))
        assert answer.status_code == 201, answer.text
        return phone

    def get(self, path: str, role: str = "physician") -> TestResponse:
        return self.client(role).get(f"{CLINIC}{path}")


@dataclass
class Phone:
    """A patient's phone, as far as the server can tell."""

    client: FlaskClient
    episode_id: str
    key: str = field(default_factory=lambda: str(uuid4()))

    def enrol(self, invitation: dict[str, Any], code: str | None = None) -> TestResponse:
        return self.client.post(
            f"{PATIENT}/enrolment",
            json={
                "token": invitation["link"].partition("#")[2],
                "code": code or invitation["code"],
                "device_key": self.key,
                "device_name": "A phone",
            },
            headers=HEADERS,
        )

    def put(self, body: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
        """One operation of this phone, ready to send."""
        return {
            "rev_id": str(uuid4()),
            "entry_id": str(uuid4()),
            "episode_id": self.episode_id,
            "parent_rev": None,
            "op": "put",
            "kind": "entry",
            "schema": 1,
            "recorded": {
                "day": "2026-03-02",
                "local": "2026-03-02T08:30:05",
                "offset_min": 60,
                "zone": "Europe/Berlin",
                "elapsed_ms": 4000,
                "skew_ms": 0,
            },
            "body": entry() if body is None else body,
        } | changes

    def edit(self, before: dict[str, Any], body: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """A new version of an entry that was sent before."""
        return self.put(body, entry_id=before["entry_id"], parent_rev=before["rev_id"], **changes)

    def remove(self, before: dict[str, Any]) -> dict[str, Any]:
        """The deletion of an entry that was sent before."""
        operation = self.put(entry_id=before["entry_id"], parent_rev=before["rev_id"], op="tombstone")
        return operation | {"body": None}

    def sync(self, *ops: Any, cursor: int | None = None, **changes: Any) -> TestResponse:
        """Send a batch, with the server's own time as the phone's unless `client_time` is given."""
        batch = {
            "protocol": 1,
            "epoch": None,
            "batch_id": str(uuid4()),
            "cursor": cursor,
            "client_time": "2026-03-02T08:00:00+00:00",
            "ops": list(ops),
        }
        return self.client.post(f"{PATIENT}/sync", json=batch | changes, headers=HEADERS)

    def statuses(self, *ops: Any, **changes: Any) -> list[str]:
        answer = self.sync(*ops, **changes)
        assert answer.status_code == 200, answer.text
        return [result["status"] for result in answer.json["results"]]


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    """Ask for a session."""
    return client.post(f"{CLINIC}/session", json={"email": email, "password": password}, headers=HEADERS)
