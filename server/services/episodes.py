"""Patients and their injections as staff record them; every change is a new version with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from server.domain.birth import slip_of_birth
from server.domain.schedule import PROTOCOL
from server.errors import ConflictError, InvalidError, NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import people
from server.persistence.tables import Clinic, Episode, EpisodeRevision, Patient
from server.schemas.fields import parse_moment, searchable
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.planning import replan
from server.services.protocols import run_on
from server.services.retriage import follow_t0
from server.services.review import episode_to_read, reread
from server.services.triaging import block_of

SITES = {"cervical": "arm", "thoracic": "trunk", "lumbar": "leg", "sacral": "leg"}
"""Where the pain of a root of each region is felt."""
UNREAD = ("planned_on", "operator", "approach", "risks", "complications", "questionnaires")
"""Parts of the record that no reading depends on."""
KEPT = ("index_pain", *UNREAD)
"""What a correction that does not name it leaves as it was: a page opened before an update knows less."""
CREATED = "Episode created"


def create(staff: Staff, form: dict[str, Any], now: datetime) -> tuple[UUID, UUID]:
    """Enter a patient (or take a known one) and an episode; returns (episode, patient).

    Raises `NotFoundError` for an unknown patient, `ConflictError` for a record number in use.
    """
    with transaction(staff.clinic_id) as session:
        return enter(session, staff, form, now)


def enter(
    session: Session,
    staff: Staff,
    form: dict[str, Any],
    now: datetime,
    *,
    id_: UUID | None = None,
    reason: str = CREATED,
) -> tuple[UUID, UUID]:
    """The same inside the caller's transaction; `id_` where a file names the episode."""
    record = form["episode"]
    zone = record.get("zone") or people.clinic(session, staff.clinic_id).zone
    if "patient" in form:
        _refuse_birth(form["patient"].get("born_on"), record, zone, now)
    patient_id = form.get("patient_id") or _new_patient(session, staff, form["patient"], now)
    if people.patient(session, staff.clinic_id, patient_id) is None:
        raise NotFoundError("There is no such patient.")
    episode = Episode(
        clinic_id=staff.clinic_id,
        id=id_ or uuid4(),
        patient_id=patient_id,
        zone=zone,
        protocol=PROTOCOL,
        created_at=now,
        revision=1,
        change_seq=next_number(session, staff.clinic_id),
        summary={},
    )
    _write(episode, record, now, at="/episode")
    run_on(session, episode, record.get("protocol"))
    session.add(episode)
    session.flush()
    _keep_revision(session, staff, episode, reason, now)
    replan(session, episode, reread(session, episode, now), now)
    audit(session, staff, "episode.create", "episode", episode.id, now)
    return episode.id, patient_id


def correct(staff: Staff, episode_id: UUID, form: dict[str, Any], now: datetime) -> None:
    """Put a new version of the record in place, which re-reads the diary and rewrites no entry.

    Confirming or correcting T0 is such a version. Raises `NotFoundError`, and `ConflictError` when the form
    was opened on an older version.
    """
    with transaction(staff.clinic_id) as session:
        episode = episode_to_change(session, staff.clinic_id, episode_id)
        if form["revision"] != episode.revision:
            raise ConflictError("Somebody changed this record meanwhile. Nothing of yours was stored yet.")
        kept = {key: episode.record.get(key) for key in KEPT}
        if form.get("zone"):
            episode.zone = form["zone"]
        renew(session, staff, episode, {**kept, **form}, form["reason"], now)


def renew(
    session: Session,
    staff: Staff,
    episode: Episode,
    record: dict[str, Any],
    reason: str,
    now: datetime,
    id_: UUID | None = None,
) -> None:
    """Put a whole record in force as the next version, inside the caller's transaction.

    `id_` names the version where a client made it, so that sending it again can be told.
    """
    before = block_of(episode)
    _write(episode, record, now)
    episode.revision += 1
    _keep_revision(session, staff, episode, reason, now, id_)
    heads = reread(session, episode, now, change_seq=next_number(session, staff.clinic_id))
    replan(session, episode, heads, now)
    follow_t0(session, staff, episode, before, heads, now)
    audit(session, staff, "episode.correct", "episode", episode.id, now, revision=episode.revision)


def _refuse_birth(born: date | None, record: dict[str, Any], zone: str, now: datetime) -> None:
    """Refuse a date of birth that is a slip; days are those of the episode's zone."""
    performed = parse_moment(record["procedure"].get("performed_at") or "")
    slip = slip_of_birth(born, performed, now, ZoneInfo(zone))
    if slip is not None:
        raise InvalidError(slip, [{"pointer": "/patient/born_on", "code": "not-a-birth"}])


def _new_patient(session: Session, staff: Staff, form: dict[str, Any], now: datetime) -> UUID:
    if people.patient_by_record_number(session, staff.clinic_id, form["record_number"]) is not None:
        raise ConflictError(
            "A patient with this record number exists already. Search for it in the list instead.",
            code="record-number-in-use",
            errors=[{"pointer": "/patient/record_number", "code": "in-use"}],
        )
    patient = Patient(
        clinic_id=staff.clinic_id,
        id=uuid4(),
        name=form["name"],
        record_number=form["record_number"],
        search_text=searchable(form["name"] + " " + form["record_number"]),
        born_on=form.get("born_on"),
        created_at=now,
    )
    session.add(patient)
    session.flush()
    audit(session, staff, "patient.create", "patient", patient.id, now)
    return patient.id


def _write(episode: Episode, form: dict[str, Any], now: datetime, *, at: str = "") -> None:
    """Copy a checked form onto the row: the parts lists are sorted by, and the whole record."""
    record = record_of(form)
    procedure = record["procedure"]
    performed = procedure.get("performed_at")
    episode.performed_at = parse_moment(performed) if performed else None
    if episode.performed_at is not None and episode.performed_at > now:
        raise InvalidError(
            "The injection cannot lie in the future.",
            [{"pointer": f"{at}/procedure/performed_at", "code": "future"}],
        )
    _refuse_future_totals(form, episode.zone, now, at)
    episode.status = form["status"]
    episode.region, episode.level, episode.side = procedure["region"], procedure["level"], procedure["side"]
    episode.indication, episode.operator = procedure.get("indication"), form.get("operator")
    episode.agent = agent_of(procedure)
    episode.record = record


def record_of(form: dict[str, Any]) -> dict[str, Any]:
    """The record that a checked form makes."""
    procedure = {
        key: value for key, value in form["procedure"].items() if value is not None or key == "steroid"
    }
    return {
        "procedure": procedure,
        "baseline": _plain(form.get("baseline") or {}),
        "events": form.get("events") or [],
        "index_pain": form.get("index_pain") or _index_pain(procedure),
        **{key: _known(form.get(key)) for key in UNREAD},
    }


def agent_of(procedure: dict[str, Any]) -> str | None:
    """The anaesthetics of a procedure as lists name them, or None where none is recorded."""
    return " + ".join(sorted({part["drug"] for part in procedure.get("anaesthetic") or []})) or None


def _refuse_future_totals(form: dict[str, Any], zone: str, now: datetime, at: str) -> None:
    today = now.astimezone(ZoneInfo(zone)).date()
    for place, total in enumerate(form.get("questionnaires") or []):
        on = total["on"] if isinstance(total["on"], date) else date.fromisoformat(total["on"])
        if on > today:
            raise InvalidError(
                "A questionnaire cannot have been filled in after today.",
                [{"pointer": f"{at}/questionnaires/{place}/on", "code": "future"}],
            )


def _known(value: Any) -> Any:
    """A part of the record as JSON: days as text, without the keys nobody filled in."""
    if isinstance(value, dict):
        return {key: _known(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_known(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _index_pain(procedure: dict[str, Any]) -> dict[str, str]:
    side = "both" if procedure["side"] == "bilateral" else procedure["side"]
    return {"site": SITES[procedure["region"]], "side": side}


def _plain(baseline: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = _known(baseline)
    if not kept.get("daily"):
        kept.pop("daily", None)
    return kept


def _keep_revision(
    session: Session, staff: Staff, episode: Episode, reason: str, now: datetime, id_: UUID | None = None
) -> None:
    session.add(
        EpisodeRevision(
            clinic_id=staff.clinic_id,
            id=id_ or uuid4(),
            episode_id=episode.id,
            revision=episode.revision,
            status=episode.status,
            record=episode.record,
            reason=reason,
            clinician_id=staff.clinician_id,
            made_at=now,
        )
    )


def episode_to_change(session: Session, clinic_id: UUID, episode_id: UUID) -> Episode:
    """One episode, locked after the clinic's numbers: the order in which phones' writes lock both.

    Raises `NotFoundError`.
    """
    people.clinic_for_update(session, clinic_id)
    return episode_to_read(session, clinic_id, episode_id)


def next_number(session: Session, clinic_id: UUID) -> int:
    """The clinic's next change number; its row stays locked, so numbers appear in commit order."""
    return next_numbers(session, clinic_id, 1)


def next_numbers(session: Session, clinic_id: UUID, count: int) -> int:
    """Reserve several at once; returns the last of them."""
    return session.execute(
        update(Clinic)
        .where(Clinic.clinic_id == clinic_id)
        .values(change_seq=Clinic.change_seq + count)
        .returning(Clinic.change_seq)
        .execution_options(synchronize_session=False)
    ).scalar_one()
