"""Timing, verdicts and flares stay as accurate as they are, on diaries of several laws with a known truth.

The floors stand a little under what `python -m bench accuracy` prints, so that a change for the worse shows.
"""

import pytest

from bench.accuracy import Figures, drawn_figures, stored_figures


@pytest.fixture(scope="module")
def stored() -> dict[str, Figures]:
    return stored_figures()


@pytest.mark.parametrize(
    ("level", "onset", "length", "within"), [("clean", 0.3, 0.6, 0.99), ("typical", 0.42, 1.0, 0.95)]
)
def test_moments_of_the_stored_diaries(
    stored: dict[str, Figures], level: str, onset: float, length: float, within: float
) -> None:
    found = stored[level]

    assert found["onset error, days"] <= onset
    assert found["duration error, days"] <= length
    assert found["duration within 3 days"] >= within


def test_an_interval_is_wider_where_the_diary_is_rough(stored: dict[str, Figures]) -> None:
    clean, rough = (stored[level]["median onset width, days"] for level in ("clean", "rough"))

    assert rough >= 1.5 * clean


@pytest.mark.parametrize("law", ["smooth", "step", "linear", "end of scale"])
def test_moments_of_diaries_of_other_laws(law: str) -> None:
    found = drawn_figures(law, count=60, seed=3)

    assert found["clean"]["onset error, days"] <= 0.45
    assert found["clean"]["duration error, days"] <= 1
    assert found["clean"]["duration within 3 days"] >= 0.95
    assert found["typical"]["onset error, days"] <= 0.95
    assert 0.6 <= found["typical"]["coverage"] <= 0.97
    assert found["typical"]["responder agreement"] >= 0.95
