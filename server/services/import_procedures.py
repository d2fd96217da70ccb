"""What a file of patients and procedures would add to a clinic."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from marshmallow import ValidationError
from sqlalchemy.orm import Session

from server.domain.birth import slip_of_birth
from server.imports.cells import Cells
from server.imports.mapping import Mapping, translated
from server.imports.problems import Problem
from server.imports.procedures import COLUMNS, Procedure, column_of, read_procedure
from server.imports.sheet import Sheet
from server.persistence.queries import episodes, people
from server.persistence.tables import Episode
from server.schemas.episode import NewEpisodeSchema
from server.schemas.fields import available_zones, parse_moment, pointers
from server.security.actors import Staff
from server.services.episodes import enter, record_of

__all__ = ["COLUMNS", "plan"]

Json = dict[str, Any]

REASON: Final = "Imported from a file"
_form = NewEpisodeSchema()


@dataclass(slots=True)
class ProceduresPlan:
    """The new episodes with the ids they get; a patient named twice is entered once."""

    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"patients": 0, "new": 0, "unchanged": 0})
    entries: list[tuple[UUID, Json]] = field(default_factory=list)
    known: dict[str, UUID] = field(default_factory=dict)
    coming: dict[str, str] = field(default_factory=dict)
    """Record number -> name of the patients this file brings."""
    taken: dict[UUID, int] = field(default_factory=dict)

    def store(self, session: Session, staff: Staff, now: datetime) -> None:
        """Enter the patients and their episodes."""
        for id_, form in self.entries:
            number, who = form["patient"]["record_number"], {"patient": form["patient"]}
            known = {"patient_id": self.known[number]} if number in self.known else who
            told = known | {"episode": form["episode"]}
            _, self.known[number] = enter(session, staff, told, now, id_=id_, reason=REASON)


def plan(
    session: Session, clinic_id: UUID, sheet: Sheet, mapping: Mapping, zone: str, now: datetime
) -> ProceduresPlan:
    """Check every line against the form and against what is here."""
    made = ProceduresPlan()
    for number, row in sheet.rows:
        own = translated(row, mapping)
        cells = Cells(number, own, mapping, own.get("zone") or zone)
        if cells.zone not in available_zones():
            cells.say("zone", "not-a-zone", f"“{cells.zone}” is no time zone. Write it as Europe/Berlin.")
            made.problems += cells.problems
            continue
        read = read_procedure(cells)
        form = _checked(cells, read, now)
        if form is not None:
            _place(session, clinic_id, made, cells, read, form)
        made.problems += cells.problems
    numbers = {form["patient"]["record_number"] for _, form in made.entries}
    made.counts["patients"] = len(numbers - made.known.keys())
    return made


def _checked(cells: Cells, read: Procedure, now: datetime) -> Json | None:
    """The form as the API takes it, or None with what is wrong said."""
    form = dict(read.form)
    nameless = form["patient"]["name"] is None
    if nameless:
        form["patient"] = form["patient"] | {"name": "?"}
    if cells.problems:
        return None
    try:
        loaded: Json = _form.load(form)
    except ValidationError as error:
        for found in pointers(error.messages):
            sentence = f"{found['message'].rstrip('.')}. Correct this cell."
            cells.say(column_of(found["pointer"]), found["code"], sentence)
        return None
    at = _performed_at(loaded)
    if at is not None and at > now:
        cells.say("t0_local", "in-future", "The injection lies in the future. Correct the date.")
        return None
    slip = slip_of_birth(loaded["patient"].get("born_on"), at, now, ZoneInfo(cells.zone))
    if slip is not None:
        cells.say("born_on", "not-a-birth", slip)
        return None
    loaded["patient"]["name"] = None if nameless else loaded["patient"]["name"]
    return loaded


def _place(
    session: Session, clinic_id: UUID, made: ProceduresPlan, cells: Cells, read: Procedure, form: Json
) -> None:
    """Tell whether the line is new, here already, or at odds with what is here."""
    number = form["patient"]["record_number"]
    patient = people.patient_by_record_number(session, clinic_id, number)
    name, born = form["patient"]["name"], form["patient"].get("born_on")
    if patient is not None:
        made.known[number] = patient.id
        if name is not None and name != patient.name:
            cells.say("name", "other-name", "This number belongs to somebody with another name. Check both.")
        if born is not None and patient.born_on is not None and born != patient.born_on:
            cells.say("born_on", "other-birth", "This patient has another date of birth here. Check both.")
    elif name is None:
        if number not in made.coming:
            cells.say("name", "missing", "This patient is new here. Fill in the name.")
    elif made.coming.setdefault(number, name) != name:
        cells.say("name", "other-name", "The same number has another name further up. Check both.")
    id_ = _id_of(cells, clinic_id, read, form)
    if cells.problems or id_ is None:
        return
    before = episodes.episode(session, clinic_id, id_) or (
        None if patient is None else _same(session, clinic_id, patient.id, form)
    )
    if id_ in made.taken:
        cells.say(None, "twice", f"This injection stands in line {made.taken[id_]} already. Remove one.")
    elif before is not None and not _is_here(session, before, form, made.known.get(number)):
        cells.say(
            None,
            "exists-differently",
            "This injection is here with other details. Correct it on its page, or take this line out.",
        )
    else:
        made.taken[id_] = cells.line
        if before is not None:
            made.counts["unchanged"] += 1
        else:
            made.counts["new"] += 1
            made.entries.append((id_, form))


def _id_of(cells: Cells, clinic_id: UUID, read: Procedure, form: Json) -> UUID | None:
    """The id the file gives, else one that follows from whose and which injection it is."""
    if read.episode_id is not None:
        try:
            return UUID(read.episode_id)
        except ValueError:
            cells.say("episode_id", "not-an-id", "This is no id. Leave the cell empty.")
            return None
    procedure = form["episode"]["procedure"]
    at = _performed_at(form)
    told = [form["patient"]["record_number"], None if at is None else at.timestamp()]
    return uuid5(clinic_id, "\n".join(map(str, [*told, procedure["level"], procedure["side"]])))


def _performed_at(form: Json) -> datetime | None:
    """T0, where the injection has been given."""
    written = form["episode"]["procedure"].get("performed_at")
    return parse_moment(written) if written else None


def _same(session: Session, clinic_id: UUID, patient_id: UUID, form: Json) -> Episode | None:
    """The patient's episode of the same root and moment, however it came in."""
    procedure = form["episode"]["procedure"]
    at = _performed_at(form)
    for one in episodes.episodes_of(session, clinic_id, patient_id):
        if (one.level, one.side, one.performed_at) == (procedure["level"], procedure["side"], at):
            return one
    return None


def _is_here(session: Session, before: Episode, form: Json, patient_id: UUID | None) -> bool:
    """Whether the line is what an episode is or once was: what staff corrected since stays corrected.

    A file that knows of no planned day, as older ones do not, is not at odds with one.
    """
    if before.patient_id != patient_id:
        return False
    told = _known(record_of(form["episode"]))
    unsaid = {"planned_on"} - told.keys()
    versions = episodes.revisions(session, before.clinic_id, before.id)
    return any(
        {key: value for key, value in _known(version.record).items() if key not in unsaid} == told
        for version in versions
    )


def _known(value: Any) -> Any:
    """A record without what is not recorded, so that an absent key and an empty one are the same.

    Notes and times of complications are left aside: a file may hold the codes alone.
    """
    if isinstance(value, dict):
        kept = {
            key: _known(inner) for key, inner in value.items() if key not in {"at", "note"} or "kind" in value
        }
        return {key: inner for key, inner in kept.items() if inner not in (None, [], {}) or key == "steroid"}
    return [_known(inner) for inner in value] if isinstance(value, list) else value
