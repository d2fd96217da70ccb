"""Sessions in a rolling 12 months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.sessions import Sessions, a_year_after, a_year_before, sessions_by_region

DATES = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def days(*written: str) -> list[date]:
    return [date.fromisoformat(on) for on in written]


def test_injections_of_one_date_are_one_session():
    assert len(Sessions.of(days("2026-03-02", "2026-03-02", "2026-03-09")).dates) == 2


def test_the_same_day_a_year_later_starts_anew():
    sessions = Sessions.of(days("2025-03-02", "2026-03-01", "2026-03-02"))
    assert [count.in_12_months for count in sessions.counts] == [1, 2, 2]
    assert sessions.most == 2


def test_the_window_rolls_and_knows_no_calendar_year():
    sessions = Sessions.of(days("2025-09-01", "2025-11-01", "2026-01-15", "2026-04-01", "2026-08-31"))
    assert sessions.most == 5
    assert sessions.used(date(2026, 9, 1)) == 4


def test_a_limit_that_is_used_up_says_when_the_next_falls_within_it():
    sessions = Sessions.of(days("2025-09-01", "2025-11-01", "2026-01-15", "2026-04-01"))
    assert sessions.next_within(4, date(2026, 5, 1)) == date(2026, 9, 1)
    assert sessions.next_within(4, date(2026, 9, 1)) == date(2026, 9, 1)
    assert sessions.next_within(5, date(2026, 5, 1)) == date(2026, 5, 1)
    # an injection on the day of the fourth session belongs to that session
    assert sessions.next_within(4, date(2026, 4, 1)) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("on", "before", "after"),
    [
        ("2024-02-29", "2023-02-28", "2025-03-01"),
        ("2025-02-28", "2024-02-28", "2026-02-28"),
        ("2025-03-01", "2024-03-01", "2026-03-01"),
        ("2026-03-02", "2025-03-02", "2027-03-02"),
    ],
)
def test_leap_days_shorten_no_window(on: str, before: str, after: str):
    assert a_year_before(date.fromisoformat(on)) == date.fromisoformat(before)
    assert a_year_after(date.fromisoformat(on)) == date.fromisoformat(after)


@given(st.lists(DATES, max_size=12), DATES, st.integers(1, 4))
def test_waiting_until_the_next_date_keeps_within_the_limit_and_a_day_less_does_not(dates, on, limit):
    sessions = Sessions.of(each for each in dates if each <= on)
    following = sessions.next_within(limit, on)
    assert following >= on
    assert Sessions.of([*sessions.dates, following]).used(following) <= limit
    if following > on:
        sooner = following - timedelta(days=1)
        assert Sessions.of([*sessions.dates, sooner]).used(sooner) > limit or sooner in sessions.dates


@given(st.lists(DATES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_injections_changes_nothing(dates, shuffler):
    other = list(dates)
    shuffler.shuffle(other)
    assert Sessions.of(dates) == Sessions.of(other)


def test_regions_are_counted_apart_and_unknown_ones_too():
    found = sessions_by_region(
        [("lumbar", date(2026, 3, 2)), (None, date(2026, 3, 2)), ("cervical", date(2026, 4, 2))]
    )
    assert {region: sessions.most for region, sessions in found.items()} == {
        None: 1,
        "cervical": 1,
        "lumbar": 1,
    }
