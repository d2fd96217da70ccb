"""A record without words people typed: of levels and medicines only those of a list, which name nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from server.domain.codes import ANAESTHETICS, ANALGESICS, ROOTS, STEROIDS
from server.domain.flags import Level
from server.exports.record import Record, Version

OTHER: Final = "other"
_DRUGS: Final = frozenset((*ANAESTHETICS, *STEROIDS, *ANALGESICS))
_PLACES: Final = frozenset((*ROOTS, *get_args(Level)))
"""Roots, and the levels of red flags, which stand under the same key."""

Names = Mapping[str, str]


def in_known_words(record: Record) -> Record:
    """The same record. A medicine off the list is "other", a second one "other 2": doses stay apart."""
    names = _names(record)

    def version(one: Version) -> Version:
        return replace(one, body=_scrubbed(one.body, names))

    return replace(
        record,
        record=_scrubbed(record.record, names),
        diary=_scrubbed(record.diary, names),
        items=tuple(replace(item, head=version(item.head)) for item in record.items),
        versions=tuple(map(version, record.versions)),
    )


def _names(record: Record) -> Names:
    told = {*_drugs(record.record), *_drugs(record.diary)}
    for one in record.versions:
        told.update(_drugs(one.body))
    unknown = sorted(name for name in told if name.strip().casefold() not in _DRUGS)
    return {name: OTHER if place == 1 else f"{OTHER} {place}" for place, name in enumerate(unknown, 1)}


def _drugs(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("drug"), str):
            yield value["drug"]
        for inner in value.values():
            yield from _drugs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _drugs(inner)


def _scrubbed(value: Any, names: Names) -> Any:
    if isinstance(value, list):
        return [_scrubbed(inner, names) for inner in value]
    if not isinstance(value, Mapping):
        return value
    return {
        key: _told(key, inner, names) for key, inner in value.items() if key != "level" or _is_place(inner)
    }


def _told(key: str, value: Any, names: Names) -> Any:
    if key == "drug" and isinstance(value, str):
        return names.get(value, value)
    if key == "further_levels" and isinstance(value, list):
        return [level for level in value if _is_place(level)]
    return _scrubbed(value, names)


def _is_place(level: Any) -> bool:
    return isinstance(level, str) and level in _PLACES
