"""The clinic's own settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.persistence.db import transaction
from server.persistence.queries import people
from server.persistence.tables import Clinic
from server.security.actors import Staff
from server.services.alerting import reschedule
from server.services.auditing import audit
from server.services.digests import move_all
from server.services.settings import add_version

FIELDS = ("name", "phone", "emergency_number", "zone")


def settings(staff: Staff) -> dict[str, Any]:
    """Name, phone, emergency number and zone of the clinic."""
    with transaction(staff.clinic_id) as session:
        return _settings(people.clinic(session, staff.clinic_id))


def change_settings(staff: Staff, form: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Replace the settings; phones get them at their next contact."""
    with transaction(staff.clinic_id) as session:
        clinic = people.clinic_for_update(session, staff.clinic_id)
        changed = [key for key in FIELDS if getattr(clinic, key) != form[key]]
        for key in changed:
            setattr(clinic, key, form[key])
        if changed:
            add_version(session, staff, "clinic", _settings(clinic), now)
        if "zone" in changed:
            reschedule(session, staff.clinic_id)
            move_all(session, clinic, now)
        audit(session, staff, "clinic.change", "clinic", staff.clinic_id, now, changed=changed)
        return _settings(clinic)


def _settings(clinic: Clinic) -> dict[str, Any]:
    return {key: getattr(clinic, key) for key in FIELDS}
