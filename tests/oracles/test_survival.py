"""Curves, medians and log-rank tests against published tables and against lifelines."""

import numpy as np
import pytest

from server.domain.logrank import chi_squared_tail, log_rank
from server.domain.survival import Curve, kaplan_meier
from tests.oracles.files import oracle

REMISSION = oracle("remission")
CASES = oracle("lifelines")["cases"]


def arm(name: str) -> Curve:
    weeks = REMISSION["weeks"][name]
    relapsed = REMISSION["relapsed"].get(name, [True] * len(weeks))
    return kaplan_meier(np.array(weeks, float), np.array(relapsed))


@pytest.mark.parametrize("name", ["six_mp", "placebo"])
def test_the_published_table_of_the_remission_trial_is_reproduced(name: str):
    curve, printed = arm(name), REMISSION[f"{name}_table"]
    digits = 3 if name == "six_mp" else 4
    found = [
        {"week": week, "at_risk": at_risk, "ends": ends, "share": round(float(share), digits)}
        for week, at_risk, ends, share in zip(curve.days, curve.at_risk, curve.ends, curve.share, strict=True)
    ]
    assert found[: len(printed)] == printed


@pytest.mark.parametrize("name", ["six_mp", "placebo"])
def test_the_published_median_of_the_remission_trial_is_reproduced(name: str):
    assert arm(name).median.days == REMISSION["medians"][name]


def test_the_published_log_rank_statistic_of_the_remission_trial_is_reproduced():
    weeks, relapsed = REMISSION["weeks"], REMISSION["relapsed"]
    found = log_rank(
        np.array([*weeks["six_mp"], *weeks["placebo"]], float),
        np.array([*relapsed["six_mp"], *[True] * 21]),
        np.repeat([0, 1], 21),
    )
    assert found is not None
    assert round(found.statistic, 1) == REMISSION["log_rank"]
    assert found.observed == (9, 21)
    assert [round(expected, 1) for expected in found.expected] == REMISSION["expected"]


def columns(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    case = CASES[name]
    return np.array(case["durations"], float), np.array(case["ended"], bool), np.array(case["groups"])


@pytest.mark.parametrize("name", CASES)
def test_every_curve_its_band_and_numbers_at_risk_are_those_of_lifelines(name: str):
    durations, ended, groups = columns(name)
    for group, expected in CASES[name]["curves"].items():
        curve = kaplan_meier(durations[groups == group], ended[groups == group])
        assert curve.days.tolist() == expected["days"]
        assert curve.at_risk.tolist() == expected["at_risk"]
        np.testing.assert_allclose(curve.share, expected["share"], rtol=0, atol=1e-12)
        # At a share of 0 the band has no value; lifelines prints 0, this product keeps the last limit.
        some = curve.share > 1e-12
        np.testing.assert_allclose(curve.lower[some], np.array(expected["lower"], float)[some], atol=1e-12)
        np.testing.assert_allclose(curve.upper[some], np.array(expected["upper"], float)[some], atol=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_every_median_and_its_limits_are_those_of_lifelines(name: str):
    durations, ended, groups = columns(name)
    for group, expected in CASES[name]["curves"].items():
        median = kaplan_meier(durations[groups == group], ended[groups == group]).median
        assert (median.days, median.low) == (expected["median"], expected["median_low"])
        assert median.high == expected["median_high"]


@pytest.mark.parametrize("name", CASES)
def test_every_log_rank_test_is_that_of_lifelines(name: str):
    durations, ended, groups = columns(name)
    found = log_rank(durations, ended, np.unique(groups, return_inverse=True)[1])
    expected = CASES[name]["log_rank"]
    assert found is not None
    assert found.statistic == pytest.approx(expected["statistic"], rel=1e-9)
    assert (found.degrees, found.p) == (expected["degrees"], pytest.approx(expected["p"], rel=1e-9))


@pytest.mark.parametrize(
    ("degrees", "statistic"),
    [(1, 3.841), (2, 5.991), (3, 7.815), (4, 9.488), (5, 11.070), (9, 16.919)],
)
def test_the_usual_table_of_the_chi_squared_law_holds(degrees: int, statistic: float):
    assert chi_squared_tail(statistic, degrees) == pytest.approx(0.05, abs=2e-5)
