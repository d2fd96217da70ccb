"""A clinic with people who can sign in, made the way an operator makes it."""

from dataclasses import dataclass

from server.app import create_app
from server.config import from_environment
from server.persistence.db import db
from server.services import staff
from tests.e2e.stage import Stage

PASSWORD = "a password long enough"


@dataclass(frozen=True)
class Clinic:
    """E-mail addresses of its clinicians and the password they share."""

    physician: str = "physician@example.org"
    nurse: str = "nurse@example.org"
    admin: str = "admin@example.org"
    password: str = PASSWORD


def found_clinic(stage: Stage) -> Clinic:
    """Add one clinic in Berlin with a clinician of each role to the stage's database."""
    clinic = Clinic()
    app = create_app(from_environment(stage.environment))
    with app.app_context():
        clinic_id = staff.add_clinic(
            "Spine Clinic Berlin", "+49 30 123456", "112", "Europe/Berlin", stage.now()
        )
        for role in ("physician", "nurse", "admin"):
            name = f"Dr {role.title()}"
            staff.add_clinician(clinic_id, getattr(clinic, role), name, role, PASSWORD, stage.now())
        db.engine.dispose()
    return clinic
