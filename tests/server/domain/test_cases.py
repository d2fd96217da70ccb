"""Lives: one diary for each case a clinic meets, read as a whole."""

from typing import Any

import pytest

from tests.builders import Json, after, average, codes, diary, drawn, evening, now, reading

RELIEVED = "15m 3  30m 2  60m 2  2h 2"
AS_BEFORE = "15m 7  30m 7  60m 7  2h 7"


def told(found: Json) -> tuple[str, str, str, str]:
    """The four categories and the shape say what a course was."""
    return (
        found["anaesthetic"]["verdict"],
        found["flare"]["status"],
        found["steroid"]["status"],
        found["shape"],
    )


def test_a_mixture_is_read_as_long_as_its_longest_part_works() -> None:
    parts = [{"drug": "lidocaine", "volume_ml": 0.25}, {"drug": "ropivacaine", "volume_ml": 0.25}]
    scores = f"{AS_BEFORE}  4h 2  5h 2  8h 7"

    mixed = drawn(now_scores=scores, averages="7 7 7", procedure={"anaesthetic": parts}, as_of="30d")
    alone = drawn(now_scores=scores, averages="7 7 7", drug="lidocaine", as_of="30d")

    assert (mixed["anaesthetic"]["verdict"], alone["anaesthetic"]["verdict"]) == ("positive", "negative")
    assert "selectivity_reduced" not in codes(mixed["anaesthetic"]["reasons"])


def test_a_block_without_steroid_is_timed_and_the_drug_not_given_the_credit() -> None:
    found = drawn(now_scores=RELIEVED + "  6h 7", averages="7 7 2 2 2", steroid=None, as_of="60d")

    assert told(found) == ("positive", "none", "not_applicable", "anaesthetic_only")
    assert codes(found["steroid"]["reasons"]) == ["no_steroid", "line_met"]
    assert found["steroid"]["onset_day"] is not None
    assert found["duration"]["headline"] == "L50"


@pytest.mark.parametrize(
    ("base", "verdict", "grade", "steroid"),
    [
        (4, "positive", "C", "responded"),
        (3, "positive", "D", "responded"),
        (2, "indeterminate", "D", "not_evaluable"),
    ],
)
def test_the_lower_the_baseline_the_less_is_said(base: int, verdict: str, grade: str, steroid: str) -> None:
    found = drawn(base=base, now_scores="15m 1  30m 1  60m 1  2h 1", averages="4 4 1 1 1", as_of="40d")

    assert (found["anaesthetic"]["verdict"], found["confidence"]["grade"]) == (verdict, grade)
    assert found["steroid"]["status"] == steroid
    assert ("low_baseline" in found["baseline"]["flags"]) == (base == 3)


def test_below_three_nothing_is_timed_and_what_can_be_counted_is() -> None:
    found = drawn(base=2, now_scores="15m 1", averages="1 1 1", as_of="40d")

    assert found["flare"]["status"] == "not_evaluable"
    assert (found["steroid"]["onset_day"], found["duration"]["L50"]) == (None, None)
    assert set(found["responder"].values()) == {None}
    assert found["steroid"]["peak_relief_percent"] == 50
    assert found["duration"]["days_at_50_percent"] == 3


def test_relief_after_a_painkiller_is_not_the_blocks() -> None:
    taken = {"analgesics": [{"drug": "ibuprofen", "dose_mg": 400}]}
    scores = "15m 7  30m 7  2h 2  3h 2"

    rescued = drawn(drug="bupivacaine", now_scores=scores, entries=[now("60m", 7, **taken)], as_of="2d")
    untouched = drawn(drug="bupivacaine", now_scores=scores, entries=[now("60m", 7)], as_of="2d")

    assert (rescued["anaesthetic"]["verdict"], untouched["anaesthetic"]["verdict"]) == (
        "negative",
        "positive",
    )
    assert "confounder_rescue" in codes(rescued["confidence"]["reasons"])


def test_sedation_leaves_no_answer_but_the_measures() -> None:
    found = drawn(now_scores=RELIEVED, procedure={"sedation": True}, as_of="2d")

    assert (found["anaesthetic"]["verdict"], found["confidence"]["grade"]) == ("indeterminate", "D")
    assert codes(found["anaesthetic"]["reasons"]) == ["sedation"]
    assert found["anaesthetic"]["confirmed_relief_percent"] == 71.4


def test_a_painkiller_shortly_before_the_block_covers_its_first_scores_too() -> None:
    before = now("-2h", 7, analgesics=[{"drug": "codeine", "dose_mg": 30}])

    found = drawn(now_scores=RELIEVED, entries=[before], as_of="2d")

    assert found["anaesthetic"]["verdict"] == "indeterminate"
    assert {"analgesic_before", "rescue_excluded"} <= set(codes(found["anaesthetic"]["reasons"]))
    assert found["anaesthetic"]["confirmed_relief_percent"] is None


def test_a_night_asleep_leaves_the_length_of_relief_open_and_wide() -> None:
    asleep = [now(span, None, skipped="asleep") for span in ("11h", "13h")]

    found = drawn(now_scores=RELIEVED + "  5h 2  22h 7", entries=asleep, averages="7", as_of="2d")

    assert found["anaesthetic"]["duration_50_minutes"] == {"low": 300, "high": 1320, "censored": False}
    assert found["anaesthetic"]["concordance"] == "not_judged"
    assert (found["anaesthetic"]["verdict"], found["data"]["skipped"]) == ("positive", 2)


@pytest.mark.parametrize(
    ("performed_at", "offsets"),
    [
        ("2026-03-27T10:00:00+01:00", ["+01:00", "+02:00"]),
        ("2026-10-23T10:00:00+02:00", ["+02:00", "+01:00"]),
    ],
)
def test_a_night_in_which_the_clocks_change_moves_no_evening(performed_at: str, offsets: list[str]) -> None:
    date, before, after_change = performed_at[:8], *offsets
    first = int(performed_at[8:10])
    scores = {1: (7, before), 2: (3, after_change), 3: (3, after_change), 4: (3, after_change)}
    entries = [
        average(day, pain) | {"taken_at": f"{date}{first + day}T23:30:00{offset}"}
        for day, (pain, offset) in scores.items()
    ]

    found = reading(diary(zone="Europe/Berlin", entries=entries, procedure={"performed_at": performed_at}))

    assert found["steroid"]["status"] == "responded"
    assert found["steroid"]["reasons"][0]["params"]["day"] == 2
    assert found["data"]["on_time"] == 5
    assert found["next_read_at"].endswith(after_change)


def test_days_typed_in_later_are_read_for_the_course_and_not_for_the_first_answers() -> None:
    later = {"recorded_at": after("9d")}
    remembered = [now(span, 1, **later) for span in ("15m", "30m", "60m")]
    remembered += [average(day, pain, **later) for day, pain in enumerate((9, 9, 3, 3, 3), 1)]

    found = drawn(entries=remembered, averages="day 9: 3", as_of="60d")

    assert told(found) == ("indeterminate", "not_evaluable", "responded", "not_readable")
    assert found["anaesthetic"]["peak_relief_percent"] is None
    assert (found["data"]["back_filled"], found["data"]["on_time"]) == (8, 2)


def test_scores_a_minute_apart_are_one_and_confirm_nothing() -> None:
    hasty = drawn(now_scores="15m 2  16m 2  17m 2  60m 7  2h 7", as_of="2d")
    apart = drawn(now_scores="15m 2  30m 2  60m 7  2h 7", as_of="2d")

    assert hasty["anaesthetic"]["verdict"] == "unconfirmed"
    assert apart["anaesthetic"]["verdict"] == "positive"


@pytest.mark.parametrize("kind", ["repeat", "surgery"])
def test_a_repeat_or_an_operation_ends_the_reading_with_what_was_seen(kind: str) -> None:
    events = [{"at": evening(20, "09:00"), "kind": kind}]
    course = {"now_scores": RELIEVED + "  6h 7", "averages": "7 7" + " 3" * 17 + " 9 9 9 9", "as_of": "400d"}

    found = drawn(events=events, **course)

    assert told(found) == ("positive", "none", "responded", "anaesthetic_then_steroid")
    assert found["duration"]["L50"]["ended_by"] == kind
    assert found["duration"]["L50"]["censored"] is False
    assert found["responder"]["14"] is True
    assert found["responder"]["28"] is False
    assert found["second_response"] is None
    assert found["next_read_at"] is None


def test_an_event_on_the_day_of_the_block_still_leaves_the_first_answer() -> None:
    events = [{"at": after("5h"), "kind": "repeat"}]

    found = drawn(now_scores=RELIEVED + "  6h 7", averages="2 2 2", events=events, as_of="60d")

    assert found["anaesthetic"]["verdict"] == "positive"
    assert found["steroid"]["onset_day"] is None
    assert found["anaesthetic"]["duration_50_minutes"] == {"low": 120, "high": None, "censored": True}


def leg_pain(severity: str) -> Json:
    """A report of more pain down the limb, days after the window."""
    effects = [{"code": "increased_radicular_pain", "severity": severity}]
    return now("80h", 9, side_effects=effects)


def codeine(dose: float) -> Json:
    """A dose taken on a day at the end of the scale, beside the usual 60 mg."""
    return now("30h", 10, analgesics=[{"drug": "codeine", "dose_mg": dose}])


@pytest.mark.parametrize(
    ("base", "averages", "entry", "status"),
    [
        (9, "10 10 9 9", now("80h", 9), "none"),
        (9, "10 10 9 9", leg_pain("severe"), "flare"),
        (9, "10 9 10 9", leg_pain("severe"), "none"),
        (9, "10 10 9 9", leg_pain("mild"), "none"),
        (10, "10 10 9 9", codeine(75), "flare"),
        (10, "10 10 9 9", codeine(74), "none"),
        (8, "10 9 8 8", now("80h", 9), "flare"),
    ],
)
def test_at_the_end_of_the_scale_a_score_alone_is_no_flare(
    base: int, averages: str, entry: Json, status: str
) -> None:
    usual = {"usual_analgesics": [{"drug": "codeine", "mg_per_day": 60}]}

    found = drawn(base=base, averages=averages, entries=[entry], baseline=usual, as_of="20d")

    assert found["flare"]["status"] == status


WHOLE: dict[str, Any] = {
    "now_scores": RELIEVED + "  6h 7",
    "averages": "9 7 7 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3",
}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("1h", ("positive", "pending", "pending", "pending")),
        ("3d", ("positive", "flare", "pending", "pending")),
        ("20d", ("positive", "flare", "responded", "flare_then_relief")),
    ],
)
def test_a_live_diary_says_what_can_be_said_so_far(as_of: str, expected: tuple[str, ...]) -> None:
    found = drawn(**WHOLE, as_of=as_of)

    assert told(found) == expected
    assert found["next_read_at"] is not None


def test_a_live_relief_has_no_end_and_its_later_days_are_not_answered_yet() -> None:
    found = drawn(**WHOLE, as_of="20d")

    assert found["duration"]["L50"]["censored"] is True
    assert found["responder"] == {"14": True, "28": None, "60": None, "90": None, "180": None, "365": None}


@pytest.mark.parametrize(
    ("parts", "expected", "reasons"),
    [
        ({"as_of": "1h"}, ("pending", "pending", "pending", "pending"),
         {"window_open", "flare_days_not_over", "onset_days_not_over", "not_reached_yet"}),
        ({"as_of": "60d"}, ("indeterminate", "not_evaluable", "not_evaluable", "not_readable"),
         {"too_few_points", "no_early_point", "no_early_entry", "too_few_days"}),
        ({"averages": "day 3: 3 day 10: 3 day 20: 3", "as_of": "60d"},
         ("indeterminate", "none", "not_evaluable", "not_readable"), {"too_few_days", "never_reached"}),
    ],
)  # fmt: skip
def test_a_diary_too_thin_for_an_answer_says_which_and_why(
    parts: Json, expected: tuple[str, ...], reasons: set[str]
) -> None:
    found = drawn(**parts)

    phases = (found["anaesthetic"], found["flare"], found["steroid"], found["duration"])
    assert told(found) == expected
    assert reasons <= {code for phase in phases for code in codes(phase["reasons"])}
    assert all(why["text"] for phase in phases for why in phase["reasons"])
