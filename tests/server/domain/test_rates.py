"""Rates, their intervals and the comparison of two of them."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.domain.rates import Rate, SideBySide, fisher_exact, likelihood_ratio

RATES = st.integers(0, 400).flatmap(lambda of: st.builds(Rate, st.integers(0, of), st.just(of)))


@given(RATES)
def test_an_interval_lies_between_none_and_all_and_contains_its_rate(rate: Rate):
    assume(rate.of)
    low, high = rate.interval or (None, None)
    assert 0 <= low <= rate.share <= high <= 1
    assert high - low > 0


@given(RATES)
def test_the_interval_of_the_failures_mirrors_that_of_the_successes(rate: Rate):
    assume(rate.of)
    low, high = rate.interval or (0, 0)
    other_low, other_high = Rate(rate.of - rate.hits, rate.of).interval or (0, 0)
    assert (low, high) == (pytest.approx(1 - other_high), pytest.approx(1 - other_low))


@given(RATES, st.integers(2, 50))
def test_more_of_the_same_narrows_the_interval(rate: Rate, times: int):
    assume(rate.of)
    low, high = rate.interval or (0, 0)
    closer_low, closer_high = Rate(rate.hits * times, rate.of * times).interval or (0, 0)
    assert closer_high - closer_low < high - low


def test_a_rate_without_a_denominator_says_nothing():
    assert (Rate(0, 0).share, Rate(0, 0).percent, Rate(0, 0).interval) == (None, None, None)


def test_none_of_ten_still_leaves_room_for_some():
    low, high = Rate(0, 10).interval or (1, 0)
    assert low == 0
    assert 0.2 < high < 0.35


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_missing_answers_taken_for_failures_never_raise_a_rate(hits: int, failures: int, missing: int):
    found = SideBySide(hits, hits + failures, hits + failures + missing, not_due=3, not_evaluable=1)
    assert found.missing == missing
    if found.known:
        assert (found.missing_as_failure.share or 0) <= (found.complete_case.share or 0)


@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_the_exact_test_adds_up_all_tables_at_most_as_likely(first: int, second: int, data: st.DataObject):
    one = Rate(data.draw(st.integers(0, first)), first)
    other = Rate(data.draw(st.integers(0, second)), second)
    hits = one.hits + other.hits
    ways = {
        k: math.comb(first, k) * math.comb(second, hits - k)
        for k in range(max(0, hits - second), min(hits, first) + 1)
    }
    seen = ways[one.hits]
    expected = sum(way for way in ways.values() if way <= seen) / sum(ways.values())
    assert fisher_exact(one, other) == pytest.approx(expected)
    assert fisher_exact(other, one) == pytest.approx(expected)


def test_rates_of_nothing_or_of_the_same_do_not_differ():
    assert fisher_exact(Rate(0, 0), Rate(3, 9)) == 1
    assert fisher_exact(Rate(5, 10), Rate(5, 10)) == pytest.approx(1)


def test_large_groups_are_compared_without_overflow():
    assert fisher_exact(Rate(30_000, 50_000), Rate(29_000, 50_000)) == pytest.approx(1e-10, abs=1e-9)


def test_a_sign_that_nobody_else_shows_has_no_likelihood_ratio():
    assert likelihood_ratio(Rate(5, 10), Rate(0, 10)) is None
    assert likelihood_ratio(Rate(0, 0), Rate(1, 10)) is None
    assert likelihood_ratio(Rate(6, 10), Rate(2, 10)) == pytest.approx(3)
