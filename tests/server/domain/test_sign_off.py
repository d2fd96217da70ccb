"""Which changes of a reading ask a physician for another look."""

from typing import Any, get_args

import pytest

from server.domain.sign_off import CONCLUSIONS, asks_for_another_look, moves, suggested
from server.domain.verdict import Verdict
from tests.builders import drawn

GOOD_HOURS = "+15m 3  +30m 1  +1h 1  +2h 2"


def read(now_scores: str = GOOD_HOURS, averages: str = "", **more: Any) -> Any:
    return drawn(now_scores=now_scores, averages=averages, **more)


def test_every_settled_verdict_suggests_a_conclusion_and_an_open_one_none():
    for verdict in get_args(Verdict):
        found = suggested(verdict)
        assert (found is None) == (verdict == "pending")
        assert found is None or found in CONCLUSIONS


def test_nothing_new_moves_nothing():
    signed = read(averages="7 7 3 3 3")
    assert moves(signed, signed, (), record_changed=False) == []


def test_a_relief_that_merely_goes_on_keeps_the_sign_off():
    signed = read(averages="7 7 3 3 3 3 3")
    later = read(averages="7 7 3 3 3 3 3 3 3 3")
    assert later["duration"]["L50"]["days"] > signed["duration"]["L50"]["days"]
    found = moves(signed, later, {"d8", "d9", "d10"}, record_changed=False)
    assert [move.answer for move in found if move.answer in {"steroid", "duration", "anaesthetic"}] == []


def test_the_end_of_a_relief_re_opens_and_names_the_evenings_that_ended_it():
    signed = read(averages="7 7 3 3 3 3 3")
    later = read(averages="7 7 3 3 3 3 3 7 7 7")
    found = {move.answer: move for move in moves(signed, later, {"d8", "d9", "d10"}, record_changed=False)}
    assert found["duration"].before == "L50 goes_on"
    assert found["duration"].after == "L50 loss"
    assert set(found["duration"].entries) <= {"d8", "d9", "d10"}
    assert found["duration"].entries
    assert found["duration"].cause == "entries"
    assert asks_for_another_look(found.values())


def test_an_edited_score_of_the_first_hours_moves_the_diagnostic_answer():
    signed = read()
    later = read(now_scores="+15m 6  +30m 6  +1h 6  +2h 6")
    (found,) = [
        m
        for m in moves(signed, later, {"now+30m", "now+1h"}, record_changed=False)
        if m.answer == "anaesthetic"
    ]
    assert (found.before, found.after) == (signed["anaesthetic"]["verdict"], "negative")
    assert set(found.entries) == {"now+30m", "now+1h"}


def test_a_term_that_ran_out_is_told_but_re_opens_nothing():
    signed = read(averages="7 7", as_of="2.5d")
    later = read(averages="7 7", as_of="9d")
    found = moves(signed, later, (), record_changed=False)
    assert ("flare", "pending", "none", "time") in [(m.answer, m.before, m.after, m.cause) for m in found]
    assert not asks_for_another_look(found)


def test_signed_while_the_diagnostic_answer_was_open_it_is_asked_for_when_it_is_there():
    signed = read(now_scores="+15m 6", as_of="20m")
    later = read(now_scores="+15m 6", as_of="5h")
    found = moves(signed, later, (), record_changed=False)
    assert found[0].before == "pending"
    assert asks_for_another_look(found)


def test_a_corrected_record_is_named_as_the_cause():
    signed = read()
    later = read(base=3)
    found = moves(signed, later, (), record_changed=True)
    assert {move.cause for move in found} == {"record"}
    assert asks_for_another_look(found)


@pytest.mark.parametrize("estimate", [3.0, 4.0])
def test_an_onset_within_the_signed_interval_has_not_moved(estimate: float):
    signed = read(averages="7 7 3 3 3")
    later = read(averages="7 7 3 3 3")
    signed["steroid"]["onset_day"] = {"estimate": 3.5, "low": 3.0, "high": 4.0}
    later["steroid"]["onset_day"] = {"estimate": estimate, "low": 2.0, "high": 5.0}
    assert moves(signed, later, {"d3"}, record_changed=False) == []
    later["steroid"]["onset_day"]["estimate"] = 4.1
    assert [move.answer for move in moves(signed, later, {"d3"}, record_changed=False)] == ["steroid"]
