"""The clinic's protocols: which there are, and the version a new episode runs on."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from server.domain.protocol import TEMPLATES
from server.persistence.db import transaction
from server.persistence.queries import settings as kept
from server.persistence.tables import Episode
from server.security.actors import Staff
from server.services.settings import DEFAULTS


def in_force(staff: Staff) -> dict[str, Any]:
    """Every protocol with its version; version 0 is the product's own."""
    with transaction(staff.clinic_id, reading=True) as session:
        found = [(one, kept.newest(session, staff.clinic_id, f"protocol-{one}")) for one in TEMPLATES]
        return {
            "protocols": [
                {
                    "template": template,
                    "version": 0 if row is None else row.version,
                    "options": DEFAULTS[f"protocol-{template}"] if row is None else row.value,
                }
                for template, row in found
            ]
        }


def run_on(session: Session, episode: Episode, template: str | None) -> None:
    """Let a new episode run on the version in force, whose options it keeps whatever comes later.

    What is usually given stays with the protocol: what was given stands in the episode's own record.
    """
    if template is None:
        episode.options = {}
        return
    part = f"protocol-{template}"
    newest = kept.newest(session, episode.clinic_id, part)
    episode.protocol = f"{template}/{0 if newest is None else newest.version}"
    options = DEFAULTS[part] if newest is None else newest.value
    episode.options = {key: value for key, value in options.items() if key != "drugs"}
