"""The whole reading: shape, confidence, responders, what is pending and when it is read again."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from server.domain.criteria import DEFAULT
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from tests.builders import T0, Json, after, average, codes, diary, drawn, evening, now, reading

POSITIVE = "15m 2  30m 2  60m 2  2h 2  3h 6"
NEGATIVE = "15m 7  30m 7  60m 7"
DATA = [json.loads(line) for line in Path("tests/data/simulated-episodes.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    ("parts", "shape"),
    [
        ({"now_scores": POSITIVE, "averages": "7 3 3"}, "anaesthetic_then_steroid"),
        ({"now_scores": NEGATIVE, "averages": "7 3 3"}, "delayed_steroid_only"),
        ({"now_scores": POSITIVE, "averages": "7 7 7"}, "anaesthetic_only"),
        ({"now_scores": NEGATIVE, "averages": "7 7 7"}, "none"),
        ({"now_scores": POSITIVE, "averages": "9 7 7 3 3"}, "flare_then_relief"),
        ({"now_scores": NEGATIVE, "averages": "9 9 9 9 9 9 9 9 9 9 3 3"}, "flare_then_relief"),
        ({"now_scores": POSITIVE, "averages": "9 7 7 7"}, "anaesthetic_only"),
        ({"now_scores": "15m 2  30m 2  60m 2  8h 2", "averages": "3 3"}, "prolonged"),
        ({"now_scores": "15m 2  30m 2  60m 2  7h 2  8h 7", "averages": "7 7", "steroid": None}, "prolonged"),
        ({"now_scores": "15m 2  30m 2  60m 2  7h 2  8h 7", "averages": "7 7"}, "anaesthetic_only"),
        ({"now_scores": POSITIVE, "averages": "7 7 7", "steroid": None}, "anaesthetic_only"),
        ({"now_scores": "15m 2", "averages": "7 3 3"}, "not_readable"),
        ({"now_scores": POSITIVE, "averages": "7 7", "as_of": "3d"}, "pending"),
        ({"now_scores": "15m 7", "as_of": "1h"}, "pending"),
        ({"now_scores": POSITIVE, "averages": "4 4"}, "anaesthetic_only"),
    ],
)
def test_the_shape_is_the_first_that_applies(parts: Json, shape: str) -> None:
    assert drawn(**({"as_of": "400d"} | parts))["shape"] == shape


ASKED = {"activity": "provoking", "numb": True}


def scored(*, sedation: bool | None = False, volume: float = 0.5, **answers: Any) -> Json:
    """A well-kept first day, each score with these answers."""
    scores = [now(span, 2, **answers) for span in ("15m", "30m", "60m", "2h")]
    found: Json = reading(
        diary(entries=scores, volume=volume, as_of="135m", procedure={"sedation": sedation})
    )["confidence"]
    return found


def test_a_full_diary_without_confounders_is_grade_a() -> None:
    found = scored(**ASKED)

    assert found["grade"] == "A"
    assert found["reasons"][0]["text"] == "5 of 5 due check-ins on time (100 %)."


@pytest.mark.parametrize(
    ("answers", "grade", "confounders"),
    [
        ({"activity": "rest", "numb": True}, "B", ["confounder_no_provocation"]),
        ({"activity": "provoking", "numb": False}, "B", ["confounder_not_numb"]),
        ({"activity": "usual", "numb": False}, "C", ["confounder_no_provocation", "confounder_not_numb"]),
        (
            {"activity": "usual", "numb": False, "volume": 1.1},
            "D",
            ["confounder_volume", "confounder_no_provocation", "confounder_not_numb"],
        ),
        ({}, "A", ["unknown_provocation", "unknown_numbness"]),
        ({"sedation": None, **ASKED}, "A", ["unknown_sedation"]),
    ],
)
def test_confounders_lower_the_grade_and_unknowns_do_not(
    answers: Json, grade: str, confounders: list[str]
) -> None:
    found = scored(**answers)

    assert found["grade"] == grade
    assert codes(found["reasons"])[1:] == confounders


def test_what_was_not_tried_or_numb_in_an_open_window_is_not_so_yet() -> None:
    entries = [now(span, 2, activity="rest", numb=False) for span in ("15m", "30m", "60m")]

    early = reading(diary(entries=entries, as_of="119m"))
    over = reading(diary(entries=entries, as_of="120m"))

    assert codes(early["confidence"]["reasons"])[1:3] == [
        "confounder_no_provocation_yet",
        "confounder_not_numb_yet",
    ]
    assert codes(over["confidence"]["reasons"])[1:3] == ["confounder_no_provocation", "confounder_not_numb"]
    assert (early["anaesthetic"]["verdict"], early["next_read_at"]) == ("positive", after("120m"))


def test_sedation_is_a_confounder_and_makes_the_grade_d() -> None:
    found = scored(sedation=True, **ASKED)

    assert found["grade"] == "D"
    assert codes(found["reasons"]) == ["adherence", "verdict_indeterminate", "confounder_sedation"]


def test_covered_scores_answer_too_and_are_a_confounder() -> None:
    entries = [now("15m", 2), now("30m", 2, analgesics=[{"drug": "x"}]), now("60m", 2, numb=True)]

    found = reading(diary(now_scores="5m 2", entries=entries, as_of="3h"))["confidence"]

    assert "confounder_rescue" in codes(found["reasons"])
    assert "unknown_numbness" not in codes(found["reasons"])


@pytest.mark.parametrize(
    ("asked", "unknown"),
    [
        ({"scale": "average_24h"}, False),
        ({"scale": "worst_24h"}, False),
        ({"taken_at": after("135m")}, False),
        ({"taken_at": after("136m")}, True),
        ({"taken_at": after("0m")}, True),
        ({"recorded_at": after("9h")}, True),
        ({"skipped": "other", "pain": None}, True),
    ],
)
def test_any_usable_entry_of_the_window_answers(asked: Json, unknown: bool) -> None:
    entry = now("40m", 2, **ASKED) | asked

    found = reading(diary(now_scores="15m 2  30m 2  60m 2  2h 2", entries=[entry], as_of="3d"))["confidence"]

    assert ("unknown_numbness" in codes(found["reasons"])) is unknown


def test_fewer_than_four_due_check_ins_are_never_grade_a() -> None:
    entries = [now(span, 2, **ASKED) for span in ("15m", "30m", "60m")]

    found = reading(diary(entries=entries, as_of="65m", procedure={"sedation": False}))

    assert found["confidence"]["grade"] == "B"


def test_a_sparse_diary_is_grade_c_and_a_low_baseline_grade_d() -> None:
    sparse = drawn(now_scores=POSITIVE, as_of="10d")["confidence"]
    low = drawn(base=3, now_scores="15m 1  30m 1  60m 1  2h 1", as_of="3h")["confidence"]

    assert sparse["grade"] == "C"
    assert low["grade"] == "D"
    assert "low_baseline" in codes(low["reasons"])


@pytest.mark.parametrize(
    ("averages", "as_of", "day", "responds"),
    [
        ("day 11: 3 day 17: 3", "17.58d", "14", None),
        ("day 11: 3 day 17: 3", "17.59d", "14", True),
        ("day 10: 3 day 18: 3", "19d", "14", None),
        ("day 13: 3 3 4", "19d", "14", True),
        ("day 13: 3 4", "19d", "14", True),
        ("day 13: 3 5", "19d", "14", False),
        ("day 53: 3 day 67: 3", "68d", "60", True),
        ("day 52: 3 day 68: 3", "70d", "60", None),
        ("day 360: 4", "400d", "365", False),
    ],
)
def test_a_responder_has_a_median_at_half_relief_around_the_day(
    averages: str, as_of: str, day: str, responds: bool | None
) -> None:
    base = 7

    assert drawn(base=base, averages=averages, as_of=as_of)["responder"][day] is responds


def test_an_event_before_the_day_makes_it_false_at_once() -> None:
    event = {"at": evening(13, "23:59"), "kind": "repeat"}

    found = drawn(averages="7 3 3", events=[event], as_of="14d")["responder"]

    assert found == dict.fromkeys(("14", "28", "60", "90", "180", "365"), False)
    on_the_day = {"at": evening(14, "09:00"), "kind": "repeat"}
    assert drawn(averages="day 12: 3", events=[on_the_day], as_of="15d")["responder"]["14"] is None


def test_a_baseline_under_three_has_no_responders() -> None:
    event = {"at": evening(3), "kind": "repeat"}

    found = drawn(base=2, averages="0 0 0", events=[event], as_of="400d")["responder"]

    assert set(found.values()) == {None}


def test_zero_pain_is_a_response_at_any_baseline() -> None:
    assert drawn(base=3, averages="day 14: 0", as_of="20d")["responder"]["14"] is True


def test_the_daily_baseline_needs_four_averages_of_days_minus_seven_to_minus_one() -> None:
    def baseline(*dates: str) -> Json:
        daily = [{"date": f"2026-{date}", "average": 6.1} for date in dates]
        found: Json = drawn(baseline={"daily": daily})["baseline"]
        return found

    assert baseline("02-23", "02-24", "02-25", "03-01") == {"pre": 7, "days": 6.1, "flags": []}
    assert baseline("02-22", "02-24", "02-25", "03-01")["days"] is None
    assert baseline("02-23", "02-24", "02-25", "03-02")["flags"] == ["single_point_baseline"]
    assert baseline("02-23", "02-24", "02-25", "02-25")["days"] is None


def test_decimal_averages_decide_exactly() -> None:
    daily = [
        {"date": f"2026-02-{day}", "average": average}
        for day, average in zip(range(23, 27), (5.9, 6.1, 5.8, 6.2), strict=True)
    ]

    found = drawn(baseline={"daily": daily}, averages="6 3 3", as_of="20d")

    assert found["steroid"]["status"] == "responded"


@pytest.mark.parametrize(
    ("parts", "moment"),
    [
        ({"as_of": "0m"}, "25m"),
        ({"now_scores": "15m 2", "as_of": "15m"}, "40m"),
        ({"now_scores": "15m 2  30m 2  60m 2", "as_of": "71m"}, "135m"),
        ({"now_scores": "15m 7  30m 7  60m 7", "as_of": "71m"}, "2h"),
        ({"now_scores": POSITIVE, "averages": "7", "as_of": "36h"}, "62h"),
        ({"averages": "7 7 7 7 7 7 7 7 7", "as_of": "7.5d"}, "7.5833333333d"),
        ({"as_of": "27.56d"}, "27.5833333333d"),
        ({"as_of": "400d"}, None),
    ],
)
def test_it_is_read_again_when_something_changes_without_an_entry(parts: Json, moment: str | None) -> None:
    found = drawn(**parts)["next_read_at"]

    assert found == (None if moment is None else _rounded(after(moment)))


def _rounded(text: str) -> str:
    moment = datetime.fromisoformat(text) + timedelta(milliseconds=500)
    return moment.replace(microsecond=0).isoformat()


def test_a_responder_decision_is_awaited() -> None:
    found = drawn(averages="day 362: 3", as_of="371.5d")

    assert found["next_read_at"] == _rounded(after("372.5833333333d"))


def test_an_ended_episode_waits_for_nothing() -> None:
    event = {"at": evening(40), "kind": "surgery"}
    found = drawn(now_scores=POSITIVE, averages="7 3 3 3", events=[event], as_of="60d")

    assert found["next_read_at"] is None


@pytest.mark.parametrize("raw", DATA[::12], ids=lambda raw: raw["episode_id"])
@pytest.mark.parametrize("live", ["1h", "3d", "9d", "20d"])
def test_nothing_changes_before_the_next_reading_and_something_does_at_it(raw: Json, live: str) -> None:
    t0 = datetime.fromisoformat(raw["procedure"]["performed_at"])
    span = datetime.fromisoformat(after(live)) - T0
    known = [entry for entry in raw["entries"] if datetime.fromisoformat(entry["taken_at"]) <= t0 + span]

    def at(moment: datetime) -> Json:
        found = to_json(read(parse_episode(raw | {"entries": known, "as_of": moment.isoformat()}), DEFAULT))
        return {key: value for key, value in found.items() if key not in {"as_of", "next_read_at"}}

    as_of = t0 + span
    found = to_json(read(parse_episode(raw | {"entries": known, "as_of": as_of.isoformat()}), DEFAULT))
    again = datetime.fromisoformat(found["next_read_at"])

    assert at(again - timedelta(seconds=1)) == at(as_of)
    assert at(again) != at(as_of)


def test_the_reading_has_the_keys_of_the_specification_in_their_order() -> None:
    found = drawn(now_scores=POSITIVE, averages="7 3 3")

    assert list(found) == [
        "episode_id",
        "criteria",
        "as_of",
        "next_read_at",
        "baseline",
        "anaesthetic",
        "flare",
        "steroid",
        "duration",
        "shape",
        "confidence",
        "second_response",
        "responder",
        "evidence",
        "data",
    ]
    assert list(found["data"]) == [
        "expected",
        "on_time",
        "late",
        "back_filled",
        "missing",
        "skipped",
        "extra",
        "flags",
    ]
    assert found["criteria"] == "snrb-default/1"


def test_an_as_of_before_the_injection_reads_an_empty_diary() -> None:
    found = drawn(now_scores=POSITIVE, as_of="-1d")

    assert found["anaesthetic"]["verdict"] == "pending"
    assert found["data"]["expected"] == 1


def test_a_live_diary_is_pending_hour_by_hour_and_day_by_day() -> None:
    whole = diary(now_scores=POSITIVE, averages="9 7 7 3 3 3")

    def statuses(as_of: str) -> list[str]:
        found = reading(whole | {"as_of": after(as_of)})
        return [found["anaesthetic"]["verdict"], found["flare"]["status"], found["steroid"]["status"]]

    assert statuses("50m") == ["pending", "pending", "pending"]
    assert statuses("3d") == ["positive", "flare", "pending"]
    assert statuses("20d") == ["positive", "flare", "responded"]


def test_the_same_entry_of_a_worst_score_is_never_read() -> None:
    worst = {**average(2, 0), "id": "worst", "scale": "worst_24h"}

    assert drawn(averages="7 7 7", entries=[worst])["steroid"] == drawn(averages="7 7 7")["steroid"]
