"""Which ways to remind a patient have ended: a dead push subscription, an address that takes nothing."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.passing_on import CHANNELS
from server.persistence.queries import reminders


def ended_ways(session: Session, clinic_id: UUID, patients: Collection[UUID]) -> dict[UUID, list[str]]:
    """For each patient the channels they want and that reach them no more; nobody who has none such."""
    pushed = reminders.pushed_to(session, clinic_id, patients)
    found = {}
    for setting in reminders.settings_of(session, clinic_id, patients):
        ended = {*setting.refused, *(["push"] if pushed.get(setting.patient_id) is False else [])}
        wanted = [channel for channel in CHANNELS if channel in setting.channels and channel in ended]
        if wanted:
            found[setting.patient_id] = wanted
    return found
