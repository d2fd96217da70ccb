"""Which entries count, which check-in each fills and how late it is."""

from typing import Any

import pytest

from server.domain.diary import parse_episode
from server.domain.instants import instant
from server.domain.series import build_series, grade_entries
from tests.builders import Json, after, average, diary, drawn, evening, now, reading


def graded(*entries: Json, as_of: str = "400d", **more: Any) -> list[tuple[str | None, str]]:
    episode = parse_episode(diary(entries=list(entries), as_of=as_of, **more))
    return [(found.slot, found.grade) for found in grade_entries(episode)]


def counts(*entries: Json, as_of: str = "400d", **more: Any) -> Json:
    found: Json = reading(diary(entries=list(entries), as_of=as_of, **more))["data"]
    return found


@pytest.mark.parametrize(
    ("span", "slot"),
    [
        ("4m", None),
        ("5m", "m15"),
        ("22m", "m15"),
        ("23m", "m30"),
        ("37m", "m30"),
        ("38m", "m45"),
        ("52m", "m45"),
        ("53m", "m60"),
        ("70m", "m60"),
        ("90m", "m60"),
        ("91m", None),
        ("104m", None),
        ("105m", "h2"),
        ("3h", "h3"),
        ("6.8h", "h6"),
        ("9h", "bedtime"),
        ("7.7h", None),
        ("7.75h", "h8"),
        ("14h", "bedtime"),
        ("26h", "bedtime"),
        ("26.1h", None),
    ],
)
def test_a_score_fills_the_nearest_check_in_whose_window_holds_it(span: str, slot: str | None) -> None:
    assert graded(now(span, 3))[0][0] == slot


@pytest.mark.parametrize(
    ("day", "time", "slot"),
    [
        (1, "17:59", None),
        (1, "18:00", "d1"),
        (2, "00:00", "d1"),
        (2, "12:00", "d1"),
        (2, "12:01", None),
        (33, "20:59", None),
        (33, "21:00", "w5"),
        (38, "21:00", "w5"),
        (38, "21:01", None),
    ],
)
def test_an_average_fills_its_evening_its_week_or_nothing(day: int, time: str, slot: str | None) -> None:
    entry = {**average(1, 3), "taken_at": evening(day, time)}

    assert graded(entry)[0][0] == slot


def test_a_worst_score_fills_nothing() -> None:
    assert graded({**average(1, 3), "scale": "worst_24h"}) == [(None, "extra")]


@pytest.mark.parametrize(
    ("recorded", "grade"),
    [(None, "on_time"), ("40m", "on_time"), ("60m", "late"), ("61m", "back_filled")],
)
def test_the_recorded_time_grades_an_early_check_in(recorded: str | None, grade: str) -> None:
    entry = now("30m", 3, recorded_at=recorded and after(recorded))

    assert graded(entry) == [("m30", grade)]


def test_an_absent_recorded_time_is_on_time_even_in_the_late_window() -> None:
    assert graded({**average(1, 3), "taken_at": evening(2, "08:00")}) == [("d1", "on_time")]


@pytest.mark.parametrize(
    ("day", "time", "grade"),
    [(2, "00:00", "on_time"), (2, "12:00", "late"), (2, "12:01", "back_filled")],
)
def test_the_recorded_time_grades_an_evening(day: int, time: str, grade: str) -> None:
    assert graded(average(1, 3, recorded_at=evening(day, time))) == [("d1", grade)]


def test_a_week_recorded_after_its_limit_is_missed_and_its_entry_stands_beside() -> None:
    late = average(35, 3, recorded_at=evening(38, "21:00"))
    missed = average(35, 3, recorded_at=evening(38, "21:01"))

    assert graded(late) == [("w5", "late")]
    assert graded(missed) == [(None, "back_filled")]
    assert counts(missed)["on_time"] == 1


def test_on_time_goes_before_late_then_the_nearest_then_the_first() -> None:
    late = {**average(1, 3), "id": "late", "taken_at": evening(2, "00:01")}
    far = {**average(1, 3), "id": "far", "taken_at": evening(1, "18:30")}
    near = {**average(1, 3), "id": "near", "taken_at": evening(1, "20:30")}
    twin = {**average(1, 3), "id": "twin", "taken_at": evening(1, "21:30")}

    assert graded(far, near, twin, late) == [
        (None, "extra"),
        ("d1", "on_time"),
        (None, "extra"),
        (None, "extra"),
    ]
    assert graded(late) == [("d1", "on_time")]


def test_a_loser_tries_no_other_slot() -> None:
    best, loser = now("29m", 3), now("23m", 3)

    assert graded(best, loser) == [(None, "extra"), ("m30", "on_time")]


def test_the_offered_check_in_takes_its_entry_and_counts_it_as_extra() -> None:
    found = counts(now("45m", 3))

    assert graded(now("45m", 3)) == [("m45", "on_time")]
    assert (found["on_time"], found["extra"]) == (1, 1)


def test_an_entry_beside_the_protocol_is_back_filled_when_recorded_long_after() -> None:
    soon = now("100h", 3, recorded_at=after("101h"))
    later = now("100h", 3, recorded_at=after("102h"))
    averages = [average(46, 3, recorded_at=evening(47, time)) for time in ("12:00", "12:01")]

    assert graded(soon) == [(None, "extra")]
    assert graded(later) == [(None, "back_filled")]
    assert [graded(entry)[0][1] for entry in averages] == ["extra", "back_filled"]


@pytest.mark.parametrize(
    ("span", "recorded", "grade"),
    [
        ("30m", "20m", "on_time"),
        ("30m", "19m", "clock_suspect"),
        ("5m", "-1m", "clock_suspect"),
        ("0m", "-1m", "extra"),
        ("-30m", "-30m", "before"),
        ("-30m", "30m", "before"),
    ],
)
def test_a_clock_far_off_is_suspect(span: str, recorded: str, grade: str) -> None:
    entry = now(span, 3, recorded_at=after(recorded))

    assert graded(entry)[0][1] == grade
    assert counts(entry)["extra"] == (0 if grade == "on_time" else 1)
    assert counts(entry)["flags"] == (["clock_suspect"] if grade == "clock_suspect" else [])


@pytest.mark.parametrize("at", ["-30m", "30m", "3d"])
def test_an_entry_saved_under_a_clock_known_to_be_off_is_suspect(at: str) -> None:
    known, plain = now(at, 3, clock_suspect=True), now(at, 3, clock_suspect=False)
    found_by_time = now(at, 3, recorded_at=after("-45m"))

    assert graded(known) == graded(found_by_time) == [(None, "clock_suspect")]
    assert counts(known) == counts(found_by_time)
    assert graded(plain) == graded(now(at, 3))


def test_a_suspect_entry_is_left_out_of_the_reading_with_its_intakes() -> None:
    taken = [{"drug": "ibuprofen"}]
    scores = "15m 2  30m 2  60m 2  2h 2"
    rescue = now("20m", 9, analgesics=taken)

    assert drawn(now_scores=scores, entries=[rescue])["anaesthetic"]["verdict"] == "indeterminate"
    found = drawn(now_scores=scores, entries=[rescue | {"clock_suspect": True}])
    assert found["anaesthetic"] == drawn(now_scores=scores)["anaesthetic"]
    assert found["data"]["flags"] == ["clock_suspect"]


def test_a_skip_under_a_suspect_clock_is_extra() -> None:
    found = counts(now("30m", None, skipped="asleep", clock_suspect=True))

    assert (found["skipped"], found["extra"], found["flags"]) == (0, 1, ["clock_suspect"])


def test_a_skip_fills_nothing_and_counts_as_missing_and_skipped() -> None:
    found = counts(now("30m", None, skipped="asleep"), as_of="80m")

    assert graded(now("30m", None, skipped="asleep")) == [(None, "skipped")]
    assert (found["expected"], found["missing"], found["skipped"], found["extra"]) == (4, 3, 1, 0)


def test_a_check_in_is_due_when_its_window_has_closed_or_it_is_filled() -> None:
    open_window = counts(as_of="24m")
    closed = counts(as_of="25m")
    filled = counts(now("20m", 3), as_of="20m")

    assert (open_window["expected"], open_window["missing"]) == (1, 0)
    assert (closed["expected"], closed["missing"]) == (2, 1)
    assert (filled["expected"], filled["on_time"]) == (2, 2)


def test_the_counts_add_up_over_a_whole_year() -> None:
    found = counts(average(3, 2), now("2h", 3), average(4, 2, recorded_at=evening(6)))

    assert found["expected"] == 56
    assert found["on_time"] + found["late"] + found["back_filled"] + found["missing"] == 56
    assert (found["on_time"], found["back_filled"]) == (3, 1)


def test_nothing_planned_after_an_ending_event_is_due() -> None:
    surgery = {"at": evening(2, "20:00"), "kind": "surgery"}

    found = counts(
        average(1, 3), {**average(2, 3), "taken_at": evening(2, "19:00")}, average(3, 3), events=[surgery]
    )

    assert found["expected"] == 1 + 3 + 6 + 1 + 1
    assert (found["on_time"], found["extra"]) == (2, 2)


def test_what_follows_an_event_is_not_read_and_a_skip_stays_a_skip() -> None:
    surgery = {"at": after("3d"), "kind": "surgery"}
    entries = [average(2, 3), average(4, 3), now("110h", None, skipped="other")]

    assert graded(*entries, events=[surgery]) == [("d2", "on_time"), (None, "extra"), (None, "skipped")]
    series = build_series(parse_episode(diary(entries=entries, events=[surgery])))
    assert [score.day for score in series.averages] == [2]


def test_an_event_before_the_injection_ends_nothing() -> None:
    found = counts(average(1, 3), events=[{"at": after("-1d"), "kind": "surgery"}])

    assert found["expected"] == 56


def test_everything_described_or_recorded_after_as_of_is_dropped() -> None:
    entries = [now("30m", 3), now("2h", 3), now("15m", 3, recorded_at=after("90m"))]

    assert graded(*entries, as_of="1h") == [("m30", "on_time")]
    assert counts(events=[{"at": after("2d"), "kind": "repeat"}], as_of="1d")["expected"] == 11


def test_the_last_in_the_file_counts_of_several_with_one_id_that_are_known() -> None:
    first, second = now("30m", 3) | {"id": "x"}, now("32m", 5) | {"id": "x"}
    later = now("33m", 9, recorded_at=after("3h")) | {"id": "x"}

    series = build_series(parse_episode(diary(entries=[first, second, later], as_of="2h")))

    assert [score.pain for score in series.nows] == [5]


def test_entries_are_ordered_by_described_time_recorded_time_and_id() -> None:
    entries = [
        now("30m", 1) | {"id": "b"},
        now("30m", 2) | {"id": "a"},
        now("30m", 3, recorded_at=after("31m")) | {"id": "0"},
        now("15m", 4) | {"id": "c"},
    ]

    series = build_series(parse_episode(diary(entries=entries)))

    assert [score.pain for score in series.nows] == [4, 2, 1, 3]


@pytest.mark.parametrize("scores", [[3, 9], [9, 3]])
def test_without_an_id_what_an_entry_says_orders_it_and_not_its_place_in_the_file(scores: list[int]) -> None:
    entries = [average(1, pain) | {"id": None} for pain in scores]

    series = build_series(parse_episode(diary(entries=entries)))

    assert [score.pain for score in series.averages] == [9]


def test_an_entry_without_an_id_that_is_written_twice_counts_once() -> None:
    taken = {"analgesics": [{"drug": "ibuprofen", "dose_mg": 400}]}
    entry, other = now("30m", 3, **taken) | {"id": None}, now("30m", 3) | {"id": None}

    series = build_series(parse_episode(diary(entries=[entry, other, dict(entry)])))

    assert {(entry.name, len(entry.answers.analgesics)) for entry in series.entries} == {("#1", 1), ("#2", 0)}
    assert len(series.intakes) == 1


@pytest.mark.parametrize("kinds", [["surgery", "repeat"], ["repeat", "surgery"]])
def test_of_two_events_at_one_moment_the_same_one_always_ends_the_episode(kinds: list[str]) -> None:
    events = [{"at": after("2d"), "kind": kind} for kind in kinds]

    ending = build_series(parse_episode(diary(events=events))).ending

    assert ending is not None
    assert ending.kind == "repeat"


def test_as_of_is_by_default_the_latest_described_or_recorded_time() -> None:
    recorded = now("30m", 3, recorded_at=after("50h"))

    assert drawn()["as_of"] == after("0m")
    assert drawn(now_scores="30m 3")["as_of"] == after("30m")
    assert reading(diary(entries=[recorded]))["as_of"] == after("50h")
    assert drawn(events=[{"at": after("60h"), "kind": "repeat"}])["as_of"] == after("60h")


def test_an_average_belongs_to_the_date_twelve_hours_before() -> None:
    entries = [
        {**average(1, pain), "id": f"{pain}", "taken_at": evening(2, time)}
        for pain, time in ((3, "11:59"), (4, "12:00"))
    ]

    series = build_series(parse_episode(diary(entries=entries)))

    assert [(score.day, score.stands - instant(evening(1, "23:59"))) for score in series.averages] == [
        (1, 0),
        (2, 60_000_000),
    ]


def test_of_two_averages_for_one_date_the_last_counts() -> None:
    entries = [
        {**average(1, pain), "id": f"{pain}", "taken_at": evening(1, time)}
        for pain, time in ((3, "20:00"), (4, "22:00"))
    ]

    series = build_series(parse_episode(diary(entries=entries)))

    assert [score.pain for score in series.averages] == [4]


def test_a_night_with_a_clock_change_keeps_its_date() -> None:
    made = diary(zone="Europe/Berlin", entries=[{**average(1, 3), "taken_at": "2026-03-29T23:30:00+02:00"}])
    made["procedure"]["performed_at"] = "2026-03-28T10:00:00+01:00"

    series = build_series(parse_episode(made))

    assert [(score.day, series.local.text(score.stands)) for score in series.averages] == [
        (1, "2026-03-29T11:30:00+02:00")
    ]


def test_a_diary_can_be_read_as_of_another_moment_than_its_own() -> None:
    episode = parse_episode(diary(now_scores="30m 3  60m 3", as_of="2h"))

    assert len(grade_entries(episode, instant(after("45m")))) == 1
    assert len(grade_entries(episode)) == 2
