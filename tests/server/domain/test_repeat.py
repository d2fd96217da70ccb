"""The evidence payers ask for before a repeat, and what it never claims."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from server.domain.findings import SENTENCES
from server.domain.lengths import Span
from server.domain.repeat import NOTHING_RECORDED, RULES, Answers, evidence_for_repeat, find_rule
from server.domain.sessions import Sessions
from tests.server.domain.blocks import block

AETNA, LCD = find_rule("aetna-0722"), find_rule("lcd-l33906/1")
TODAY = date(2026, 6, 1)
FEW = Sessions.of([date(2026, 3, 2)])
LONG = Span(20, 25, "loss")
SHORT = Span(5, 9, "loss")


def judged(rule, relief, answers=NOTHING_RECORDED, sessions=FEW, **more):
    return evidence_for_repeat(rule, block(relief=relief, **more), sessions, TODAY, answers)


def states(found) -> dict[str, str]:
    return {item.kind: item.state for item in found.items}


@pytest.mark.parametrize(
    ("relief", "answers", "status"),
    [
        (LONG, Answers(function_better=True), "there"),
        (LONG, Answers(less_medication=True), "there"),
        (SHORT, Answers(function_better=True, less_medication=True), "there"),
        (LONG, Answers(), "open"),
        (SHORT, Answers(), "open"),
        (SHORT, Answers(function_better=False), "not_there"),
        (LONG, Answers(function_better=False, less_medication=False), "not_there"),
        (None, Answers(function_better=True, less_medication=False), "not_there"),
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
    assert judged(LCD, LONG, Answers(function_better=True)).status == "there"


def test_sessions_beyond_the_limit_leave_no_evidence_whatever_else_is_met():
    four = Sessions.of([date(2025, month, 10) for month in (7, 9, 11)] + [date(2026, 3, 2)])
    found = judged(LCD, LONG, Answers(function_better=True), four)
    assert found.status == "not_there"
    assert found.items[-1].sentence.text == (
        "4 sessions in the 12 months to 2026-06-01, where 4 are the most; "
        "the next falls within the limit from 2026-07-10 on."
    )
    assert judged(LCD, LONG, Answers(function_better=True), Sessions.of(four.dates[1:])).status == "there"


def test_an_unknown_region_leaves_the_limit_open():
    assert judged(LCD, LONG, Answers(function_better=True), None).status == "open"
    assert judged(LCD, None, Answers(function_better=False), None, steroid="none").status == "not_there"


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
            for answers in (Answers(), Answers(True, True), Answers(False, False)):
                found = judged(rule, relief, answers)
                assert found.rule == rule.label
                assert found.source == rule.source
                assert all(item.sentence.text for item in found.items)
