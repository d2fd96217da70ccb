"""The few combinations that stand for all."""

from itertools import combinations

from tests.e2e.pairs import all_cases, pairwise_cases

DIMENSIONS = (["a", "b", "c", "d", "e"], ["1", "2", "3"], ["x", "y"], ["p", "q", "r"])


def test_every_two_values_meet():
    cases = pairwise_cases(*DIMENSIONS)

    for (first, ones), (second, others) in combinations(enumerate(DIMENSIONS), 2):
        met = {(case[first], case[second]) for case in cases}
        assert met == {(one, other) for one in ones for other in others}


def test_few_cases_are_needed():
    assert len(all_cases(*DIMENSIONS)) == 90
    assert 15 <= len(pairwise_cases(*DIMENSIONS)) <= 22
