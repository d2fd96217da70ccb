"""The flare: what calls one, when it is over, and what is said without one."""

from typing import Any

import pytest

from tests.builders import Json, after, average, codes, drawn, evening, now

USUAL = {"usual_analgesics": [{"drug": "ibuprofen", "mg_per_day": 800}]}


def flare(**parts: Any) -> Json:
    found: Json = drawn(**({"as_of": "400d", "base": 5} | parts))["flare"]
    return found


def dose(day: int, mg: float, pain: int, **more: Any) -> Json:
    """An evening average with what was taken that day."""
    taken = {"drug": "ibuprofen", "dose_mg": mg, "taken_at": evening(day, "12:00")}
    return average(day, pain, analgesics=[taken], **more)


def test_an_average_two_above_baseline_is_a_flare_until_two_days_back() -> None:
    found = flare(averages="5 7 7 6 6 5")

    assert (found["status"], found["start_day"], found["days"], found["peak_rise"]) == ("flare", 2.0, 2.0, 2)
    assert codes(found["reasons"]) == ["score_rise", "returned"]


def test_an_average_stands_twelve_hours_before_it_was_taken() -> None:
    early = {**average(1, 7), "taken_at": evening(1, "18:00")}

    assert flare(entries=[early], averages=". 5 5")["start_day"] == 0.8


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        (now("7h", 7), "flare"),
        (now("7h", 6), "not_evaluable"),
        (now("5.9h", 7), "not_evaluable"),
        (now("6h", 7), "flare"),
        (now("7h", 7, activity="provoking"), "not_evaluable"),
        (now("7h", 7, recorded_at=after("9h")), "not_evaluable"),
        (average(3, 7, recorded_at=evening(5)), "not_evaluable"),
        (average(7, 7), "flare"),
        ({**average(3, 9), "scale": "worst_24h"}, "none"),
        ({**average(1, 7), "taken_at": evening(0, "23:00")}, "not_evaluable"),
        (now("7.5d", 7), "flare"),
        (now("7.6d", 7), "not_evaluable"),
        (average(8, 9), "not_evaluable"),
    ],
)
def test_what_counts_as_a_rise(entry: Json, status: str) -> None:
    assert flare(entries=[entry])["status"] == status


def test_the_long_acting_drugs_keep_their_window_free_of_flares() -> None:
    early, late = now("5.9h", 7), now("6h", 7)

    assert flare(drug="bupivacaine", entries=[early])["status"] == "not_evaluable"
    assert flare(drug="bupivacaine", entries=[late])["status"] == "flare"


def test_a_now_score_is_held_against_the_higher_of_both_baselines() -> None:
    daily = [{"date": f"2026-02-{day}", "average": 3} for day in range(23, 27)]

    assert flare(baseline={"daily": daily}, entries=[now("7h", 6)], averages="3")["status"] == "none"
    assert flare(baseline={"daily": daily}, averages="5")["status"] == "flare"


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ([dose(2, 1000, 5)], "flare"),
        ([dose(2, 999, 5)], "none"),
        ([dose(2, 1000, 4)], "none"),
        ([dose(2, 1000, 5), now("50h", 4)], "none"),
        ([now("50h", 5, analgesics=[{"drug": "codeine", "dose_mg": 60}])], "none"),
        ([now("50h", 5, analgesics=[{"drug": "ibuprofen"}])], "none"),
        (
            [now("50h", None, skipped="other", analgesics=[{"drug": "ibuprofen", "dose_mg": 2000}])],
            "not_evaluable",
        ),
    ],
)
def test_a_raised_dose_with_no_score_below_baseline_is_a_flare(entries: list[Json], status: str) -> None:
    assert flare(entries=entries, baseline=USUAL)["status"] == status


def test_the_dose_rule_is_not_applied_without_a_usual_dose_and_any_dose_exceeds_zero() -> None:
    none_before = {"usual_analgesics": [{"drug": "ibuprofen", "mg_per_day": 0}]}

    assert flare(entries=[dose(2, 2000, 5)])["status"] == "none"
    assert flare(entries=[dose(2, 0.1, 5)], baseline=none_before)["status"] == "flare"
    undosed = average(2, 5, analgesics=[{"drug": "ibuprofen"}])
    assert flare(entries=[undosed], baseline=none_before)["status"] == "flare"


def test_doses_of_a_day_add_up_exactly() -> None:
    parts = [{"drug": "ibuprofen", "dose_mg": 333.4}, {"drug": "ibuprofen", "dose_mg": 666.6}]

    assert flare(entries=[average(2, 5, analgesics=parts)], baseline=USUAL)["status"] == "flare"


def test_a_flare_by_dose_is_over_only_when_the_dose_is_back() -> None:
    entries = [dose(2, 1000, 5), dose(3, 1000, 5), dose(4, 800, 5), average(5, 5)]

    found = flare(entries=entries, baseline=USUAL)

    assert (found["start_day"], found["days"], found["peak_rise"]) == (2.0, 2.0, 0)


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ([average(1, 10), average(2, 10)], "none"),
        (
            [
                average(1, 10, side_effects=[{"code": "increased_radicular_pain", "severity": "mild"}]),
                average(2, 10),
            ],
            "none",
        ),
        (
            [
                average(1, 10, side_effects=[{"code": "increased_spinal_pain", "severity": "severe"}]),
                average(2, 10),
            ],
            "flare",
        ),
        (
            [
                average(1, 10, side_effects=[{"code": "increased_spinal_pain", "severity": "severe"}]),
                average(2, 9),
            ],
            "none",
        ),
        ([dose(1, 1000, 10), average(2, 10)], "flare"),
        ([dose(1, 1000, 9), average(2, 9)], "none"),
    ],
)
def test_near_the_end_of_the_scale_a_score_alone_calls_nothing(entries: list[Json], status: str) -> None:
    found = flare(base=9, entries=[*entries, average(3, 9), average(4, 9)], baseline=USUAL)

    assert found["status"] == status


@pytest.mark.parametrize(
    ("averages", "days"),
    [
        ("7 6 6", 1.0),
        ("7 6 . 6", 1.0),
        ("7 6 . . 6", 1.0),
        ("7 6 7 6 6", 3.0),
        ("7 6 . 7 6 6", 4.0),
        ("7 6", 1.0),
    ],
)
def test_the_end_is_the_first_of_two_quiet_days_with_at_most_one_missing(averages: str, days: float) -> None:
    assert flare(averages=averages)["days"] == days


def test_a_single_quiet_day_counts_once_three_days_without_anything_worse_are_over() -> None:
    waiting = drawn(base=5, averages="7 6", as_of="5.58d")
    over = drawn(base=5, averages="7 6", as_of="5.6d")

    assert (waiting["flare"]["days"], codes(waiting["flare"]["reasons"])) == (
        None,
        ["score_rise", "return_open"],
    )
    assert waiting["flare"]["status"] == "flare"
    assert over["flare"]["days"] == 1.0


def test_a_worse_score_in_the_next_three_days_unsettles_a_single_quiet_day() -> None:
    found = flare(averages="7 6", entries=[now("5d", 7)])

    assert (found["status"], found["days"]) == ("flare", None)


def test_without_an_average_the_mean_of_the_days_scores_stands_at_their_mean_time() -> None:
    found = flare(entries=[now("1d", 9), now("26h", 4), now("28h", 4)], averages=". 5")

    assert (found["start_day"], found["days"], found["peak_rise"]) == (1.0, 0.1, 4)


def test_no_return_by_day_ten_with_bad_days_after_day_seven_is_persistent_worsening() -> None:
    averages = "7 7 7 7 7 7 7 7 7 7 8 5 5"

    found = flare(averages=averages)

    assert (found["status"], found["days"], found["peak_rise"]) == ("persistent_worsening", None, 3)
    assert codes(found["reasons"]) == ["score_rise", "not_returned"]
    assert drawn(base=5, averages=averages, as_of="10.58d")["flare"]["status"] == "flare"
    assert drawn(base=5, averages=averages, as_of="10.59d")["flare"]["status"] == "persistent_worsening"


def test_a_flare_whose_end_was_not_seen_has_no_length() -> None:
    found = flare(averages="7 7 7", entries=[average(14, 5), average(15, 5)])

    assert (found["status"], found["days"]) == ("flare", None)
    assert codes(found["reasons"]) == ["score_rise", "end_not_seen"]


def test_nothing_found_is_pending_until_day_seven_is_over() -> None:
    assert drawn(base=5, averages="5 5", as_of="7.58d")["flare"]["status"] == "pending"
    assert drawn(base=5, averages="5 5", as_of="7.59d")["flare"]["status"] == "none"


def test_without_a_usable_entry_on_days_one_to_three_nothing_is_said() -> None:
    assert flare(averages="day 4: 5 5")["status"] == "not_evaluable"
    assert flare(entries=[average(2, None, skipped="other")])["status"] == "not_evaluable"
    assert flare(averages=". . 5")["status"] == "none"


@pytest.mark.parametrize(
    ("effects", "status"),
    [
        (["injection_site_pain"], "local_soreness"),
        (["injection_site_pain", "nausea"], "local_soreness"),
        (["injection_site_pain", "increased_spinal_pain"], "none"),
        (["nausea"], "none"),
    ],
)
def test_pain_at_the_injection_site_only_is_local_soreness(effects: list[str], status: str) -> None:
    entry = average(1, 5, side_effects=[{"code": code, "severity": "mild"} for code in effects])

    assert flare(entries=[entry])["status"] == status


SORE = [{"code": "injection_site_pain", "severity": "mild"}]
WORSE_ROOT = [{"code": "increased_radicular_pain", "severity": "moderate"}]


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        (now("0m", 5, side_effects=SORE), "local_soreness"),
        (now("30m", 5, side_effects=SORE), "local_soreness"),
        (now("-1m", 5, side_effects=SORE), "none"),
        (now("30m", 5, side_effects=SORE, recorded_at=after("9h")), "none"),
        (now("7.58d", 5, side_effects=SORE), "local_soreness"),
        (now("7.59d", 5, side_effects=SORE), "none"),
        ({**average(7, 5, side_effects=SORE), "taken_at": evening(8, "09:00")}, "local_soreness"),
        ({**average(7, 5, side_effects=SORE), "taken_at": evening(8, "12:00")}, "none"),
    ],
)
def test_site_pain_is_read_from_the_injection_to_day_seven(entry: Json, status: str) -> None:
    assert flare(entries=[entry], averages="5 5")["status"] == status


def test_side_effects_of_a_superseded_average_are_still_reports() -> None:
    first = {**average(2, 10, side_effects=WORSE_ROOT), "id": "first", "taken_at": evening(2, "20:00")}

    assert flare(entries=[{**first, "pain": 5, "side_effects": SORE}], averages="5 5")["status"] == (
        "local_soreness"
    )
    assert flare(base=9, entries=[first], averages="10 10")["status"] == "flare"


@pytest.mark.parametrize("drug", ["lidocaine", "bupivacaine", "unknown"])
def test_increased_pain_supports_two_tens_only_once_scores_are_read(drug: str) -> None:
    def status(minutes: int) -> str:
        report = now(f"{minutes}m", 9, side_effects=WORSE_ROOT)
        found: str = flare(base=9, drug=drug, entries=[report], averages="10 10")["status"]
        return found

    assert (status(30), status(359), status(360)) == ("none", "none", "flare")
    assert flare(base=9, averages="10 10")["status"] == "none"


def test_a_report_of_an_average_stands_where_its_score_does() -> None:
    def status(time: str) -> str:
        report = {**average(0, 9, side_effects=WORSE_ROOT), "taken_at": evening(1, time)}
        found: str = flare(base=9, entries=[report], averages=". 10 10")["status"]
        return found

    assert (status("03:59"), status("04:00")) == ("none", "flare")


def test_site_pain_is_not_told_as_if_no_score_had_risen_at_all() -> None:
    sore = average(2, 6, side_effects=SORE)

    (why,) = flare(entries=[sore], averages="5")["reasons"]

    assert why["text"] == (
        "Pain at the injection site only; no daily average or pain-now score 2 points or more "
        "above the baseline of 5/10."
    )


def test_no_flare_does_not_speak_of_the_worst_of_the_day() -> None:
    worst = {**average(2, 8), "scale": "worst_24h", "id": "worst"}

    (why,) = flare(entries=[worst], averages="5 5")["reasons"]

    assert why["text"] == (
        "No daily average or pain-now score 2 points or more above the baseline of 5/10 by day 7."
    )


def test_a_flare_goes_on_until_day_ten_is_over() -> None:
    def told(as_of: str) -> str:
        text: str = drawn(base=5, averages="7 8", as_of=as_of)["flare"]["reasons"][-1]["text"]
        return text

    assert told("2.5d") == told("10.58d") == "Still going on at the last entry, day 2; day 10 is not over."
    assert told("10.59d").startswith("No lasting return")
    assert drawn(base=5, averages="7 6", as_of="3d")["flare"]["reasons"][-1]["text"] == (
        "Within one point of the baseline at the last entry, day 2; whether that holds is not known yet."
    )


def test_an_ended_episode_reads_no_later_reports() -> None:
    repeat = {"events": [{"at": evening(3), "kind": "repeat"}]}

    assert flare(entries=[now("4d", 5, side_effects=SORE)], averages="5 5", **repeat)["status"] == "none"


def test_a_baseline_under_three_cannot_show_a_flare() -> None:
    found = flare(base=2, averages="9 9 9")

    assert (found["status"], found["start_day"]) == ("not_evaluable", None)


def test_the_entries_that_decided_are_named() -> None:
    found = drawn(base=5, averages="5 7 6 6", as_of="30d")

    assert found["evidence"]["flare"] == ["d2", "d3"]


NOISY_TAIL = "2 4 5 3 4 2 5 3 4 4 2 5 3 2 4 3 5 2 4 3"


def test_a_late_rise_that_stands_alone_in_a_noisy_diary_is_chance() -> None:
    found = flare(averages=f"5 4 6 5 4 7 5 4 {NOISY_TAIL}")

    assert found["status"] == "none"
    assert codes(found["reasons"]) == ["lone_rise", "no_rise"]
    assert found["reasons"][0]["text"].startswith("One score of 7/10 on day 6 stands alone in a diary")


@pytest.mark.parametrize(
    "averages",
    [
        f"5 4 7 5 4 5 5 4 {NOISY_TAIL}",  # by day 3
        f"5 4 6 5 4 7 7 4 {NOISY_TAIL}",  # a second day
        f"5 4 6 5 4 9 5 4 {NOISY_TAIL}",  # more than chance brings
        "5 4 6 5 4 7 5 4 2 4 5 3",  # too short to know its own variation
        "5 5 5 5 5 7 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5",  # hardly varies
    ],
)
def test_a_rise_that_chance_does_not_explain_is_a_flare(averages: str) -> None:
    assert flare(averages=averages)["status"] == "flare"
