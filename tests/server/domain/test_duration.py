"""How long relief lasted: loss, return, events, analgesics, gaps, and a second response."""

from typing import Any

import pytest

from tests.builders import Json, average, codes, diary, drawn, evening, full_reading

USUAL = {"usual_analgesics": [{"drug": "ibuprofen", "mg_per_day": 800}]}


def duration(**parts: Any) -> Json:
    found: Json = drawn(**({"as_of": "400d"} | parts))["duration"]
    return found


def test_the_loss_is_the_first_of_three_successive_averages_above_the_line() -> None:
    found = duration(averages="7 3 3 3 4 3 5 5 5")

    assert found["headline"] == "L50"
    assert found["L50"] == {"days": 5.0, "low": 4.0, "high": 6.0, "censored": False, "ended_by": "loss"}
    assert found["breakthrough_days"] == 1
    assert found["days_at_50_percent"] == 4
    assert codes(found["reasons"]) == ["lost"]


def test_two_bad_averages_are_a_loss_only_when_five_days_apart() -> None:
    assert duration(averages="7 3 3 day 28: 3 day 35: 5 day 42: 5")["L50"]["ended_by"] == "loss"
    assert duration(averages="7 3 3 5 . . . 5")["L50"]["ended_by"] is None
    assert duration(averages="7 3 3 5 . . . . 5")["L50"]["ended_by"] == "loss"


def test_a_length_is_never_below_zero() -> None:
    taken = [{"drug": "ibuprofen", "dose_mg": 1000}]
    entries = [
        average(day, 3, analgesics=taken) | {"taken_at": evening(day, "18:00")} for day in range(2, 10)
    ]
    first = average(1, 3) | {"taken_at": evening(1, "18:00")}

    found = duration(now_scores="15m 2  30m 2  60m 2  3h 3", entries=[first, *entries], baseline=USUAL)

    assert found["L50"] == {"days": 0.8, "low": 0, "high": 1.8, "censored": False, "ended_by": "analgesic"}


def test_relief_that_is_not_lost_is_censored_at_its_last_good_day() -> None:
    found = duration(averages="7 3 3 3 5 5")

    assert found["L50"] == {"days": 2.5, "low": 2.5, "high": None, "censored": True, "ended_by": None}
    assert found["breakthrough_days"] == 2
    assert codes(found["reasons"]) == ["still_in_relief"]


def test_l30_and_the_return_to_baseline_have_their_own_lines() -> None:
    found = duration(base=10, averages="10 5 5 6 6 6 7 7 7 8 8 8")

    ends = {name: found[name]["ended_by"] for name in ("L50", "L30", "RTB")}
    assert ends == {"L50": "loss", "L30": "loss", "RTB": "loss"}
    assert found["L50"]["days"] < found["L30"]["days"] <= found["RTB"]["days"] < 10


def test_eighty_percent_of_the_baseline_is_back_already() -> None:
    assert duration(base=10, averages="10 5 5 8 8 8")["RTB"]["ended_by"] == "loss"
    assert duration(base=9, averages="9 4 4 7 7 7")["RTB"]["ended_by"] is None


def test_without_half_relief_the_thirty_percent_line_is_the_headline() -> None:
    found = duration(averages="7 4 4 4 5 5 5")

    assert (found["headline"], found["L50"]) == ("L30", None)
    assert found["L30"]["days"] == 3.0
    assert duration(averages="7 7 7")["headline"] is None
    assert codes(duration(averages="7 7 7")["reasons"]) == ["never_reached"]


@pytest.mark.parametrize("steroid", ["dexamethasone", None])
def test_relief_that_may_still_come_has_not_begun_yet(steroid: str | None) -> None:
    def told(as_of: str) -> list[str]:
        found = drawn(averages="7 7", steroid=steroid, as_of=as_of)
        return [why["text"] for why in found["duration"]["reasons"]]

    assert told("27.58d") == ["Lasting relief of at least 50 % has not begun yet."]
    assert told("27.59d") == ["Lasting relief of at least 50 % did not begin, so it has no length."]


@pytest.mark.parametrize(("kind", "name"), [("repeat", "the repeat injection"), ("surgery", "the surgery")])
def test_without_relief_the_answers_say_how_far_the_diary_is_read(kind: str, name: str) -> None:
    found = drawn(averages="7 7 7", events=[{"at": evening(7, "10:00"), "kind": kind}], as_of="60d")

    for section in ("steroid", "duration", "confidence"):
        assert found[section]["reasons"][-1]["text"] == (
            f"Read to {name} on day 7; what followed is not read."
        )


def test_an_event_after_the_last_possible_onset_says_nothing_about_it() -> None:
    found = drawn(averages="7 7 7", events=[{"at": evening(43), "kind": "repeat"}], as_of="60d")

    assert codes(found["steroid"]["reasons"]) == ["no_lasting_relief"]
    assert codes(found["duration"]["reasons"]) == ["never_reached"]


@pytest.mark.parametrize("kind", ["repeat", "surgery"])
def test_an_event_ends_the_relief_at_its_time(kind: str) -> None:
    event = {"at": evening(10, "10:00"), "kind": kind}

    found = duration(averages="7 3 3 3 3 3 5 5 day 11: 5 5 5", events=[event])

    assert found["L50"] == {"days": 8.5, "low": 8.0, "high": 9.0, "censored": False, "ended_by": kind}
    assert codes(found["reasons"]) == [f"ended_by_{kind}"]


def test_a_loss_before_the_event_stays_a_loss() -> None:
    event = {"at": evening(20, "10:00"), "kind": "surgery"}

    assert duration(averages="7 3 3 5 5 5", events=[event])["L50"]["ended_by"] == "loss"


def raised(first: int, last: int, mg: float = 1000) -> list[Json]:
    return [
        average(day, 3, analgesics=[{"drug": "ibuprofen", "dose_mg": mg}]) for day in range(first, last + 1)
    ]


def test_seven_recorded_days_on_a_raised_dose_end_the_relief() -> None:
    seven = duration(averages="7 3 3 3", entries=raised(5, 11), baseline=USUAL)
    six = duration(averages="7 3 3 3", entries=raised(5, 10), baseline=USUAL)
    lower = duration(averages="7 3 3 3", entries=raised(5, 11, 999), baseline=USUAL)

    assert seven["L50"]["ended_by"] == "analgesic"
    assert seven["L50"]["days"] == pytest.approx(3, abs=0.2)
    assert codes(seven["reasons"]) == ["ended_by_analgesic"]
    assert (six["L50"]["ended_by"], lower["L50"]["ended_by"]) == (None, None)


def test_a_day_without_the_raised_dose_starts_the_count_again() -> None:
    entries = [*raised(5, 10), average(11, 3), *raised(12, 17)]

    assert duration(averages="7 3 3 3", entries=entries, baseline=USUAL)["L50"]["ended_by"] is None


@pytest.mark.parametrize(
    ("averages", "censored", "flags"),
    [
        ("7 3 3 day 17: 3 5 5 5", False, []),
        ("7 3 3 day 18: 3 5 5 5", False, ["low_precision"]),
        ("7 3 3 day 31: 3 5 5 5", False, ["low_precision"]),
        ("7 3 3 day 32: 3 5 5 5", True, ["low_precision"]),
        (
            "7 3 3 day 10: 3 day 24: 3 day 38: 3 day 52: 3 day 66: 3 day 70: 3 day 84: 3 day 129: 3 5 5 5",
            False,
            [],
        ),
        (
            "7 3 3 day 10: 3 day 24: 3 day 38: 3 day 52: 3 day 66: 3 day 70: 3 day 84: 3 day 130: 3 5 5 5",
            True,
            [],
        ),
    ],
)
def test_a_gap_hides_the_end_or_makes_it_imprecise(averages: str, censored: bool, flags: list[str]) -> None:
    found = drawn(averages=averages, as_of="400d")

    assert found["duration"]["L50"]["censored"] is censored
    assert found["data"]["flags"] == flags


def test_a_gap_censors_at_its_start() -> None:
    found = duration(averages="7 3 3 5 day 40: 3 5 5 5")

    assert found["L50"] == {"days": 1.5, "low": 1.5, "high": None, "censored": True, "ended_by": None}
    assert found["breakthrough_days"] == 1
    assert codes(found["reasons"]) == ["gap", "low_precision"]


def test_the_silence_before_an_event_is_a_gap_too() -> None:
    event = {"at": evening(60), "kind": "surgery"}

    assert duration(averages="7 3 3", events=[event])["L50"]["censored"]


def test_a_later_relief_is_a_second_response() -> None:
    found = drawn(averages="7 3 3 5 5 5 5 3 3 3 5 5 5", as_of="400d")

    assert found["second_response"] == {"start_day": 7.5, "days": 3.0}
    assert drawn(averages="7 3 3 5 5 5 5 3", as_of="400d")["second_response"] is None
    assert drawn(averages="7 3 3 3", as_of="400d")["second_response"] is None


def test_a_second_response_may_begin_after_day_42() -> None:
    found = drawn(averages="7 3 3 5 5 5 day 30: 5 day 44: 5 day 51: 3 day 58: 3", as_of="400d")

    assert found["second_response"] == {"start_day": 47.5, "days": 10.5}


def test_a_baseline_under_three_has_counts_and_no_lengths() -> None:
    found = duration(base=2, averages="1 1 2")

    assert (found["headline"], found["L50"], found["days_at_50_percent"]) == (None, None, 2)
    assert duration(base=0, averages="0 0 0")["days_at_50_percent"] == 0


def test_the_loss_can_be_placed_in_time() -> None:
    found = full_reading(diary(averages="7 3 3 3 5 5 5", as_of="60d"))

    assert found.loss_days is not None
    assert [round(float(day), 2) for day in found.loss_days] == [4.46, 3.96, 4.96]
    assert full_reading(diary(averages="7 3 3", as_of="60d")).loss_days is None
    assert full_reading(diary(averages="7 7 7", as_of="60d")).loss_days is None


def test_the_entries_that_decided_are_named() -> None:
    assert drawn(averages="7 3 3 5 5 5", as_of="30d")["evidence"]["loss"] == ["d4", "d5", "d6"]
    assert drawn(averages="7 3 3 5 5", as_of="30d")["evidence"]["loss"] == ["d3"]
    assert drawn(averages="7 7 7", as_of="30d")["evidence"]["loss"] == []


STEADY = "7 7 7 6 3 2 3 2 3 3 2 3 2 2 3 2"


def test_a_dip_no_deeper_than_the_diary_varies_ends_nothing() -> None:
    noisy = "7 6 8 6 3 1 3 1 2 3 1 3 1 4 4 4 1 3 1 2 3 1 3 1 2 3 2 1 3 1 7 6 7 8 7 6 7"
    found = drawn(averages=noisy, as_of="400d")

    assert found["duration"]["L50"]["days"] == pytest.approx(26, abs=1.5)
    assert found["duration"]["breakthrough_days"] == 3
    assert codes(found["duration"]["reasons"]) == ["lost", "dip_by_chance"]
    assert found["duration"]["reasons"][1]["text"] == (
        "3 averages above 3/10 from day 14 on are no more than this diary varies from day to day; "
        "relief of 50 % went on."
    )
    assert found["second_response"] is None


def test_a_deep_dip_is_a_loss_and_what_follows_a_second_response() -> None:
    found = drawn(averages=f"{STEADY} 7 7 8 7 3 2 3 2 3 2 3 2 3 2 7 7 7", as_of="400d")

    assert found["duration"]["L50"]["days"] == pytest.approx(12, abs=1)
    assert codes(found["duration"]["reasons"]) == ["lost"]
    assert found["second_response"]["start_day"] == pytest.approx(20.5, abs=1)


def test_a_dip_longer_than_the_relief_after_it_is_a_loss() -> None:
    found = duration(averages=f"{STEADY} 4 4 4 4 4 3 3 4 4 5 6 7 7 7")

    assert found["L50"]["days"] == pytest.approx(14, abs=4)
    assert "dip_by_chance" not in codes(found["reasons"])


def test_a_slow_loss_is_placed_where_the_line_was_crossed() -> None:
    slow = "7 7 7 2 1 2 1 1 2 1 2 1 2 2 2 2 3 2 3 3 4 3 4 4 5 4 5 5 6 6 6 7 7 7 7 7 7 7"
    found = duration(averages=slow)["L50"]

    assert found["low"] < found["days"] < found["high"]
    assert 3.5 + found["days"] == pytest.approx(21.5, abs=1.5)


def test_a_thin_diary_has_a_wide_interval() -> None:
    daily = duration(averages="7 7 7 7 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 7 7 7 7 7 7 7 7")["L50"]
    thin = duration(averages="7 7 7 7 2 2 2 2 2 2 . . . . . . 2 2 . . . . . . 7 7 7 7 7 7 7 7")["L50"]

    assert daily["high"] - daily["low"] < 2 < thin["high"] - thin["low"]
    assert thin["low"] <= 17 <= thin["high"]
