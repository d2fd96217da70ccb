"""Which ways to remind a patient have ended: a dead push subscription, an address that takes nothing."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.passing_on import CHANNELS
from server.persistence.queries import reminders


def ended_ways(session: Session, clinic_id: UUID, patients: Collection[UUID]) -> dict[UUID, list[str]]:
    """For each patient the channels they want and that reach them no more; nobody who has none such."""
    settings = reminders.settings_of(session, clinic_id, patients)
    by_push = [setting.patient_id for setting in settings if "push" in setting.channels]
    pushed = reminders.pushed_to(session, clinic_id, by_push) if by_push else {}
    found = {}
    for setting in settings:
        ended = {*setting.refused, *(["push"] if pushed.get(setting.patient_id) is False else [])}
        wanted = [channel for channel in CHANNELS if channel in setting.channels and channel in ended]
        if wanted:
            found[setting.patient_id] = wanted
    return found
