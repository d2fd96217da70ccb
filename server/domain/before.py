"""What was recorded before the injection: the pain, its daily averages and the usual analgesics."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.instants import Instant
from server.domain.values import (
    DiaryError,
    Number,
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


def parse_before(raw: Mapping[str, Any]) -> Baseline:
    """Read the baseline from its JSON object. DiaryError paths start at the baseline."""
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
