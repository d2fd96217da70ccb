"""Bringing a patient's phone in: an invitation of link plus code, redeemed exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from server.config import Config
from server.errors import (
    AfterblockError,
    DeviceRevokedError,
    EnrolmentCodeWrongError,
    EnrolmentEndedError,
    EnrolmentUnknownError,
    EnrolmentUsedError,
    NotFoundError,
    SessionEndedError,
)
from server.persistence.db import transaction
from server.persistence.queries import episodes, people
from server.persistence.tables import Device, Enrolment, Patient
from server.security.actors import Phone, Staff, System
from server.security.tokens import Token, code_digest, new_code, new_token, parse_token, same, text_digest
from server.services import safety_texts
from server.services.auditing import audit

MOST_WRONG_CODES = 5
LOST_REPLY = timedelta(minutes=10)
"""How long the same phone may claim an invitation again when the first answer got lost."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What staff hand over; `link` and `code` must travel by different routes."""

    enrolment_id: UUID
    link: str
    code: str
    expires_at: datetime


def invite(staff: Staff, episode_id: UUID, kind: str, config: Config, now: datetime) -> Invitation:
    """Make a new invitation for the episode's patient and end all earlier open ones.

    `kind` is "qr" (shown on a screen, 15 min) or "link" (sent, 24 h). Raises `NotFoundError`.
    """
    token, code = new_token(staff.clinic_id), new_code()
    lifetime = config.qr_lifetime if kind == "qr" else config.link_lifetime
    with transaction(staff.clinic_id) as session:
        episode = episodes.episode(session, staff.clinic_id, episode_id)
        if episode is None:
            raise NotFoundError("There is no such episode.")
        for earlier in people.open_enrolments(session, staff.clinic_id, episode.patient_id):
            earlier.ended_at, earlier.ended_because = now, "replaced"
        enrolment = Enrolment(
            clinic_id=staff.clinic_id,
            id=uuid4(),
            patient_id=episode.patient_id,
            kind=kind,
            token_digest=token.digest,
            code_digest=code_digest(code, token, config.secret_key),
            created_at=now,
            expires_at=now + lifetime,
        )
        session.add(enrolment)
        audit(session, staff, "enrolment.invite", "patient", episode.patient_id, now, kind=kind)
        return Invitation(enrolment.id, f"{config.public_url}/enrol#{token.text}", code, enrolment.expires_at)


@dataclass(frozen=True, slots=True)
class Joining:
    """A phone that wants in: its own key and name, the language it shows and the version of those texts."""

    device_key: str
    device_name: str
    language: str
    texts_version: str | None


def redeem(
    token_text: str, code: str, joining: Joining, config: Config, now: datetime
) -> tuple[Phone, Token]:
    """Turn link and code into an enrolled phone.

    Exactly one phone wins; the fifth wrong code ends the invitation. The same phone (its key) may
    ask again for 10 minutes in case the answer got lost. Raises the `Enrolment...` errors and, in
    production, `LanguageNotAcceptedError`, which leaves the invitation as it was.
    """
    token = parse_token(token_text)
    if token is None:
        raise EnrolmentUnknownError(
            "This link is not complete. Open it again, or ask your clinic for a new one."
        )
    with transaction(token.clinic_id) as session:
        outcome = _redeem(session, token, code, joining, config, now)
    if isinstance(outcome, AfterblockError):
        raise outcome
    return outcome


def _redeem(
    session: Session,
    token: Token,
    code: str,
    joining: Joining,
    config: Config,
    now: datetime,
) -> tuple[Phone, Token] | AfterblockError:
    """Refusals are returned, not raised, so that the count of wrong codes is committed."""
    enrolment = people.enrolment_by_token(session, token.clinic_id, token.digest)
    if enrolment is None:
        return EnrolmentUnknownError("This link is not known. Ask your clinic for a new one.")
    right = same(enrolment.code_digest, code_digest(code, token, config.secret_key))
    again = (
        enrolment.ended_because == "redeemed"
        and enrolment.ended_at is not None
        and now - enrolment.ended_at <= LOST_REPLY
        and same(enrolment.device_key_digest or "", text_digest(joining.device_key))
    )
    if again and right:
        return _give_new_token(session, enrolment, now)
    if refusal := _ended(enrolment, now):
        return refusal
    if not right:
        return _count_wrong_code(session, enrolment, now)
    clinic = people.clinic(session, token.clinic_id)
    if refused := safety_texts.refusal(session, clinic, joining.language, joining.texts_version, config):
        return refused
    return _let_in(session, enrolment, joining, now)


def _let_in(session: Session, enrolment: Enrolment, joining: Joining, now: datetime) -> tuple[Phone, Token]:
    clinic_id = enrolment.clinic_id
    device_token = new_token(clinic_id)
    device = Device(
        clinic_id=clinic_id,
        id=uuid4(),
        patient_id=enrolment.patient_id,
        name=joining.device_name,
        token_digest=device_token.digest,
        enrolled_at=now,
        last_seen_at=now,
    )
    session.add(device)
    session.flush()
    enrolment.ended_at, enrolment.ended_because = now, "redeemed"
    enrolment.device_id, enrolment.device_key_digest = device.id, text_digest(joining.device_key)
    session.get_one(Patient, (clinic_id, enrolment.patient_id)).language = joining.language
    phone = Phone(clinic_id, enrolment.patient_id, device.id)
    audit(session, phone, "enrolment.redeem", "patient", enrolment.patient_id, now)
    return phone, device_token


def _give_new_token(
    session: Session, enrolment: Enrolment, now: datetime
) -> tuple[Phone, Token] | AfterblockError:
    device = people.device(session, enrolment.clinic_id, enrolment.device_id) if enrolment.device_id else None
    if device is None or device.revoked_at is not None:
        return EnrolmentUsedError("This link has been used. Ask your clinic for a new one.")
    device_token = new_token(enrolment.clinic_id)
    device.token_digest = device_token.digest
    phone = Phone(enrolment.clinic_id, enrolment.patient_id, device.id)
    audit(session, phone, "enrolment.redeem-again", "patient", enrolment.patient_id, now)
    return phone, device_token


def _ended(enrolment: Enrolment, now: datetime) -> AfterblockError | None:
    match enrolment.ended_because:
        case "redeemed":
            return EnrolmentUsedError("This link has been used. Ask your clinic for a new one.")
        case "wrong-codes":
            return EnrolmentEndedError(
                "The code was wrong five times, so this link no longer works. Ask your clinic for a new one.",
                code="enrolment-dead",
            )
        case "revoked":
            return EnrolmentEndedError("Your clinic has ended this link. Ask them for a new one.")
        case "replaced":
            return EnrolmentEndedError("Your clinic has made a newer link. Please use that one.")
    if enrolment.ended_at is not None or enrolment.expires_at <= now:
        return EnrolmentEndedError("This link has run out. Ask your clinic for a new one.")
    return None


def _count_wrong_code(session: Session, enrolment: Enrolment, now: datetime) -> AfterblockError:
    enrolment.wrong_codes += 1
    actor = System(enrolment.clinic_id, kind="guest")
    audit(session, actor, "enrolment.wrong-code", "patient", enrolment.patient_id, now)
    left = MOST_WRONG_CODES - enrolment.wrong_codes
    if left <= 0:
        enrolment.ended_at, enrolment.ended_because = now, "wrong-codes"
        return EnrolmentEndedError(
            "The code was wrong five times, so this link no longer works. Ask your clinic for a new one.",
            code="enrolment-dead",
        )
    return EnrolmentCodeWrongError(
        "That code does not fit this link. Check the six digits with your clinic.", attempts_left=left
    )


def phone_of(token_text: str) -> Phone:
    """The enrolled phone behind a cookie; raises `SessionEndedError` or `DeviceRevokedError`."""
    token = parse_token(token_text)
    if token is None:
        raise SessionEndedError("This phone is not connected to a clinic.")
    with transaction(token.clinic_id, reading=True) as session:
        device = people.device_by_token(session, token.clinic_id, token.digest)
        if device is None:
            raise SessionEndedError("This phone is not connected to a clinic.")
        if device.revoked_at is not None:
            raise DeviceRevokedError(
                "Your clinic has disconnected this phone. Ask them for a new link.",
                action="wipe" if device.revoked_reason == "lost" else "keep",
                device_id=str(device.id),
            )
        return Phone(device.clinic_id, device.patient_id, device.id)


def revoke(staff: Staff, device_id: UUID, reason: str, now: datetime) -> None:
    """Disconnect a phone: `lost` makes it wipe itself at its next contact. Raises `NotFoundError`."""
    with transaction(staff.clinic_id) as session:
        device = people.device(session, staff.clinic_id, device_id)
        if device is None:
            raise NotFoundError("There is no such phone.")
        if device.revoked_at is None:
            device.revoked_at, device.revoked_reason = now, reason
        audit(session, staff, "device.revoke", "device", device_id, now, reason=reason)


def sign_out(phone: Phone, now: datetime) -> None:
    """The patient takes this phone off the diary."""
    with transaction(phone.clinic_id) as session:
        device = people.device(session, phone.clinic_id, phone.device_id)
        if device is not None and device.revoked_at is None:
            device.revoked_at, device.revoked_reason = now, "signed-out"
        audit(session, phone, "device.sign-out", "device", phone.device_id, now)


def expire_codes(clinic_id: UUID, now: datetime) -> int:
    """Mark invitations whose time has passed; returns how many."""
    with transaction(clinic_id) as session:
        expired = people.expired_enrolments(session, clinic_id, now)
        for enrolment in expired:
            enrolment.ended_at, enrolment.ended_because = now, "expired"
        return len(expired)
