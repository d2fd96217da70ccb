"""Every number of a reading opens: its entries, its rule, the source of its threshold."""

import json
from typing import Any

import pytest

from server.domain.behind import entries_behind
from server.domain.criteria import DEFAULT, LINE_SOURCES, SETS, find_criteria
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from server.exports.basis import ANSWERED, basis
from server.exports.count_figures import confidence_figures, count_figures
from server.exports.figures import Figure, figures
from tests.builders import after, average, diary, evening, now

HOURS = "+15m 4  +30m 2  +1h 1  +2h 3  +4h 5"
DAYS = "7 7 3 3 2 1 2 3 3 3 3 3 3 3"


def opened(episode: dict[str, Any], criteria: str = "snrb-default") -> dict[str, Figure]:
    chosen = find_criteria(criteria)
    reading = read(parse_episode(episode), chosen)
    return {one.key: one for one in figures(reading, json.loads(json.dumps(to_json(reading))), chosen)}


def test_each_number_names_the_entries_that_decided_it():
    found = opened(diary(base=7, now_scores=HOURS, averages=DAYS))
    assert {key: found[key].entries for key in ("peak_relief", "confirmed_relief", "first_50", "run_50")} == {
        "peak_relief": ("now+1h",),
        "confirmed_relief": ("now+30m", "now+1h"),
        "first_50": ("now+30m",),
        "run_50": ("now+2h", "now+4h"),
    }
    assert found["run_80"].entries == ("now+1h", "now+2h")
    assert found["onset_50"].entries == ("d3", "d4")
    assert found["steroid_peak"].entries == ("d5", "d6", "d7")
    assert found["responder_14"].entries == ("d11", "d12", "d13", "d14")
    assert found["L50"].entries[-1] == "d14"
    assert found["L50"].value == "at least 10 days"


def test_a_relief_that_was_lost_names_what_began_and_what_ended_it():
    found = opened(diary(base=7, now_scores=HOURS, averages="7 7 3 3 2 1 2 7 7 7 7"))
    assert set(found["L50"].entries) >= {"d3", "d4", "d8", "d9", "d10"}
    assert "(" in (found["L50"].value or "")


def test_rules_state_the_thresholds_of_the_set_they_were_read_under():
    for one in SETS:
        found = opened(diary(base=7, now_scores=HOURS, averages=DAYS), one.label)
        assert f"From {one.positive_line} % on" in found["confirmed_relief"].rule
        for figure in found.values():
            assert "{" not in figure.rule
            assert figure.source
            assert figure.rule.endswith(".")


@pytest.mark.parametrize("episode", [diary(base=7), diary(base=2, now_scores=HOURS), diary(base=0)])
def test_a_number_that_does_not_exist_has_no_value_and_no_fault(episode: dict[str, Any]):
    found = opened(episode)
    assert all(one.value is None for one in found.values() if one.key.startswith("run_") and not one.entries)
    reading = read(parse_episode(episode), DEFAULT)
    assert set(entries_behind(reading, DEFAULT)) == set(found)


def opened_beside(episode: dict[str, Any]) -> tuple[dict[str, Figure], dict[str, Any]]:
    """The counts and the reasons of the grade, and the counts as the reading has them."""
    reading = read(parse_episode(episode), DEFAULT)
    body = json.loads(json.dumps(to_json(reading)))
    found = [*count_figures(reading, body), *confidence_figures(reading, DEFAULT)]
    return {one.key: one for one in found}, body["data"]


def test_each_count_opens_as_many_entries_and_check_ins_as_it_says():
    told_late = now("+5h", 4, recorded_at=after("5.5h"))
    from_memory = average(5, 3, recorded_at=evening(7))
    asleep = now("+45m", None, skipped="asleep")
    drawn = diary(
        base=7, now_scores=HOURS, averages="7 7 . 3 . 1 . 3 3", entries=[told_late, from_memory, asleep]
    )
    found, told = opened_beside(drawn)
    for key in ("on_time", "late", "back_filled", "extra"):
        assert len(found[key].entries) + len(found[key].counted) == told[key], key
    assert (found["late"].entries, found["back_filled"].entries) == (("now+5h",), ("d5",))
    assert found["missing"].entries == ("now+45m",)
    assert len(found["missing"].counted) == told["missing"]
    days = [one.text for one in found["missing"].counted]
    assert {"Day 3, 5 Mar 2026", "6 h after T0, 2 Mar 2026, 16:00"} <= set(days)
    assert found["expected"].value == str(told["expected"])
    phases = [one.text for one in found["expected"].counted][1:]
    assert [text.split(":")[0] for text in phases] == ["First hours", "First four weeks"]
    assert phases[1] == "First four weeks: 9 due, 6 on time, 1 back-filled and 2 missing"
    assert all(one.rule.endswith(".") and one.source for one in found.values())


def test_the_grade_opens_every_reason_with_its_rule_source_and_entries():
    rescue = now("+3h", 5, analgesics=[{"drug": "ibuprofen", "dose_mg": 400, "taken_at": after("2.5h")}])
    scores = [now(span, 2, activity="rest", numb=False) for span in ("+15m", "+30m", "+1h")]
    drawn = diary(base=7, drug="bupivacaine", volume=1.5, entries=[*scores, rescue], as_of="7h")
    found, _ = opened_beside(drawn)
    assert found["grade"].value == "D"
    assert "A: at least 80 %" in found["grade"].rule
    assert found["grade"].source.startswith("Ono 2019")
    assert found["grade"].source.count("design choice") == 1
    assert found["confounder_rescue"].entries == ("now+3h",)
    assert "Singh 2015" in found["confounder_volume"].source
    assert found["confounder_not_numb"].entries == ("now+15m", "now+30m", "now+1h")
    assert found["adherence"].value == "5 of 9 due check-ins on time (55.6 %)"
    assert all(one.criteria == "snrb-default/1" for one in found.values() if one.answer == "confidence")


def test_every_answer_names_the_thresholds_of_its_set_with_their_sources():
    for one in SETS:
        reading = read(parse_episode(diary(base=7, now_scores=HOURS, averages=DAYS)), one)
        for answer in ANSWERED:
            told = basis(answer, one, reading.window)
            assert told
            assert all(part.text.endswith(".") and "{" not in part.text and part.source for part in told)
        first, strong = basis("anaesthetic", one, reading.window)[:2]
        assert first.text.startswith(f"Positive from {one.positive_line} %")
        assert f"{max(80, one.positive_line)} %" in strong.text
        assert first.source == LINE_SOURCES[one.name]
