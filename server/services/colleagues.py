"""The people of a clinic as its administrator keeps them: who may sign in, as what, and for how long."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from server.errors import ConflictError, InvalidError, NotFoundError, SignInFailedError
from server.persistence.db import transaction
from server.persistence.queries import people
from server.persistence.tables import Clinician
from server.security.actors import Staff
from server.security.passwords import SHORTEST, fits, hash_password
from server.services.auditing import audit
from server.services.staff import add_clinician

ONE_TIME_LASTS: Final = timedelta(days=3)
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the signs that are read for one another."""
GROUPS: Final = 4


def everybody(staff: Staff, now: datetime) -> dict[str, Any]:
    """All of the clinic, those who may no longer sign in last."""
    with transaction(staff.clinic_id) as session:
        audit(session, staff, "staff.list", "clinic", staff.clinic_id, now)
        seen = people.last_seen(session, staff.clinic_id)
        return {"staff": [_told(one, seen) for one in people.clinicians(session, staff.clinic_id)]}


def add(staff: Staff, email: str, name: str, role: str, now: datetime) -> dict[str, Any]:
    """Make a colleague with a one-time password, told once. Raises `ConflictError` (`email-in-use`)."""
    password = one_time_password()
    until = now + ONE_TIME_LASTS
    id_ = add_clinician(staff.clinic_id, email, name, role, password, now, by=staff, one_time_until=until)
    return {"clinician_id": id_, "password": password, "good_until": until}


def change(staff: Staff, clinician_id: UUID, name: str, role: str, now: datetime) -> dict[str, Any]:
    """Another name or role, at once. Raises `NotFoundError`, `ConflictError` (`last-admin`)."""
    with transaction(staff.clinic_id) as session:
        found = _find(session, staff, clinician_id)
        if role != "admin":
            _keep_an_admin(session, found)
        before = found.role
        found.name, found.role = name, role
        audit(
            session, staff, "clinician.change", "clinician", clinician_id, now, role=role, role_before=before
        )
        return _told(found, people.last_seen(session, staff.clinic_id))


def set_active(staff: Staff, clinician_id: UUID, *, active: bool, now: datetime) -> dict[str, Any]:
    """Let somebody in again, or out at once: all their sessions end with it.

    Raises `NotFoundError`, `ConflictError` (`last-admin`).
    """
    with transaction(staff.clinic_id) as session:
        found = _find(session, staff, clinician_id)
        if not active:
            _keep_an_admin(session, found)
            people.end_sessions(session, staff.clinic_id, clinician_id)
            found.disabled_at = found.disabled_at or now
        else:
            found.disabled_at = None
        verb = "clinician.activate" if active else "clinician.deactivate"
        audit(session, staff, verb, "clinician", clinician_id, now)
        return _told(found, people.last_seen(session, staff.clinic_id))


def reset(staff: Staff, clinician_id: UUID, now: datetime) -> dict[str, Any]:
    """A new one-time password in place of a forgotten one; all their sessions end. Raises `NotFoundError`."""
    password = one_time_password()
    hashed = hash_password(password)
    until = now + ONE_TIME_LASTS
    with transaction(staff.clinic_id) as session:
        found = _find(session, staff, clinician_id)
        found.password_hash, found.one_time_until = hashed, until
        people.end_sessions(session, staff.clinic_id, clinician_id)
        audit(session, staff, "clinician.reset", "clinician", clinician_id, now)
    return {"clinician_id": clinician_id, "password": password, "good_until": until}


def choose_password(staff: Staff, old: str, new: str, now: datetime) -> None:
    """One's own password; every other session of the same person ends.

    Raises `SignInFailedError` for a wrong old one, `InvalidError` for one that is too short or the same.
    """
    if len(new) < SHORTEST:
        raise _refused(f"The password needs at least {SHORTEST} characters.")
    if new == old:
        raise _refused("Choose another password than the one you have.")
    with transaction(staff.clinic_id, reading=True) as session:
        known = _find(session, staff, staff.clinician_id).password_hash
    if not fits(known, old):
        raise SignInFailedError("The present password is not right.")
    hashed = hash_password(new)
    with transaction(staff.clinic_id) as session:
        found = _find(session, staff, staff.clinician_id)
        found.password_hash, found.one_time_until = hashed, None
        people.end_sessions(session, staff.clinic_id, staff.clinician_id, but=staff.session_id)
        audit(session, staff, "clinician.password", "clinician", staff.clinician_id, now)


def one_time_password() -> str:
    """Sixteen signs in groups of four, 79 bits, to be read out or copied."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(GROUPS))
    return "-".join(groups)


def _refused(detail: str) -> InvalidError:
    return InvalidError(detail, [{"pointer": "/new", "code": "invalid", "message": detail}])


def _find(session: Session, staff: Staff, clinician_id: UUID) -> Clinician:
    found = people.clinician_for_update(session, staff.clinic_id, clinician_id)
    if found is None:
        raise NotFoundError("There is no such person.")
    return found


def _keep_an_admin(session: Session, leaving: Clinician) -> None:
    """The clinic's row is locked, so that two administrators cannot take each other out at once."""
    people.clinic_for_update(session, leaving.clinic_id)
    if leaving.role != "admin" or leaving.disabled_at is not None:
        return
    admins = people.active_admins(session, leaving.clinic_id)
    if not any(one.id != leaving.id for one in admins):
        raise ConflictError("A clinic needs an administrator who can sign in.", code="last-admin")


def _told(one: Clinician, seen: dict[UUID, datetime]) -> dict[str, Any]:
    return {
        "clinician_id": one.id,
        "name": one.name,
        "email": one.email,
        "role": one.role,
        "created_at": one.created_at,
        "disabled_at": one.disabled_at,
        "one_time_until": one.one_time_until,
        "last_seen_at": seen.get(one.id),
    }
