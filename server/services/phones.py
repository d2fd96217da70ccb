"""Patients' phones and channels as staff keep them, and the end of an invitation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from server.errors import NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import phones
from server.persistence.queries.phones import Reached
from server.persistence.tables import Device, Patient, PushSubscription
from server.schemas.fields import searchable
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.identity import identity
from server.services.reminder_choices import push_state


def page(staff: Staff, search: str, limit: int, offset: int, now: datetime) -> dict[str, Any]:
    """A page of patients with their phones, open invitations and channels; addresses are not told."""
    with transaction(staff.clinic_id) as session:
        words = searchable(search).split()
        found, total = phones.patients(session, staff.clinic_id, words, limit, offset)
        ids = [patient.id for patient in found]
        reached = phones.reached(session, staff.clinic_id, ids, now)
        pushed = phones.subscriptions(session, staff.clinic_id, ids)
        told = [str(id_) for id_ in ids]
        audit(session, staff, "phones.list", "clinic", staff.clinic_id, now, patients=told)
        return {
            "patients": [_row(patient, reached.get(patient.id) or Reached(), pushed) for patient in found],
            "total": total,
        }


def revoke_invitation(staff: Staff, enrolment_id: UUID, now: datetime) -> None:
    """End an invitation nobody has used yet: its link and code open nothing any more. Twice is once.

    Raises `NotFoundError`.
    """
    with transaction(staff.clinic_id) as session:
        found = phones.enrolment(session, staff.clinic_id, enrolment_id)
        if found is None:
            raise NotFoundError("There is no such invitation.")
        if found.ended_at is None:
            found.ended_at, found.ended_because = now, "revoked"
        audit(session, staff, "enrolment.revoke", "patient", found.patient_id, now)


def _row(patient: Patient, reached: Reached, pushed: dict[UUID, PushSubscription]) -> dict[str, Any]:
    setting = reached.setting
    return {
        "patient": identity(patient),
        "episode_id": reached.episode_id,
        "language": patient.language,
        "channels": [] if setting is None else setting.channels,
        "refused": [] if setting is None else sorted(setting.refused),
        "invitations": [
            {"enrolment_id": one.id, "kind": one.kind, "expires_at": one.expires_at}
            for one in reached.invitations
        ],
        "devices": told_devices(reached.devices, pushed),
    }


def told_devices(devices: Iterable[Device], pushed: Mapping[UUID, PushSubscription]) -> list[dict[str, Any]]:
    """A patient's phones, and whether each takes notifications."""
    return [
        {
            "device_id": device.id,
            "name": device.name,
            "enrolled_at": device.enrolled_at,
            "last_seen_at": device.last_seen_at,
            "revoked_at": device.revoked_at,
            "push": push_state(pushed.get(device.id)),
        }
        for device in devices
    ]
