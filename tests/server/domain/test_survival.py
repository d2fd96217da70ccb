"""Curves of duration: their laws, and what an interval or an unseen end does to them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.lengths import ENDS, Lengths, Span, span_of
from server.domain.logrank import log_rank
from server.domain.survival import compare_groups, duration_curves, kaplan_meier

DAYS = st.integers(0, 40).map(lambda tenth: tenth * 2.5)
SEEN = st.lists(st.tuples(DAYS, st.booleans()), max_size=60)
GROUPED = st.lists(st.tuples(DAYS, st.booleans(), st.integers(0, 3)), min_size=1, max_size=60)
SPANS = st.lists(
    st.none()
    | st.builds(Span, DAYS, st.none(), st.none())
    | st.builds(
        lambda low, width, end: Span(low, low + width, end), DAYS, st.integers(0, 20), st.sampled_from(ENDS)
    ),
    max_size=40,
)


def curve(rows):
    return kaplan_meier(
        np.array([day for day, _ in rows], float), np.array([ended for _, ended in rows], bool)
    )


@given(SEEN)
def test_the_share_in_relief_only_falls_and_stays_between_none_and_all(rows):
    found = curve(rows)
    assert np.all(np.diff(found.share, prepend=1.0) < 0)
    assert np.all((found.share > -1e-12) & (found.share < 1))


@given(SEEN)
def test_the_band_contains_the_curve_and_stays_between_none_and_all(rows):
    found = curve(rows)
    assert np.all((found.lower >= 0) & (found.lower <= found.share + 1e-12))
    assert np.all((found.upper <= 1) & (found.upper >= found.share - 1e-12))


@given(SEEN)
def test_without_unseen_ends_the_curve_is_the_plain_share_that_lasted_longer(rows):
    seen = [(day, True) for day, _ in rows]
    found = curve(seen)
    plain = [sum(other > day for other, _ in seen) / len(seen) for day in found.days]
    np.testing.assert_allclose(found.share, plain, atol=1e-12)


@given(SEEN, st.randoms(use_true_random=False))
def test_the_order_of_the_episodes_changes_no_curve(rows, shuffler):
    other = list(rows)
    shuffler.shuffle(other)
    one, two = curve(rows), curve(other)
    assert (one.share.tolist(), one.upper.tolist(), one.median) == (
        two.share.tolist(),
        two.upper.tolist(),
        two.median,
    )


@given(SEEN)
def test_numbers_at_risk_are_those_whose_duration_reaches_the_day(rows):
    found = curve(rows)
    asked = [0, 7.5, 50, 101]
    assert found.numbers_at_risk(asked) == [sum(day >= limit for day, _ in rows) for limit in asked]
    assert found.of == len(rows)
    assert found.censored == sum(not ended for _, ended in rows)


@given(SEEN)
def test_the_median_is_where_the_curve_first_is_at_half_and_its_limits_enclose_it(rows):
    found = curve(rows)
    days, low, high = found.median
    if days is None:
        assert all(found.share > 0.5)
        return
    assert found.share_at(days) <= 0.5 + 1e-12
    assert all(found.share[found.days < days] > 0.5)
    assert low is None or low <= days
    assert high is None or days <= high


def test_the_share_is_read_between_the_days_on_which_relief_ends():
    found = curve([(10, True), (20, True), (30, False), (40, True)])
    shares = [found.share_at(day) for day in (0, 9.9, 10, 19, 20, 39, 40, 99)]
    assert shares == pytest.approx([1, 1, 0.75, 0.75, 0.5, 0.5, 0, 0])


def test_a_median_exactly_at_half_is_found_although_floats_miss_it():
    # 5/6 x 4/5 x 3/4 is one half, and 0.5000000000000001 in floating point
    rows = [(1, True), (2, True), (3, True), (9, False), (9, False), (9, False)]
    assert curve(rows).median.days == 3


def test_a_cohort_nobody_is_seen_to_lose_relief_in_has_no_median():
    found = curve([(30, False), (90, False)])
    assert found.median == (None, None, None)
    assert found.share_at(100) == 1.0
    assert (found.of, found.censored) == (2, 2)


def test_an_empty_cohort_has_an_empty_curve():
    found = curve([])
    assert (found.of, found.censored, found.median.days, found.share.tolist()) == (0, 0, None, [])


def test_a_curve_that_reaches_zero_keeps_its_last_upper_limit():
    found = curve([(1, True), (2, True), (3, True)])
    assert found.share[-1] == pytest.approx(0)
    assert (found.lower[-1], found.upper[-1]) == (0, found.upper[-2])


@given(GROUPED, st.permutations([0, 1, 2, 3]))
def test_naming_the_groups_otherwise_changes_no_test(rows, names):
    days = np.array([row[0] for row in rows])
    ended = np.array([row[1] for row in rows], bool)
    groups = np.array([row[2] for row in rows])
    one, two = log_rank(days, ended, groups), log_rank(days, ended, np.array(names)[groups])
    assert (one is None) == (two is None)
    if one is not None and two is not None:
        assert one.statistic == pytest.approx(two.statistic, abs=1e-6)
        assert one.degrees == two.degrees
        assert one.p == pytest.approx(two.p, abs=1e-6)


@given(GROUPED, st.randoms(use_true_random=False))
def test_the_order_of_the_episodes_changes_no_test(rows, shuffler):
    other = list(rows)
    shuffler.shuffle(other)
    found = [
        log_rank(
            np.array([row[0] for row in each]),
            np.array([row[1] for row in each], bool),
            np.array([row[2] for row in each]),
        )
        for each in (rows, other)
    ]
    assert (found[0] is None) == (found[1] is None)
    if found[0] is not None and found[1] is not None:
        assert found[0].statistic == pytest.approx(found[1].statistic, abs=1e-9)


@given(GROUPED)
def test_observed_and_expected_ends_add_up_alike(rows):
    found = log_rank(
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows], bool),
        np.array([row[2] for row in rows]),
    )
    if found is not None:
        assert sum(found.observed) == pytest.approx(sum(found.expected))
        assert 0 <= found.p <= 1


def test_groups_that_cannot_be_compared_give_no_test():
    days, ended = np.array([5.0, 6.0]), np.array([True, True])
    assert log_rank(days, ended, np.array([0, 0])) is None
    assert log_rank(days, np.array([False, False]), np.array([0, 1])) is None
    # the second group was last seen before anybody's relief ended
    assert log_rank(np.array([5.0, 2.0]), np.array([True, False]), np.array([0, 1])) is None


def test_equal_groups_do_not_differ():
    days, ended = np.tile([5.0, 9.0, 14.0], 2), np.ones(6, bool)
    found = log_rank(days, ended, np.repeat([0, 1], 3))
    assert found is not None
    assert (found.statistic, found.p) == (pytest.approx(0, abs=1e-12), pytest.approx(1))


def test_ends_stand_at_the_low_the_middle_or_the_high_of_their_interval():
    lengths = Lengths.of([Span(10, 14, "loss"), Span(30, None, None), None])
    for place, day in (("low", 10), ("middle", 12), ("high", 14)):
        times = lengths.times(place)
        assert times.days.tolist() == [day, 30]
        assert times.ended.tolist() == [True, False]


def test_a_repeat_or_an_operation_ends_relief_unless_it_is_asked_to_censor():
    lengths = Lengths.of([Span(5, 5, "repeat"), Span(6, 6, "surgery"), Span(7, 7, "analgesic")])
    assert lengths.times().ended.tolist() == [True, True, True]
    assert lengths.times(interventions="censor").ended.tolist() == [False, False, True]
    assert lengths.times("high").ended.tolist() == [True, True, True]


def test_an_interval_reaching_below_nothing_starts_at_nothing():
    assert span_of({"days": 1.0, "low": -1.5, "high": 3.5, "ended_by": "loss"}) == Span(0.0, 3.5, "loss")
    assert span_of({"days": 4.0, "low": 4.0, "high": None, "ended_by": None}) == Span(4.0, None, None)
    assert span_of(None) is None


@given(SPANS)
def test_episodes_without_a_length_are_counted_beside_the_curves(spans):
    found = duration_curves(Lengths.of(spans))
    for each in (found.middle, found.low, found.high):
        assert each.of + found.without == len(spans)
        assert each.censored == sum(span is not None and span.high is None for span in spans)


@given(SPANS)
def test_with_every_end_seen_the_three_curves_lie_in_the_order_of_their_assumptions(spans):
    seen = [span for span in spans if span is not None and span.high is not None]
    found = duration_curves(Lengths.of(seen))
    for day in (0, 5, 20, 60, 100):
        assert found.low.share_at(day) <= found.middle.share_at(day) + 1e-12
        assert found.middle.share_at(day) <= found.high.share_at(day) + 1e-12


def test_groups_are_compared_at_all_three_places_of_the_ends():
    short = [Span(day, day + 2, "loss") for day in range(1, 13)]
    long = [Span(30 + day, 34 + day, "loss") for day in range(1, 13)]
    found = compare_groups(Lengths.of([*short, None, *long]), ["dexamethasone"] * 13 + ["triamcinolone"] * 12)
    assert list(found.curves) == ["dexamethasone", "triamcinolone"]
    assert found.curves["dexamethasone"].without == 1
    for test in (found.test, found.test_low, found.test_high):
        assert test is not None
        assert test.p < 0.001
