"""The fit of a change: where it finds it, how surely, and when it finds none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.change import Change, Levels, Ramps, Scores, Span, fit_change
from server.domain.variation import USUAL_MEMORY, USUAL_SPREAD, Variation, read_variation

RAMPS = Ramps.of((0, 1, 2, 4, 8))
STEADY = Variation(0.3, 0.0)


def seen(begins: float, takes: float, before: float, after: float, days: int = 20) -> Scores:
    """What averages over 24 h see of a ramp, before they are rounded."""
    fine = np.linspace(0, days, days * 200 + 1)
    part = (fine >= begins) if takes == 0 else np.clip((fine - begins) / takes, 0, 1)
    pain = before + (after - before) * part
    times = np.arange(0.5, days - 0.5)
    means = np.array([pain[(fine >= at - 0.5) & (fine <= at + 0.5)].mean() for at in times])
    return Scores(times, means, np.ones_like(times))


def fit(scores: Scores, levels: Levels, variation: Variation = STEADY) -> Change | None:
    return fit_change(scores, levels, Span(0, float(scores.times[-1])), RAMPS, variation)


@pytest.mark.parametrize("begins", [4.0, 4.3, 4.5, 4.8, 9.1])
@pytest.mark.parametrize("takes", [0.0, 1.0, 4.0])
@pytest.mark.parametrize(("before", "after"), [(7, 1), (1, 7)])
def test_a_clear_change_is_found_where_it_is(
    begins: float, takes: float, before: float, after: float
) -> None:
    change = fit(seen(begins, takes, before, after), Levels(before, after))

    assert change is not None
    low, estimate, high = change.crossing(4)
    assert estimate == pytest.approx(begins + takes / 2, abs=0.25)
    assert low <= estimate <= high < low + 1.2


def test_two_lines_are_crossed_one_after_the_other() -> None:
    change = fit(seen(4, 6, 8, 0), Levels(8, 0))

    assert change is not None
    assert change.crossing(5.6).estimate < change.crossing(4).estimate < change.crossing(1.6).estimate


def test_more_chance_means_more_doubt() -> None:
    scores = seen(6, 0, 7, 1)
    steady, varied = fit(scores, Levels(7, 1)), fit(scores, Levels(7, 1), Variation(1.5, 0.5))

    assert steady is not None
    assert varied is not None
    tight, wide = steady.crossing(4), varied.crossing(4)
    assert wide.high - wide.low > tight.high - tight.low


def test_scores_that_move_the_other_way_show_no_change() -> None:
    steep = Scores(np.arange(12.0), np.array([0.0] * 6 + [10.0] * 6), np.ones(12))

    assert fit_change(steep, Levels(3.1, 3), Span(5, 6), RAMPS, STEADY) is None


@given(
    st.lists(st.integers(0, 10), min_size=1, max_size=40),
    st.floats(0, 10),
    st.floats(0, 10),
    st.floats(0.3, 3),
    st.floats(0, 0.9),
)
def test_any_scores_give_an_ordered_moment_inside_reach_or_none(
    pains: list[int], before: float, after: float, spread: float, memory: float
) -> None:
    times = np.arange(1.0, len(pains) + 1)
    scores = Scores(times, np.array(pains, float), np.ones(len(pains)))

    change = fit(scores, Levels(before, after), Variation(spread, memory))

    if change is not None:
        low, estimate, high = change.crossing(5)
        assert -4 <= low <= estimate <= high <= len(pains) + 4
        assert change.weight.sum() == pytest.approx(1)


def test_a_short_diary_varies_as_diaries_usually_do() -> None:
    assert read_variation([7, 7, 3, 3]) == Variation(USUAL_SPREAD, USUAL_MEMORY)


def test_variation_is_learnt_from_the_diary() -> None:
    flat, lively = read_variation([3] * 40), read_variation([3, 5, 2, 4, 1, 4, 2, 5] * 5)
    slow = read_variation([1, 1, 2, 2, 3, 3, 4, 4, 4, 3, 3, 2, 2, 1, 1] * 3)

    assert flat.spread == pytest.approx(0.29, abs=0.02)
    assert lively.spread > 1
    assert slow.memory > lively.memory
    assert slow.weight < lively.weight <= 1


def test_a_loss_of_relief_is_no_variation() -> None:
    assert read_variation([7] * 20 + [1] * 20).spread < 0.6
