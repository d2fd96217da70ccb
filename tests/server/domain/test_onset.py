"""When lasting relief began: the call, its interval, the statuses and the peak."""

from typing import Any

import pytest

from tests.builders import Json, after, average, codes, drawn, evening, now

POSITIVE = "15m 2  30m 2  60m 2"


def steroid(**parts: Any) -> Json:
    found: Json = drawn(**({"as_of": "400d"} | parts))["steroid"]
    return found


@pytest.mark.parametrize(
    ("averages", "status"),
    [
        ("7 3 3", "responded"),
        ("7 3 . 3", "responded"),
        ("7 3 7 3", "responded"),
        ("7 3 7 7 3", "none"),
        ("day 14: 3 3", "responded"),
        ("day 15: 3 3", "late"),
        ("day 28: 3 . 3", "late"),
        ("day 35: 3 . . . . . . 3", "late"),
        ("day 29: 3 . . . . . . . 3", "late"),
        ("day 29: 3 . . . . . . . . 3", "not_evaluable"),
        ("day 29: 3 7 3", "none"),
        ("day 42: 3 3", "none"),
        ("day 41: 3 3", "late"),
        ("4 4", "partial"),
        ("4 4 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 3 3", "late"),
        ("7 7 7", "none"),
        ("7 . . 7", "not_evaluable"),
        ("", "not_evaluable"),
    ],
)
def test_the_status_of_the_steroid_phase(averages: str, status: str) -> None:
    assert steroid(averages=averages)["status"] == status


@pytest.mark.parametrize(
    ("base", "averages", "status"),
    [
        (3, "2 2", "none"),
        (3, "1 1", "responded"),
        (4, "2 2", "responded"),
        (10, "7 7", "partial"),
        (10, "5 5", "responded"),
    ],
)
def test_a_call_needs_the_percentage_and_two_points(base: int, averages: str, status: str) -> None:
    assert steroid(base=base, averages=averages)["status"] == status


def test_nothing_seen_is_pending_until_day_28_begins() -> None:
    assert drawn(averages="7 7", as_of="27.58d")["steroid"]["status"] == "pending"
    assert drawn(averages="7 7", as_of="27.59d")["steroid"]["status"] == "none"
    assert drawn(averages="4 4", as_of="2.6d")["steroid"]["status"] == "partial"


def test_a_block_without_steroid_is_not_applicable_but_timed() -> None:
    found = steroid(steroid=None, averages="7 3 3")

    assert found["status"] == "not_applicable"
    assert codes(found["reasons"]) == ["no_steroid", "line_met"]
    assert found["onset_day"] == {"estimate": 1.5, "low": 1.0, "high": 2.0}
    assert drawn(steroid=None)["steroid"]["status"] == "not_applicable"


def test_the_reason_names_the_evenings_and_not_an_onset() -> None:
    (why,) = steroid(averages="7 7 3 3")["reasons"]

    assert why["text"] == ("First evening at the 50 % line: day 3, held on day 4 (line 3/10, baseline 7/10).")


def test_an_unknown_steroid_is_still_read() -> None:
    assert steroid(steroid="unknown", averages="7 3 3")["status"] == "responded"


def test_a_baseline_under_three_gives_no_onset_but_a_peak() -> None:
    found = steroid(base=2, steroid=None, averages="1 1 1")

    assert (found["status"], found["onset_day"], found["onset_30_day"]) == ("not_evaluable", None, None)
    assert (found["peak_relief_percent"], found["peak_day"]) == (50, 2.0)


def test_the_crossing_lies_between_the_last_miss_and_the_first_day() -> None:
    found = steroid(averages="7 7 5 3 3")

    assert found["onset_day"] == {"estimate": 3.5, "low": 3.0, "high": 4.0}
    assert found["onset_30_day"] == {"estimate": 3.5, "low": 3.0, "high": 4.0}


def test_a_now_score_after_the_window_narrows_the_crossing() -> None:
    found = steroid(averages="7 7 . . 3 3", entries=[now("4d", 6), now("3d", 7), now("4.5d", 2)])

    assert found["onset_day"] == {"estimate": 4.5, "low": 4.0, "high": 5.0}


def test_without_a_miss_the_crossing_lies_after_t0() -> None:
    found = steroid(averages=". . 3 3", now_scores="30m 7  60m 7  2h 7")

    assert found["onset_day"] == {"estimate": 1.5, "low": 0, "high": 3.0}


def test_crossings_use_the_percentage_alone() -> None:
    found = steroid(base=3, averages="3 2 2 1 1")

    assert found["onset_30_day"] == {"estimate": 1.5 + 1, "low": 1.0, "high": 4.0}
    assert found["onset_day"] == {"estimate": 3.5, "low": 3.0, "high": 4.0}


def test_back_filled_averages_count_for_the_onset() -> None:
    entries = [average(1, 7), average(2, 3, recorded_at=evening(6)), average(3, 3, recorded_at=evening(6))]

    assert steroid(entries=entries)["status"] == "responded"


@pytest.mark.parametrize(
    ("now_scores", "averages", "status"),
    [
        (f"{POSITIVE}  3h 3  8h 3", "3 3", "merged"),
        (f"{POSITIVE}  3h 3  8h 4", "3 3", "responded"),
        (POSITIVE, "3 3", "responded"),
        (f"{POSITIVE}  3h 3", ". 3 3", "merged"),
        (f"{POSITIVE}  3h 3", ". . 3 3", "responded"),
        (f"{POSITIVE}  3h 3", "4 3 3", "responded"),
        ("15m 4  30m 4  60m 4  3h 3", "3 3", "responded"),
    ],
)
def test_relief_that_runs_on_from_the_anaesthetic_is_merged(
    now_scores: str, averages: str, status: str
) -> None:
    assert steroid(now_scores=now_scores, averages=averages)["status"] == status


def test_merged_relief_begins_within_the_first_day() -> None:
    found = drawn(now_scores=f"{POSITIVE}  3h 3", averages="3 3", as_of="60d")

    assert found["steroid"]["onset_day"] == {"estimate": 0.5, "low": 0, "high": 1.0}
    assert found["steroid"]["onset_30_day"] == {"estimate": 0.5, "low": 0, "high": 1.0}
    assert found["shape"] == "prolonged"


def test_a_merged_relief_reads_back_filled_and_rescue_covered_scores_too() -> None:
    bad = now("5h", 6, recorded_at=after("9h"))
    covered = now("6h", 6)
    rescue = now("4h", 3, analgesics=[{"drug": "ibuprofen"}])

    assert steroid(now_scores=f"{POSITIVE}  3h 3", averages="3 3", entries=[bad])["status"] == "responded"
    assert steroid(now_scores=POSITIVE, averages="3 3", entries=[rescue, covered])["status"] == "responded"
    assert steroid(now_scores=POSITIVE, averages="3 3", entries=[rescue])["status"] == "merged"


def test_the_peak_is_the_lowest_mean_of_three_recorded_days_at_the_middle_one() -> None:
    found = steroid(averages="7 3 1 2 . 1 1 7")

    assert (found["peak_relief_percent"], found["peak_day"]) == (81.0, 4.0)
    assert steroid(averages="3 3")["peak_relief_percent"] is None
    assert steroid(averages="day 42: 1 0 0")["peak_day"] is None


def test_an_average_of_day_zero_stands_no_earlier_than_t0_in_the_crossing() -> None:
    same_day = {**average(0, 7), "taken_at": evening(0, "12:00")}

    assert steroid(averages="3 3", entries=[same_day])["onset_day"]["low"] == 0


def test_an_average_of_the_time_before_the_injection_is_no_recorded_day() -> None:
    before = {**average(0, 2), "taken_at": evening(0, "21:59")}
    after_t0 = {**average(0, 2), "taken_at": evening(0, "22:00")}
    merged = f"{POSITIVE}  3h 3"

    assert steroid(entries=[{**before, "pain": 9}], now_scores=merged, averages="3 3")["status"] == "merged"
    assert steroid(entries=[before], averages="2 2")["peak_day"] is None
    assert steroid(entries=[after_t0], averages="2 2")["peak_day"] == 1.0
    assert drawn(entries=[before])["duration"]["days_at_50_percent"] == 0
    assert drawn(entries=[after_t0])["duration"]["days_at_50_percent"] == 1


def test_the_entries_that_decided_are_named() -> None:
    assert drawn(averages="7 3 7 3", as_of="30d")["evidence"]["onset"] == ["d2", "d4"]


def test_the_onset_is_read_from_the_scores_on_both_sides() -> None:
    found = steroid(averages="7 7 7 7 4 1 1 1 1 1 1 1 1 1 1 1")["onset_day"]

    assert found["estimate"] == pytest.approx(5, abs=0.3)
    assert found["high"] - found["low"] < 1


def test_a_bad_evening_among_good_ones_moves_no_onset() -> None:
    plain = steroid(averages="7 7 7 7 2 1 1 1 1 1 1 1 1 1 1 1")["onset_day"]["estimate"]
    one_bad = steroid(averages="7 7 7 7 2 1 1 6 1 1 1 1 1 1 1 1")["onset_day"]["estimate"]

    assert one_bad == pytest.approx(plain, abs=0.3)


def test_a_flare_is_no_late_onset() -> None:
    quiet = steroid(averages="7 7 7 7 2 1 1 1 1 1 1 1 1 1 1 1")["onset_day"]["estimate"]
    flared = steroid(averages="9 10 9 7 2 1 1 1 1 1 1 1 1 1 1 1")["onset_day"]["estimate"]

    assert flared == pytest.approx(quiet, abs=0.3)


def test_an_onset_in_a_gap_may_lie_anywhere_in_it() -> None:
    found = steroid(averages="7 7 7 . . . . . 1 1 1 1 1 1 1 1 1 1 1")["onset_day"]

    assert found["low"] < 4.5
    assert found["high"] > 7
    assert 5 < found["estimate"] < 7


def test_the_wearing_off_of_the_anaesthetic_is_no_onset() -> None:
    found = steroid(
        now_scores=f"{POSITIVE} 3h 5 5h 7 8h 7", averages="7 7 3 2 2 2 2 2 2 2 2 2 2 2 2", base=7
    )["onset_day"]

    assert found["low"] > 1.5


def test_a_noisy_diary_has_a_wider_interval() -> None:
    def width(averages: str) -> float:
        found = steroid(averages=averages)["onset_day"]
        return float(found["high"] - found["low"])

    steady = width("7 7 7 7 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2")
    noisy = width("7 5 8 6 3 1 4 2 0 3 1 3 0 2 4 1 2 3 0 2")

    assert noisy > 1.5 * steady
