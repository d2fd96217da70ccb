"""A clinic behind the stage, reached without its screens: what a test about the phone needs of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage
from tests.factories import world


class Ward:
    """One clinic, its episodes and the phones it connects."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.clinic = world.Clinic(stage.app, stage.now(), name=f"Clinic {uuid4().hex[:8]}")

    def episode(self, performed_at: str = "2026-03-02T08:00:00+01:00") -> str:
        return self.clinic.episode(procedure=world.procedure(performed_at))

    def connect(self, page: Page, episode_id: str) -> PatientPhone:
        """Bring a browser page in as the phone of the episode's patient."""
        invitation = self.clinic.invite(episode_id)
        phone = PatientPhone(page, self._stage)
        phone.connect(invitation["link"], invitation["code"])
        return phone

    def revoke(self, episode_id: str, reason: str) -> None:
        (device,) = self.clinic.get(f"/episodes/{episode_id}").json["devices"]
        path = f"{world.CLINIC}/devices/{device['device_id']}"
        answer = self.clinic.client("nurse").delete(path, json={"reason": reason}, headers=world.HEADERS)
        assert answer.status_code == 204, answer.text

    def entries(self, episode_id: str) -> list[dict[str, Any]]:
        """Every entry of the episode with all its versions, oldest first."""
        answer = self.clinic.get(f"/episodes/{episode_id}/entries")
        if answer.status_code == 401:  # the stage's clock has moved past the session's end
            world.sign_in(self.clinic.client(), self.clinic.email("physician"))
            answer = self.clinic.get(f"/episodes/{episode_id}/entries")
        found = answer.json["entries"]
        return sorted(found, key=lambda entry: datetime.fromisoformat(entry["head"]["body"]["taken_at"]))

    def pains(self, episode_id: str) -> list[int]:
        return [entry["head"]["body"]["pain"] for entry in self.entries(episode_id)]

    def admin_id(self) -> str:
        people = self.clinic.get("/staff", "admin").json["staff"]
        return str(next(one["clinician_id"] for one in people if one["role"] == "admin"))
