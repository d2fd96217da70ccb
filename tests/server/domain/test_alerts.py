"""The timers of alerts: due, escalation up the list, retries, the recheck."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.alerts import (
    ANSWER_WITHIN,
    LONGEST_BACKOFF,
    due_at,
    escalates,
    level_unanswered,
    next_contact,
    recheck_at,
    retry_after,
    wait_after,
)
from server.domain.flags import triage
from server.domain.opening import OFFICE_HOURS

T0 = datetime(2026, 3, 7, 8, 0, tzinfo=UTC)  # a Saturday


@pytest.mark.parametrize(("level", "minutes"), [("E", 15), ("S", 60)])
def test_emergencies_and_same_day_calls_do_not_wait_for_opening_hours(level, minutes):
    assert due_at(level, T0, OFFICE_HOURS, "Europe/Berlin") == T0 + timedelta(minutes=minutes)
    assert escalates(level)


def test_the_next_working_day_waits_for_it_and_stays_in_the_queue():
    assert due_at("N", T0, OFFICE_HOURS, "Europe/Berlin") == datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
    assert not escalates("N")


def test_the_list_is_told_in_its_order_and_then_from_its_top_again():
    assert [next_contact("abc", step) for step in range(7)] == list("abcabca")
    assert next_contact([], 3) is None


def test_each_run_through_the_list_gives_twice_the_time():
    waits = [wait_after("E", step, 2) // timedelta(minutes=15) for step in range(12)]
    assert waits == [1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 16, 16]
    assert wait_after("S", 5, 0) == timedelta(minutes=60)


@given(st.sampled_from("ES"), st.integers(0, 500), st.integers(0, 20))
def test_somebody_is_always_told_again(level, step, contacts):
    assert ANSWER_WITHIN[level] <= wait_after(level, step, contacts) <= timedelta(hours=16)


@given(st.integers(1, 10_000))
def test_retries_wait_longer_each_time_and_never_for_long(attempts):
    assert retry_after(attempts) <= retry_after(attempts + 1) <= LONGEST_BACKOFF


@pytest.mark.parametrize(
    ("hours", "expected"), [(7.9, None), (8.0, None), (8.1, 12), (12.0, 12), (12.1, None)]
)
def test_only_weakness_between_8_and_12_hours_is_rechecked_by_the_clinic(hours, expected):
    report = {"code": "limb_weak_or_numb", "blocked_area_only": True, "worse": False,
              "recovered_between": False, "weak": False}  # fmt: skip
    (finding,) = triage([report], hours, "lumbar").findings
    assert recheck_at(finding, T0) == (expected and T0 + timedelta(hours=expected))
    assert level_unanswered("limb_weak_or_numb") == "S"
