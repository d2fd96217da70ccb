"""The evidence payers ask for before a repeat, and what it never claims."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from server.domain.blocks import Root
from server.domain.findings import SENTENCES
from server.domain.function import Total
from server.domain.lengths import Span
from server.domain.repeat import NOTHING_RECORDED, RULES, Answers, evidence_for_repeat, find_rule, to_repeat
from server.domain.sessions import Sessions
from tests.server.domain.blocks import block

AETNA, LCD = find_rule("aetna-0722"), find_rule("lcd-l33906/1")
TODAY = date(2026, 6, 1)
FEW = Sessions.of([date(2026, 3, 2)])
LONG = Span(20, 25, "loss")
SHORT = Span(5, 9, "loss")


def totals(*told: tuple[str, float], name: str = "odi") -> tuple[Total, ...]:
    return tuple(Total(name, date.fromisoformat(on), percent) for on, percent in told)


BETTER = totals(("2026-03-01", 40), ("2026-03-20", 18))
WORSE = totals(("2026-03-01", 40), ("2026-03-20", 42))


def judged(rule, relief, answers=NOTHING_RECORDED, sessions=FEW, **more):
    return evidence_for_repeat(rule, block(relief=relief, **more), sessions, TODAY, answers)


def states(found) -> dict[str, str]:
    return {item.kind: item.state for item in found.items}


@pytest.mark.parametrize(
    ("relief", "answers", "status"),
    [
        (LONG, Answers(BETTER), "there"),
        (LONG, Answers(less_medication=True), "there"),
        (SHORT, Answers(BETTER, less_medication=True), "there"),
        (LONG, Answers(), "open"),
        (SHORT, Answers(), "open"),
        (SHORT, Answers(WORSE), "not_there"),
        (LONG, Answers(WORSE, less_medication=False), "not_there"),
        (None, Answers(BETTER, less_medication=False), "not_there"),
    ],
)
def test_two_of_three_are_needed_and_what_nobody_recorded_leaves_it_open(relief, answers, status):
    steroid = "none" if relief is None else "responded"
    assert judged(AETNA, relief, answers, steroid=steroid).status == status


@pytest.mark.parametrize(
    ("relief", "state"),
    [
        (Span(14, 20, "loss"), "met"),
        (Span(13.9, 20, "loss"), "unknown"),
        (Span(10, 14, "loss"), "unknown"),
        (Span(10, 13.9, "loss"), "not_met"),
        (Span(14, None, None), "met"),
        (Span(6, None, None), "unknown"),
    ],
)
def test_two_weeks_are_met_or_missed_only_where_the_interval_is_certain(relief, state):
    assert states(judged(AETNA, relief))["relief"] == state


@pytest.mark.parametrize(
    ("steroid", "state"),
    [("pending", "unknown"), ("not_evaluable", "unknown"), ("none", "not_met"), ("partial", "not_met")],
)
def test_without_relief_it_matters_whether_it_may_still_come(steroid, state):
    assert states(judged(AETNA, None, steroid=steroid))["relief"] == state


def test_a_rule_without_a_verified_time_tells_the_length_and_does_not_judge_it():
    found = judged(LCD, Span(200, 210, "loss"))
    assert (states(found)["relief"], found.status) == ("unknown", "open")
    assert "200 to 210 days" in found.items[0].sentence.text
    assert judged(LCD, LONG, Answers(BETTER)).status == "there"


def test_sessions_beyond_the_limit_leave_no_evidence_whatever_else_is_met():
    four = Sessions.of([date(2025, month, 10) for month in (7, 9, 11)] + [date(2026, 3, 2)])
    found = judged(LCD, LONG, Answers(BETTER), four)
    assert found.status == "not_there"
    assert found.items[-1].sentence.text == (
        "4 sessions in the 12 months to 1 Jun 2026, where 4 are the most; "
        "the next falls within the limit from 10 Jul 2026 on."
    )
    assert judged(LCD, LONG, Answers(BETTER), Sessions.of(four.dates[1:])).status == "there"


def test_an_unknown_region_leaves_the_limit_open():
    assert judged(LCD, LONG, Answers(BETTER), None).status == "open"
    assert judged(LCD, None, Answers(WORSE), None, steroid="none").status == "not_there"


def function_of(rule, told, **more):
    found = judged(rule, LONG, Answers(told), **more)
    return next(item for item in found.items if item.kind == "function")


@pytest.mark.parametrize(
    ("rule", "name", "after", "state"),
    [
        (AETNA, "odi", 24, "met"),
        (AETNA, "odi", 24.1, "unknown"),
        (AETNA, "odi", 32.8, "unknown"),
        (AETNA, "odi", 32.9, "not_met"),
        (AETNA, "odi", 50, "not_met"),
        (AETNA, "ndi", 21, "met"),
        (AETNA, "ndi", 22, "unknown"),
        (AETNA, "ndi", 35.2, "unknown"),
        (AETNA, "ndi", 35.5, "not_met"),
        (LCD, "odi", 20, "met"),
        (LCD, "odi", 20.1, "not_met"),
        (LCD, "ndi", 20, "met"),
        (LCD, "ndi", 21, "not_met"),
    ],
)
def test_totals_are_better_not_better_or_between_the_published_figures(rule, name, after, state):
    found = function_of(rule, totals(("2026-03-01", 40), ("2026-03-20", after), name=name))
    assert found.state == state


def test_the_totals_that_decided_are_named_with_their_days_and_the_figures_source():
    found = function_of(AETNA, BETTER).sentence
    assert found.text == (
        "ODI was 40 % on 1 Mar 2026 and 18 % on 20 Mar 2026 (55 % less): at least 40 % less counts as better "
        "function."
    )
    assert "PMC2880841" in str(found.source)
    assert function_of(LCD, BETTER).sentence.source is None, "the rule's own figure"
    assert "no change" in function_of(AETNA, totals(("2026-03-01", 40), ("2026-03-20", 40))).sentence.text
    assert "(5 % more)" in function_of(AETNA, WORSE).sentence.text


def test_the_newest_total_before_and_the_lowest_that_counts_after_are_compared():
    told = totals(
        ("2026-01-01", 60), ("2026-03-02", 40), ("2026-03-16", 20), ("2026-04-20", 20), ("2026-05-20", 36)
    )
    found = function_of(AETNA, tuple(reversed(told)))
    assert found.state == "met"
    assert "40 % on 2 Mar 2026 and 20 % on 20 Apr 2026" in found.sentence.text
    assert ", and was 36 % on 20 May 2026:" in found.sentence.text


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ((), "from before the block"),
        (totals(("2026-03-20", 10)), "from before the block"),
        (totals(("2026-03-01", 40)), "from after the block"),
        (totals(("2026-03-01", 40), ("2026-03-15", 10)), "from day 14 on"),
        (totals(("2026-03-01", 40)) + totals(("2026-03-20", 10), name="ndi"), "same questionnaire"),
    ],
)
def test_what_is_missing_is_said_and_leaves_it_open(told, missing):
    found = function_of(AETNA, told)
    assert found.state == "unknown"
    assert missing in found.sentence.text


def test_two_weeks_count_only_where_the_rule_asks_for_them():
    early = totals(("2026-03-01", 40), ("2026-03-05", 10))
    assert function_of(AETNA, early).state == "unknown"
    assert function_of(LCD, early).state == "met"


def test_nothing_to_gain_is_no_gain():
    assert function_of(LCD, totals(("2026-03-01", 0), ("2026-03-20", 0))).state == "not_met"


def test_the_neck_is_judged_by_its_own_questionnaire_where_both_are_there():
    both = totals(("2026-03-01", 40), ("2026-03-20", 42)) + totals(
        ("2026-03-01", 40), ("2026-03-20", 10), name="ndi"
    )
    neck = Root("cervical", "C6", "left")
    assert (function_of(AETNA, both).state, function_of(AETNA, both, root=neck).state) == ("not_met", "met")
    assert function_of(AETNA, BETTER, root=neck).state == "met", "the other one where it alone was filled in"


def test_rules_are_frozen_named_versioned_and_cited():
    assert len({rule.label for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert find_rule(rule.name) is rule
        assert find_rule(rule.label) is rule
        assert rule.source
        with pytest.raises(FrozenInstanceError):
            rule.needed = 0
    with pytest.raises(KeyError):
        find_rule("aetna-0722/9")


def test_the_unverified_time_of_the_medicare_rule_is_printed_nowhere():
    assert LCD.least_days is None
    printed = [LCD.source, *(item.sentence.text for item in judged(LCD, LONG).items)]
    for text in (*printed, *SENTENCES.values()):
        assert "3 months" not in text
        assert "90 days" not in text


def test_every_answer_can_be_read_and_names_its_source():
    for rule in RULES:
        for relief in (None, LONG, SHORT, Span(3, None, None)):
            for answers in (Answers(), Answers(BETTER, True), Answers(WORSE, False)):
                found = judged(rule, relief, answers)
                assert found.rule == rule.label
                assert found.source == rule.source
                assert all(item.sentence.text for item in found.items)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("relief", [None, LONG])
def test_of_a_block_without_steroid_no_lasting_relief_is_asked(rule, relief):
    found = judged(rule, relief, Answers(WORSE, less_medication=False), steroid="not_applicable")
    assert found.status == "not_applicable"
    relieved = found.items[0]
    assert (relieved.kind, relieved.state) == ("relief", "not_applicable")
    assert "No steroid was given on 2 Mar 2026" in relieved.sentence.text
    assert "not met" not in {item.state for item in found.items}
    assert states(found).get("sessions") == (None if rule.sessions is None else "met")


def test_a_repeat_is_of_the_newest_block_that_was_to_last():
    older = block("older", "2026-01-05", steroid="none")
    newer = block("newer", "2026-02-05", steroid="responded")
    diagnostic = block("diagnostic", "2026-03-05", steroid="not_applicable")
    assert to_repeat([newer, diagnostic, older]) is newer
    assert to_repeat([diagnostic]) is diagnostic
