"""Finding what physicians have accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.persistence.tables import TextAcceptance

LEAFLET: Final = "leaflet-"
"""What the version of a clinic's own leaflet begins with; versions of safety texts are digests."""


def acceptances(
    session: Session, clinic_id: UUID, criteria: str, emergency_number: str
) -> Sequence[TextAcceptance]:
    """Those that hold for the criteria set and emergency number in use, the newest first."""
    return session.scalars(
        select(TextAcceptance)
        .where(
            TextAcceptance.clinic_id == clinic_id,
            TextAcceptance.criteria == criteria,
            TextAcceptance.emergency_number == emergency_number,
            TextAcceptance.texts_version.not_like(f"{LEAFLET}%"),
        )
        .order_by(TextAcceptance.accepted_at.desc())
    ).all()


def leaflet_acceptances(session: Session, clinic_id: UUID, language: str) -> Sequence[TextAcceptance]:
    """Those of the clinic's own leaflet in one language."""
    return session.scalars(
        select(TextAcceptance).where(
            TextAcceptance.clinic_id == clinic_id,
            TextAcceptance.language == language,
            TextAcceptance.texts_version.like(f"{LEAFLET}%"),
        )
    ).all()


def leaflet_version(version: int) -> str:
    """How the acceptance of a leaflet names its version."""
    return f"{LEAFLET}{version}"


def version_of_leaflet(row: TextAcceptance) -> int:
    """The leaflet's version that was accepted."""
    return int(row.texts_version.removeprefix(LEAFLET))
