"""The one rounding of the output."""

import sys
from fractions import Fraction

import pytest

from server.domain.exact import as_written, median, plain, tenths


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(1, 20), 0.1),
        (Fraction(-1, 20), -0.1),
        (Fraction(7, 20), 0.4),
        (Fraction(2, 3), 0.7),
        (Fraction(-2, 3), -0.7),
        (0.25, 0.3),
        (3, 3.0),
        (0, 0.0),
        (None, None),
    ],
)
def test_numbers_are_rounded_to_a_tenth_half_away_from_zero(value: object, rounded: float | None) -> None:
    assert tenths(value) == rounded


def test_what_no_float_can_hold_is_the_largest_one() -> None:
    assert tenths(-(10**400)) == -sys.float_info.max
    assert tenths(sys.float_info.max) == sys.float_info.max


def test_minutes_and_scores_are_written_without_a_needless_fraction() -> None:
    assert (plain(30), plain(Fraction(37, 2)), plain(None)) == (30, 18.5, None)
    assert plain(90, 60) == 1.5


def test_numbers_are_taken_as_they_were_written() -> None:
    assert as_written(0.1) + as_written(0.2) == Fraction(3, 10)
    assert as_written(1e-7) == Fraction(1, 10**7)


def test_the_median_of_an_even_number_is_the_middle_of_two() -> None:
    assert median([3, 1, 2]) == 2
    assert median([1, 2]) == Fraction(3, 2)
