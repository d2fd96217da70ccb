"""What a nurse does in the recovery room: scores, the moment of the injection, complications.

Each tap bears an id its tablet made, and how long it has waited: sent again it changes nothing, and no
tablet's wrong clock moves a score.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from server.errors import ConflictError, InvalidError, NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import diary, episodes
from server.persistence.tables import Episode
from server.schemas.fields import parse_moment
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.episodes import episode_to_change, next_number, renew
from server.services.recovery import MARKS
from server.services.staff_entries import write

GIVEN: Final = "Injection confirmed in the recovery room"
OBSERVED: Final = "Noted in the recovery room"


def record_score(staff: Staff, episode_id: UUID, form: dict[str, Any], now: datetime) -> str:
    """Write a score into the patient's diary; returns "stored" or "duplicate".

    Raises `NotFoundError`, `InvalidError`, and `ConflictError`: `baseline-locked` for a score from before an
    injection that has been given, `not-given-yet` for one after it.
    """
    with transaction(staff.clinic_id) as session:
        episode = _open(session, staff, episode_id, form, now)
        seq = next_number(session, staff.clinic_id)
        tapped = now - timedelta(milliseconds=form["waited_ms"])
        ids = {key: form.get(key) for key in ("rev_id", "entry_id", "parent_rev")}
        if form.get("parent_rev") is not None:
            body = _corrected(session, staff, form)
        else:
            body = _body(episode, _taken_at(episode, form, tapped), tapped, form["pain"])
        return write(session, staff, episode, ids, body, seq, now)


def _open(session: Session, staff: Staff, episode_id: UUID, form: dict[str, Any], now: datetime) -> Episode:
    """The episode, locked; that somebody else's tap is entered here stands in the audit trail."""
    episode = episode_to_change(session, staff.clinic_id, episode_id)
    if episode.status == "cancelled":
        raise ConflictError("This episode was cancelled. Nothing was stored.", code="cancelled")
    if form["taken_over"]:
        audit(session, staff, "recovery.take-over", "episode", episode_id, now)
    return episode


def _taken_at(episode: Episode, form: dict[str, Any], tapped: datetime) -> datetime:
    """The moment a new score describes: the tap, or the mark it was asked at and typed in later."""
    given = episode.performed_at
    if form["mark"] == "pre":
        if given is not None and tapped > given:
            raise ConflictError("The baseline is locked by the injection.", code="baseline-locked")
        return tapped
    if given is None or tapped < given:
        raise ConflictError("The injection has not been confirmed yet.", code="not-given-yet")
    if not form["at_mark"]:
        return tapped
    planned = given + timedelta(minutes=MARKS[form["mark"]])
    if planned > tapped:
        raise InvalidError("That moment has not come yet.", [{"pointer": "/at_mark", "code": "future"}])
    return planned


def _body(episode: Episode, taken: datetime, recorded: datetime, pain: int) -> dict[str, Any]:
    return {
        "taken_at": _told(taken, episode.zone),
        "recorded_at": _told(recorded, episode.zone),
        "scale": "now",
        "pain": pain,
    }


def _corrected(session: Session, staff: Staff, form: dict[str, Any]) -> dict[str, Any]:
    """Another number in the same entry; only one that staff wrote."""
    before = diary.revision(session, staff.clinic_id, form["parent_rev"])
    if before is None or before.body is None or before.entry_id != form["entry_id"]:
        raise NotFoundError("There is no such entry.")
    if before.source != "staff":
        raise ConflictError("The patient wrote this score, so only the patient changes it.", code="not-yours")
    return before.body | {"pain": form["pain"]}


def confirm_injection(staff: Staff, episode_id: UUID, form: dict[str, Any], now: datetime) -> None:
    """Set T0 of a planned injection: the moment of the tap, or the time that was picked.

    Raises `NotFoundError`, and `ConflictError` (`already-given`) when T0 has been set by somebody else.
    """
    with transaction(staff.clinic_id) as session:
        episode = _open(session, staff, episode_id, form, now)
        if _known(session, staff, episode, form["change_id"]):
            return
        if episode.performed_at is not None:
            raise ConflictError("The injection has been confirmed already.", code="already-given")
        tapped = now - timedelta(milliseconds=form["waited_ms"])
        performed = form.get("performed_at") or _told(tapped, episode.zone)
        _refuse_another_day(performed, tapped, episode.zone)
        procedure = episode.record["procedure"] | {"performed_at": performed}
        record = episode.record | {"procedure": procedure, "status": "performed"}
        renew(session, staff, episode, record, GIVEN, now, form["change_id"])


def _refuse_another_day(performed: str, tapped: datetime, zone: str) -> None:
    """What is confirmed here has just happened: a picked time far off is a slip, corrected in the record."""
    at, here = parse_moment(performed), ZoneInfo(zone)
    if at is not None and abs((at.astimezone(here).date() - tapped.astimezone(here).date()).days) > 1:
        raise InvalidError(
            "The injection was given today or yesterday. Another day belongs into the record.",
            [{"pointer": "/performed_at", "code": "another-day"}],
        )


def note_complication(staff: Staff, episode_id: UUID, form: dict[str, Any], now: datetime) -> None:
    """Add or take back one complication; without a code: there were none. Raises `NotFoundError`.

    Only the one complication is named, so that two tablets do not overwrite each other.
    """
    with transaction(staff.clinic_id) as session:
        episode = _open(session, staff, episode_id, form, now)
        if _known(session, staff, episode, form["change_id"]):
            return
        at = _told(now - timedelta(milliseconds=form["waited_ms"]), episode.zone)
        found = _complications(episode.record.get("complications"), form["code"], at, present=form["present"])
        record = episode.record | {"complications": found, "status": episode.status}
        renew(session, staff, episode, record, OBSERVED, now, form["change_id"])


def _complications(
    known: list[dict[str, Any]] | None, code: str | None, at: str, *, present: bool
) -> list[dict[str, Any]] | None:
    """None stays "not recorded": taking back the only one, or "none", does not say that there was none."""
    if code is None:
        return [] if present else None
    others = [one for one in known or [] if one["code"] != code]
    kept = next((one for one in known or [] if one["code"] == code), {"code": code, "at": at})
    return [*others, kept] if present else others or None


def _known(session: Session, staff: Staff, episode: Episode, change_id: UUID) -> bool:
    """Whether this very change is stored already."""
    stored = episodes.revision(session, staff.clinic_id, change_id)
    if stored is not None and stored.episode_id != episode.id:
        raise ConflictError("This id was used for another record before.", code="rev-id-reused")
    return stored is not None


def _told(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
