"""A clinic with people who can sign in, made the way an operator makes it."""

from dataclasses import dataclass
from uuid import UUID

from server.services import staff
from tests.e2e.stage import Stage

PASSWORD = "a password long enough"
ROLES = ("physician", "nurse", "admin")


@dataclass(frozen=True)
class Clinic:
    """E-mail addresses of its clinicians and the password they share."""

    clinic_id: UUID
    physician: str
    nurse: str
    admin: str
    password: str = PASSWORD


def found_clinic(stage: Stage) -> Clinic:
    """Add one clinic in Berlin with a clinician of each role to the stage's database."""
    with stage.app.app_context():
        clinic_id = staff.add_clinic(
            "Spine Clinic Berlin", "+49 30 123456", "112", "Europe/Berlin", stage.now()
        )
        emails = {role: f"{role}@{clinic_id.hex[-12:]}.example" for role in ROLES}
        for role, email in emails.items():
            staff.add_clinician(clinic_id, email, f"Dr {role.title()}", role, PASSWORD, stage.now())
    return Clinic(clinic_id, **emails)
