"""A clinic's settings in parts, each with every version it ever had."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from server.domain.opening import WEEKDAYS
from server.domain.protocol import TEMPLATES, Options
from server.errors import ConflictError, InvalidError, NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import people
from server.persistence.queries import settings as kept
from server.persistence.tables import ClinicSetting
from server.security.actors import Staff
from server.services.alerting import reschedule
from server.services.auditing import audit

LANGUAGES: Final = ("en", "es", "de", "ar")
OFFICE_DAY: Final = {"opens": "08:00", "closes": "17:00"}
DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    "hours": {
        "days": {day: OFFICE_DAY if day not in {"sat", "sun"} else None for day in WEEKDAYS},
        "holidays": [],
    },
    "contacts": {"contacts": []},
    "channels": {"order": ["push", "email", "sms"]},
    **{f"protocol-{template}": asdict(Options()) for template in TEMPLATES},
    **{f"leaflet-{language}": {"text": ""} for language in LANGUAGES},
}
"""What counts until a clinic says otherwise: version 0."""
PARTS: Final = ("clinic", "criteria", *DEFAULTS)


def value_of(session: Session, clinic_id: UUID, part: str) -> dict[str, Any]:
    """One part as it is in force."""
    newest = kept.newest(session, clinic_id, part)
    return DEFAULTS[part] if newest is None else newest.value


def parts(staff: Staff, now: datetime) -> dict[str, Any]:
    """Every part in force, with its version and who made it."""
    with transaction(staff.clinic_id) as session:
        names = people.clinician_names(session, staff.clinic_id)
        audit(session, staff, "settings.view", "clinic", staff.clinic_id, now)
        return {
            "parts": [
                _told(part, kept.newest(session, staff.clinic_id, part), names, DEFAULTS[part])
                for part in DEFAULTS
            ]
        }


def versions(staff: Staff, part: str, now: datetime) -> dict[str, Any]:
    """Every version one part ever had, newest first. Raises `NotFoundError`."""
    if part not in PARTS:
        raise NotFoundError("There is no such part of the settings.")
    with transaction(staff.clinic_id) as session:
        names = people.clinician_names(session, staff.clinic_id)
        audit(session, staff, "settings.history", "clinic", staff.clinic_id, now, part=part)
        found = kept.versions(session, staff.clinic_id, part)
        return {"versions": [_told(part, row, names, {}) for row in found]}


def change(staff: Staff, part: str, value: dict[str, Any], version: int, now: datetime) -> dict[str, Any]:
    """Put a new version of one part in force.

    Raises `ConflictError` when the form was opened on an older version: nobody's change is overwritten;
    `InvalidError` where a protocol without a steroid names one.
    """
    _refuse_stray_steroid(part, value)
    with transaction(staff.clinic_id) as session:
        people.clinic_for_update(session, staff.clinic_id)
        before = kept.newest(session, staff.clinic_id, part)
        if (before.version if before else 0) != version:
            raise ConflictError("Somebody changed these settings meanwhile. Nothing of yours was stored yet.")
        made = add_version(session, staff, part, value, now)
        if part == "hours":
            reschedule(session, staff.clinic_id)
        names = people.clinician_names(session, staff.clinic_id)
        return _told(part, made, names, {})


def _refuse_stray_steroid(part: str, value: dict[str, Any]) -> None:
    if (
        part.startswith("protocol-")
        and part.endswith("-diagnostic")
        and (value.get("drugs") or {}).get("steroid")
    ):
        raise InvalidError(
            "A diagnostic protocol gives no steroid.",
            [{"pointer": "/value/drugs/steroid", "code": "invalid"}],
        )


def add_version(
    session: Session, staff: Staff, part: str, value: dict[str, Any], now: datetime
) -> ClinicSetting:
    """Write the next version of one part; the clinic's row is locked, so versions follow one another."""
    before = kept.newest(session, staff.clinic_id, part)
    made = ClinicSetting(
        clinic_id=staff.clinic_id,
        id=uuid4(),
        part=part,
        version=before.version + 1 if before else 1,
        value=value,
        clinician_id=staff.clinician_id,
        made_at=now,
    )
    session.add(made)
    session.flush()
    audit(session, staff, "settings.change", "clinic", staff.clinic_id, now, part=part, version=made.version)
    return made


def _told(
    part: str, row: ClinicSetting | None, names: dict[UUID, str], default: dict[str, Any]
) -> dict[str, Any]:
    return {
        "part": part,
        "version": row.version if row else 0,
        "value": row.value if row else default,
        "at": row.made_at if row else None,
        "by": names.get(row.clinician_id, "") if row else None,
    }
