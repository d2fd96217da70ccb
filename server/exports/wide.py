"""The wide file: one line an episode with its record, its reading, and a score for each check-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from server.charts.words import anaesthetics
from server.domain.instants import fixed_time
from server.domain.responder import DAYS
from server.domain.schedule import slots
from server.exports.beside import beside
from server.exports.cells import in_utc
from server.exports.record import Json, Record
from server.exports.table import WHO, Column, Table, times

LINES: Final = ("L50", "L30", "RTB")
COUNTS: Final = ("expected", "on_time", "late", "back_filled", "missing", "skipped", "extra")
SLOTS: Final = tuple(slot.key for slot in slots(0, fixed_time(0)) if slot.scale is not None)
"""Every check-in of the default protocol that takes a score, in its order."""

_NO_STEROID: Final = "none"


def _reading(*path: str) -> Any:
    """A value of the reading by its place; None where the way there ends."""

    def find(record: Record) -> Any:
        found: Any = record.reading
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return found

    return find


def _procedure(key: str) -> Any:
    return lambda record: record.procedure.get(key)


def _codes(key: str) -> Any:
    return lambda record: "|".join(record.procedure.get(key) or ()) or None


def _joined(find: Any) -> Any:
    """The same part of each anaesthetic, separated by |, in one order for all columns."""
    return lambda record: (
        "|".join("" if find(part) is None else str(find(part)) for part in anaesthetics(record.procedure))
        or None
    )


def _steroid(record: Record) -> str | None:
    if "steroid" not in record.procedure:
        return None
    given = record.procedure["steroid"]
    return _NO_STEROID if given is None else str(given["drug"])


def _dose(record: Record) -> Any:
    return (record.procedure.get("steroid") or {}).get("dose_mg")


def _baseline(key: str) -> Any:
    """As it was read; before there is a reading, as staff recorded it."""
    return lambda record: (record.diary or record.record)["baseline"].get(key)


def _json(find: Any) -> Any:
    def told(record: Record) -> str | None:
        value = find(record)
        return json.dumps(value, ensure_ascii=False) if value else None

    return told


def _reasons(record: Record) -> str | None:
    grade = (record.reading or {}).get("confidence") or {}
    return "|".join(found["code"] for found in grade.get("reasons", ())) or None


def _flags(record: Record) -> str | None:
    reading: Json = record.reading or {"baseline": {"flags": ()}, "data": {"flags": ()}}
    return "|".join(dict.fromkeys((*reading["baseline"]["flags"], *reading["data"]["flags"]))) or None


def _score(key: str) -> Any:
    def find(record: Record) -> int | None:
        if key == "pre":
            before: int | None = (record.diary or record.record)["baseline"].get("pain")
            return before
        items = (item for item in record.items if item.slot == key and not item.deleted)
        return next(((item.head.body or {}).get("pain") for item in items), None)

    return find


def _columns() -> Iterator[Column]:
    yield from WHO
    yield Column(
        "name", "The patient's name; left out of a de-identified file", "text", lambda r: r.person.name
    )
    yield Column(
        "born_on", "Date of birth; left out of a de-identified file", "date", lambda r: r.person.born_on
    )
    yield Column("age", "Whole years at the injection; 90 stands for more, too", "years", age_of)
    yield Column("status", "planned, performed, closed, cancelled", "code", lambda r: r.status)
    yield Column(
        "zone", "The time zone of the diary; left out of a de-identified file", "text", lambda r: r.zone
    )
    yield Column("protocol", "Which check-ins were offered: name and version", "text", lambda r: r.protocol)
    yield Column(
        "planned_on", "The day the injection was planned for", "date", lambda r: r.record.get("planned_on")
    )
    yield from times("t0", "The end of the injection", _procedure("performed_at"))
    for key, meaning, kind in (
        ("region", "cervical, thoracic, lumbar, sacral", "code"),
        ("level", "The root", "text"),
        ("side", "left, right, bilateral", "code"),
        ("indication", "Why the block was done", "code"),
        ("guidance", "What the needle was guided by", "code"),
        ("sedation", "Whether the patient was sedated", "true/false"),
        ("concordant_pain_provoked", "Whether the needle provoked the usual pain", "true/false"),
        ("provocable_before", "Whether the pain could be provoked before the injection", "true/false"),
    ):
        yield Column(key, meaning, kind, _procedure(key))
    yield Column(
        "anaesthetic", "Local anaesthetics, separated by |", "list", _joined(lambda p: p.get("drug"))
    )
    yield Column(
        "concentration_percent",
        "Their concentrations, in the same order",
        "list",
        _joined(lambda p: p.get("concentration_percent")),
    )
    yield Column(
        "volume_ml", "Their volumes, in the same order", "list", _joined(lambda p: p.get("volume_ml"))
    )
    yield Column(
        "adrenaline",
        "Whether they came with adrenaline, in the same order",
        "list",
        _joined(lambda p: p.get("adrenaline")),
    )
    yield Column("steroid", "none: no steroid was given; empty: not recorded", "code", _steroid)
    yield Column("steroid_dose_mg", "Dose of the steroid", "mg", _dose)
    yield Column(
        "further_levels", "Roots of the same session, separated by |", "list", _codes("further_levels")
    )
    yield Column(
        "contrast_spread", "Where the contrast went, separated by |", "list", _codes("contrast_spread")
    )
    yield Column("approach", "As staff wrote it", "text", lambda r: r.record.get("approach"))
    yield Column(
        "operator",
        "Who injected; a stable pseudonym in a de-identified file",
        "text",
        lambda r: r.record.get("operator"),
    )
    yield Column(
        "index_pain_site",
        "Where the pain is felt that the block tests",
        "code",
        lambda r: r.record["index_pain"]["site"],
    )
    yield Column("index_pain_side", "Its side", "code", lambda r: r.record["index_pain"]["side"])
    yield Column("baseline_pain", "The score before the injection", "0-10", _baseline("pain"))
    yield Column("baseline_recorded_at", "When it was recorded", "local time", _baseline("recorded_at"))
    yield Column(
        "baseline_daily", "Evening averages of the week before, as JSON", "JSON", _json(_baseline("daily"))
    )
    yield Column(
        "usual_analgesics",
        "Usual analgesics with mg per day, as JSON",
        "JSON",
        _json(_baseline("usual_analgesics")),
    )
    yield Column(
        "events",
        "What ended the reading: repeat, surgery, as JSON",
        "JSON",
        _json(lambda r: r.record.get("events")),
    )
    yield from beside()
    yield from _of_reading()
    for key in SLOTS:
        yield Column(
            f"pain_{key}", f"Index pain at the check-in {key}; empty where none fills it", "0-10", _score(key)
        )


def _of_reading() -> Iterator[Column]:
    yield Column(
        "criteria", "The rules the reading was made by, with their version", "text", _reading("criteria")
    )
    yield Column("read_at_utc", "When it was made, in UTC", "time", lambda r: in_utc(r.read_at))
    yield Column(
        "baseline_days",
        "Mean of the daily averages before, where there are four",
        "0-10",
        _reading("baseline", "days"),
    )
    for key, meaning, kind in (
        ("verdict", "The answer of the anaesthetic phase", "code"),
        ("peak_relief_percent", "Best relief in the diagnostic window", "percent"),
        ("confirmed_relief_percent", "Relief reached by two successive scores", "percent"),
        ("time_weighted_relief_percent", "Mean relief over the window", "percent"),
        ("first_50_minutes", "From T0 to the first score with relief of 50 %", "minutes"),
        ("concordance", "How the length fits the drug", "code"),
        ("stated_relief_gap_points", "Stated minus computed relief, where largest", "points"),
    ):
        yield Column(key, meaning, kind, _reading("anaesthetic", key))
    for key in ("low", "high", "censored"):
        yield Column(
            f"duration_50_minutes_{key}",
            f"End of the first relief of 50 %: {key}",
            "minutes",
            _reading("anaesthetic", "duration_50_minutes", key),
        )
    for key in ("status", "start_day", "peak_rise", "days"):
        yield Column(
            f"flare_{key}",
            f"Flare: {key.replace('_', ' ')}",
            "code" if key == "status" else "number",
            _reading("flare", key),
        )
    yield Column(
        "steroid_status", "Whether and when lasting relief began", "code", _reading("steroid", "status")
    )
    for name in ("onset_day", "onset_30_day"):
        for key in ("estimate", "low", "high"):
            yield Column(
                f"{name}_{key}",
                f"Onset of relief of {30 if '30' in name else 50} %: {key}",
                "days",
                _reading("steroid", name, key),
            )
    yield Column(
        "steroid_peak_relief_percent",
        "Best three days",
        "percent",
        _reading("steroid", "peak_relief_percent"),
    )
    yield Column("steroid_peak_day", "Their middle", "days", _reading("steroid", "peak_day"))
    for name in LINES:
        for key in ("days", "low", "high", "censored", "ended_by"):
            yield Column(
                f"{name}_{key}",
                f"Length of relief {name}: {key.replace('_', ' ')}",
                "days",
                _reading("duration", name, key),
            )
    yield Column("headline", "The length that leads", "code", _reading("duration", "headline"))
    yield Column(
        "days_at_50_percent",
        "Recorded days with relief of 50 %",
        "number",
        _reading("duration", "days_at_50_percent"),
    )
    yield Column(
        "breakthrough_days",
        "Bad days between onset and loss",
        "number",
        _reading("duration", "breakthrough_days"),
    )
    yield Column("shape", "The label of the whole course", "code", _reading("shape"))
    yield Column("confidence", "A to D", "code", _reading("confidence", "grade"))
    yield Column("confidence_reasons", "What it rests on, separated by |", "list", _reasons)
    for day in DAYS:
        yield Column(
            f"responder_{day}",
            f"Relief of 50 % or 0/10 at day {day}; empty while unknown",
            "true/false",
            _reading("responder", str(day)),
        )
    for key in COUNTS:
        yield Column(f"data_{key}", f"Check-ins: {key.replace('_', ' ')}", "number", _reading("data", key))
    yield Column("data_flags", "What limits the data, separated by |", "list", _flags)


def age_of(record: Record) -> int | None:
    """In whole years, the oldest together, so that age names nobody."""
    if record.age is not None:
        return record.age
    born, performed = record.person.born_on, record.procedure.get("performed_at")
    if born is None or not performed:
        return None
    on = datetime.fromisoformat(performed.upper()).date()
    return min(on.year - born.year - ((on.month, on.day) < (born.month, born.day)), 90)


def _rows(record: Record) -> Iterator[tuple[Record]]:
    yield (record,)


EPISODES: Final = Table("episodes.csv", "episode: one injection with its reading", list(_columns()), _rows)
