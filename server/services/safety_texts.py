"""The safety texts patients read, and the acceptance without which production enrols nobody.

The build that makes the phones' app writes the texts of each language with a digest of them, the version. A
phone carries the same digest, so both speak of the same words.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from server.config import Config
from server.domain.codes import LANGUAGES
from server.errors import ConflictError, LanguageNotAcceptedError, UnavailableError
from server.persistence.db import transaction
from server.persistence.queries import acceptances as accepted
from server.persistence.queries import people
from server.persistence.tables import Clinic, Patient, TextAcceptance
from server.security.actors import Phone, Staff
from server.services import leaflets
from server.services.auditing import audit

FILE = "safety-texts.json"


def published(folder: Path) -> dict[str, dict[str, Any]]:
    """Version and texts of each language as the build wrote them; `UnavailableError` without a build."""
    try:
        texts = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnavailableError("The pages are not built yet; run `make setup`.") from None
    return {language: texts[language] for language in LANGUAGES}


def overview(staff: Staff, config: Config) -> dict[str, Any]:
    """The texts of every language, and who has accepted which of them as they are now."""
    texts = published(config.pwa_folder)
    with transaction(staff.clinic_id, reading=True) as session:
        clinic = people.clinic(session, staff.clinic_id)
        names = people.clinician_names(session, staff.clinic_id)
        newest = _by_text(session, clinic)
        return {
            "criteria": clinic.criteria,
            "emergency_number": clinic.emergency_number,
            "required": config.environment == "production",
            "languages": [
                {
                    "language": language,
                    **texts[language],
                    "acceptance": _shown(newest.get((language, texts[language]["version"])), names),
                    "leaflet": _leaflet(session, staff, language, names),
                }
                for language in LANGUAGES
            ],
        }


def accept(
    staff: Staff,
    language: str,
    version: str,
    criteria: str,
    emergency_number: str,
    config: Config,
    now: datetime,
) -> dict[str, Any]:
    """Record that this physician accepts what was on the screen; returns the new overview.

    Raises `ConflictError` when texts, criteria set or emergency number are no longer those that were read.
    """
    current = published(config.pwa_folder)[language]["version"]
    with transaction(staff.clinic_id) as session:
        clinic = people.clinic(session, staff.clinic_id)
        if (version, criteria, emergency_number) != (current, clinic.criteria, clinic.emergency_number):
            raise ConflictError("The texts or numbers have changed since they were read. Read them again.")
        row = TextAcceptance(
            clinic_id=staff.clinic_id,
            id=uuid4(),
            language=language,
            texts_version=version,
            criteria=clinic.criteria,
            emergency_number=clinic.emergency_number,
            accepted_by=staff.clinician_id,
            accepted_at=now,
        )
        session.add(row)
        audit(
            session,
            staff,
            "safety-texts.accept",
            "acceptance",
            row.id,
            now,
            language=language,
            version=version,
            criteria=criteria,
        )
    return overview(staff, config)


def accepted_versions(session: Session, clinic: Clinic) -> dict[str, list[str]]:
    """The versions of each language that hold now, for the phone to know whether its own is one of them."""
    versions: dict[str, list[str]] = {}
    for language, version in _by_text(session, clinic):
        versions.setdefault(language, []).append(version)
    return versions


def refusal(
    session: Session, clinic: Clinic, language: str, version: str | None, config: Config
) -> LanguageNotAcceptedError | None:
    """Why a patient may not begin with these texts; None where they may. Only production insists."""
    if config.environment != "production" or (language, version) in _by_text(session, clinic):
        return None
    return LanguageNotAcceptedError(
        "A physician of your clinic has to accept the safety texts of this language first.", language=language
    )


def choose_language(phone: Phone, language: str, version: str | None, config: Config, now: datetime) -> None:
    """Keep the language a patient reads, for reminders and leaflets. Raises `LanguageNotAcceptedError`."""
    with transaction(phone.clinic_id) as session:
        if refused := refusal(session, people.clinic(session, phone.clinic_id), language, version, config):
            raise refused
        patient = session.get_one(Patient, (phone.clinic_id, phone.patient_id))
        patient.language = language
        audit(session, phone, "patient.language", "patient", phone.patient_id, now, language=language)


def _by_text(session: Session, clinic: Clinic) -> dict[tuple[str, str], TextAcceptance]:
    rows = accepted.acceptances(session, clinic.clinic_id, clinic.criteria, clinic.emergency_number)
    return {(row.language, row.texts_version): row for row in reversed(rows)}


def _leaflet(session: Session, staff: Staff, language: str, names: dict[Any, str]) -> dict[str, Any] | None:
    found = leaflets.overview(session, staff, language)
    if found is None:
        return None
    leaflet, acceptance = found
    return {
        "version": leaflet.version,
        "text": leaflet.value["text"],
        "acceptance": _shown(acceptance, names),
    }


def _shown(row: TextAcceptance | None, names: dict[Any, str]) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"by": names.get(row.accepted_by, ""), "at": row.accepted_at}
