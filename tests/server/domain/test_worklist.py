"""Where an episode stands: by its reading, its sign-off, and by what time alone brings."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from server.domain.instants import DAY, HOUR, as_datetime, local_time, of_datetime
from server.domain.worklist import GROUPS, STAGES, follow_up_at, group_of, silent_at, stage_of

T0 = of_datetime(datetime.fromisoformat("2026-03-02T10:00:00+00:00"))
UTC = local_time("UTC")


def reading(verdict: str = "positive", flare: str = "none", days: float | None = None) -> dict[str, Any]:
    return {"anaesthetic": {"verdict": verdict}, "flare": {"status": flare, "days": days}}


@pytest.mark.parametrize(
    ("status", "found", "signed", "more", "stage"),
    [
        ("planned", None, "unsigned", False, "planned"),
        ("cancelled", None, "unsigned", False, "finished"),
        ("performed", None, "unsigned", True, "running"),
        ("performed", reading("pending"), "unsigned", True, "running"),
        ("performed", reading(), "unsigned", True, "ready"),
        ("performed", reading("indeterminate"), "unsigned", True, "ready"),
        ("performed", reading(flare="flare", days=2.0), "unsigned", True, "ready"),
        ("performed", reading(flare="flare"), "unsigned", True, "worse"),
        ("performed", reading("pending", "flare"), "unsigned", True, "worse"),
        ("performed", reading(flare="persistent_worsening"), "reopened", True, "worse"),
        ("performed", reading(flare="persistent_worsening"), "signed", True, "running"),
        ("performed", reading(), "signed", True, "running"),
        ("performed", reading(), "reopened", True, "ready"),
        ("performed", reading(), "signed", False, "finished"),
        ("closed", reading(), "unsigned", True, "finished"),
        ("closed", reading(), "signed", True, "finished"),
        ("closed", reading(), "reopened", True, "ready"),
    ],
)
def test_the_stage_follows_from_reading_and_sign_off(
    status: str, found: Any, signed: str, more: bool, stage: str
):
    assert stage_of(status, found, signed, more_to_come=more) == stage
    assert stage in STAGES


def hours_until_silence(last: int | None, **more: Any) -> float | None:
    found = silent_at(T0, UTC, last, more.get("ended"))
    return None if found is None else (found - T0) / HOUR


def test_a_diary_is_silent_after_a_day_without_a_word_and_a_check_in_missed_for_good():
    assert hours_until_silence(None) == 24
    assert hours_until_silence(T0 + 1 * HOUR) == 25
    # The evening of day 5 was written at 21:00 (107 h); day 6's may come until noon of day 7.
    assert hours_until_silence(T0 + 107 * HOUR) == 146
    # Weekly check-ins: the one of day 35 may come until day 38, the next is of day 42.
    day_35 = T0 + 35 * DAY + 11 * HOUR
    assert as_datetime(silent_at(T0, UTC, day_35, None) or 0) == as_datetime(T0 + 45 * DAY + 11 * HOUR)


def test_nothing_is_silent_after_the_last_check_in_or_after_the_end():
    assert hours_until_silence(T0 + 366 * DAY) is None
    assert hours_until_silence(T0 + 107 * HOUR, ended=T0 + 108 * HOUR) is None


def test_follow_ups_are_due_one_after_the_other_and_end_with_the_last():
    def due(signed: int | None, ended: int | None = None) -> int | None:
        found = follow_up_at(T0, UTC, signed, ended)
        return (
            None if found is None else (as_datetime(found) - as_datetime(T0) + timedelta(hours=10)).days - 1
        )

    assert due(None) == 14
    assert due(T0 + 1 * DAY) == 14
    assert due(T0 + 15 * DAY) == 28
    assert due(T0 + 29 * DAY) == 90
    assert due(T0 + 366 * DAY) is None
    assert due(T0 + 1 * DAY, ended=T0 + 10 * DAY) is None


def test_time_and_open_flags_move_an_episode_between_groups():
    def group(stage: str = "running", *, flagged: bool = False) -> str:
        return group_of(stage, flagged=flagged, silent=T0 + DAY, follow_up=T0, now=now)

    now = T0 + 2 * DAY
    assert (group(), group(flagged=True), group("ready"), group("finished")) == (
        "silent",
        "flags",
        "ready",
        "finished",
    )
    now = T0 + DAY - 1
    assert group() == "follow_up"
    now = T0 - 1
    assert group() == "stable"
    assert {"flags", "silent", "follow_up", "stable"} | set(STAGES) - {"running"} == set(GROUPS)
