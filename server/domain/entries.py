"""Diary entries and how one is read from its JSON; by far the most frequent objects, hence plain tuples."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, repeat
from typing import Any, Final, NamedTuple, overload

from server.domain.codes import ACTIVITIES, SCALES, SEVERITIES, SIDE_EFFECTS, SKIPS
from server.domain.instants import Instant, instants
from server.domain.values import (
    DiaryError,
    Number,
    amount,
    answer,
    choice,
    items,
    mapping,
    moment,
    required,
    text,
    whole,
    within,
)


class SideEffect(NamedTuple):
    """One symptom reported with an entry; None where a part was not said."""

    code: str | None
    severity: str | None = None


class Intake(NamedTuple):
    """One analgesic taken; `taken_at` is the entry's time where the intake has none."""

    drug: str | None
    dose_mg: Number | None
    taken_at: Instant


class Answers(NamedTuple):
    """What an entry may say besides its score; what it does not say is None."""

    skipped: str | None = None
    axial: int | None = None
    side_effects: tuple[SideEffect, ...] = ()
    analgesics: tuple[Intake, ...] = ()
    activity: str | None = None
    stated_relief_percent: Number | None = None
    numb: bool | None = None
    weak: bool | None = None
    checkin_id: str | None = None
    clock_suspect: bool | None = None
    """True where the phone's clock was known to be far off when the entry was saved."""


NOTHING: Final = Answers()


class Entry(NamedTuple):
    """One diary item as described by the patient; scores are 0-10."""

    name: str
    """Its id, or `#n` for the n-th entry of the file that has none."""
    id: str | None
    taken_at: Instant
    recorded_at: Instant | None
    scale: str
    pain: int | None
    answers: Answers = NOTHING


class BareEntries(Sequence[Entry]):
    """Entries that each say no more than an id, a time, a scale and a score, as those of most diaries do.

    They are kept as columns; each is made when it is asked for.
    """

    __slots__ = ("ids", "pains", "scales", "times")

    def __init__(
        self, ids: Sequence[str], times: Sequence[Instant], scales: Sequence[str], pains: Sequence[int]
    ) -> None:
        self.ids, self.times, self.scales, self.pains = ids, times, scales, pains

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> "BareEntries": ...
    def __getitem__(self, place: int | slice) -> "Entry | BareEntries":
        if isinstance(place, slice):
            return BareEntries(self.ids[place], self.times[place], self.scales[place], self.pains[place])
        name = self.ids[place]
        return Entry(name, name, self.times[place], None, self.scales[place], self.pains[place])

    def __iter__(self) -> Iterator[Entry]:
        columns = zip(
            *(self.ids, self.ids, self.times, repeat(None), self.scales, self.pains, repeat(NOTHING)),
            strict=False,
        )
        return map(tuple.__new__, repeat(Entry), columns)  # Entry() takes far longer

    def at(self, places: Sequence[int]) -> "BareEntries":
        """Those at some places."""
        ids, times, scales, pains = self.ids, self.times, self.scales, self.pains
        return BareEntries(
            [ids[place] for place in places],
            [times[place] for place in places],
            [scales[place] for place in places],
            [pains[place] for place in places],
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    def __hash__(self) -> int:
        return hash(tuple(self))


_TEXT, _WHOLE = frozenset({str}), frozenset({int})
_PAINS = frozenset(range(11))
_SCALES = frozenset(SCALES)
_SIDE_EFFECTS = frozenset(SIDE_EFFECTS)
_OPTIONAL = frozenset(Answers._fields)
_BARE_KEYS = 4  # id, taken_at, scale and pain: nearly every entry has these and no other


def parse_entries(raw: Sequence[Any]) -> Sequence[Entry]:
    """Read the entries of a diary in their order. DiaryError paths start with `[n]`, n from 0."""
    try:
        return _parse_in_columns(raw)
    except (LookupError, TypeError, ValueError):
        return tuple(map(_parse_with_path, raw, count(1)))  # one cannot be read: name the first


def _parse_in_columns(raw: Sequence[Any]) -> Sequence[Entry]:
    """`parse_entry` of each; those with no more than a score are checked and built a column at a time."""
    others = {place: item for place, item in enumerate(raw, 1) if len(item) != _BARE_KEYS or "id" not in item}
    bare = raw if not others else [item for place, item in enumerate(raw, 1) if place not in others]
    entries = _bare_entries(bare)
    if not others:
        return entries
    read = iter(entries)
    places = range(1, len(raw) + 1)
    return tuple(parse_entry(others[place], place) if place in others else next(read) for place in places)


def _bare_entries(bare: Sequence[Any]) -> BareEntries:
    """Entries with an id, a time, a scale and a score; ValueError when one is not such."""
    ids, times, scales, pains = ([item[key] for item in bare] for key in ("id", "taken_at", "scale", "pain"))
    if not (
        _TEXT.issuperset(map(type, ids))
        and _SCALES.issuperset(scales)
        and _WHOLE.issuperset(map(type, pains))  # true and 1.0 equal 1
        and _PAINS.issuperset(pains)
    ):
        raise ValueError("not bare")
    return entries_of_columns(ids, times, scales, pains)


def entries_of_columns(
    ids: Sequence[str], taken_at: Sequence[str], scales: Sequence[str], pains: Sequence[int]
) -> BareEntries:
    """Entries with an id, a scale and a score, checked before, and no more; ValueError for a bad time."""
    return BareEntries(ids, instants(taken_at), scales, pains)


def _parse_with_path(item: object, place: int) -> Entry:
    try:
        return parse_entry(item, place)
    except DiaryError as error:
        raise error.under(f"[{place - 1}]") from None


def parse_entry(raw: object, place: int) -> Entry:
    """Read one entry, the `place`-th of its file counted from 1. DiaryError paths start at the entry."""
    given = mapping(raw, "")
    taken_at = moment(required(given, "taken_at"), "taken_at")
    recorded_at = None if given.get("recorded_at") is None else moment(given["recorded_at"], "recorded_at")
    scale = choice(required(given, "scale"), "scale", _SCALES)
    if "pain" not in given:
        raise DiaryError("missing", "pain")
    pain = None if given["pain"] is None else whole(given["pain"], "pain", 0, 10)
    own_id = None if given.get("id") is None else text(given["id"], "id")
    optional = _optional(given, taken_at)
    if (pain is None) != ("skipped" in optional):
        raise DiaryError("pain_and_skip", "pain")
    name = f"#{place}" if own_id is None else own_id
    return Entry(name, own_id, taken_at, recorded_at, scale, pain, Answers(**optional))


def _optional(raw: Mapping[str, Any], taken_at: Instant) -> dict[str, Any]:
    """The optional answers that were given, by field name."""
    given = {key: value for key, value in raw.items() if value is not None and key in _OPTIONAL}
    for key, codes in (("skipped", SKIPS), ("activity", ACTIVITIES)):
        if key in given:
            choice(given[key], key, codes)
    for key in ("numb", "weak", "clock_suspect"):
        if key in given:
            answer(given[key], key)
    if "axial" in given:
        given["axial"] = whole(given["axial"], "axial", 0, 10)
    if "stated_relief_percent" in given:
        within(given["stated_relief_percent"], "stated_relief_percent", 0, 100)
    if "checkin_id" in given:
        text(given["checkin_id"], "checkin_id")
    if "side_effects" in given:
        listed = enumerate(items(given["side_effects"], "side_effects"))
        given["side_effects"] = tuple(_side_effect(item, f"side_effects[{i}]") for i, item in listed)
    if "analgesics" in given:
        listed = enumerate(items(given["analgesics"], "analgesics"))
        given["analgesics"] = tuple(_intake(item, f"analgesics[{i}]", taken_at) for i, item in listed)
    return given


def _side_effect(raw: object, path: str) -> SideEffect:
    given = mapping(raw, path)
    code, severity = given.get("code"), given.get("severity")
    return SideEffect(
        None if code is None else choice(code, f"{path}.code", _SIDE_EFFECTS),
        None if severity is None else choice(severity, f"{path}.severity", SEVERITIES),
    )


def _intake(raw: object, path: str, entry_taken_at: Instant) -> Intake:
    given = mapping(raw, path)
    drug, dose, taken_at = given.get("drug"), given.get("dose_mg"), given.get("taken_at")
    return Intake(
        None if drug is None else text(drug, f"{path}.drug"),
        None if dose is None else amount(dose, f"{path}.dose_mg"),
        entry_taken_at if taken_at is None else moment(taken_at, f"{path}.taken_at"),
    )
