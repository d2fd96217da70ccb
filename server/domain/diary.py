"""One episode and its diary as frozen values, and the only place where they are read from JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.domain.before import Baseline, DailyAverage, UsualAnalgesic, parse_before
from server.domain.codes import (
    ACTIVITIES,
    ANAESTHETICS,
    ERRORS,
    EVENTS,
    INDICATIONS,
    REGIONS,
    SCALES,
    SEVERITIES,
    SIDE_EFFECTS,
    SIDES,
    SKIPS,
    STEROIDS,
)
from server.domain.entries import Entry, Intake, SideEffect, parse_entries
from server.domain.instants import Instant, LocalTime, fixed_time, local_time, offset_of
from server.domain.procedure import Anaesthetic, Procedure, Steroid, parse_procedure
from server.domain.values import DiaryError, choice, items, mapping, moment, required, text

__all__ = [
    "ACTIVITIES",
    "ANAESTHETICS",
    "ERRORS",
    "EVENTS",
    "INDICATIONS",
    "REGIONS",
    "SCALES",
    "SEVERITIES",
    "SIDES",
    "SIDE_EFFECTS",
    "SKIPS",
    "STEROIDS",
    "Anaesthetic",
    "Baseline",
    "DailyAverage",
    "DiaryError",
    "Entry",
    "Episode",
    "Event",
    "Intake",
    "Procedure",
    "SideEffect",
    "Steroid",
    "UsualAnalgesic",
    "parse_episode",
]

EPISODE_ID_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Event:
    """What ended the episode from outside."""

    at: Instant
    kind: str


@dataclass(frozen=True, slots=True)
class Episode:
    """One injection and its diary, entries and events in the order of the file."""

    episode_id: str
    local: LocalTime
    procedure: Procedure
    baseline: Baseline
    entries: Sequence[Entry] = ()
    events: tuple[Event, ...] = ()
    as_of: Instant | None = None


def parse_episode(raw: object, entries: Sequence[Entry] | None = None) -> Episode:
    """Read one episode from its JSON object (the keys of docs/diary.schema.json).

    `entries` are those of the object where they have been read already.
    Raises DiaryError: `code` is one of `ERRORS`, `detail` names the key and never holds its value.
    """
    if not isinstance(raw, Mapping):
        raise DiaryError("not_an_object")
    episode_id = text(required(raw, "episode_id"), "episode_id")
    if not 0 < len(episode_id) <= EPISODE_ID_LENGTH:
        raise DiaryError("out_of_range", "episode_id")
    written = mapping(required(raw, "procedure"), "procedure")
    procedure = _within(parse_procedure, written, "procedure")
    as_of = raw.get("as_of")
    return Episode(
        episode_id,
        _local(raw.get("zone"), written),
        procedure,
        _within(parse_before, mapping(required(raw, "baseline"), "baseline"), "baseline"),
        _entries(raw.get("entries")) if entries is None else entries,
        _events(raw.get("events")),
        None if as_of is None else moment(as_of, "as_of"),
    )


def _within(parse: Any, raw: object, path: str) -> Any:
    try:
        return parse(raw)
    except DiaryError as error:
        raise error.under(path) from None


def _local(zone: object, procedure: Mapping[str, Any]) -> LocalTime:
    if zone is None:
        return fixed_time(offset_of(procedure["performed_at"]))
    try:
        return local_time(text(zone, "zone"))
    except DiaryError:
        raise
    except ValueError:
        raise DiaryError("bad_zone", "zone") from None


def _entries(raw: object) -> Sequence[Entry]:
    listed = items([] if raw is None else raw, "entries")
    try:
        return parse_entries(listed)
    except DiaryError as error:
        raise DiaryError(error.code, f"entries{error.path}") from None


def _events(raw: object) -> tuple[Event, ...]:
    """The events that say when and what; one that does not cannot be placed and is left out."""
    found = []
    for place, item in enumerate(items([] if raw is None else raw, "events")):
        path = f"events[{place}]"
        given = mapping(item, path)
        at, kind = given.get("at"), given.get("kind")
        when = None if at is None else moment(at, f"{path}.at")
        what = None if kind is None else choice(kind, f"{path}.kind", EVENTS)
        if when is not None and what is not None:
            found.append(Event(when, what))
    return tuple(found)
