"""Staff users: adding clinics and clinicians, signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from server.config import Config
from server.errors import (
    ConflictError,
    InvalidError,
    SessionEndedError,
    SignInFailedError,
    TooManyAttemptsError,
)
from server.persistence.db import insert_if_new, transaction
from server.persistence.queries import people
from server.persistence.tables import Clinic, Clinician, SignIn, SignInAttempt, StaffSession, Tenant
from server.security.actors import Staff, System
from server.security.passwords import SHORTEST, fits, hash_password
from server.security.tokens import Token, new_token, parse_token, text_digest
from server.services.auditing import audit

ROLES = ("physician", "nurse", "admin", "auditor")
FREE_ATTEMPTS = 5
LONGEST_LOCK = timedelta(minutes=15)
SEEN_EVERY = timedelta(seconds=30)


def add_clinic(name: str, phone: str, emergency_number: str, zone: str, now: datetime) -> UUID:
    """Make a clinic; raises `InvalidError` for a zone that does not exist."""
    if zone not in available_timezones():
        raise InvalidError(f"'{zone}' is not a time zone; use a name such as Europe/Berlin.")
    clinic_id = uuid4()
    with transaction(clinic_id) as session:
        session.add(Tenant(id=clinic_id, created_at=now))
        session.flush()
        session.add(
            Clinic(
                clinic_id=clinic_id,
                name=name,
                phone=phone,
                emergency_number=emergency_number,
                zone=zone,
                created_at=now,
            )
        )
        audit(session, System(clinic_id), "clinic.add", "clinic", clinic_id, now)
    return clinic_id


def any_clinic() -> bool:
    """Whether this database already serves a clinic."""
    with transaction(None, reading=True) as session:
        return bool(people.clinic_ids(session))


def add_clinician(
    clinic_id: UUID,
    email: str,
    name: str,
    role: str,
    password: str,
    now: datetime,
    *,
    hashed: Callable[[str], str] = hash_password,
    by: Staff | None = None,
    one_time_until: datetime | None = None,
) -> UUID:
    """Make a staff user; raises `InvalidError` or, for an address already taken, `ConflictError`.

    `by` is the administrator who does it, none the operator of the machine.
    """
    if role not in ROLES:
        raise InvalidError(f"The role must be one of {', '.join(ROLES)}.")
    if len(password) < SHORTEST:
        raise InvalidError(f"The password needs at least {SHORTEST} characters.")
    email = email.strip()
    clinician_id = uuid4()
    digest = text_digest(email.casefold())
    password_hash = hashed(password)
    with transaction(clinic_id) as session:
        if any(known.clinic_id == clinic_id for known in people.sign_ins(session, digest)):
            raise ConflictError(
                "Somebody at this clinic already uses that e-mail address.",
                code="email-in-use",
                errors=[{"pointer": "/email", "code": "in-use"}],
            )
        session.add(
            Clinician(
                clinic_id=clinic_id,
                id=clinician_id,
                email=email,
                name=name,
                role=role,
                password_hash=password_hash,
                one_time_until=one_time_until,
                created_at=now,
            )
        )
        session.add(SignIn(email_digest=digest, clinic_id=clinic_id, clinician_id=clinician_id))
        audit(session, by or System(clinic_id), "clinician.add", "clinician", clinician_id, now, role=role)
    return clinician_id


def sign_in(email: str, password: str, config: Config, now: datetime) -> tuple[Staff, Token]:
    """Check e-mail and password and open a session.

    Raises `SignInFailedError` without saying which of the two was wrong, `TooManyAttemptsError` while
    an address is locked (after 5 failures, 30 s doubling to 15 min), the same for an address nobody has.
    """
    digest = text_digest(email.strip().casefold())
    _count_attempt(digest, now)
    with transaction(None, reading=True) as session:
        known = [(row.clinic_id, row.clinician_id) for row in people.sign_ins(session, digest)]
    if not known:
        fits(None, password)
    for clinic_id, clinician_id in known:
        opened = _try(clinic_id, clinician_id, password, config, now)
        if opened is not None:
            _forget_attempts(digest)
            return opened
    raise SignInFailedError("That e-mail address and password do not belong together.")


def _count_attempt(digest: str, now: datetime) -> None:
    """Count before the password is checked, so that parallel guesses cannot outrun the count."""
    with transaction(None) as session:
        insert_if_new(session, SignInAttempt, email_digest=digest, failures=0, last_at=now)
        attempt = people.sign_in_attempt(session, digest)
        if attempt is None:
            return  # a right password came in between and cleared the count
        if attempt.locked_until is not None and attempt.locked_until > now:
            wait = int((attempt.locked_until - now).total_seconds()) + 1
            raise TooManyAttemptsError(f"Please wait {wait} seconds and try again.", retry_after=wait)
        attempt.failures, attempt.last_at = attempt.failures + 1, now
        beyond = attempt.failures - FREE_ATTEMPTS
        if beyond >= 0:
            attempt.locked_until = now + min(timedelta(seconds=30 * 2 ** min(beyond, 10)), LONGEST_LOCK)


def _forget_attempts(digest: str) -> None:
    with transaction(None) as session:
        attempt = people.sign_in_attempt(session, digest)
        if attempt is not None:
            session.delete(attempt)


def _try(
    clinic_id: UUID, clinician_id: UUID, password: str, config: Config, now: datetime
) -> tuple[Staff, Token] | None:
    """Open a session if the password is this user's; the slow check holds no lock on the database."""
    with transaction(clinic_id, reading=True) as session:
        found = people.clinician(session, clinic_id, clinician_id)
        usable = found is not None and found.disabled_at is None and not _is_stale(found, now)
        password_hash = found.password_hash if found is not None and usable else None
    right = fits(password_hash, password)
    with transaction(clinic_id) as session:
        found = people.clinician(session, clinic_id, clinician_id)
        if found is None or not right:
            audit(session, System(clinic_id), "session.refused", "clinician", clinician_id, now)
            return None
        return _open_session(session, found, config, now)


def forget_old_attempts(now: datetime) -> int:
    """Drop counts of failed sign-ins a day after the last; returns how many."""
    with transaction(None) as session:
        old = people.old_sign_in_attempts(session, now - timedelta(days=1))
        for attempt in old:
            session.delete(attempt)
        return len(old)


def _open_session(
    session: Session, clinician: Clinician, config: Config, now: datetime
) -> tuple[Staff, Token]:
    token = new_token(clinician.clinic_id)
    opened = StaffSession(
        clinic_id=clinician.clinic_id,
        id=uuid4(),
        clinician_id=clinician.id,
        token_digest=token.digest,
        created_at=now,
        last_seen_at=now,
        ends_at=now + config.staff_absolute,
    )
    session.add(opened)
    staff = _staff(opened, clinician)
    audit(session, staff, "session.open", "clinician", clinician.id, now)
    return staff, token


def who(token_text: str, config: Config, now: datetime) -> Staff:
    """The signed-in clinician behind a cookie; raises `SessionEndedError`. Roles are read anew each time."""
    token = parse_token(token_text)
    if token is None:
        raise SessionEndedError("Please sign in.")
    with transaction(token.clinic_id, reading=True) as session:
        found = people.staff_session(session, token.clinic_id, token.digest)
        if found is None:
            raise SessionEndedError("Please sign in.")
        opened, clinician = found
        if (
            opened.ends_at <= now
            or opened.last_seen_at + config.staff_idle <= now
            or clinician.disabled_at is not None
        ):
            raise SessionEndedError("Your session has ended. Please sign in again.")
        staff, seen_at = _staff(opened, clinician), opened.last_seen_at
    if now - seen_at >= SEEN_EVERY:
        _note_contact(staff, now)
    return staff


def _note_contact(staff: Staff, now: datetime) -> None:
    """Keep the session from running idle."""
    with transaction(staff.clinic_id) as session:
        opened = session.get(StaffSession, (staff.clinic_id, staff.session_id))
        if opened is not None:
            opened.last_seen_at = now


def sign_out(staff: Staff, now: datetime) -> None:
    """End the session at once."""
    with transaction(staff.clinic_id) as session:
        opened = session.get(StaffSession, (staff.clinic_id, staff.session_id))
        if opened is not None:
            session.delete(opened)
        audit(session, staff, "session.close", "clinician", staff.clinician_id, now)


def expire_sessions(clinic_id: UUID, config: Config, now: datetime) -> int:
    """Remove sessions that have ended; returns how many."""
    with transaction(clinic_id) as session:
        ended = people.ended_sessions(session, clinic_id, now, now - config.staff_idle)
        for opened in ended:
            session.delete(opened)
        return len(ended)


def _staff(opened: StaffSession, clinician: Clinician) -> Staff:
    return Staff(
        clinic_id=opened.clinic_id,
        clinician_id=clinician.id,
        session_id=opened.id,
        name=clinician.name,
        email=clinician.email,
        role=clinician.role,
        one_time=clinician.one_time_until is not None,
    )


def _is_stale(clinician: Clinician, now: datetime) -> bool:
    """A one-time password nobody used in time opens nothing any more."""
    return clinician.one_time_until is not None and clinician.one_time_until <= now
