"""Opening hours on a wall clock that jumps: three zones, both changes of the clocks, holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.opening import (
    FURTHEST,
    NEVER_OPEN,
    OFFICE_HOURS,
    OpeningHours,
    at_wall_clock,
    end_of_next_working_day,
    is_open,
    local_date,
    parse_hours,
)

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
BERLIN = "Europe/Berlin"

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
spans = st.tuples(st.integers(0, 1437), st.integers(1, 600)).map(lambda s: (s[0], min(s[0] + s[1], 1439)))
weeks = st.tuples(*[st.none() | spans] * 7)
holidays = st.frozensets(st.dates(date(2025, 1, 1), date(2028, 1, 31)), max_size=30)
hours_of_a_clinic = st.builds(OpeningHours, weeks, holidays)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BERLIN))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-06T15:00", "2026-03-09T17:00"),  # Friday afternoon: Monday
        ("2026-03-07T11:00", "2026-03-09T17:00"),  # Saturday: Monday
        ("2026-03-09T03:00", "2026-03-09T17:00"),  # before Monday opens: that Monday
        ("2026-03-09T08:00", "2026-03-10T17:00"),  # it has opened: the next one
        ("2026-03-27T20:00", "2026-03-30T17:00"),  # over the night the clocks go forward
        ("2026-10-23T20:00", "2026-10-26T17:00"),  # and back
    ],
)
def test_the_next_working_day_ends_when_the_clinic_closes(received: str, due: str):
    assert end_of_next_working_day(OFFICE_HOURS, BERLIN, berlin(received)) == berlin(due)


def test_a_holiday_is_no_working_day():
    easter = OpeningHours(OFFICE_HOURS.days, frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
    assert end_of_next_working_day(easter, BERLIN, berlin("2026-04-02T12:00")) == berlin("2026-04-07T17:00")
    assert not is_open(easter, BERLIN, berlin("2026-04-06T12:00"))
    assert is_open(OFFICE_HOURS, BERLIN, berlin("2026-04-06T12:00"))


def test_a_clinic_that_never_opens_is_held_to_a_day():
    received = berlin("2026-03-06T15:00")
    assert end_of_next_working_day(OpeningHours((None,) * 7), BERLIN, received) == received + NEVER_OPEN


def test_settings_are_read_as_they_are_stored():
    stored = {
        "days": {"mon": {"opens": "08:30", "closes": "16:00"}, "tue": None},
        "holidays": [{"date": "2026-12-25", "name": "Christmas Day"}],
    }
    hours = parse_hours(stored)
    assert hours.days[:2] == ((510, 960), None)
    assert hours.on(date(2026, 12, 25)) is None


def test_an_hour_that_the_clocks_skip_moves_on_and_one_that_comes_twice_counts_once():
    assert at_wall_clock(BERLIN, date(2026, 3, 29), 150) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert at_wall_clock(BERLIN, date(2026, 10, 25), 150) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
@given(hours=hours_of_a_clinic, received=moments)
def test_due_lies_ahead_at_a_closing_time_with_no_whole_working_day_in_between(
    zone: str, hours: OpeningHours, received: datetime
):
    due = end_of_next_working_day(hours, zone, received)
    assert due > received
    if due == received + NEVER_OPEN:
        return
    last = local_date(zone, due - timedelta(microseconds=1))
    assert hours.on(last) is not None
    first = local_date(zone, received)
    assert (last - first).days < FURTHEST
    for ahead in range((last - first).days):
        span = hours.on(first + timedelta(days=ahead))
        assert span is None or at_wall_clock(zone, first + timedelta(days=ahead), span[0]) <= received


@pytest.mark.parametrize("zone", ZONES)
@given(hours=hours_of_a_clinic, received=moments, later=st.timedeltas(timedelta(0), timedelta(days=9)))
def test_what_is_received_later_is_never_due_earlier(
    zone: str, hours: OpeningHours, received: datetime, later: timedelta
):
    first = end_of_next_working_day(hours, zone, received)
    assert end_of_next_working_day(hours, zone, received + later) >= min(first, received + NEVER_OPEN)


@pytest.mark.parametrize("zone", ZONES)
@given(hours=hours_of_a_clinic, at=moments)
def test_open_is_what_the_wall_clock_says(zone: str, hours: OpeningHours, at: datetime):
    wall = at.astimezone(ZoneInfo(zone))
    twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    if twice or _has_a_change(zone, wall.date()):
        return  # told exactly by the cases above
    span = hours.on(wall.date())
    minute = wall.hour * 60 + wall.minute
    assert is_open(hours, zone, at) == (span is not None and span[0] <= minute < span[1])


def _has_a_change(zone: str, day: date) -> bool:
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()
