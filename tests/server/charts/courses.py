"""Courses for the chart tests: diaries written as text with the reading that belongs to them."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from server.charts import Course, course_from

T0 = datetime(2026, 2, 9, 11, 30, tzinfo=UTC)
HOURS = (0.25, 0.5, 1, 2, 3, 4, 5, 6, 8)

Json = dict[str, Any]


def episode(entries: list[Json], **changes: Any) -> Json:
    """An L5 block at 11:30 with these entries."""
    procedure = {
        "performed_at": T0.isoformat(),
        "region": "lumbar",
        "level": "L5",
        "side": "left",
        "anaesthetic": {"drug": "bupivacaine", "concentration_percent": 0.5, "volume_ml": 0.5},
        "steroid": {"drug": "dexamethasone", "dose_mg": 10},
    } | changes.pop("procedure", {})
    return {"episode_id": "case", "zone": "UTC", "procedure": procedure, "entries": entries, **changes}


def hours(scores: str, at: tuple[float, ...] = HOURS) -> list[Json]:
    """Pain-now scores of the first hours, one sign each: a digit, `X` for 10, a dot for none."""
    return [
        now(hour, score) for hour, score in zip(at, map(digit, scores), strict=False) if score is not None
    ]


def evenings(scores: str, first: int = 1) -> list[Json]:
    """Evening averages at 20:30 from day `first` on, one sign each."""
    found = ((first + place, digit(sign)) for place, sign in enumerate(scores.replace(" ", "")))
    return [evening(day, score) for day, score in found if score is not None]


def evening(day: int, score: int | None, **more: Any) -> Json:
    at = T0.replace(hour=20, minute=30) + timedelta(days=day)
    return {"id": f"d{day}", "taken_at": at.isoformat(), "scale": "average_24h", "pain": score, **more}


def now(hour: float, score: int | None, **more: Any) -> Json:
    at = T0 + timedelta(hours=hour)
    return {"id": f"h{hour:g}", "taken_at": at.isoformat(), "scale": "now", "pain": score, **more}


def digit(sign: str) -> int | None:
    return None if sign == "." else 10 if sign == "X" else int(sign)


def reading(as_of: datetime | float, **parts: Any) -> Json:
    """A whole reading with nothing found, changed section by section; `as_of` in days since T0."""
    moment = T0 + timedelta(days=as_of) if not isinstance(as_of, datetime) else as_of
    made = copy.deepcopy(_NOTHING) | {"as_of": moment.isoformat()}
    for key, change in parts.items():
        made[key] = (
            {**made[key], **change} if isinstance(made[key], dict) and isinstance(change, dict) else change
        )
    return made


def estimate(middle: float, low: float, high: float) -> Json:
    return {"estimate": middle, "low": low, "high": high}


def length(days: float, low: float, high: float | None, ended_by: str | None = "loss") -> Json:
    return {"days": days, "low": low, "high": high, "censored": ended_by is None, "ended_by": ended_by}


_NOTHING: Json = {
    "episode_id": "case",
    "criteria": "snrb-default/1",
    "next_read_at": None,
    "baseline": {"pre": 7, "days": None, "flags": ["single_point_baseline"]},
    "anaesthetic": {
        "verdict": "negative",
        "reasons": [],
        "peak_relief_percent": 14.3,
        "confirmed_relief_percent": 14.3,
        "time_weighted_relief_percent": 5.0,
        "first_50_minutes": None,
        "duration_50_minutes": None,
        "duration_80_minutes": None,
        "concordance": "not_judged",
        "stated_relief_gap_points": None,
    },
    "flare": {"status": "none", "reasons": [], "start_day": None, "peak_rise": None, "days": None},
    "steroid": {
        "status": "none",
        "reasons": [],
        "onset_day": None,
        "onset_30_day": None,
        "peak_relief_percent": 14.3,
        "peak_day": 12.0,
    },
    "duration": {
        "headline": None,
        "reasons": [],
        "L50": None,
        "L30": None,
        "RTB": None,
        "days_at_50_percent": 0,
        "breakthrough_days": 0,
    },
    "shape": "none",
    "confidence": {"grade": "B", "reasons": []},
    "second_response": None,
    "responder": {"14": False, "28": False, "60": None, "90": None, "180": None, "365": None},
    "evidence": {"anaesthetic": [], "flare": [], "onset": [], "loss": []},
    "data": {
        "expected": 40,
        "on_time": 33,
        "late": 2,
        "back_filled": 1,
        "missing": 4,
        "skipped": 0,
        "extra": 0,
        "flags": [],
    },
}

POSITIVE: Json = {
    "verdict": "positive_strong",
    "peak_relief_percent": 100.0,
    "confirmed_relief_percent": 85.7,
    "first_50_minutes": 15,
    "duration_50_minutes": {"low": 180, "high": 240, "censored": False},
    "concordance": "concordant",
}
FLARE: Json = {"status": "flare", "start_day": 0.9, "peak_rise": 3, "days": 2.1}
RESPONDED: Json = {
    "status": "responded",
    "onset_day": estimate(5.6, 4.9, 6.6),
    "onset_30_day": estimate(5.1, 4.5, 5.9),
    "peak_relief_percent": 90.1,
}


def course(made: tuple[Json, Json, Json]) -> Course:
    """The Course of a case: (episode, reading, grades and edits)."""
    case, read, extra = made
    return course_from(case, read, extra.get("grades", {}), set(extra.get("edited", ())))


def flare_then_late_relief() -> tuple[Json, Json, Json]:
    entries = hours("321235778") + evenings("89X87532112 .1.0 1122110 2112211 12 2 321 1")
    entries[1]["side_effects"] = [{"code": "lightheadedness", "severity": "mild"}]
    for entry in entries:
        if entry["id"] in ("d1", "d2"):
            entry["side_effects"] = [
                {
                    "code": "increased_radicular_pain",
                    "severity": "moderate" if entry["id"] == "d1" else "severe",
                },
                {"code": "poor_sleep", "severity": "mild"},
            ]
            entry["analgesics"] = [{"drug": "ibuprofen", "dose_mg": 400}]
    entries += [
        evening(day, score) for day, score in ((42, 1), (49, 2), (56, 2), (63, 4), (70, 6), (77, 7), (84, 7))
    ]
    entries += [evening(day, 7) for day in (120, 150, 181)]
    read = reading(
        181.4,
        anaesthetic=POSITIVE,
        flare=FLARE,
        steroid=RESPONDED,
        duration={"headline": "L50", "L50": length(57.2, 54.0, 61.5)},
        shape="flare_then_relief",
        confidence={"grade": "B", "reasons": []},
    )
    grades = {"h3": "late", "d7": "late", "d9": "back_filled", "d10": "back_filled", "d56": "late"}
    return episode(entries), read, {"grades": grades, "edited": {"h2", "d5"}}


def strong_then_loss() -> tuple[Json, Json, Json]:
    relief = "7653322121 12211212112212112 2112 1121 1212 1122 11 2 1221212 112 "
    entries = hours("311012467") + evenings(relief + "12 12 5 67 6777 677 6767776 776 777667")
    read = reading(
        86.4,
        anaesthetic=POSITIVE,
        steroid=RESPONDED | {"onset_day": estimate(3.7, 3.0, 4.2)},
        duration={"headline": "L50", "L50": length(59.1, 57.0, 61.5)},
        shape="anaesthetic_then_steroid",
        confidence={"grade": "A", "reasons": []},
    )
    return episode(entries), read, {}


def still_in_relief() -> tuple[Json, Json, Json]:
    entries = (
        hours("311014567")
        + evenings("76542221112212 11211212112111")
        + [evening(day, score) for day, score in ((35, 2), (42, 1), (49, 2), (56, 2), (63, 1))]
    )
    read = reading(
        64.0,
        anaesthetic=POSITIVE,
        steroid=RESPONDED | {"onset_day": estimate(4.4, 3.9, 4.9)},
        duration={"headline": "L50", "L50": length(58.5, 58.5, None, None)},
        shape="anaesthetic_then_steroid",
    )
    return episode(entries), read, {}


def negative_none() -> tuple[Json, Json, Json]:
    entries = hours("776766777") + evenings("7767667777676 7767667777 7667")
    return episode(entries), reading(29.0), {}


def anaesthetic_only() -> tuple[Json, Json, Json]:
    entries = hours("321123577") + evenings("7767667777676 7767667777 7667")
    read = reading(28.6, anaesthetic=POSITIVE, steroid={"status": "not_applicable"}, shape="anaesthetic_only")
    return episode(entries, procedure={"steroid": None}), read, {}


def merged() -> tuple[Json, Json, Json]:
    entries = [*hours("321112212"), now(10, 2), *evenings("2322122121 2122 12 21112")]
    numb = {"low": 600, "high": None, "censored": True}
    read = reading(
        24.0,
        anaesthetic=POSITIVE | {"duration_50_minutes": numb, "concordance": "not_judged"},
        steroid=RESPONDED | {"status": "merged", "onset_day": estimate(0.5, 0.0, 1.0)},
        duration={"headline": "L50", "L50": length(21.4, 21.4, None, None)},
        shape="prolonged",
    )
    return episode(entries), read, {}


def prolonged() -> tuple[Json, Json, Json]:
    times = (0.25, 0.5, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 23)
    entries = hours("3211122121234", times) + evenings("57766766 7777")
    numb = {"low": 1200, "high": 1380, "censored": False}
    read = reading(
        14.0,
        anaesthetic=POSITIVE | {"duration_50_minutes": numb, "concordance": "prolonged"},
        steroid={"status": "not_applicable"},
        shape="prolonged",
    )
    return episode(entries, procedure={"steroid": None}), read, {}


def sparse() -> tuple[Json, Json, Json]:
    entries = [now(0.4, 3), now(2.2, 4), evening(3, 6), evening(9, 4), evening(20, 3), evening(60, 5)]
    anaesthetic = {
        "verdict": "indeterminate",
        "confirmed_relief_percent": 42.9,
        "peak_relief_percent": 57.1,
    }
    read = reading(
        75.0,
        anaesthetic=anaesthetic,
        steroid={"status": "not_evaluable"},
        flare={"status": "not_evaluable"},
        shape="not_readable",
        confidence={"grade": "D", "reasons": []},
    )
    return episode(entries), read, {}


def dense() -> tuple[Json, Json, Json]:
    ups = "".join(
        str(min(10, max(0, 2 + (day * 7919 % 5) - 2 + (4 if day > 100 else 0)))) for day in range(7, 184)
    )
    entries = hours("331234678") + evenings("788765") + evenings(ups, 7)
    read = reading(
        183.4,
        anaesthetic=POSITIVE | {"verdict": "positive", "confirmed_relief_percent": 57.1},
        steroid=RESPONDED,
        duration={"headline": "L50", "L50": length(95.0, 90.2, 100.4)},
        shape="anaesthetic_then_steroid",
        confidence={"grade": "A", "reasons": []},
    )
    return episode(entries), read, {}


def baseline_ten() -> tuple[Json, Json, Json]:
    entries = hours("X98899XXX") + evenings("XXX99898988 888")
    read = reading(
        14.5,
        baseline={"pre": 10},
        flare={"status": "flare", "start_day": 0.9, "peak_rise": 0, "days": None},
        steroid={"status": "pending"},
        shape="pending",
    )
    return episode(entries), read, {}


def baseline_zero() -> tuple[Json, Json, Json]:
    entries = hours("001000000") + evenings("0010020 1")
    nothing = {"verdict": "indeterminate", "peak_relief_percent": None, "confirmed_relief_percent": None}
    read = reading(
        9.5,
        baseline={"pre": 0},
        anaesthetic=nothing,
        flare={"status": "not_evaluable"},
        steroid={"status": "not_evaluable"},
        shape="not_readable",
        confidence={"grade": "D", "reasons": []},
    )
    return episode(entries), read, {}


PENDING: Json = {
    "verdict": "pending",
    "peak_relief_percent": 57.1,
    "confirmed_relief_percent": 42.9,
}


def live_hour_one() -> tuple[Json, Json, Json]:
    read = reading(
        1.05 / 24,
        anaesthetic=PENDING,
        flare={"status": "pending"},
        steroid={"status": "pending"},
        shape="pending",
        confidence={"grade": "C", "reasons": []},
        data={"expected": 4, "on_time": 3, "late": 1},
    )
    return episode(hours("543")), read, {"grades": {"h0.5": "late"}}


def live_day_three() -> tuple[Json, Json, Json]:
    read = reading(
        3.4,
        anaesthetic=POSITIVE,
        flare={"status": "flare", "start_day": 0.9, "peak_rise": 2, "days": None},
        steroid={"status": "pending"},
        shape="pending",
    )
    return episode(hours("321123577") + evenings("98 7")), read, {}


def live_day_twenty() -> tuple[Json, Json, Json]:
    read = reading(
        20.4,
        anaesthetic=POSITIVE,
        flare=FLARE,
        steroid=RESPONDED,
        duration={"headline": "L50", "L50": length(14.4, 14.4, None, None)},
        shape="flare_then_relief",
    )
    return episode(hours("321123577") + evenings("9X8753211221 1121122")), read, {}


def crowded_labels() -> tuple[Json, Json, Json]:
    entries = hours("321123577") + evenings("9X98433 211332")
    events = [
        {"at": (T0 + timedelta(days=12)).isoformat(), "kind": "repeat"},
        {"at": (T0 + timedelta(days=13)).isoformat(), "kind": "surgery"},
    ]
    read = reading(
        13.4,
        anaesthetic=POSITIVE,
        flare={"status": "flare", "start_day": 0.9, "peak_rise": 3, "days": 5.0},
        steroid=RESPONDED | {"onset_day": estimate(4.6, 2.9, 7.1)},
        duration={"headline": "L50", "L50": length(7.4, 4.9, 9.1, "repeat")},
        shape="flare_then_relief",
    )
    return episode(entries, events=events), read, {}


def many_symptoms() -> tuple[Json, Json, Json]:
    entries = hours("321123577") + evenings("98766544")
    codes = (
        "nausea",
        "vomiting",
        "headache",
        "flushing",
        "itching",
        "lightheadedness",
        "injection_site_pain",
    )
    severities = ("mild", "moderate", "severe")
    entries[1]["side_effects"] = [
        {"code": code, "severity": severities[place % 3]} for place, code in enumerate(codes)
    ]
    for place, entry in enumerate(entries[9:]):
        entry["side_effects"] = [
            {"code": "poor_sleep", "severity": severities[place % 3]},
            {"code": "increased_spinal_pain", "severity": "mild"},
        ][: 1 + place % 2]
        entry["analgesics"] = [{"drug": "ibuprofen"}]
    entries.append(now(1.5, None, skipped="asleep"))
    entries.append(now(2.5, 9))
    entries.append({**evening(4, 9), "id": "w4", "scale": "worst_24h"})
    entries.append(now(-0.5, 7))
    entries += [evening(day, 6) for day in (-6, -5, -4, -3)]
    read = reading(
        8.9,
        baseline={"pre": 7, "days": 6.3},
        anaesthetic=POSITIVE,
        steroid={
            "status": "partial",
            "onset_day": None,
            "onset_30_day": estimate(6.1, 5.2, 7.3),
        },
        duration={"headline": "L30", "L30": length(2.1, 2.1, None, None)},
        shape="pending",
    )
    return episode(entries), read, {"grades": {"h2.5": "clock_suspect"}}


def ended_by_surgery() -> tuple[Json, Json, Json]:
    entries = hours("321123577") + evenings("7654333 2213322 3332 343 44555667")
    events = [{"at": (T0 + timedelta(days=24)).isoformat(), "kind": "surgery"}]
    read = reading(
        30.4,
        anaesthetic=POSITIVE | {"verdict": "unconfirmed", "peak_relief_percent": 57.0},
        steroid=RESPONDED | {"onset_day": estimate(4.6, 4.0, 5.1)},
        duration={"headline": "L50", "L50": length(19.4, 18.9, 20.0, "surgery")},
        shape="delayed_steroid_only",
    )
    return episode(entries, events=events, index_pain={"site": "leg", "side": "left"}), read, {}


def flare_cut_by_repeat() -> tuple[Json, Json, Json]:
    """A flare from 7 h on that still goes on when the injection is repeated on day 5."""
    scores = [*hours("321", (0.25, 0.5, 1)), now(3, 5), now(7, 9), now(9.5, 9), now(60, 9)]
    entries = [*scores, *evenings("8 9 98 8 332 3 2 233 3")]
    entries[7]["side_effects"] = [{"code": "poor_sleep", "severity": "moderate"}]
    events = [{"at": (T0 + timedelta(days=5)).isoformat(), "kind": "repeat"}]
    note = {
        "code": "read_to_repeat",
        "params": {"day": 5},
        "text": "Read to the repeat injection on day 5; what followed is not read.",
    }
    read = reading(
        14.4,
        anaesthetic=POSITIVE | {"duration_50_minutes": {"low": 60, "high": 180, "censored": False}},
        flare=FLARE | {"start_day": 0.3, "days": None, "peak_rise": 2},
        steroid={"status": "none", "reasons": [note]},
        duration={"reasons": [note]},
        confidence={"grade": "B", "reasons": [note]},
        evidence={"anaesthetic": [], "flare": ["h7"], "onset": [], "loss": []},
        shape="anaesthetic_only",
    )
    return episode(entries, events=events), read, {}


CASES: dict[str, Callable[[], tuple[Json, Json, Json]]] = {
    made.__name__: made
    for made in (
        flare_then_late_relief,
        strong_then_loss,
        still_in_relief,
        negative_none,
        anaesthetic_only,
        merged,
        prolonged,
        sparse,
        dense,
        baseline_ten,
        baseline_zero,
        live_hour_one,
        live_day_three,
        live_day_twenty,
        crowded_labels,
        many_symptoms,
        ended_by_surgery,
        flare_cut_by_repeat,
    )
}
