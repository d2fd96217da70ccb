"""The fit of a change: where it finds it, how surely, and when it finds none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.change import Levels, Moments, Question, Ramps, Scores, Span, fit_changes, with_neighbours
from server.domain.instants import DAY
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
    return scored(times.tolist(), means.tolist())


def scored(days: list[float], pains: list[float]) -> Scores:
    return Scores([day * DAY for day in days], pains, with_neighbours(pains), 10)


def asked(
    scores: Scores,
    levels: Levels,
    lines: list[float],
    variation: Variation = STEADY,
    span: Span | None = None,
) -> Question:
    return Question(scores, levels, span or Span(0, scores.stands[-1] / DAY), RAMPS, variation, lines)


def fit(scores: Scores, levels: Levels, lines: list[float], variation: Variation = STEADY) -> Moments:
    (moments,) = fit_changes([asked(scores, levels, lines, variation)])
    assert moments is not None
    return moments


@pytest.mark.parametrize("begins", [4.0, 4.3, 4.5, 4.8, 9.1])
@pytest.mark.parametrize("takes", [0.0, 1.0, 4.0])
@pytest.mark.parametrize(("before", "after"), [(7, 1), (1, 7)])
def test_a_clear_change_is_found_where_it_is(
    begins: float, takes: float, before: float, after: float
) -> None:
    ((low, estimate, high),) = fit(seen(begins, takes, before, after), Levels(before, after), [4])

    assert estimate == pytest.approx(begins + takes / 2, abs=0.25)
    assert low <= estimate <= high < low + 1.2


def test_two_lines_are_crossed_one_after_the_other() -> None:
    first, second, third = fit(seen(4, 6, 8, 0), Levels(8, 0), [5.6, 4, 1.6])

    assert first.estimate < second.estimate < third.estimate


def test_more_chance_means_more_doubt() -> None:
    scores = seen(6, 0, 7, 1)
    (tight,) = fit(scores, Levels(7, 1), [4])
    (wide,) = fit(scores, Levels(7, 1), [4], Variation(1.5, 0.5))

    assert wide.high - wide.low > tight.high - tight.low


def test_scores_that_move_the_other_way_show_no_change() -> None:
    steep = scored([*range(12)], [0] * 6 + [10] * 6)
    flat_out = asked(steep, Levels(3.1, 3), [3], span=Span(5, 6))
    other = asked(seen(6, 0, 7, 1), Levels(7, 1), [4])

    assert fit_changes([flat_out]) == [None]
    assert fit_changes([flat_out, other]) == [None, *fit_changes([other])]


def test_a_bad_day_is_trusted_less_and_moves_a_change_less() -> None:
    days, pains = [*map(float, range(20))], [7.0] * 10 + [1.0] * 10
    (clear,) = fit(scored(days, pains), Levels(7, 1), [4])
    bad_day = [*pains[:12], 9.0, *pains[13:]]
    (kept,) = fit(scored(days, bad_day), Levels(7, 1), [4], Variation(1.0, 0.0))

    assert kept.estimate == pytest.approx(clear.estimate, abs=0.2)


QUESTIONS = st.builds(
    lambda pains, extra, before, after, spread, memory: asked(
        Scores(
            [day * DAY for day in (*range(1, len(pains) + 1), *extra)],
            [*map(float, pains), *(5.0 for _ in extra)],
            with_neighbours([*map(float, pains)]),
            10,
        ),
        Levels(before, after),
        [5, 2],
        Variation(spread, memory),
        Span(0, len(pains)),
    ),
    st.lists(st.integers(0, 10), min_size=3, max_size=40),
    st.lists(st.floats(0.2, 9), max_size=2),
    st.floats(0, 10),
    st.floats(0, 10),
    st.floats(0.3, 3),
    st.floats(0, 0.9),
)


@given(st.lists(QUESTIONS, min_size=1, max_size=5))
def test_any_scores_give_an_ordered_moment_inside_reach_or_none(questions: list[Question]) -> None:
    for question, moments in zip(questions, fit_changes(questions), strict=True):
        for low, estimate, high in moments or ():
            assert -4 <= low <= estimate <= high <= question.span.late + 4


@given(st.lists(QUESTIONS, min_size=2, max_size=40))
def test_a_change_comes_out_the_same_alone_and_beside_others(questions: list[Question]) -> None:
    assert fit_changes(questions) == [fit_changes([question])[0] for question in questions]


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
