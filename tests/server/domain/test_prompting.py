"""When patients are reminded: properties over random injections, habits, zones and answers; known days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.instants import DAY, HOUR, MINUTE, Instant, local_time
from server.domain.prompting import (
    Course,
    Habits,
    Past,
    Prompt,
    answered,
    ends_at,
    in_quiet_hours,
    next_prompt,
    wall,
)
from server.domain.schedule import Slot, slots

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def at(text: str, zone: str = "Europe/Berlin") -> Instant:
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return (moment - EPOCH) // timedelta(microseconds=1)


def shown(moment: Instant, zone: str = "Europe/Berlin") -> str:
    return (EPOCH + timedelta(microseconds=moment)).astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M")


def course(t0: Instant, **known: object) -> Course:
    return Course(window_ends=t0 + 2 * HOUR, **known)  # type: ignore[arg-type]


def all_prompts(
    planned: list[Slot],
    habits: Habits,
    zone: str,
    start: Course,
    until: Instant,
    answers: frozenset[str] = frozenset(),
) -> list[Prompt]:
    """Play a course: each prompt is made when it is due, and those of `answers` are answered at once."""
    found: list[Prompt] = []
    state, now = start, planned[0].planned
    while (prompt := next_prompt(planned, habits, local_time(zone), state, now)) and prompt.at <= until:
        now = max(now, prompt.at)
        found.append(prompt)
        filled = state.filled | ({prompt.slot} & answers)
        first = prompt.number == 1
        state = replace(
            state,
            filled=filled,
            unanswered=0 if prompt.slot in answers else state.unanswered + first,
            prompted={**state.prompted, prompt.slot: Past(prompt.number, now)},
        )
    return found


t0s = st.integers(at("2025-01-01"), at("2027-12-31")).map(lambda moment: moment // MINUTE * MINUTE)
evenings = st.integers(18 * 2, 21 * 2).map(lambda half: half * 30 * MINUTE)
habits = st.builds(
    Habits,
    evening=evenings,
    quiet_from=st.integers(22, 24).map(lambda hour: hour * HOUR % DAY),
    quiet_until=st.integers(5, 9).map(lambda hour: hour * HOUR),
)
keys = st.frozensets(
    st.sampled_from([f"d{n}" for n in range(1, 29)] + ["m15", "m30", "m60", "h2", "h3", "h8", "w5"])
)


@pytest.mark.parametrize("home", ZONES)
@given(t0=t0s, habits=habits, away=st.sampled_from(ZONES), answers=keys)
def test_at_most_two_prompts_a_check_in_inside_it_and_never_in_the_quiet_hours_of_later_days(
    home: str, t0: Instant, habits: Habits, away: str, answers: frozenset[str]
):
    planned = slots(t0, home)
    by_key = {slot.key: slot for slot in planned}
    clock = local_time(away)

    found = all_prompts(planned, habits, away, course(t0), t0 + 400 * DAY, answers)

    assert len({(prompt.slot, prompt.number) for prompt in found}) == len(found)
    for prompt in found:
        slot = by_key[prompt.slot]
        assert prompt.number in (1, 2)
        assert slot.opens <= prompt.at < prompt.expires <= slot.late_until
        if slot.kind not in ("early", "hour"):
            assert not in_quiet_hours(prompt.at, habits, clock)
        if prompt.slot in answers:
            assert prompt.number == 1
    asked = {prompt.slot for prompt in found}
    evenings_and_later = {s.key for s in planned if s.expected and s.kind in ("day", "week", "month")}
    assert evenings_and_later <= asked, "no day is left out, whatever was missed before"


@pytest.mark.parametrize("home", ZONES)
@given(t0=t0s, away=st.sampled_from(ZONES))
def test_the_first_hours_keep_their_instants_wherever_the_phone_is(home: str, t0: Instant, away: str):
    everything = frozenset(slot.key for slot in slots(t0, home))
    found = all_prompts(slots(t0, home), Habits(), away, course(t0), t0 + 9 * HOUR, everything)

    first_hours = [(p.slot, (p.at - t0) // MINUTE) for p in found if p.slot[0] in "mh"]
    assert first_hours == [
        ("m15", 15), ("m30", 30), ("m60", 60), ("h2", 120), ("h3", 180), ("h4", 240), ("h5", 300),
        ("h6", 360), ("h8", 480),
    ]  # fmt: skip


@pytest.mark.parametrize("home", ZONES)
@given(t0=t0s, habits=habits)
def test_evenings_come_at_the_chosen_time_through_every_change_of_the_clock(
    home: str, t0: Instant, habits: Habits
):
    planned = slots(t0, home)
    found = all_prompts(planned, habits, home, course(t0), t0 + 30 * DAY)

    clock, first_day = local_time(home), local_time(home).day(t0)
    for prompt in found:
        if prompt.slot[0] == "d" and prompt.number == 1:
            day = first_day + int(prompt.slot[1:])
            assert prompt.at == clock.at(day, habits.evening)


@pytest.mark.parametrize("zone", ZONES)
@given(day=st.integers(19_000, 22_000), minute=st.integers(0, 24 * 60 - 1))
def test_a_wall_time_that_occurs_twice_is_taken_once_and_one_that_never_occurs_at_the_next_minute(
    zone: str, day: int, minute: int
):
    clock, wanted = local_time(zone), minute * MINUTE

    moment = wall(clock, day, wanted)

    read = moment + clock.offset(moment) - day * DAY
    assert read >= wanted
    before = moment - MINUTE
    assert before + clock.offset(before) - day * DAY < wanted, (
        "no earlier minute shows that time or a later one"
    )


@pytest.mark.parametrize(
    ("zone", "date", "time", "shows"),
    [
        ("Europe/Berlin", "2026-03-29", 2 * HOUR + 30 * MINUTE, "03-29 03:00"),  # skipped in spring
        ("Europe/Berlin", "2026-10-25", 2 * HOUR + 30 * MINUTE, "10-25 02:30"),  # twice in autumn
        (
            "Australia/Lord_Howe",
            "2026-10-04",
            2 * HOUR + 10 * MINUTE,
            "10-04 02:30",
        ),  # half an hour is skipped
        ("America/Santiago", "2026-09-06", 0, "09-06 01:00"),  # midnight itself is skipped
    ],
)
def test_known_changes_of_the_clock(zone: str, date: str, time: Instant, shows: str):
    clock = local_time(zone)

    assert shown(wall(clock, clock.day(at(date + "T12:00", zone)), time), zone) == shows


def test_missed_prompts_stop_only_those_of_the_night():
    t0 = at("2026-03-02T17:00")
    planned = slots(t0, "Europe/Berlin")

    silent = all_prompts(planned, Habits(), "Europe/Berlin", course(t0), t0 + 2 * DAY)
    told = all_prompts(planned, Habits(), "Europe/Berlin", course(t0), t0 + 2 * DAY, frozenset({"h3", "h4"}))

    assert "h6" not in {prompt.slot for prompt in silent}, "23:00, after check-ins nobody answered"
    assert {"h4", "d1"} <= {prompt.slot for prompt in silent}, "21:00, and the evening after"
    assert ("h6", "03-02 23:00") in {(prompt.slot, shown(prompt.at)) for prompt in told}


def test_only_repeats_thin_and_only_after_the_window_with_four_usable_entries():
    t0 = at("2026-03-02T09:00")
    planned = slots(t0, "Europe/Berlin")

    def repeats(usable: int) -> set[str]:
        played = all_prompts(planned, Habits(), "Europe/Berlin", course(t0, usable=usable), t0 + 2 * DAY)
        assert {"m15", "m30", "m60", "h2", "h3", "h4", "h5", "h6", "h8", "bedtime", "d1"} <= {
            p.slot for p in played
        }
        return {prompt.slot for prompt in played if prompt.number == 2}

    assert {"h3", "h4", "h5", "h6", "h8"} <= repeats(usable=3)
    assert repeats(usable=4) == {"m15", "m30", "m60", "h2", "d1"}


def test_a_corrected_t0_moves_what_is_still_to_come_and_counts_what_was_sent():
    t0 = at("2026-03-02T09:00")
    later = slots(t0 + 20 * MINUTE, "Europe/Berlin")
    state = course(t0, prompted={"m15": Past(1, t0 + 15 * MINUTE)})

    prompt = next_prompt(later, Habits(), local_time("Europe/Berlin"), state, t0 + 16 * MINUTE)

    assert prompt == Prompt("m15", 2, t0 + 35 * MINUTE, t0 + 65 * MINUTE)


def test_after_a_pause_of_the_worker_a_check_in_is_prompted_once_not_twice_at_once():
    t0 = at("2026-03-02T09:00")
    planned, clock = slots(t0, "Europe/Berlin"), local_time("Europe/Berlin")
    late = t0 + 28 * MINUTE

    first = next_prompt(planned, Habits(), clock, course(t0), late)
    assert first is not None
    assert (first.slot, first.number) == ("m15", 1)
    then = next_prompt(planned, Habits(), clock, course(t0, prompted={"m15": Past(1, late)}), late)
    assert then is not None
    assert (then.slot, then.number) == ("m30", 1)


def test_a_snoozed_prompt_waits_for_its_time_and_is_the_second():
    t0 = at("2026-03-02T09:00")
    planned, clock = slots(t0, "Europe/Berlin"), local_time("Europe/Berlin")
    prompted = at("2026-03-03T20:00")
    state = course(
        t0,
        filled=frozenset(slot.key for slot in planned if slot.kind in ("early", "hour", "bedtime")),
        prompted={"d1": Past(1, prompted)},
        snoozed={"d1": prompted + 30 * MINUTE},
    )

    prompt = next_prompt(planned, Habits(), clock, state, prompted)

    assert prompt is not None
    assert (prompt.slot, prompt.number, shown(prompt.at)) == ("d1", 2, "03-03 20:30")


def test_nothing_is_asked_after_an_ending_event_and_then_the_episode_ends():
    t0 = at("2026-03-02T09:00")
    planned, clock = slots(t0, "Europe/Berlin"), local_time("Europe/Berlin")
    state = course(t0, ending=at("2026-03-10T09:00"))

    found = all_prompts(planned, Habits(), "Europe/Berlin", state, t0 + 400 * DAY)

    assert {prompt.slot for prompt in found if prompt.slot[0] == "d"} == {f"d{n}" for n in range(1, 8)}
    assert shown(ends_at(planned, state)) == "03-11 21:00"
    assert next_prompt(planned, Habits(), clock, course(t0), t0 + 400 * DAY) is None


def test_a_chosen_time_inside_the_quiet_hours_is_the_last_minute_before_them():
    t0 = at("2026-03-02T09:00")
    found = all_prompts(
        slots(t0, "Europe/Berlin"),
        Habits(22 * HOUR, 21 * HOUR, 7 * HOUR),
        "Europe/Berlin",
        course(t0),
        t0 + 2 * DAY,
    )

    assert [(p.slot, shown(p.at)) for p in found if p.slot == "d1"] == [("d1", "03-03 20:59")]


def test_a_traveller_is_asked_in_the_evening_of_the_new_wall_while_the_check_in_can_be_answered():
    t0 = at("2026-06-01T09:00")
    found = all_prompts(slots(t0, "Europe/Berlin"), Habits(), "America/New_York", course(t0), t0 + 3 * DAY)

    firsts = [
        (p.slot, shown(p.at, "America/New_York")) for p in found if p.slot in ("d1", "d2") and p.number == 1
    ]
    assert firsts == [("d1", "06-02 20:00"), ("d2", "06-03 20:00")]


def test_a_score_or_a_skip_answers_the_check_in_the_phone_shows_it_for():
    t0 = at("2026-03-02T09:00")
    planned = slots(t0, "Europe/Berlin")
    entries = [
        (t0 + 17 * MINUTE, "now"),
        (t0 + 58 * MINUTE, "now"),
        (at("2026-03-03T20:10"), "average_24h"),
        (at("2026-03-05T09:00"), "average_24h"),
        (at("2026-03-06T14:00"), "average_24h"),
    ]

    assert answered(planned, iter(entries)) == {"m15", "m60", "d1", "d2"}
