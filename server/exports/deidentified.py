"""An episode without what names its patient: invented ids, dates moved together, no free text.

No moment is told that may be about that of the export: beside the true day of the export it would give the
move away. A reading is told as of the earliest day since which it reads as it does.

All dates of one patient move by one whole number of days, so that the first injection falls on the same
day for everybody; every interval, weekday apart, and every time of day stays. Ids follow from the clinic's
secret: the same in every export, and of no use to anybody without it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID

from server.exports.known_words import in_known_words
from server.exports.record import Item, Json, Person, Record, Version
from server.exports.settled import Settled
from server.exports.wide import age_of

EPOCH: Final = date(2001, 1, 1)
EPOCH_MOMENT: Final = datetime.combine(EPOCH, time(), UTC)
"""The day every patient's first injection falls on."""
_MOMENTS: Final = frozenset({"taken_at", "recorded_at", "performed_at", "at", "on"})
KEPT: Final = frozenset(
    {
        *(
            "taken_at",
            "recorded_at",
            "scale",
            "pain",
            "axial",
            "side_effects",
            "code",
            "severity",
            "analgesics",
        ),
        *("drug", "dose_mg", "activity", "stated_relief_percent", "numb", "weak", "checkin_id", "skipped"),
        *("clock_suspect", "reports", "shown_level", "performed_at", "region", "level", "side", "indication"),
        *("anaesthetic", "concentration_percent", "volume_ml", "adrenaline", "steroid", "sedation"),
        *("concordant_pain_provoked", "provocable_before", "pain", "daily", "date", "average", "kind", "at"),
        *("usual_analgesics", "mg_per_day", "site", "glucose", "value", "unit", "proxy", "change", "slot"),
        *("event", "whom", "further_levels", "guidance", "contrast_spread"),
        *("anticoagulant", "diabetes", "allergic", "instrument", "on", "percent"),
    }
)
"""The only keys that go out: whatever else a record holds, now or later, may be free text."""

Move = Callable[[str], str]
Order = Mapping[str, int]
"""The change numbers of an episode's own versions, by their ids: the clinic's would tell when they came."""


def deidentified(record: Record, secret: str, since: Settled) -> Record:
    """The same episode without names, dates and free text; `since` is shared by all tables of an export."""
    alias, moved = _alias(secret), _move(_first_on(record))
    episode_id = alias("episode", record.id)
    order = {version.revision_id: place for place, version in enumerate(_in_order(record.versions), 1)}
    record = in_known_words(record)
    diary = None if record.diary is None else _diary(record.diary, episode_id, alias, moved)
    if diary is not None:
        diary["as_of"] = since(diary, str((record.reading or {})["criteria"]))
    return replace(
        record,
        id=episode_id,
        person=Person(
            alias("patient", record.person.id), alias("number", record.person.id)[:8].upper(), None, None
        ),
        zone=None,
        record=_record(record.record, alias, moved),
        change=len(order),
        items=tuple(_item(item, order, alias, moved) for item in record.items),
        versions=tuple(_version(version, order, alias, moved) for version in record.versions),
        diary=diary,
        read_at=None if diary is None else datetime.fromisoformat(diary["as_of"]),
        first_on=EPOCH,
        age=age_of(record),
    )


def moment_of(record: Record) -> datetime:
    """What stands for the moment of the export in the file of a de-identified record."""
    return record.read_at or EPOCH_MOMENT


def _in_order(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: version.change)


def _alias(secret: str) -> Callable[[str, str], str]:
    def alias(kind: str, known: str) -> str:
        digest = hmac.new(secret.encode(), f"export:{kind}:{known}".encode(), hashlib.sha256).digest()
        return str(UUID(bytes=digest[:16], version=4))

    return alias


def _first_on(record: Record) -> date:
    """The first injection; before there is one, the planned day, else the first day anything was told."""
    if record.first_on is not None:
        return record.first_on
    if record.record.get("planned_on"):
        return date.fromisoformat(record.record["planned_on"])
    received = (version.received_at for version in record.versions)
    return min((at.date() for at in received if at is not None), default=EPOCH)


def _move(first_on: date) -> Move:
    """Moves a date or time by whole days, its offset kept."""
    by = EPOCH - first_on

    def moved(text: str) -> str:
        if len(text) == len("2001-01-01"):
            return (date.fromisoformat(text) + by).isoformat()
        return (datetime.fromisoformat(text.upper()) + by).isoformat()

    return moved


def _moved(value: Any, moved: Move) -> Any:
    """A structure with every moment moved, and only the keys that may go out."""
    if isinstance(value, dict):
        return {
            key: moved(inner) if key in _MOMENTS and isinstance(inner, str) else _moved(inner, moved)
            for key, inner in value.items()
            if key in KEPT
        }
    if isinstance(value, list):
        return [_moved(inner, moved) for inner in value]
    return value


def _record(record: Json, alias: Callable[[str, str], str], moved: Move) -> dict[str, Any]:
    operator = record.get("operator")
    return {
        "procedure": _moved(dict(record["procedure"]), moved),
        "baseline": _baseline(record["baseline"], moved),
        "events": _moved(list(record.get("events") or []), moved),
        "index_pain": _moved(dict(record["index_pain"]), moved),
        "operator": f"operator {alias('operator', operator)[:8]}" if operator else None,
        "approach": None,
        "planned_on": moved(record["planned_on"]) if record.get("planned_on") else None,
        **{key: _moved(record.get(key), moved) for key in ("risks", "complications", "questionnaires")},
    }


def _baseline(baseline: Json, moved: Move) -> dict[str, Any]:
    kept: dict[str, Any] = _moved(dict(baseline), moved)
    if kept.get("daily"):
        kept["daily"] = [day | {"date": moved(day["date"])} for day in kept["daily"]]
    return kept


def _diary(diary: Json, episode_id: str, alias: Callable[[str, str], str], moved: Move) -> dict[str, Any]:
    """Without a zone: local days are then told by the offset of T0."""
    return {
        "episode_id": episode_id,
        "as_of": moved(diary["as_of"]),
        "procedure": _moved(diary["procedure"], moved),
        "baseline": _baseline(diary["baseline"], moved),
        "entries": [_moved(entry, moved) | {"id": alias("entry", entry["id"])} for entry in diary["entries"]],
        "events": _moved(diary["events"], moved),
    }


def _version(version: Version, order: Order, alias: Callable[[str, str], str], moved: Move) -> Version:
    return replace(
        version,
        entry_id=alias("entry", version.entry_id),
        revision_id=alias("revision", version.revision_id),
        parent_id=None if version.parent_id is None else alias("revision", version.parent_id),
        body=None if version.body is None else _moved(dict(version.body), moved),
        recorded=_recorded(version.recorded, moved),
        received_at=None,
        change=order[version.revision_id],
    )


def _recorded(recorded: Json, moved: Move) -> dict[str, Any]:
    kept = {key: value for key, value in recorded.items() if key in {"offset_min", "elapsed_ms", "skew_ms"}}
    return kept | {key: moved(str(recorded[key])) for key in ("day", "local") if recorded.get(key)}


def _item(item: Item, order: Order, alias: Callable[[str, str], str], moved: Move) -> Item:
    return replace(item, head=_version(item.head, order, alias, moved))
