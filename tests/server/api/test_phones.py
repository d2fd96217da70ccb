"""Patients' phones and channels: found, disconnected, invited, and an invitation ended."""

from __future__ import annotations

from typing import Any

from server.persistence.tables import AuditEvent
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, Clinic, Phone


def phones(clinic: Clinic, role: str = "admin", **form: Any) -> Any:
    return clinic.client(role).post(f"{CLINIC}/phones", json=form, headers=HEADERS)


def test_each_patient_stands_with_phones_invitation_and_channels(clinic: Clinic):
    episode_id = clinic.episode(record_number="4711")
    clinic.phone(episode_id)
    invitation = clinic.invite(episode_id)
    clinic.episode(record_number="4712")
    told = phones(clinic).json
    assert told["total"] == 2
    one = next(row for row in told["patients"] if row["patient"]["record_number"] == "4711")
    assert (one["episode_id"], one["language"]) == (episode_id, "en")
    assert [device["name"] for device in one["devices"]] == ["A phone"]
    assert [open_["enrolment_id"] for open_ in one["invitations"]] == [invitation["enrolment_id"]]
    assert invitation["code"] not in str(told)


def test_they_are_found_by_name_and_number_and_paged(clinic: Clinic):
    for number in ("4711", "4712", "4713"):
        clinic.episode(record_number=number)
    assert [
        row["patient"]["record_number"] for row in phones(clinic, search="4712 ann").json["patients"]
    ] == ["4712"]
    assert phones(clinic, search="nobody").json == {"patients": [], "total": 0}
    page = phones(clinic, limit=2, offset=2).json
    assert (len(page["patients"]), page["total"]) == (1, 3)


def test_an_ended_invitation_opens_nothing(clinic: Clinic):
    episode_id = clinic.episode()
    invitation = clinic.invite(episode_id)
    path = f"{CLINIC}/enrolments/{invitation['enrolment_id']}"
    for _ in range(2):
        assert clinic.client("nurse").delete(path, headers=HEADERS).status_code == 204
    answer = Phone(clinic.app.test_client(), episode_id).enrol(invitation)
    assert (answer.status_code, answer.json["code"]) == (410, "enrolment-expired")
    assert "ended this link" in answer.json["detail"]
    assert phones(clinic).json["patients"][0]["invitations"] == []
    assert "enrolment.revoke" in {row["action"] for row in store.of(clinic, AuditEvent)}


def test_ending_a_used_invitation_leaves_the_phone_connected(clinic: Clinic):
    episode_id = clinic.episode()
    invitation = clinic.invite(episode_id)
    phone = Phone(clinic.app.test_client(), episode_id)
    assert phone.enrol(invitation).status_code == 201
    path = f"{CLINIC}/enrolments/{invitation['enrolment_id']}"
    assert clinic.client().delete(path, headers=HEADERS).status_code == 204
    assert phone.sync().status_code == 200
    assert phones(clinic, "auditor").status_code == 403
