"""The clinic's own words to patients: a version of a leaflet reaches phones once a physician has accepted it.

Only production insists; elsewhere the newest version is shown and carries "not reviewed". An empty text takes
the leaflet away at once, since nobody has to accept that nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from server.config import Config
from server.domain.codes import LANGUAGES
from server.errors import ConflictError
from server.persistence.db import transaction
from server.persistence.queries import acceptances as accepted
from server.persistence.queries import people
from server.persistence.queries import settings as kept
from server.persistence.tables import ClinicSetting, TextAcceptance
from server.security.actors import Phone, Staff
from server.services.auditing import audit


def leaflets_of(phone: Phone, config: Config) -> dict[str, Any]:
    """What this clinic's patients may read, one leaflet a language at most."""
    with transaction(phone.clinic_id, reading=True) as session:
        found = [_shown(session, phone, language, config) for language in LANGUAGES]
    return {"leaflets": [leaflet for leaflet in found if leaflet is not None]}


def overview(
    session: Session, staff: Staff, language: str
) -> tuple[ClinicSetting, TextAcceptance | None] | None:
    """The version in force and its acceptance, for a physician to read; None without a text."""
    newest = kept.newest(session, staff.clinic_id, _part(language))
    if newest is None or not newest.value["text"]:
        return None
    return newest, _by_version(session, staff, language).get(newest.version)


def accept(staff: Staff, language: str, version: int, now: datetime) -> None:
    """Record that this physician accepts the leaflet as it was on the screen. Raises `ConflictError`."""
    with transaction(staff.clinic_id) as session:
        clinic = people.clinic_for_update(session, staff.clinic_id)
        newest = kept.newest(session, staff.clinic_id, _part(language))
        if newest is None or newest.version != version or not newest.value["text"]:
            raise ConflictError("The leaflet has changed since it was read. Read it again.")
        if version in _by_version(session, staff, language):
            return
        row = TextAcceptance(
            clinic_id=staff.clinic_id,
            id=uuid4(),
            language=language,
            texts_version=accepted.leaflet_version(version),
            criteria=clinic.criteria,
            emergency_number=clinic.emergency_number,
            accepted_by=staff.clinician_id,
            accepted_at=now,
        )
        session.add(row)
        what = {"language": language, "version": version}
        audit(session, staff, "leaflet.accept", "acceptance", row.id, now, **what)


def _shown(session: Session, phone: Phone, language: str, config: Config) -> dict[str, Any] | None:
    versions = kept.versions(session, phone.clinic_id, _part(language))
    reviewed = _by_version(session, phone, language)
    found = _in_force(versions, reviewed, insists=config.environment == "production")
    if found is None:
        return None
    return {
        "language": language,
        "version": found.version,
        "text": found.value["text"],
        "reviewed": found.version in reviewed,
    }


def _in_force(
    versions: Iterable[ClinicSetting], reviewed: dict[int, TextAcceptance], *, insists: bool
) -> ClinicSetting | None:
    """The newest version that may be shown; `versions` newest first."""
    for version in versions:
        if not version.value["text"]:
            return None
        if version.version in reviewed or not insists:
            return version
    return None


def _by_version(session: Session, actor: Staff | Phone, language: str) -> dict[int, TextAcceptance]:
    rows = accepted.leaflet_acceptances(session, actor.clinic_id, language)
    return {accepted.version_of_leaflet(row): row for row in rows}


def _part(language: str) -> str:
    return f"leaflet-{language}"
