"""A cohort's tables: every denominator told, and early, missing and impossible answers kept apart."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.adherence import PHASES, PhaseCounts, adherence, phase_counts
from server.domain.cohort import OUTCOMES, Cohort, Row, row_of
from server.domain.counts import count
from server.domain.criteria import DEFAULT
from server.domain.diary import parse_episode
from server.domain.lengths import LINES
from server.domain.reading import read
from server.domain.responder import DAYS, tolerance
from server.domain.side_effects import HUSTON, SideEffects
from tests.builders import T0, average, diary, drawn, now

GOOD_HOURS = "+30m 2 +1h 2 +2h 3"


def row(region: str | None = "lumbar", **parts) -> Row:
    return row_of(read(parse_episode(diary(**parts)), DEFAULT), region)


def cohort(*rows: Row, after_days: int = 400) -> Cohort:
    return Cohort.of(rows, T0.date() + timedelta(days=after_days))


def test_a_silent_diary_is_missing_once_its_day_is_over_and_not_due_before():
    silent = row(now_scores=GOOD_HOURS)
    for day in DAYS:
        before = cohort(silent, after_days=day + tolerance(day)).responder_table()[f"day {day}"]
        after = cohort(silent, after_days=day + tolerance(day) + 1).responder_table()[f"day {day}"]
        assert (before.due, before.not_due) == (0, 1)
        assert (after.due, after.known, after.missing, after.not_due) == (1, 0, 1, 0)


def test_complete_case_and_missing_as_failure_stand_side_by_side():
    still_good = row(averages="7 3 3 3 day 10: 3 3 3 3 3 3 3 3 3")
    bad = row(averages="7 7 7 7 day 10: 7 7 7 7 7 7 7 7 7")
    silent = row(averages="7 3 3")
    found = cohort(still_good, bad, silent, after_days=20).responder_table()["day 14"]
    assert (found.complete_case, found.missing_as_failure) == ((1, 2), (1, 3))


def test_a_failure_known_early_is_not_counted_before_its_day():
    operated = row(
        averages="7 3 3 3", events=[{"at": (T0 + timedelta(days=5)).isoformat(), "kind": "surgery"}]
    )
    assert operated.responder[DAYS.index(90)] is False
    assert cohort(operated, after_days=50).responder_table()["day 90"].known == 0
    assert cohort(operated, after_days=98).responder_table()["day 90"].missing_as_failure == (0, 1)


def test_a_baseline_too_low_is_told_apart_from_a_missing_answer():
    found = cohort(row(now_scores="+30m 0 +1h 0 +2h 0", averages="0 0 0", base=2)).responder_table()
    for outcome in OUTCOMES:
        assert (found[outcome].due, found[outcome].not_evaluable) == (0, 1), outcome


def test_a_baseline_of_three_can_be_judged():
    found = cohort(row(now_scores="+30m 1 +1h 1 +2h 1", averages="1 1 1", base=3)).responder_table()
    assert found["anaesthetic"].complete_case == (1, 1)
    assert found["steroid"].not_evaluable == 0


def test_a_block_without_steroid_is_no_steroid_failure():
    found = cohort(row(now_scores=GOOD_HOURS, averages="7 7 7", steroid=None)).responder_table()
    assert (found["steroid"].due, found["steroid"].not_evaluable) == (0, 1)
    assert found["anaesthetic"].complete_case == (1, 1)


def test_an_indeterminate_verdict_is_a_missing_answer_and_an_open_one_is_not_due():
    thin = row(now_scores="+30m 2", as_of="1d")
    open_window = row(now_scores="+30m 6", as_of="40m")
    later = row(now_scores="+30m 2 +1h 2 +2h 3", averages="7")
    assert (thin.verdict, open_window.verdict) == ("indeterminate", "pending")
    found = cohort(open_window, later, thin).responder_table()["anaesthetic"]
    assert (found.hits, found.known, found.due, found.not_due) == (1, 1, 2, 1)


def test_side_effects_are_counted_per_injection_with_an_answer():
    nausea = now("+30m", 3, side_effects=[{"code": "nausea"}, {"code": "nausea", "severity": "mild"}])
    late = average(3, 4, side_effects=[{"code": "flushing"}])
    rows = cohort(
        row(entries=[nausea, late]),
        row(entries=[now("+30m", 3)]),
        row(entries=[average(3, 4)]),
        row(),
    ).side_effect_table()
    table = {(found.part, found.code): found for found in rows}
    assert table["lumbosacral", "nausea"].immediate == (1, 2)
    assert table["lumbosacral", "nausea"].ever == (1, 3)
    assert table["lumbosacral", "flushing"].immediate == (0, 2)
    assert table["lumbosacral", "flushing"].ever == (1, 3)
    assert table["all", "any"].ever == (1, 3)


def test_only_verified_figures_of_the_published_series_stand_beside_the_same_part_of_the_spine():
    rows = cohort(
        row("cervical"), row("lumbar"), row("sacral"), row("thoracic"), row(None)
    ).side_effect_table()
    shown = {(found.part, found.code): found.published for found in rows if found.published is not None}
    expected = {
        (part, code): percent for part, rates in HUSTON.immediate.items() for code, percent in rates.items()
    }
    assert shown == expected | {("all", "any"): HUSTON.any_immediate}
    assert ("cervical", "lightheadedness") not in shown
    assert {found.part for found in rows} == {"all", "cervical", "lumbosacral", "thoracic", "unknown"}


@pytest.mark.parametrize(
    ("entry", "asked", "entered"),
    [
        (now("+30m", None, skipped="asleep"), False, False),
        (now("+30m", None, skipped="other", side_effects=[{"code": "vomiting"}]), True, True),
        (now("-30m", 7, side_effects=[{"code": "nausea"}]), False, False),
        (now("+70m", 7), True, True),
        (now("+71m", 7), False, True),
    ],
)
def test_silence_means_none_only_where_something_was_entered(entry, asked, entered):
    effects = row(entries=[entry], as_of="1d").effects
    assert (effects.asked, effects.entered) == (asked, entered)
    assert "nausea" not in effects.ever


def test_what_follows_an_operation_is_no_side_effect_of_the_injection():
    found = row(
        entries=[average(9, 4, side_effects=[{"code": "vomiting"}])],
        events=[{"at": (T0 + timedelta(days=5)).isoformat(), "kind": "surgery"}],
    )
    assert found.effects == SideEffects(False, False, frozenset(), frozenset())


def test_adherence_by_phase_adds_up_to_the_counts_beside_the_reading():
    drawn = diary(
        now_scores="+15m 3 +30m 3 +1h 3 +5h 4", averages="7 3 3 . . 3 day 34: 4 day 60: 4 day 92: 4"
    )
    reading = read(parse_episode(drawn), DEFAULT)
    phases, counts = phase_counts(reading.series), count(reading.series)
    total = [sum(column) for column in zip(*phases, strict=True)]
    assert total == [counts.expected - 1, counts.on_time - 1, counts.late, counts.back_filled]
    assert sum(phase.missing for phase in phases) == counts.missing
    assert [phase.due > 0 for phase in phases] == [True, True, True, False]


@pytest.mark.parametrize(("as_of", "due"), [("24m", 0), ("25m", 1)])
def test_an_empty_check_in_is_due_from_the_moment_its_window_closes(as_of, due):
    assert row(as_of=as_of).phases[PHASES.index("hours")].due == due


def test_pooled_adherence_names_its_diaries_and_how_much_they_differ():
    one = [PhaseCounts(10, 10), PhaseCounts(20, 10, 2, 3), PhaseCounts(), PhaseCounts()]
    two = [PhaseCounts(10, 5), PhaseCounts(), PhaseCounts(), PhaseCounts()]
    found = dict(zip(PHASES, adherence(np.array([one, two])), strict=True))
    assert found["hours"].on_time == (15, 20)
    assert found["hours"].quartiles == (0.625, 0.75, 0.875)
    assert (found["days"].diaries, found["days"].filled) == (1, (15, 20))
    assert (found["weeks"].diaries, found["weeks"].quartiles, found["weeks"].on_time.percent) == (
        0,
        None,
        None,
    )


COURSES = [
    row("cervical", now_scores=GOOD_HOURS, averages="7 3 3 3 3 7 7 7"),
    row("lumbar", now_scores="+30m 7 +1h 7 +2h 7", averages="7 7 3 3 3"),
    row("sacral", averages="3 3 . 3", steroid=None),
    row(None, base=2, averages="1 1"),
    row("lumbar"),
]


@given(st.lists(st.sampled_from(COURSES), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_episodes_changes_no_table(rows, shuffler):
    other = list(rows)
    shuffler.shuffle(other)
    one, two = cohort(*rows), cohort(*other)
    assert one.responder_table() == two.responder_table()
    assert one.side_effect_table() == two.side_effect_table()
    assert one.adherence() == two.adherence()


@given(st.lists(st.sampled_from(COURSES), max_size=12), st.integers(0, 450))
def test_every_episode_is_counted_once_in_every_outcome(rows, after_days):
    for found in cohort(*rows, after_days=after_days).responder_table().values():
        assert found.due + found.not_due + found.not_evaluable == len(rows)
        assert found.hits <= found.known <= found.due


@given(st.lists(st.sampled_from(COURSES), max_size=12))
def test_a_filter_gives_what_its_episodes_alone_would_give(rows):
    kept = [found.region == "lumbar" for found in rows]
    one, two = cohort(*rows).where(np.array(kept, bool)), cohort(*(r for r in rows if r.region == "lumbar"))
    assert len(one) == sum(kept)
    assert one.responder_table() == two.responder_table()
    assert one.side_effect_table() == two.side_effect_table()
    for line in LINES:
        assert one.lengths[line].times().days.tolist() == two.lengths[line].times().days.tolist()


def test_a_rows_lengths_are_the_days_that_the_reading_shows():
    course = {"averages": "7 3 3 3 3 3 7 7 7 7"}
    shown = drawn(**course)["duration"]["L50"]
    half = row(**course).spans[LINES.index("L50")]
    assert half == (shown["low"], shown["high"], "loss")
    assert half is not None
    assert 3 < half.low < 8
    assert row(averages="7 7 7 7").spans == (None, None, None)


def test_today_is_a_date_and_not_the_day_of_the_last_entry():
    found = Cohort.of([row(averages="3 3 3")], date(2030, 1, 1)).responder_table()
    assert found["day 365"].missing == 1
