"""The demo's clinic, its staff, and the doors that `fill` feeds its patients through: the API's services."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from server.config import Config
from server.demo.fill import Connect, Enter, Send, Sign, fill
from server.demo.patients import ZONE, demo_patients
from server.errors import ConflictError
from server.schemas.diary import SyncRequestSchema
from server.schemas.episode import NewEpisodeSchema
from server.security.actors import Staff
from server.services import diary, enrolment, episodes, signing, staff

PEOPLE: Final = {
    "physician": "Dr. Maya Lindqvist",
    "nurse": "Jonas Weber",
    "admin": "Petra Novak",
    "auditor": "Samir Haddad",
}
SEED: Final = 7


def build(config: Config, now: datetime) -> dict[str, str]:
    """Make the demo clinic in an empty database; returns the password of each e-mail address.

    Raises `ConflictError` when the database already holds a clinic.
    """
    if staff.any_clinic():
        raise ConflictError("The demo needs an empty database; this one already holds a clinic.")
    opened = now - timedelta(days=400)
    clinic_id = staff.add_clinic("Lakeside Spine Clinic (demo)", "+49 30 555 0100", "112", ZONE, opened)
    passwords: dict[str, str] = {}
    ids: dict[str, UUID] = {}
    for role, name in PEOPLE.items():
        email = f"{role}@demo.example"
        passwords[email] = secrets.token_urlsafe(12)
        ids[role] = staff.add_clinician(clinic_id, email, name, role, passwords[email], opened)
    nurse = Staff(clinic_id, ids["nurse"], uuid4(), PEOPLE["nurse"], "nurse@demo.example", "nurse")
    maya = Staff(
        clinic_id, ids["physician"], uuid4(), PEOPLE["physician"], "physician@demo.example", "physician"
    )
    fill(demo_patients(now, SEED), _entering(nurse), _connecting(nurse, config), _signing(maya))
    return passwords


def _entering(nurse: Staff) -> Enter:
    def enter(form: dict[str, Any], at: datetime) -> tuple[UUID, UUID]:
        return episodes.create(nurse, NewEpisodeSchema().load(form), at)

    return enter


def _signing(physician: Staff) -> Sign:
    def sign(episode_id: UUID, at: datetime) -> None:
        found = signing.view(physician, episode_id, at)
        form = {key: found[key] for key in ("version", "read_at")} | {"conclusion": found["suggested"]}
        form["signed_number"] = found["signed"] and found["signed"]["number"]
        signing.sign(physician, episode_id, form, at)

    return sign


def _connecting(nurse: Staff, config: Config) -> Connect:
    def connect(episode_id: UUID, at: datetime) -> Send:
        invitation = enrolment.invite(nurse, episode_id, "qr", config, at)
        token = invitation.link.partition("#")[2]
        phone, _ = enrolment.redeem(
            token, invitation.code, enrolment.Joining(str(uuid4()), "Demo phone", "en", None), config, at
        )

        def send(ops: list[dict[str, Any]], now: datetime) -> None:
            batch = SyncRequestSchema().load(
                {
                    "protocol": 1,
                    "batch_id": str(uuid4()),
                    "client_time": now.isoformat(timespec="seconds"),
                    "ops": ops,
                }
            )
            diary.synchronise(
                phone,
                protocol=batch["protocol"],
                cursor=batch["cursor"],
                client_time=batch["client_time"],
                ops=batch["ops"],
                now=now,
            )

        return send

    return connect
