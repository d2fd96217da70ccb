"""The diagnostic answer: the window, its points, the table of verdicts, runs and how they fit the drug."""

from typing import Any

import pytest

from server.domain.criteria import find_criteria
from tests.builders import Json, after, codes, diary, drawn, now, reading


def phase(**parts: Any) -> Json:
    found: Json = drawn(**({"as_of": "400d"} | parts))["anaesthetic"]
    return found


def verdict(scores: str, **parts: Any) -> str:
    found: str = phase(now_scores=scores, **parts)["verdict"]
    return found


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ("15m 1  30m 1  60m 5", "positive_strong"),
        ("15m 3  30m 3  60m 5", "positive"),
        ("15m 3  30m 5  60m 3", "unconfirmed"),
        ("15m 4  30m 4  60m 6", "equivocal"),
        ("15m 4  30m 6  60m 4", "negative"),
        ("15m 7  30m 8  60m 9", "negative"),
        ("15m 1  30m 1", "indeterminate"),
        ("71m 1  90m 1  2h 1", "indeterminate"),
        ("70m 1  90m 1  2h 1", "positive_strong"),
    ],
)
def test_the_first_row_of_the_table_that_applies(scores: str, expected: str) -> None:
    assert verdict(scores) == expected


@pytest.mark.parametrize(
    ("base", "highest"),
    [(4, (2, 2, 0)), (5, (3, 2, 1)), (6, (4, 3, 1)), (7, (4, 3, 1)), (8, (5, 4, 1)), (9, (6, 4, 1))],
)
def test_lines_are_met_by_whole_scores_exactly(base: int, highest: tuple[int, int, int]) -> None:
    some, good, strong = highest
    scores = "15m {0}  30m {0}  60m {0}".format

    assert verdict(scores(strong), base=base) == "positive_strong"
    assert verdict(scores(good), base=base) == ("positive" if good > strong else "positive_strong")
    assert verdict(scores(good + 1), base=base) == ("equivocal" if some > good else "negative")
    assert verdict(scores(some + 1), base=base) == "negative"


def test_relief_is_reported_in_percent_and_may_be_negative() -> None:
    found = phase(now_scores="30m 2  60m 2  2h 9")

    assert found["peak_relief_percent"] == 71.4
    assert found["confirmed_relief_percent"] == 71.4
    assert phase(now_scores="30m 8  60m 9  2h 9")["peak_relief_percent"] == -14.3


def test_time_weighted_relief_is_the_trapezoid_between_first_and_last_point() -> None:
    found = phase(base=10, now_scores="30m 0  60m 10  2h 10")

    assert found["time_weighted_relief_percent"] == 16.7
    assert phase(now_scores="30m 2")["time_weighted_relief_percent"] is None


def test_minutes_to_the_first_point_at_half_relief() -> None:
    assert phase(now_scores="15m 5  32m 3  60m 2")["first_50_minutes"] == 32
    assert phase(now_scores="15m 5  32m 4  60m 4")["first_50_minutes"] is None


@pytest.mark.parametrize(
    ("drug", "more", "hours"),
    [
        ("lidocaine", {}, 2),
        ("lidocaine", {"adrenaline": True}, 3),
        ("mepivacaine", {}, 3),
        ("prilocaine", {}, 3),
        ("bupivacaine", {"adrenaline": True}, 6),
        ("levobupivacaine", {}, 6),
        ("ropivacaine", {}, 6),
        ("unknown", {}, 4),
    ],
)
def test_the_window_is_read_to_fifteen_minutes_after_its_end(drug: str, more: Json, hours: int) -> None:
    def points(last: int) -> list[str]:
        scores = f"30m 7  60m 7  {last}m 0"
        found = phase(now_scores=scores, procedure={"anaesthetic": {"drug": drug, **more}})
        return [found["verdict"], *codes(found["reasons"])]

    assert points(60 * hours + 15)[0] == "unconfirmed"
    assert points(60 * hours + 16)[:2] == ["indeterminate", "too_few_points"]


def test_the_verdict_is_pending_before_the_windows_end() -> None:
    waiting = drawn(now_scores="15m 7  30m 7  60m 7", as_of="119m")

    assert waiting["anaesthetic"]["verdict"] == "pending"
    assert codes(waiting["anaesthetic"]["reasons"]) == ["window_open"]
    assert waiting["shape"] == "pending"
    assert drawn(now_scores="15m 7  30m 7  60m 7", as_of="2h")["anaesthetic"]["verdict"] == "negative"


def test_a_positive_rule_met_early_with_three_points_does_not_wait() -> None:
    assert verdict("15m 1  30m 1", as_of="40m") == "pending"
    assert verdict("15m 1  30m 1  40m 6", as_of="40m") == "positive_strong"
    assert verdict("15m 1  30m 1  40m 6", as_of="40m", procedure={"sedation": True}) == "indeterminate"


def test_three_points_that_meet_the_rule_without_an_early_one_are_indeterminate_at_once() -> None:
    found = drawn(now_scores="80m 1  90m 1  100m 6", as_of="110m")["anaesthetic"]

    assert (found["verdict"], codes(found["reasons"])) == ("indeterminate", ["no_early_point"])
    assert verdict("80m 6  90m 6  100m 6", as_of="110m") == "pending"


def test_a_baseline_under_three_is_indeterminate_at_once() -> None:
    found = phase(base=2, now_scores="15m 0", as_of="20m")

    assert found["verdict"] == "indeterminate"
    assert "baseline_too_low" in codes(found["reasons"])
    assert found["peak_relief_percent"] == 100


def test_a_baseline_of_zero_has_no_relief_but_a_reading() -> None:
    found = phase(base=0, now_scores="15m 0  30m 0  60m 2", entries=[now("90m", 0, stated_relief_percent=50)])

    assert found["verdict"] == "indeterminate"
    assert found["peak_relief_percent"] is None
    assert found["first_50_minutes"] is None
    assert found["duration_50_minutes"] is None
    assert found["stated_relief_gap_points"] is None


def test_a_baseline_of_three_is_flagged_and_still_read() -> None:
    found = drawn(base=3, now_scores="15m 1  30m 1  60m 1")

    assert found["baseline"]["flags"] == ["single_point_baseline", "low_baseline"]
    assert found["anaesthetic"]["verdict"] == "positive"


@pytest.mark.parametrize(
    ("procedure", "base", "expected"),
    [
        ({"sedation": True}, 7, "indeterminate"),
        ({"sedation": False}, 7, "positive_strong"),
        ({"provocable_before": False}, 4, "positive_strong"),
        ({"provocable_before": False}, 3, "indeterminate"),
        ({"provocable_before": True}, 3, "positive_strong"),
    ],
)
def test_sedation_or_an_unprovocable_low_pain_makes_it_indeterminate(
    procedure: Json, base: int, expected: str
) -> None:
    assert verdict("15m 0  30m 0  60m 0", base=base, procedure=procedure) == expected


@pytest.mark.parametrize(
    ("taken", "too_close"), [("-241m", False), ("-240m", True), ("-1m", True), ("0m", False)]
)
def test_an_analgesic_within_four_hours_before_makes_it_indeterminate(taken: str, too_close: bool) -> None:
    intake = now("-300m", 7, analgesics=[{"drug": "ibuprofen", "taken_at": after(taken)}])

    found = phase(entries=[intake], now_scores="30m 7  60m 7  2h 7")

    assert found["verdict"] == "indeterminate"
    assert ("analgesic_before" in codes(found["reasons"])) is too_close


def test_scores_within_six_hours_after_an_analgesic_are_not_read_but_the_one_at_its_intake_is() -> None:
    rescue = now("60m", 2, analgesics=[{"drug": "ibuprofen", "dose_mg": 400}])

    found = phase(drug="bupivacaine", now_scores="15m 2  30m 2  2h 9  4h 9", entries=[rescue])

    assert (found["verdict"], found["time_weighted_relief_percent"]) == ("positive", 71.4)
    assert found["reasons"][1] == {
        "code": "rescue_excluded",
        "params": {"entries": 2, "hours": 6},
        "text": "2 scores within 6 h after an analgesic are not read.",
    }


def test_six_hours_after_an_analgesic_scores_are_read_again() -> None:
    intake = now("-330m", 7, analgesics=[{"drug": "ibuprofen"}])

    found = phase(entries=[intake], now_scores="15m 2  29m 2  30m 7  60m 7  90m 7")

    assert found["verdict"] == "negative"


def test_scores_less_than_eight_minutes_after_the_first_of_their_group_become_one_point() -> None:
    merged = phase(now_scores="15m 1  22m 6  30m 7  60m 7", base=7)
    apart = phase(now_scores="15m 1  23m 6  30m 7  60m 7", base=7)

    assert merged["peak_relief_percent"] == 50
    assert merged["first_50_minutes"] == 18.5
    assert apart["peak_relief_percent"] == 85.7


def test_a_group_starts_anew_eight_minutes_after_its_first_score() -> None:
    found = phase(now_scores="15m 2  20m 2  23m 2  40m 2")

    assert found["verdict"] == "positive"


def test_back_filled_and_suspect_scores_are_not_read() -> None:
    remembered = now("45m", 0, recorded_at=after("3h"))
    suspect = now("50m", 0, recorded_at=after("30m"))

    found = phase(now_scores="30m 7  60m 7  90m 7", entries=[remembered, suspect])

    assert (found["verdict"], found["peak_relief_percent"]) == ("negative", 0)


def test_the_run_lasts_to_the_first_score_below_its_level() -> None:
    found = phase(now_scores="15m 1  30m 1  60m 3  2h 3  3h 6  4h 7")

    assert found["duration_50_minutes"] == {"low": 120, "high": 180, "censored": False}
    assert found["duration_80_minutes"] == {"low": 30, "high": 60, "censored": False}


def test_one_score_below_between_two_at_the_level_is_bridged_and_two_are_not() -> None:
    assert phase(now_scores="15m 3  30m 5  60m 3  2h 7")["duration_50_minutes"]["low"] == 60
    assert phase(now_scores="15m 3  30m 5  60m 5  2h 3")["duration_50_minutes"]["low"] == 15


def test_a_run_without_an_end_is_censored_after_24_hours() -> None:
    found = phase(now_scores="15m 3  30m 3  24h 3  25h 7")

    assert found["duration_50_minutes"] == {"low": 1440, "high": None, "censored": True}


def test_a_run_that_ends_with_a_score_below_is_not_bridged() -> None:
    found = phase(now_scores="15m 3  30m 3  60m 5")

    assert found["duration_50_minutes"] == {"low": 30, "high": 60, "censored": False}


def test_an_analgesic_after_the_first_point_ends_the_run() -> None:
    rescue = now("2.5h", 3, analgesics=[{"drug": "ibuprofen"}])

    found = phase(drug="bupivacaine", now_scores="15m 3  60m 3  3h 3  9h 3", entries=[rescue])

    assert found["duration_50_minutes"] == {"low": 150, "high": 150, "censored": False}
    assert "ended_by_rescue" in codes(found["reasons"])


def test_a_score_below_is_not_bridged_over_an_analgesic() -> None:
    rescue = now("100m", 5, analgesics=[{"drug": "ibuprofen"}])

    found = phase(now_scores="15m 3  30m 3  8h 3", entries=[rescue])

    assert found["duration_50_minutes"] == {"low": 30, "high": 100, "censored": False}


def test_an_analgesic_after_the_first_day_does_not_end_the_run() -> None:
    rescue = now("25h", 3, analgesics=[{"drug": "ibuprofen"}])

    assert phase(now_scores="15m 3  30m 3  20h 3", entries=[rescue])["duration_50_minutes"]["censored"]


@pytest.mark.parametrize(
    ("drug", "volume", "scores", "expected"),
    [
        ("bupivacaine", 0.5, "15m 3  60m 3  90m 3  2h 7", "short"),
        ("bupivacaine", 0.5, "15m 3  60m 3  90m 3  150m 7", "concordant"),
        ("bupivacaine", 0.4, "15m 3  60m 3  85m 3  95m 7", "concordant"),
        ("lidocaine", 0.5, "15m 3  60m 3  90m 3  5h 3  7h 7", "concordant"),
        ("lidocaine", 0.5, "15m 3  60m 3  90m 3  5h 3  7.1h 7", "prolonged"),
        ("lidocaine", 2, "15m 3  60m 3  90m 3  5h 3  9.9h 7", "concordant"),
        ("lidocaine", 0.5, "15m 3  60m 3  90m 3  4h 3  11h 7", "not_judged"),
        ("lidocaine", 0.5, "15m 3  60m 3  90m 3  7h 3  14h 7", "prolonged"),
        ("lidocaine", 0.5, "15m 3  60m 3  90m 3  6.1h 3", "prolonged"),
        ("lidocaine", 0.5, "15m 3  60m 3  90m 3  6h 3", "concordant"),
        ("bupivacaine", 0.5, "15m 3  60m 3  110m 3", "not_judged"),
        ("unknown", 0.5, "15m 3  60m 3  110m 3  3h 7", "not_judged"),
        ("lidocaine", 0.5, "15m 4  60m 4  110m 3  3h 7", "not_judged"),
    ],
)
def test_concordance_compares_the_middle_of_the_run_with_the_drug(
    drug: str, volume: float, scores: str, expected: str
) -> None:
    assert phase(drug=drug, volume=volume, now_scores=scores)["concordance"] == expected


def test_a_mixture_takes_the_row_with_the_longest_window_and_adds_its_volumes() -> None:
    parts = [{"drug": "lidocaine", "volume_ml": 0.4}, {"drug": "bupivacaine", "volume_ml": 0.8}]

    found = phase(now_scores="30m 2  60m 2  6h 2  15h 2", procedure={"anaesthetic": parts})

    assert found["concordance"] == "concordant"
    assert found["reasons"][-1] == {
        "code": "selectivity_doubtful",
        "params": {"volume": 1.2},
        "text": "A volume of 1.2 mL: selectivity doubtful.",
    }


def test_one_unknown_part_or_volume_makes_a_mixture_unknown() -> None:
    parts = [{"drug": "unknown", "volume_ml": 1}, {"drug": "bupivacaine"}]

    found = phase(now_scores="30m 2  60m 2  6h 2  15h 2", procedure={"anaesthetic": parts})

    assert found["concordance"] == "not_judged"
    assert codes(found["reasons"]) == ["confirmed_relief"]


@pytest.mark.parametrize(
    ("volume", "code"),
    [(0.5, None), (0.6, "selectivity_reduced"), (1, "selectivity_reduced"), (1.1, "selectivity_doubtful")],
)
def test_the_volume_is_noted_over_half_a_millilitre(volume: float, code: str | None) -> None:
    found = codes(phase(now_scores="30m 2  60m 2  90m 2", volume=volume)["reasons"])

    assert found[1:] == ([code] if code else [])


def test_decimal_volumes_add_up_exactly() -> None:
    parts = [{"drug": "lidocaine", "volume_ml": 0.1}, {"drug": "lidocaine", "volume_ml": 0.4}]

    assert (
        codes(phase(now_scores="30m 2  60m 2  90m 2", procedure={"anaesthetic": parts})["reasons"])[1:] == []
    )


def test_the_stated_gap_is_the_largest_in_absolute_value() -> None:
    entries = [
        now("30m", 2, stated_relief_percent=80),
        now("60m", 0, stated_relief_percent=50),
        now("3h", 0, stated_relief_percent=0),
    ]

    assert phase(base=5, entries=entries)["stated_relief_gap_points"] == -50
    assert phase(entries=[now("30m", 2)])["stated_relief_gap_points"] is None


@pytest.mark.parametrize(
    ("name", "scores", "expected"),
    [
        ("yeom-70", "15m 3  30m 3  60m 3", "positive"),
        ("yeom-70", "15m 4  30m 4  60m 4", "equivocal"),
        ("strict-75/1", "15m 3  30m 3  60m 2", "unconfirmed"),
        ("strict-80", "15m 2  30m 2  60m 2", "positive_strong"),
        ("complete-100", "15m 1  30m 1  60m 1", "equivocal"),
        ("complete-100", "15m 0  30m 0  60m 1", "positive_strong"),
    ],
)
def test_a_criteria_set_moves_the_line(name: str, scores: str, expected: str) -> None:
    assert verdict(scores, base=10, criteria=find_criteria(name)) == expected


def test_the_entries_that_decided_are_named() -> None:
    found = reading(diary(now_scores="15m 5  30m 2  60m 2  90m 5", as_of="400d"))

    assert found["evidence"]["anaesthetic"] == ["now30m", "now60m"]
    assert drawn(now_scores="15m 5  30m 2  60m 5", as_of="400d")["evidence"]["anaesthetic"] == ["now30m"]
    assert drawn(now_scores="15m 5", as_of="400d")["evidence"]["anaesthetic"] == ["now15m"]


def test_the_reason_of_a_verdict_is_one_plain_sentence() -> None:
    (why,) = phase(now_scores="15m 5  30m 2  60m 2  90m 5")["reasons"]

    assert why["text"] == (
        "Two successive scores, 30 and 60 min after the injection, confirm 71.4 % relief (line 50 %)."
    )
