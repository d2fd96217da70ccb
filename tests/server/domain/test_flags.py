"""Red-flag triage against the contract cases that the phone runs too, and its laws on generated reports."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.entry_flags import flags_in_entry
from server.domain.flags import ROWS, TABLE, UnknownFlagError, highest, title, triage

CONTRACT: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "contract" / "flags.json").read_text(encoding="utf-8")
)
REGIONS: list[str] = CONTRACT["regions"]
RANK = {"C": 0, "N": 1, "S": 2, "E": 3}
ALWAYS_EMERGENCY = [
    "allergy",
    "heart_lung_brain",
    "face_speech_sight",
    "weak_both_or_spreading",
    "saddle_bladder_bowel",
    "spine_pain_deficit",
    "headache_alarm",
]

answers = st.dictionaries(
    st.sampled_from(sorted({key for row in ROWS.values() for key in row.get("asks", [])} | {"at_recheck"})),
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=3)),
)
reports = st.builds(
    lambda code, given_answers: {"code": code, **given_answers}, st.sampled_from(sorted(ROWS)), answers
)
hours = st.one_of(
    st.none(), st.floats(), st.sampled_from([-1.0, 0.0, 4.0, 8.0, 12.0, 24.0, 48.0, 72.0, 1008.0])
)
regions = st.one_of(st.none(), st.sampled_from(REGIONS))


@pytest.mark.parametrize("row", CONTRACT["rows"], ids=lambda row: f"{row['code']}-{len(row['answers'])}")
def test_each_row_gives_its_level_on_both_sides_of_each_edge_in_each_region(row: dict[str, Any]) -> None:
    for region in row.get("regions", REGIONS):
        for at, level, recheck in row["at"]:
            (finding,) = triage([{"code": row["code"], **row["answers"]}], at, region).findings
            assert (finding.level, finding.recheck_at_hours) == (level, recheck), (at, region)


def test_the_contract_covers_every_row_of_the_table() -> None:
    assert {row["code"] for row in CONTRACT["rows"]} == set(ROWS) == set(CONTRACT["unknown_time"])


def test_the_contract_stands_on_every_edge_of_every_window() -> None:
    for code, row in ROWS.items():
        tried = {at for case in CONTRACT["rows"] if case["code"] == code for at, _, _ in case["at"]}
        tried |= {case["answers"].get(row.get("clock")) for case in CONTRACT["rows"] if case["code"] == code}
        edges = {edge for window in row["windows"] for edge in (window["after_h"], window["to_h"]) if edge}
        for edge in edges:
            assert edge in tried, (code, edge)
            assert any(edge < at <= edge + 1 for at in tried if at is not None), (code, edge)


@pytest.mark.parametrize(("code", "level"), CONTRACT["unknown_time"].items())
def test_an_unknown_time_takes_the_rows_highest_level(code: str, level: str) -> None:
    safe = next(row["answers"] for row in CONTRACT["rows"] if row["code"] == code)

    assert triage([{"code": code, **safe, "onset_hours": 1}], None, "lumbar").level == level


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=lambda case: case["name"])
def test_the_contract_case_holds(case: dict[str, Any]) -> None:
    result = triage(case["reports"], case["hours"], case["region"], case.get("context"))

    assert result.level == case["level"]
    assert json.loads(json.dumps([asdict(finding) for finding in result.findings])) == case["findings"]


@pytest.mark.parametrize("code", [*CONTRACT["unknown_codes"], None, 3])
def test_a_symptom_outside_the_table_is_an_error(code: object) -> None:
    with pytest.raises(UnknownFlagError):
        triage([{"code": "hives"}, {"code": code}], 1.0, "lumbar")


@pytest.mark.parametrize("case", CONTRACT["entries"], ids=lambda case: case["name"])
def test_an_ordinary_entry_comes_to_the_reports_the_table_says(case: dict[str, Any]) -> None:
    found = flags_in_entry(
        case["entry"], case["hours"], case["baseline"], case["region"], case.get("others", [])
    )

    assert [report["code"] for report in found] == case["codes"]
    assert triage(found, case["hours"], case["region"]).level == case["level"]


@given(st.lists(reports, max_size=4), reports, hours, regions)
def test_adding_a_report_never_lowers_the_level(
    some: list[dict[str, Any]], more: dict[str, Any], at: float | None, region: str | None
) -> None:
    before, after = triage(some, at, region).level, triage([*some, more], at, region).level

    assert after is not None
    assert before is None or RANK[after] >= RANK[before]


@given(st.sampled_from(ALWAYS_EMERGENCY), answers, hours, regions)
def test_an_emergency_row_is_an_emergency_in_every_hour_and_region(
    code: str, given_answers: dict[str, Any], at: float | None, region: str | None
) -> None:
    assert triage([{"code": code, **given_answers}], at, region).level == "E"


@given(reports, hours, regions)
def test_taking_an_answer_away_never_lowers_the_level(
    report: dict[str, Any], at: float | None, region: str | None
) -> None:
    whole = triage([report], at, region).level
    assert whole is not None
    for key in set(report) - {"code", "at_recheck", "onset_hours"}:
        fewer = triage([{k: v for k, v in report.items() if k != key}], at, region).level
        assert fewer is not None
        assert RANK[fewer] >= RANK[whole], key


@given(reports, hours, regions)
def test_a_recheck_lies_ahead_and_belongs_to_a_level_below_the_call(
    report: dict[str, Any], at: float | None, region: str | None
) -> None:
    (finding,) = triage([report], at, region).findings
    if finding.recheck_at_hours is not None:
        assert at is not None
        assert finding.recheck_at_hours >= at
        assert finding.level in {"C", "N"}
    elif finding.level == "C":
        pytest.fail("self-care without a recheck")


@given(reports, st.floats(min_value=0, max_value=9000), regions)
def test_a_report_without_its_time_or_region_is_never_lower(
    report: dict[str, Any], at: float, region: str | None
) -> None:
    known = triage([{**report, "onset_hours": 1}], at, region).level
    timeless = triage([{**report, "onset_hours": 1}], None, region).level
    placeless = triage([{**report, "onset_hours": 1}], at, None).level
    assert known is not None
    assert timeless is not None
    assert placeless is not None
    assert RANK[timeless] >= RANK[known]
    assert RANK[placeless] >= RANK[known]


def test_the_windows_of_each_row_join_without_gap_or_overlap() -> None:
    for row in ROWS.values():
        for before, after in zip(row["windows"], row["windows"][1:], strict=False):
            assert before["to_h"] == after["after_h"], row["code"]


def test_every_row_has_words_for_staff_that_no_one_has_reviewed_yet() -> None:
    assert set(TABLE["texts"]) == set(ROWS)
    assert all(text["reviewed"] is False and text["source"] for text in TABLE["texts"].values())
    assert title("hives") == "Widespread hives without other signs"
    with pytest.raises(UnknownFlagError):
        title("toothache")


def test_the_highest_level_of_none_is_none() -> None:
    assert highest([]) is None
    assert highest(["C", "E", "N"]) == "E"
