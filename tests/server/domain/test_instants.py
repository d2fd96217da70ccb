"""Reading times strictly, and the wall clock through changes of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import instants
from server.domain.instants import (
    DAY,
    HOUR,
    LocalTime,
    date_of_day,
    day_of_date,
    fixed_time,
    instant,
    local_time,
    offset_of,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01t01:00:00+01:00", 0),
        ("1970-01-01T00:00:01z", 1),
        ("1969-12-31T23:59:59-00:00", -1),
        ("1970-01-01T00:00:00.5Z", 0.5),
        ("1970-01-01T00:00:00.1234567Z", 0.123456),
        ("2026-03-29T03:30:00+02:00", 1774747800),
    ],
)
def test_times_with_seconds_and_an_offset_are_read_exactly(text: str, seconds: float) -> None:
    assert instant(text) == round(seconds * 1_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T10:00:00",
        "2026-03-01T10:00Z",
        "2026-03-01 10:00:00Z",
        "2026-03-01T10:00:00+0100",
        "2026-03-01T10:00:00+24:00",
        "2026-03-01T10:00:00+01:75",
        "2026-03-01T24:00:00Z",
        "2026-03-01T10:00:60Z",
        "2026-02-30T10:00:00Z",
        "1899-12-31T10:00:00Z",
        "2201-01-01T10:00:00Z",
        "2026-W10-1T10:00:00Z",
        "2026-03-01T10:00:00,5Z",
        "２０２６-03-01T10:00:00Z",
        "2026-03-01T10:00:00Z\n",
        "",
        None,
        1767225600,
    ],
)
def test_anything_but_rfc_3339_with_seconds_and_offset_is_refused(text: object) -> None:
    with pytest.raises(ValueError):
        instant(text)


def test_the_offset_of_a_time_is_kept() -> None:
    assert offset_of("2026-03-01T10:00:00-03:30") == -3.5 * HOUR
    assert offset_of("2026-03-01T10:00:00Z") == 0


def test_dates_are_whole_days_and_nothing_else_is_a_date() -> None:
    assert date_of_day(day_of_date("2026-03-01")).isoformat() == "2026-03-01"
    for wrong in ("2026-02-30", "20260301", "1899-01-01", "2026-3-1", None, 5):
        with pytest.raises(ValueError):
            day_of_date(wrong)


@pytest.mark.parametrize("name", ["Europe/Atlantis", "localtime", "../etc/passwd", "", "europe/berlin"])
def test_unknown_zones_are_refused(name: str) -> None:
    with pytest.raises(ValueError):
        local_time(name)


def test_a_fixed_offset_is_a_wall_clock_too() -> None:
    clock = fixed_time(int(5.5 * HOUR))

    assert clock.text(0) == "1970-01-01T05:30:00+05:30"
    assert clock.day(-6 * HOUR) == -1
    assert clock.at(0) == -5.5 * HOUR


def test_an_offset_with_seconds_is_written_in_utc() -> None:
    assert local_time("Europe/Amsterdam").text(instant("1900-01-01T00:00:00Z")) == "1900-01-01T00:00:00+00:00"


def test_a_midnight_that_does_not_exist_is_the_moment_the_clocks_change() -> None:
    clock = local_time("America/Santiago")

    assert clock.text(clock.at(day_of_date("2026-09-06"))) == "2026-09-06T01:00:00-03:00"


def test_a_repeated_hour_is_its_first_showing() -> None:
    clock = local_time("Europe/Berlin")

    assert clock.text(clock.at(day_of_date("2026-10-25"), 2 * HOUR)) == "2026-10-25T02:00:00+02:00"


def test_remembered_days_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instants, "_KNOWN_DAYS", 3)
    clock = LocalTime(ZoneInfo("Europe/Berlin"))

    days = [clock.day(day * DAY) for day in range(20)]

    assert days == list(range(20))
    assert len(clock._offsets) <= 4


@given(
    st.integers(0, 4_102_444_800),
    st.sampled_from(
        [
            "Europe/Berlin",
            "America/Santiago",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "Pacific/Apia",
            "Africa/Casablanca",
        ]
    ),
)
def test_the_wall_clock_agrees_with_the_standard_library(second: int, zone: str) -> None:
    clock = local_time(zone)
    moment = datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(zone))

    assert date_of_day(clock.day(second * 1_000_000)) == moment.date()
    assert datetime.fromisoformat(clock.text(second * 1_000_000)) == moment
    midnight = datetime(moment.year, moment.month, moment.day, tzinfo=ZoneInfo(zone))
    since = midnight.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert clock.at(clock.day(second * 1_000_000)) == since // timedelta(microseconds=1)


@pytest.mark.parametrize("local", [local_time("America/Havana"), fixed_time(-5 * HOUR), fixed_time(5 * HOUR)])
def test_many_days_at_once_are_the_days_one_by_one(local: LocalTime) -> None:
    start = instant("2026-10-30T00:00:00Z")
    moments = [start + hour * HOUR + step for hour in range(72) for step in (-1, 0, 1)]

    assert local.days(moments, 20_000) == [local.day(moment) - 20_000 for moment in moments]
    assert local.days([], 20_000) == []
