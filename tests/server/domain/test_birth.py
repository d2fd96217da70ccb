from __future__ import annotations

from datetime import date

import pytest

from server.domain.birth import EARLIEST, why_not_born

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("born", "injected", "word"),
    [
        (date(1899, 12, 31), None, "1900"),
        (date(2026, 3, 3), None, "future"),
        (date(2026, 3, 2), date(2026, 3, 1), "injection"),
    ],
)
def test_a_slip_is_told_with_its_reason(born: date, injected: date | None, word: str):
    assert word in (why_not_born(born, TODAY, injected) or "")


@pytest.mark.parametrize(
    ("born", "injected"), [(EARLIEST, None), (TODAY, None), (TODAY, TODAY), (date(1960, 5, 4), TODAY)]
)
def test_other_days_are_dates_of_birth(born: date, injected: date | None):
    assert why_not_born(born, TODAY, injected) is None
