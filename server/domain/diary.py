"""One episode and its diary as frozen values, and the only place where they are read from JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

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
from server.domain.values import (
    DiaryError,
    Number,
    amount,
    answer,
    choice,
    items,
    local_date,
    mapping,
    moment,
    real,
    required,
    text,
    whole,
    within,
)

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
class Anaesthetic:
    """One part of the local anaesthetic given."""

    drug: str = "unknown"
    concentration_percent: Number | None = None
    volume_ml: Number | None = None
    adrenaline: bool | None = None


@dataclass(frozen=True, slots=True)
class Steroid:
    """The steroid given."""

    drug: str = "unknown"
    dose_mg: Number | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """The injection; `performed_at` is T0. Absent answers are None."""

    performed_at: Instant
    anaesthetics: tuple[Anaesthetic, ...]
    steroid: Steroid | Literal["none", "unknown"]
    region: str | None = None
    level: str | None = None
    side: str | None = None
    indication: str | None = None
    sedation: bool | None = None
    concordant_pain_provoked: bool | None = None
    provocable_before: bool | None = None


@dataclass(frozen=True, slots=True)
class DailyAverage:
    """An average (0-10) of one local day before the injection; `day` counts from 1970-01-01."""

    day: int
    average: Number


@dataclass(frozen=True, slots=True)
class UsualAnalgesic:
    """What the patient took on a usual day before the injection; 0 means none of this drug."""

    drug: str
    mg_per_day: Number


@dataclass(frozen=True, slots=True)
class Baseline:
    """The level before the injection, locked at T0."""

    pain: int
    recorded_at: Instant | None = None
    daily: tuple[DailyAverage, ...] = ()
    usual_analgesics: tuple[UsualAnalgesic, ...] = ()


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
    entries: tuple[Entry, ...] = ()
    events: tuple[Event, ...] = ()
    as_of: Instant | None = None


def parse_episode(raw: object) -> Episode:
    """Read one episode from its JSON object (the keys of docs/diary.schema.json).

    Raises DiaryError: `code` is one of `ERRORS`, `detail` names the key and never holds its value.
    """
    if not isinstance(raw, Mapping):
        raise DiaryError("not_an_object")
    episode_id = text(required(raw, "episode_id"), "episode_id")
    if not 0 < len(episode_id) <= EPISODE_ID_LENGTH:
        raise DiaryError("out_of_range", "episode_id")
    written = mapping(required(raw, "procedure"), "procedure")
    procedure = _within(_procedure, written, "procedure")
    as_of = raw.get("as_of")
    return Episode(
        episode_id,
        _local(raw.get("zone"), written),
        procedure,
        _within(_baseline, mapping(required(raw, "baseline"), "baseline"), "baseline"),
        _entries(raw.get("entries")),
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


def _entries(raw: object) -> tuple[Entry, ...]:
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


def _procedure(raw: Mapping[str, Any]) -> Procedure:
    def coded(key: str, codes: tuple[str, ...]) -> str | None:
        return None if raw.get(key) is None else choice(raw[key], key, codes)

    def answered(key: str) -> bool | None:
        return None if raw.get(key) is None else answer(raw[key], key)

    return Procedure(
        performed_at=moment(required(raw, "performed_at"), "performed_at"),
        anaesthetics=_anaesthetics(raw.get("anaesthetic")),
        steroid=_steroid(raw),
        region=coded("region", REGIONS),
        level=None if raw.get("level") is None else text(raw["level"], "level"),
        side=coded("side", SIDES),
        indication=coded("indication", INDICATIONS),
        sedation=answered("sedation"),
        concordant_pain_provoked=answered("concordant_pain_provoked"),
        provocable_before=answered("provocable_before"),
    )


def _anaesthetics(raw: object) -> tuple[Anaesthetic, ...]:
    if isinstance(raw, list | tuple):
        parts = [_anaesthetic(part, f"anaesthetic[{place}]") for place, part in enumerate(raw)]
        return tuple(parts) or (Anaesthetic(),)
    return (Anaesthetic() if raw is None else _anaesthetic(raw, "anaesthetic"),)


def _anaesthetic(raw: object, path: str) -> Anaesthetic:
    given = mapping(raw, path)
    drug, adrenaline = given.get("drug"), given.get("adrenaline")
    concentration, volume = given.get("concentration_percent"), given.get("volume_ml")
    return Anaesthetic(
        "unknown" if drug is None else choice(drug, f"{path}.drug", ANAESTHETICS),
        None if concentration is None else amount(concentration, f"{path}.concentration_percent"),
        None if volume is None else amount(volume, f"{path}.volume_ml"),
        None if adrenaline is None else answer(adrenaline, f"{path}.adrenaline"),
    )


def _steroid(procedure: Mapping[str, Any]) -> Steroid | Literal["none", "unknown"]:
    """None was given when the key is null; nobody knows when the key is absent."""
    if "steroid" not in procedure:
        return "unknown"
    if procedure["steroid"] is None:
        return "none"
    given = mapping(procedure["steroid"], "steroid")
    drug, dose = given.get("drug"), given.get("dose_mg")
    return Steroid(
        "unknown" if drug is None else choice(drug, "steroid.drug", STEROIDS),
        None if dose is None else amount(dose, "steroid.dose_mg"),
    )


def _baseline(raw: Mapping[str, Any]) -> Baseline:
    recorded_at = raw.get("recorded_at")
    return Baseline(
        whole(required(raw, "pain"), "pain", 0, 10),
        None if recorded_at is None else moment(recorded_at, "recorded_at"),
        _daily(raw.get("daily")),
        _usual(raw.get("usual_analgesics")),
    )


def _daily(raw: object) -> tuple[DailyAverage, ...]:
    found = []
    for place, item in enumerate(items([] if raw is None else raw, "daily")):
        given = mapping(item, f"daily[{place}]")
        day, average = given.get("date"), given.get("average")
        date = None if day is None else local_date(day, f"daily[{place}].date")
        level = None if average is None else within(average, f"daily[{place}].average", 0, 10)
        if date is not None and level is not None:
            found.append(DailyAverage(date, level))
    return tuple(found)


def _usual(raw: object) -> tuple[UsualAnalgesic, ...]:
    found = []
    for place, item in enumerate(items([] if raw is None else raw, "usual_analgesics")):
        path = f"usual_analgesics[{place}]"
        given = mapping(item, path)
        drug, dose = given.get("drug"), given.get("mg_per_day")
        name = None if drug is None else text(drug, f"{path}.drug")
        per_day = None if dose is None else real(dose, f"{path}.mg_per_day")
        if per_day is not None and per_day < 0:
            raise DiaryError("out_of_range", f"{path}.mg_per_day")
        if name is not None and per_day is not None:
            found.append(UsualAnalgesic(name, per_day))
    return tuple(found)
