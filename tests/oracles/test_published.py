"""Arithmetic of published papers, done by the product's own functions."""

from fractions import Fraction

import numpy as np
import pytest

from server.domain.baseline import highest_score
from server.domain.exact import as_written, tenths
from server.domain.rates import Rate, SideBySide, fisher_exact, likelihood_ratio
from server.domain.relief import reaches, relief_percent
from server.domain.side_effects import HUSTON, mask_of, side_effect_rows
from tests.builders import drawn
from tests.oracles.files import oracle

PUBLISHED = oracle("published")
CHUNG, RIEW, SCHNEIDER = PUBLISHED["chung"], PUBLISHED["riew"], PUBLISHED["schneider"]
FLARES, DIARIES, THRESHOLDS = PUBLISHED["flares"], PUBLISHED["diaries"], PUBLISHED["thresholds"]


def percent(rate: dict) -> float | None:
    return Rate(rate["hits"], rate["of"]).percent


@pytest.mark.parametrize("place", [0, 1])
def test_relief_of_the_means_of_chung_passes_and_fails_as_published(place: int):
    before, after = as_written(CHUNG["before"]), as_written(CHUNG["after"][place])
    assert tenths(relief_percent(before, after)) == CHUNG["relief_percent"][place]
    assert reaches(before, after, 50) is CHUNG["passes_50"][place]
    assert reaches(before, after, 30) is CHUNG["passes_30"][place]


def test_relief_of_the_means_of_the_740_diaries_is_as_published():
    before = as_written(DIARIES["before"])
    found = [tenths(relief_percent(before, as_written(after))) for after in DIARIES["after"]]
    assert found == DIARIES["relief_percent"]


@pytest.mark.parametrize(
    "rate",
    [
        *CHUNG["satisfied"],
        *CHUNG["on_medication"],
        RIEW["bupivacaine"],
        RIEW["betamethasone"],
        *({"of": SCHNEIDER["responders"]} | found for found in SCHNEIDER["first_day"].values()),
        SCHNEIDER["three_week_responders"] | {"hits": SCHNEIDER["responders"]},
        FLARES["goldfarb"][2],
        FLARES["fawi"],
        DIARIES["returned"],
    ],
    ids=lambda rate: f"{rate['hits']} of {rate['of']}",
)
def test_published_percentages_follow_from_their_counts(rate: dict):
    printed = rate["percent"]
    found = percent(rate)
    assert found is not None
    assert round(found, 0 if isinstance(printed, int) else 1) == printed


def test_avoided_operations_of_riew_differ_as_published():
    alone, steroid = (Rate(RIEW[arm]["hits"], RIEW[arm]["of"]) for arm in ("bupivacaine", "betamethasone"))
    assert round((steroid.percent or 0) - (alone.percent or 0), 1) == RIEW["difference_points"]
    assert round(fisher_exact(alone, steroid), 3) == RIEW["fisher_p"]


def test_the_long_follow_up_of_riew_stands_beside_its_worst_case():
    found = SideBySide(RIEW["still_unoperated"], RIEW["traced"], RIEW["avoided"], not_due=0, not_evaluable=0)
    assert round(found.complete_case.percent or 0, 1) == RIEW["complete_case_percent"]
    assert round(found.missing_as_failure.percent or 0, 1) == RIEW["worst_case_percent"]
    assert found.missing == 8


def test_the_likelihood_ratio_of_relief_on_day_one_follows_from_the_whole_groups():
    """The paper prints 2.14, because day-1 calls were missing; whole groups give 2.18."""
    sign = Rate(SCHNEIDER["first_day"]["day 1"]["hits"], SCHNEIDER["responders"])
    others = Rate(SCHNEIDER["others"]["hits"], SCHNEIDER["others"]["of"])
    found = likelihood_ratio(sign, others)
    assert found is not None
    assert round(found, 2) == SCHNEIDER["likelihood_ratio_whole_groups"]
    assert found == pytest.approx(SCHNEIDER["likelihood_ratio_printed"], rel=0.02)


@pytest.mark.parametrize("line", [30, 50, 80])
def test_the_highest_score_that_passes_a_line_is_that_of_the_integer_table(line: int):
    found = [highest_score(baseline, line) for baseline in THRESHOLDS["baselines"]]
    assert found == THRESHOLDS["highest"][str(line)]
    for baseline, score in zip(THRESHOLDS["baselines"], found, strict=True):
        assert reaches(baseline, score, line)
        assert not reaches(baseline, Fraction(score + 1), line)


def verdict_at(baseline: int, score: int) -> str:
    """The verdict of a first day of one and the same score."""
    found = drawn(base=baseline, now_scores=f"15m {score}  30m {score}  60m {score}", as_of="3h")
    verdict: str = found["anaesthetic"]["verdict"]
    return verdict


@pytest.mark.parametrize(("place", "baseline"), list(enumerate(THRESHOLDS["baselines"])))
def test_verdicts_change_exactly_where_the_integer_table_says(place: int, baseline: int):
    some, good, strong = (THRESHOLDS["highest"][line][place] for line in ("30", "50", "80"))
    expected = [
        "positive_strong" if score <= strong else "positive" if score <= good else "equivocal"
        for score in range(some + 1)
    ]
    assert [verdict_at(baseline, score) for score in range(11)] == expected + ["negative"] * (10 - some)


@pytest.mark.parametrize(("place", "baseline"), list(enumerate(THRESHOLDS["baselines"])))
def test_days_of_relief_are_counted_exactly_where_the_integer_table_says(place: int, baseline: int):
    good = THRESHOLDS["highest"]["50"][place]
    counted = [
        drawn(base=baseline, averages=f"{score} " * 3, as_of="30d")["duration"]["days_at_50_percent"]
        for score in range(11)
    ]
    assert counted == [3] * (good + 1) + [0] * (10 - good)


@pytest.mark.parametrize("part", ["lumbosacral", "cervical"])
def test_a_cohort_as_large_as_that_of_huston_shows_the_published_rates_beside_its_own(part: str):
    """The counts behind the percentages, worked out from the size of each part's series."""
    counts, of = PUBLISHED["huston"]["counts"][part], PUBLISHED["huston"]["of"][part]
    masks = np.zeros(of, np.uint16)
    for code, times in counts.items():
        masks[:times] |= mask_of(frozenset({code}))
    everybody = np.ones(of, bool)
    rows = side_effect_rows(part, masks, masks, everybody, everybody)
    shown = {row.code: row for row in rows if row.published is not None}
    assert shown.keys() == counts.keys()
    for row in shown.values():
        assert round(row.immediate.percent or 0, 1) == row.published


@pytest.mark.parametrize(
    "rate", PUBLISHED["wilson"]["rates"], ids=lambda rate: f"{rate['hits']} of {rate['of']}"
)
def test_the_score_intervals_of_newcombe_are_reproduced(rate: dict):
    low, high = Rate(rate["hits"], rate["of"]).interval or (None, None)
    assert (round(low, 4), round(high, 4)) == (rate["low"], rate["high"])


def test_of_huston_exactly_the_verified_figures_are_shown():
    printed = PUBLISHED["huston"]
    assert {part: dict(rates) for part, rates in HUSTON.immediate.items()} == {
        part: printed[part] for part in ("lumbosacral", "cervical")
    }
    assert (HUSTON.any_immediate, HUSTON.injections) == (printed["any"], printed["injections"])
