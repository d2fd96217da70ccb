"""A patient whose clinic is not looked at: enrolled, injected and read through the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from server.config import from_environment
from server.security.actors import Staff
from server.services import enrolment, entries, episodes, staff, worklist
from tests.e2e.clinic_desk import Invitation
from tests.e2e.stage import Stage
from tests.factories.world import procedure

PLANNED = {"status": "planned", "procedure": procedure(None), "baseline": {}}


@dataclass
class Practice:
    """One clinic with one patient."""

    stage: Stage
    record: dict[str, Any]
    episode_id: UUID
    actor: Staff

    @classmethod
    def with_patient(cls, stage: Stage, **record: Any) -> "Practice":
        """A clinic in Berlin and a patient with a planned block of the left L5 root."""
        with _services(stage):
            clinic_id = staff.add_clinic(
                "Spine Clinic Berlin", "+49 30 123456", "112", "Europe/Berlin", stage.now()
            )
            email = f"physician@{clinic_id.hex[-12:]}.example"
            added = staff.add_clinician(
                clinic_id, email, "Dr Physician", "physician", "a password long enough", stage.now()
            )
            actor = Staff(clinic_id, added, uuid4(), "Dr Physician", email, "physician")
            planned = PLANNED | record
            form = {"patient": {"name": "Ada Lindgren", "record_number": "R-1001"}, "episode": planned}
            episode_id, _ = episodes.create(actor, form, stage.now())
        return cls(stage, planned, episode_id, actor)

    def invite(self) -> Invitation:
        with _services(self.stage) as config:
            made = enrolment.invite(self.actor, self.episode_id, "link", config, self.stage.now())
        return Invitation(made.link, made.code)

    def confirm_injection(self, at: datetime) -> None:
        """Set T0."""
        done = self.record["procedure"] | {"performed_at": at.isoformat(timespec="seconds")}
        form = self.record | {"status": "performed", "procedure": done, "reason": "Injection done"}
        with _services(self.stage):
            now = self.stage.now()
            revision = worklist.detail(self.actor, self.episode_id, now)["revision"]
            episodes.correct(self.actor, self.episode_id, form | {"revision": revision}, now)

    def bodies(self, kind: str = "entry") -> list[dict[str, Any]]:
        """What the clinic holds of the diary, deleted entries left out, in the order described."""
        with _services(self.stage):
            found = entries.diary_of(self.actor, self.episode_id, self.stage.now())["entries"]
        return [item["head"]["body"] for item in found if item["kind"] == kind and not item["deleted"]]

    def alerts(self) -> list[dict[str, Any]]:
        with _services(self.stage):
            found = worklist.detail(self.actor, self.episode_id, self.stage.now())["alerts"]
        return list(found)


@contextmanager
def _services(stage: Stage) -> Iterator[Any]:
    with stage.app.app_context():
        yield from_environment(stage.environment)
