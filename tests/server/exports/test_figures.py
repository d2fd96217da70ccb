"""Every number of a reading opens: its entries, its rule, the source of its threshold."""

import json
from typing import Any

import pytest

from server.domain.behind import entries_behind
from server.domain.criteria import DEFAULT, SETS, find_criteria
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from server.exports.figures import Figure, figures
from tests.builders import diary

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
