"""Exact numbers: decimal values as written, and the one rounding of the output."""

import sys
from fractions import Fraction

Exact = int | Fraction

_MOST_TENTHS = 10 * int(sys.float_info.max)
_FEW = range(-1_000_000, 1_000_000)
"""Whole numbers that a float holds exactly; nearly all that is written is one."""


def as_written(value: float) -> Exact:
    """A JSON number as the decimal fraction that was written: 0.1 is one tenth."""
    return value if type(value) is int else Fraction(repr(value))


def ratio(top: Exact, bottom: Exact) -> Exact:
    """The exact quotient; of whole numbers it is made at once, which dividing fractions is slower than."""
    if type(top) is not int or type(bottom) is not int:
        return Fraction(top) / bottom
    whole, rest = divmod(top, bottom)
    return Fraction(top, bottom) if rest else whole


def tenths(value: Exact | float | None, unit: int = 1) -> float | None:
    """`value / unit` rounded to 0.1, half away from zero; None stays None.

    What no float can hold, such as a rise above a baseline of next to nothing, is the largest one.
    """
    if value is None:
        return None
    if unit == 1 and type(value) is int and value in _FEW:
        return float(value)
    top, bottom = value.as_integer_ratio()
    bottom *= unit
    size = (20 * abs(top) + bottom) // (2 * bottom)
    size = min(size, _MOST_TENTHS)
    return (-size if top < 0 else size) / 10


def plain(value: Exact | float | None, unit: int = 1) -> float | int | None:
    """Rounded as `tenths`, written without a fraction where it is whole: minutes and scores."""
    rounded = tenths(value, unit)
    return int(rounded) if rounded is not None and rounded.is_integer() else rounded


def middle(one: Exact, other: Exact) -> Exact:
    """The exact mean of two numbers."""
    total = one + other
    return total // 2 if total % 2 == 0 else Fraction(total, 2)


def median(values: list[int]) -> Exact:
    """The exact median of at least one whole number."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else middle(ordered[half - 1], ordered[half])
