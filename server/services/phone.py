"""What a patient's phone keeps of the clinic and the episodes, so that the diary works offline."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.domain.criteria import DEFAULT
from server.domain.protocol import offers, options_from
from server.domain.schedule import PROTOCOL
from server.persistence.db import transaction
from server.persistence.queries import diary, episodes, people
from server.persistence.tables import Episode
from server.security.actors import Phone
from server.services.auditing import audit
from server.services.baseline import known_level
from server.services.safety_texts import accepted_versions


def diary_of(phone: Phone, now: datetime) -> dict[str, Any]:
    """The snapshot on its own, audited as a read."""
    with transaction(phone.clinic_id) as session:
        audit(session, phone, "diary.view", "patient", phone.patient_id, now)
        return snapshot(session, phone)


def snapshot(session: Session, phone: Phone, known: Sequence[Episode] | None = None) -> dict[str, Any]:
    """The clinic's numbers and the patient's episodes; no name, no drug, no promise of an effect.

    `known`: the patient's episodes where this transaction has read them.
    """
    if known is None:
        known = episodes.episodes_of(session, phone.clinic_id, phone.patient_id)
    clinic = people.clinic(session, phone.clinic_id)
    return {
        "device_id": phone.device_id,
        "patient_ref": hashlib.sha256(phone.patient_id.bytes).hexdigest()[:16],
        "epoch": diary.epoch(session),
        "clinic": {
            "name": clinic.name,
            "phone": clinic.phone,
            "emergency_number": clinic.emergency_number,
            "zone": clinic.zone,
            "accepted_texts": accepted_versions(session, clinic),
        },
        "episodes": [_episode(row) for row in known],
    }


def _episode(episode: Episode) -> dict[str, Any]:
    record = episode.record
    events = sorted(record.get("events") or [], key=lambda event: event["at"])
    return {
        "episode_id": episode.id,
        "status": episode.status,
        "region": episode.region,
        "level": episode.level,
        "side": episode.side,
        "index_pain": record["index_pain"],
        "zone": episode.zone,
        "performed_at": record["procedure"].get("performed_at"),
        "planned_on": record.get("planned_on"),
        "window_minutes": window_minutes(record["procedure"]),
        "baseline": {
            "pain": record["baseline"].get("pain"),
            "locked": episode.status != "planned",
            "average": known_level(episode),
        },
        "diabetic": _diabetic(record.get("risks") or {}),
        "painkillers": record["baseline"].get("usual_analgesics") or [],
        # The clinic's name for its protocol may tell what was given; the phone needs what it offers.
        "protocol": PROTOCOL,
        "options": offers(options_from(episode.options)),
        "ended_at": events[0]["at"] if events else None,
        "seen_seq": episode.seen_seq,
        "acknowledged": episode.acknowledged,
    }


def _diabetic(risks: dict[str, Any]) -> bool | None:
    """None where it was not recorded: the phone then asks for blood sugar rather than not."""
    known = risks.get("diabetes")
    return None if known is None else known != "none"


def window_minutes(procedure: dict[str, Any]) -> int:
    """Minutes of the diagnostic window, the same in every set of criteria: the longest of a mixture."""
    parts = procedure.get("anaesthetic") or [{"drug": "unknown"}]
    rows = [DEFAULT.drug_row(part["drug"], adrenaline=part.get("adrenaline")) for part in parts]
    return 60 * max(row.window_hours for row in rows)
