"""Cells of a clinic's own file: its words, numbers and times, and what is said where they fit nothing."""

from __future__ import annotations

from typing import Any

import pytest

from server.imports.cells import Cells
from server.imports.diaries import read_line
from server.imports.mapping import Mapping, translated

GERMAN = Mapping(
    columns={
        "record_number": "Nr",
        "taken_date": "Tag",
        "taken_time": "Uhr",
        "pain": "Schmerz",
        "scale": "Art",
    },
    values={"scale": {"jetzt": "now", "Tagesmittel": "average_24h"}},
    constants={"scale": "now"},
    date="%d.%m.%Y",
)


def cells(row: dict[str, str], mapping: Mapping = GERMAN) -> Cells:
    return Cells(7, translated(row, mapping), mapping, "Europe/Berlin")


def body(row: dict[str, str], mapping: Mapping = GERMAN) -> tuple[dict[str, Any] | None, list[str]]:
    found = cells(row, mapping)
    return read_line(found).body, [one.code for one in found.problems]


def paper(**changes: str) -> dict[str, str]:
    return {"Nr": "7", "Tag": "09.02.2026", "Uhr": "14:30", "Schmerz": "4", "Art": "Jetzt"} | changes


def test_a_paper_line_becomes_an_entry_on_the_clinics_clock():
    assert body(paper()) == ({"taken_at": "2026-02-09T14:30:00+01:00", "scale": "now", "pain": 4}, [])
    told, _ = body(paper(Art="tagesmittel ", Schmerz="3", Tag="09.07.2026"))
    assert told == {"taken_at": "2026-07-09T14:30:00+02:00", "scale": "average_24h", "pain": 3}
    assert body(paper(Art=""))[0]["scale"] == "now"  # type: ignore[index]


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        (
            paper(Tag="29.03.2026", Uhr="02:30"),
            "time-skipped",
            "02:30 on 29 Mar 2026 did not exist in Europe/Berlin",
        ),
        (paper(Tag="25.10.2026", Uhr="02:30"), "time-twice", "taken_offset_min: 120 or 60"),
        (paper(Tag="2026-02-09"), "not-a-date", "31.03.2026"),
        (paper(Uhr="halb drei"), "not-a-time", "14:05"),
        (paper(Uhr=""), "missing", "time of day"),
        (paper(Tag=""), "missing", "When was it"),
        (paper(Schmerz="viel"), "not-a-number", "7 or 2.5"),
        (paper(Schmerz=""), "missing", "skipped"),
        (paper(Art="abends"), "unknown-code", "average_24h"),
        (paper(nausea="schlimm"), "unknown-code", "mild, moderate, severe"),
    ],
)
def test_each_problem_says_where_it_is_and_what_to_do(row: dict[str, str], code: str, words: str):
    found = cells(row)
    read_line(found)
    assert found.problems[0].code == code
    assert words in found.problems[0].sentence
    assert found.problems[0].line == 7


def test_a_problem_names_the_column_as_the_file_does():
    found = cells(paper(Schmerz="viel"))
    read_line(found)
    assert found.problems[0].column == "Schmerz"


def test_an_hour_that_came_twice_is_told_by_its_offset():
    told, said = body(paper(Tag="25.10.2026", Uhr="02:30", taken_offset_min="60"))
    assert said == []
    assert told is not None
    assert told["taken_at"] == "2026-10-25T02:30:00+01:00"


@pytest.mark.parametrize(
    ("text", "value"), [("2,5", 2.5), ("2.5", 2.5), ("1 200", 1200), ("7.0", 7), ("-1", -1)]
)
def test_numbers_have_a_point_or_a_comma(text: str, value: float):
    assert Cells(1, {"axial": text}, Mapping(), "UTC").number("axial") == value


@pytest.mark.parametrize("text", ["1.234,5", "1,2,3", "nan", "inf", "1e99", "zwei"])
def test_what_is_no_number_is_not_guessed(text: str):
    found = Cells(1, {"axial": text}, Mapping(), "UTC")
    assert found.number("axial") is None
    assert [one.code for one in found.problems] == ["not-a-number"]


def test_side_effects_are_a_list_or_ticks():
    told, _ = body(paper(side_effects="nausea:severe|headache", flushing="x", vomiting="no"))
    assert told is not None
    assert told["side_effects"] == [
        {"code": "nausea", "severity": "severe"},
        {"code": "headache", "severity": "mild"},
        {"code": "flushing", "severity": "mild"},
    ]


def test_an_apostrophe_that_keeps_a_spreadsheet_from_computing_is_taken_away():
    told, _ = body(paper(note="'=2+3 said the patient"))
    assert told is not None
    assert told["note"] == "=2+3 said the patient"
