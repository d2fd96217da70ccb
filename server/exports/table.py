"""CSV files of diaries: one line an entry, one line an episode, one line a version, and what columns mean."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from server.exports.cells import in_utc, line, three_ways
from server.exports.record import Item, Json, Record, Version

_MINUTE: Final = timedelta(minutes=1)


class Column(NamedTuple):
    """One column: its name, what it means, and how its value is found."""

    name: str
    meaning: str
    kind: str
    value: Callable[..., Any]


class Table(NamedTuple):
    """One file: its name, what a line is, its columns, and the lines of an episode."""

    name: str
    lines_are: str
    columns: Sequence[Column]
    rows: Callable[[Record], Iterator[tuple[Any, ...]]]

    @property
    def header(self) -> str:
        """The first line."""
        return line(column.name for column in self.columns)

    def lines(self, record: Record) -> Iterator[str]:
        """The lines of one episode."""
        for row in self.rows(record):
            yield line(column.value(*row) for column in self.columns)


def times(name: str, meaning: str, find: Callable[..., str | datetime | None]) -> list[Column]:
    """The three columns of a moment."""
    return [
        Column(f"{name}_utc", f"{meaning}, in UTC", "time", lambda *row: three_ways(find(*row))[0]),
        Column(
            f"{name}_local",
            f"{meaning}, on the clock it was told by",
            "local time",
            lambda *row: three_ways(find(*row))[1],
        ),
        Column(
            f"{name}_offset_min",
            f"{meaning}: minutes that clock is ahead of UTC",
            "minutes",
            lambda *row: three_ways(find(*row))[2],
        ),
    ]


WHO: Final = [
    Column(
        "record_number",
        "The clinic's number of the patient; invented in a de-identified file",
        "text",
        lambda r, *_: r.person.record_number,
    ),
    Column("patient_id", "The patient", "id", lambda r, *_: r.person.id),
    Column("episode_id", "The injection and its diary", "id", lambda r, *_: r.id),
]


def told(name: str, meaning: str, kind: str) -> Column:
    """A column that holds what an entry says under the column's own name."""
    return Column(name, meaning, kind, lambda _, item: (item.head.body or {}).get(name))


def _glucose(key: str) -> Callable[[Record, Item], Any]:
    return lambda _, item: ((item.head.body or {}).get("glucose") or {}).get(key)


def _of_kind(kind: str) -> Callable[[Record], Iterator[tuple[Record, Item]]]:
    """The items of a kind that count."""

    def rows(record: Record) -> Iterator[tuple[Record, Item]]:
        for item in record.items:
            if item.head.kind == kind and item.head.body is not None and not item.deleted:
                yield record, item

    return rows


def since_t0(record: Record, item: Item) -> float | None:
    """Minutes from T0 to the described moment, to a tenth."""
    t0, taken = record.procedure.get("performed_at"), (item.head.body or {}).get("taken_at")
    if not t0 or not taken:
        return None
    return round((_at(taken) - _at(t0)) / _MINUTE, 1)


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment.upper())


def effects(body: Json) -> str | None:
    """`nausea:mild|headache:moderate`."""
    return (
        "|".join(f"{found['code']}:{found['severity']}" for found in body.get("side_effects") or []) or None
    )


def intakes(body: Json) -> str | None:
    """Analgesics as JSON, since names are free text: `[{"drug": "ibuprofen", "dose_mg": 400}]`."""
    found = body.get("analgesics")
    return json.dumps(found, ensure_ascii=False) if found else None


ENTRIES: Final = Table(
    "entries.csv",
    "diary entry, in the version that counts",
    [
        *WHO,
        Column("entry_id", "The diary entry", "id", lambda _, i: i.head.entry_id),
        *times("taken", "The moment the entry describes", lambda _, i: (i.head.body or {}).get("taken_at")),
        *times(
            "recorded", "When it was saved on the phone", lambda _, i: (i.head.body or {}).get("recorded_at")
        ),
        Column(
            "received_utc",
            "When it reached the server, in UTC",
            "time",
            lambda _, i: in_utc(i.head.received_at),
        ),
        Column(
            "minutes_since_t0", "From the end of the injection to the described moment", "minutes", since_t0
        ),
        told("scale", "now: pain at the moment; average_24h, worst_24h: of the day", "code"),
        told("pain", "Index pain, 0 (none) to 10; empty exactly when skipped is given", "0-10"),
        told("axial", "Back or neck pain, 0 to 10", "0-10"),
        told("skipped", "Why there is no score: asleep, nothing_to_report, other", "code"),
        Column("slot", "The check-in it fills; empty for an extra entry", "code", lambda _, i: i.slot),
        Column(
            "grade",
            "on_time, late, back_filled, extra, skipped, clock_suspect, before",
            "code",
            lambda _, i: i.grade,
        ),
        Column(
            "edited",
            "Whether there is more than one version (revisions.csv has all)",
            "true/false",
            lambda _, i: i.edited,
        ),
        Column(
            "conflict", "Whether two versions changed the same one", "true/false", lambda _, i: i.conflict
        ),
        Column(
            "clock_suspect",
            "Whether the phone's clock was far off: not used for timing",
            "true/false",
            lambda _, i: i.head.clock_suspect,
        ),
        Column(
            "source",
            "phone: sent by the patient; import: from a paper diary; staff: entered by staff",
            "code",
            lambda _, i: i.head.source,
        ),
        told("activity", "rest, usual, provoking", "code"),
        told("stated_relief_percent", "Relief in the patient's own estimate", "0-100"),
        told("numb", "Whether the limb was numb", "true/false"),
        told("weak", "Whether the limb was weak", "true/false"),
        Column(
            "side_effects", "code:severity, separated by |", "list", lambda _, i: effects(i.head.body or {})
        ),
        Column(
            "analgesics",
            "Drugs taken, as JSON: drug, dose_mg, taken_at",
            "JSON",
            lambda _, i: intakes(i.head.body or {}),
        ),
        Column("glucose", "Blood sugar, by the patient's own meter", "number", _glucose("value")),
        Column("glucose_unit", "mg/dL or mmol/L", "code", _glucose("unit")),
        told("proxy", "Whether somebody else wrote it down", "true/false"),
        told("checkin_id", "Entries of one check-in share it", "text"),
        told("note", "What the patient wrote; left out of a de-identified file", "text"),
    ],
    _of_kind("entry"),
)


IMPRESSIONS: Final = Table(
    "impressions.csv",
    "impression of change since before the injection (PGIC)",
    [
        *WHO,
        Column("entry_id", "The diary item", "id", lambda _, i: i.head.entry_id),
        *times("taken", "The moment it describes", lambda _, i: (i.head.body or {}).get("taken_at")),
        told("change", "1 very much improved, 4 no change, 7 very much worse", "1-7"),
        told("slot", "The check-in it answers", "code"),
        told("proxy", "Whether somebody else wrote it down", "true/false"),
        Column("source", "phone, import or staff", "code", lambda _, i: i.head.source),
    ],
    _of_kind("impression"),
)


def _versions(record: Record) -> Iterator[tuple[Record, Version]]:
    for version in record.versions:
        yield record, version


REVISIONS: Final = Table(
    "revisions.csv",
    "version of a diary item, none ever changed",
    [
        *WHO,
        Column("entry_id", "The diary item", "id", lambda _, v: v.entry_id),
        Column("revision_id", "This version", "id", lambda _, v: v.revision_id),
        Column("parent_id", "The version it changed; empty for the first", "id", lambda _, v: v.parent_id),
        Column(
            "change", "Number in the order of storing, over the whole clinic", "number", lambda _, v: v.change
        ),
        Column(
            "kind",
            "entry, impression, flag_report (told on the red-flag screen), flag_event (what the phone did)",
            "code",
            lambda _, v: v.kind,
        ),
        Column("op", "put, or tombstone for a deletion", "code", lambda _, v: v.op),
        Column(
            "status",
            "How it was stored: stored, stored_conflict, stored_after_delete",
            "code",
            lambda _, v: v.status,
        ),
        Column("source", "phone, import or staff", "code", lambda _, v: v.source),
        Column(
            "clock_suspect",
            "Whether the phone's clock was far off",
            "true/false",
            lambda _, v: v.clock_suspect,
        ),
        Column(
            "received_utc", "When it reached the server, in UTC", "time", lambda _, v: in_utc(v.received_at)
        ),
        Column(
            "recorded",
            "The phone's own account of the moment, as JSON",
            "JSON",
            lambda _, v: json.dumps(v.recorded),
        ),
        Column(
            "body",
            "The content, as JSON; empty for a deletion",
            "JSON",
            lambda _, v: None if v.body is None else json.dumps(v.body, ensure_ascii=False),
        ),
    ],
    _versions,
)
