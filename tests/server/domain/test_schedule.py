"""The planned check-ins, against the cases the phone reads too and against hand-made dates."""

import json
from datetime import date
from pathlib import Path

import pytest

from server.domain.instants import DAY, HOUR, MINUTE, instant, local_time
from server.domain.schedule import Slot, days_to_month, slots, slots_taking_averages, slots_taking_now

CASES = json.loads(Path("tests/contract/schedule.json").read_text())["cases"]
MOMENTS = ("planned", "opens", "closes", "late_until", "back_fill_until")


def planned(performed_at: str, zone: str, **more: int) -> dict[str, Slot]:
    return {slot.key: slot for slot in slots(instant(performed_at), zone, **more)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_phone_and_the_server_plan_the_same_check_ins(case: dict) -> None:
    given = dict(case["input"])
    performed_at, zone = instant(given.pop("performed_at")), given.pop("zone")
    if "planned_at" in given:
        given["planned_at"] = instant(given["planned_at"])

    found = slots(performed_at, zone, **given)

    clock = local_time(zone)
    assert [
        {
            "key": slot.key,
            "kind": slot.kind,
            "scale": slot.scale,
            **{name: clock.text(getattr(slot, name)) for name in MOMENTS},
            "expected": slot.expected,
        }
        for slot in found
    ] == case["slots"]


def test_the_early_check_ins_are_on_time_within_ten_minutes_and_late_for_thirty() -> None:
    t0 = instant("2026-03-02T10:00:00+01:00")

    slot = planned("2026-03-02T10:00:00+01:00", "Europe/Berlin")["m30"]

    assert (slot.opens, slot.planned, slot.closes, slot.late_until) == tuple(
        t0 + minutes * MINUTE for minutes in (20, 30, 40, 60)
    )


def test_the_hours_are_on_time_within_fifteen_minutes_and_late_for_sixty() -> None:
    t0 = instant("2026-03-02T10:00:00+01:00")

    slot = planned("2026-03-02T10:00:00+01:00", "Europe/Berlin")["h4"]

    assert (slot.opens, slot.closes, slot.late_until) == (
        t0 + 225 * MINUTE,
        t0 + 255 * MINUTE,
        t0 + 300 * MINUTE,
    )


def test_an_evening_is_on_time_from_six_to_midnight_late_until_noon_and_offered_for_two_days() -> None:
    slot = planned("2026-03-02T10:00:00+01:00", "Europe/Berlin")["d1"]

    assert slot.planned == instant("2026-03-03T21:00:00+01:00")
    assert slot.opens == instant("2026-03-03T18:00:00+01:00")
    assert slot.closes == instant("2026-03-04T00:00:00+01:00")
    assert slot.late_until == instant("2026-03-04T12:00:00+01:00")
    assert slot.back_fill_until == slot.planned + 2 * DAY


def test_weeks_give_two_days_and_months_five_before_they_are_late() -> None:
    found = planned("2026-01-05T10:00:00+00:00", "Africa/Abidjan")

    week, month = found["w5"], found["mo4"]

    assert week.planned == instant("2026-02-09T21:00:00Z")
    assert (week.closes - week.planned, week.late_until - week.planned) == (2 * DAY, 3 * DAY)
    assert month.planned == instant("2026-05-05T21:00:00Z")
    assert (month.planned - month.opens, month.late_until - month.planned) == (5 * DAY, 10 * DAY)


def test_bedtime_is_planned_only_when_it_is_later_than_eight_hours_after_the_block() -> None:
    assert "bedtime" not in planned("2026-06-01T13:00:00Z", "Africa/Abidjan")
    assert "bedtime" in planned("2026-06-01T12:59:59Z", "Africa/Abidjan")


def test_the_protocol_expects_fifty_six_check_ins_and_offers_one_at_forty_five_minutes() -> None:
    found = slots(instant("2026-06-01T10:00:00Z"), "Africa/Abidjan")

    assert sum(slot.expected for slot in found) == 1 + 3 + 6 + 1 + 28 + 8 + 9
    assert [slot.key for slot in found if not slot.expected and slot.kind != "pgic"] == ["m45"]


def test_a_month_slot_falls_on_the_last_day_of_a_shorter_month() -> None:
    start, end = date(2025, 10, 31), date(2026, 2, 28)

    assert days_to_month(start, 4) == (end - start).days
    assert days_to_month(date(2024, 2, 29), 12) == 365


def test_an_episode_planned_early_offers_evenings_from_day_minus_seven() -> None:
    found = planned("2026-06-20T10:00:00Z", "Africa/Abidjan", planned_at=instant("2026-06-01T10:00:00Z"))

    assert [key for key in found if key.startswith("d-")] == ["d-7", "d-6", "d-5", "d-4", "d-3", "d-2", "d-1"]


def test_an_episode_planned_two_days_before_offers_two_evenings() -> None:
    found = planned("2026-06-20T10:00:00Z", "Africa/Abidjan", planned_at=instant("2026-06-18T10:00:00Z"))

    assert [key for key in found if key.startswith("d-")] == ["d-2", "d-1"]


def test_daily_again_offers_seven_evenings_after_the_loss_that_are_not_planned_anyway() -> None:
    t0 = "2026-06-20T10:00:00Z"

    def again(after: int) -> list[str]:
        return [key for key in planned(t0, "UTC", again_after=after) if "again" in key]

    assert again(40) == [f"again{day}" for day in range(41, 48)]
    assert again(24) == ["again29", "again30", "again31"]


def test_slots_for_filling_leave_out_what_the_baseline_and_one_tap_answers_fill() -> None:
    t0, clock = instant("2026-06-20T10:00:00Z"), local_time("UTC")

    assert [slot.key for slot in slots_taking_now(t0, clock)][:4] == ["m15", "m30", "m45", "m60"]
    assert {slot.scale for slot in slots_taking_averages(clock, clock.day(t0)).slots} == {"average_24h"}
    assert slots_taking_now(t0, clock)[-1].planned == t0 + 11 * HOUR
