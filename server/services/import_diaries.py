"""What a file of diary entries would add to the diaries of a clinic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from server.imports.cells import Cells
from server.imports.diaries import COLUMNS, Line, column_of, read_line
from server.imports.mapping import Mapping, translated
from server.imports.problems import Problem
from server.imports.sheet import Sheet
from server.persistence.queries import diary, episodes, people
from server.persistence.tables import Entry, EntryRevision, Episode
from server.schemas.fields import parse_moment
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.episodes import next_numbers
from server.services.operations import Operation, Unreadable, read_operation
from server.services.planning import replan
from server.services.review import reread

__all__ = ["COLUMNS", "plan"]

Json = dict[str, Any]
Place = tuple[Episode, Operation, bool]

SOURCE: Final = "import"
_SENTENCES: Final = {
    "pain": "A score is a whole number from 0 to 10, or empty with a reason in “skipped”.",
    "axial": "A score is a whole number from 0 to 10.",
}


@dataclass(slots=True)
class DiaryPlan:
    """The new entries with their episodes, and whether the clock they were written by is doubted."""

    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"diaries": 0, "new": 0, "unchanged": 0})
    places: list[Place] = field(default_factory=list)

    def store(self, session: Session, staff: Staff, now: datetime) -> None:
        """Write all entries and read their episodes again."""
        if not self.places:
            return
        # Numbers first, episodes after: phones lock in that order.
        last = next_numbers(session, staff.clinic_id, len(self.places))
        first = last - len(self.places) + 1
        by_episode: dict[UUID, list[UUID]] = defaultdict(list)
        rows = [_rows(staff, place, first + n, now) for n, place in enumerate(self.places)]
        for table, part in ((Entry, 0), (EntryRevision, 1)):
            session.execute(insert(cast("Table", table.__table__)), [pair[part] for pair in rows])
        for episode, op, _ in self.places:
            by_episode[episode.id].append(op.revision_id)
        for episode_id, revisions in by_episode.items():
            _read_again(session, staff, episode_id, revisions, last, now)


def plan(
    session: Session, clinic_id: UUID, sheet: Sheet, mapping: Mapping, zone: str, now: datetime
) -> DiaryPlan:
    """Find the diary of every line and check the entry as one from a phone is checked."""
    made, finder, seen = DiaryPlan(), _Finder(session, clinic_id), Counter[tuple[Any, ...]]()
    read: list[tuple[Cells, Line, Episode | None]] = []
    for number, row in sheet.rows:
        own = translated(row, mapping)
        episode, said = finder.find(number, own, mapping, zone)
        cells = Cells(number, own, mapping, zone if episode is None else episode.zone)
        line = read_line(cells)
        if said is not None and not cells.problems:
            cells.say(*said)
        read.append((cells, line, episode))
    ops = [_operation(cells, line, episode, seen, now) for cells, line, episode in read]
    here = _known(session, clinic_id, [op for op in ops if op is not None])
    for (cells, line, episode), op in zip(read, ops, strict=True):
        if op is not None and episode is not None:
            _place(made, cells, (episode, op, line.clock_suspect), here)
        made.problems += cells.problems
    made.counts["diaries"] = len({episode.id for episode, _, _ in made.places})
    return made


class _Finder:
    """Which injection a line belongs to; what was found is remembered, since diaries have many lines."""

    def __init__(self, session: Session, clinic_id: UUID) -> None:
        self._session, self._clinic_id = session, clinic_id
        self._by_id: dict[str, Episode | None] = {}
        self._by_number: dict[str, Sequence[Episode] | None] = {}

    def find(
        self, line: int, own: dict[str, str], mapping: Mapping, zone: str
    ) -> tuple[Episode | None, tuple[str, str, str] | None]:
        """The episode, or what to say about the line."""
        named, number = own.get("episode_id"), own.get("record_number")
        if named:
            found = self._episode(named)
            return found, None if found is not None else ("episode_id", "unknown-episode", _UNKNOWN_EPISODE)
        performed = self._performed(number) if number else ()
        on = Cells(line, own, mapping, zone).day("procedure_date")
        fitting = [one for one in performed or () if on is None or _day_of(one) == on]
        if len(fitting) == 1:
            return fitting[0], None
        return None, None if not number else _why_not(performed, on)

    def _episode(self, named: str) -> Episode | None:
        if named not in self._by_id:
            try:
                self._by_id[named] = episodes.episode(self._session, self._clinic_id, UUID(named))
            except ValueError:
                self._by_id[named] = None
        return self._by_id[named]

    def _performed(self, number: str) -> Sequence[Episode] | None:
        if number not in self._by_number:
            patient = people.patient_by_record_number(self._session, self._clinic_id, number)
            found = (
                [] if patient is None else episodes.episodes_of(self._session, self._clinic_id, patient.id)
            )
            done = [one for one in found if one.performed_at is not None and one.status != "cancelled"]
            self._by_number[number] = None if patient is None else done
        return self._by_number[number]


def _why_not(performed: Sequence[Episode] | None, on: date | None) -> tuple[str, str, str]:
    """Why no single injection fits a line."""
    if performed is None:
        return "record_number", "unknown-patient", _UNKNOWN_PATIENT
    if not performed:
        return "record_number", "no-injection", _NO_INJECTION
    if on is not None:
        return "procedure_date", "no-such-injection", _NO_SUCH
    return "procedure_date", "which-injection", _WHICH.format(len(performed))


_UNKNOWN_EPISODE: Final = "This injection is not here. Import the procedures first."
_UNKNOWN_PATIENT: Final = "This patient is not here. Import the procedures first."
_NO_INJECTION: Final = "This patient has no injection with a time here. Record its T0 first."
_NO_SUCH: Final = "This patient has no injection on that day, or several. Check the date."
_WHICH: Final = "This patient has {} injections. Say which by its date in “procedure_date”."


def _day_of(episode: Episode) -> Any:
    at = episode.performed_at
    return None if at is None else at.astimezone(ZoneInfo(episode.zone)).date()


def _operation(
    cells: Cells, line: Line, episode: Episode | None, seen: Counter[tuple[Any, ...]], now: datetime
) -> Operation | None:
    """The entry as a phone would send it, with ids that follow from what it is."""
    if cells.problems or episode is None or line.body is None:
        return None
    taken = parse_moment(line.body["taken_at"])
    if taken is None or taken > now:
        cells.say("taken_local", "in-future", "This entry lies in the future. Correct the date or the time.")
        return None
    key = (episode.id, taken.timestamp(), line.body["scale"])
    seen[key] += 1
    entry_id = _id_of(cells, line, key, seen[key])
    if entry_id is None:
        return None
    offset = taken.utcoffset()
    raw = {
        "rev_id": str(uuid5(entry_id, SOURCE)),
        "entry_id": str(entry_id),
        "episode_id": str(episode.id),
        "op": "put",
        "kind": "entry",
        "recorded": {
            "day": taken.date().isoformat(),
            "local": taken.replace(tzinfo=None).isoformat(timespec="seconds"),
            "offset_min": 0 if offset is None else int(offset.total_seconds() // 60),
            "zone": episode.zone,
        },
        "body": line.body,
    }
    op = read_operation(raw)
    if isinstance(op, Unreadable):
        column = column_of(op.where)
        sentence = _SENTENCES.get(
            column or "", "This cell cannot be taken. The documentation says what fits."
        )
        cells.say(column, op.code, sentence)
        return None
    return op


def _id_of(cells: Cells, line: Line, key: tuple[Any, ...], times: int) -> UUID | None:
    if line.entry_id is None:
        return uuid5(key[0], f"{key[1]:.0f} {key[2]} {times}")
    try:
        return UUID(line.entry_id)
    except ValueError:
        cells.say("entry_id", "not-an-id", "This is no id. Leave the cell empty.")
        return None


def _known(
    session: Session, clinic_id: UUID, ops: Sequence[Operation]
) -> dict[UUID, list[tuple[UUID, Json]]]:
    """The versions that entries of these ids have here already, with their episodes."""
    found: dict[UUID, list[tuple[UUID, Json]]] = defaultdict(list)
    for row in diary.bodies(session, clinic_id, [op.entry_id for op in ops]):
        found[row.entry_id].append((row.episode_id, row.body or {}))
    return found


def _place(made: DiaryPlan, cells: Cells, place: Place, here: dict[UUID, list[tuple[UUID, Json]]]) -> None:
    """Tell whether the entry is new, here already, or at odds with what is here."""
    episode, op, _ = place
    if op.entry_id not in here:
        here[op.entry_id] = [(episode.id, op.body or {})]
        made.places.append(place)
        made.counts["new"] += 1
    elif any((episode.id, _told(op.body)) == (at, _told(body)) for at, body in here[op.entry_id]):
        made.counts["unchanged"] += 1
    else:
        cells.say(
            None,
            "exists-differently",
            "This entry is here with other content. Change it on the episode's page, or take this line out.",
        )


def _told(body: Json | None) -> Json:
    """A body without what is not told."""
    return {key: value for key, value in (body or {}).items() if value not in (None, [])}


def _rows(staff: Staff, place: Place, seq: int, now: datetime) -> tuple[Json, Json]:
    """The rows of one entry and its only version."""
    episode, op, suspect = place
    shared = {"clinic_id": staff.clinic_id, "patient_id": episode.patient_id, "episode_id": episode.id}
    entry = shared | {
        "id": op.entry_id,
        "kind": op.kind,
        "head_revision_id": op.revision_id,
        "deleted": False,
        "conflict": False,
        "change_seq": seq,
    }
    revision = shared | {
        "id": op.revision_id,
        "entry_id": op.entry_id,
        "parent_id": None,
        "kind": op.kind,
        "op": op.op,
        "body": op.body,
        "recorded": op.recorded,
        "fingerprint": op.fingerprint,
        "status": "stored",
        "clock_suspect": suspect,
        "clinician_id": staff.clinician_id,
        "source": SOURCE,
        "received_at": now,
        "change_seq": seq,
    }
    return entry, revision


def _read_again(
    session: Session, staff: Staff, episode_id: UUID, revisions: Sequence[UUID], seq: int, now: datetime
) -> None:
    """A new reading and new reminders; no alert is raised for what was written on paper long ago."""
    episode = episodes.episode_for_update(session, staff.clinic_id, episode_id)
    if episode is None:
        return
    replan(session, episode, reread(session, episode, now, change_seq=seq), now)
    told = [str(one) for one in revisions]
    audit(session, staff, "entry.import", "episode", episode_id, now, revisions=told)
