"""Files as spreadsheets save them, and what is said about those that cannot be read."""

from __future__ import annotations

import codecs

import pytest

from server.imports import sheet as sheets
from server.imports.sheet import Sheet, read_sheet

TEXT = "record_number;pain\r\nMÜ-1;3\r\n\r\nMÜ-2;4,5\r\n"
ROWS = [(2, {"record_number": "MÜ-1", "pain": "3"}), (4, {"record_number": "MÜ-2", "pain": "4,5"})]


def codes(sheet: Sheet) -> list[tuple[int, str | None, str]]:
    return [(one.line, one.column, one.code) for one in sheet.problems]


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace(";", "\t").encode(),
    ],
    ids=["utf-8", "with a mark", "utf-16", "other line ends", "tabs"],
)
def test_a_file_reads_the_same_however_it_was_saved(raw: bytes):
    found = read_sheet(raw)
    assert found.problems == []
    assert found.rows == ROWS, "empty lines count, as in the spreadsheet"


def test_an_old_encoding_is_read_when_it_is_named_and_told_otherwise():
    raw = TEXT.encode("windows-1252")
    assert codes(read_sheet(raw)) == [(1, None, "encoding")]
    assert read_sheet(raw, encoding="windows-1252").rows == ROWS


def test_a_cell_may_hold_the_separator_quotation_marks_and_lines():
    found = read_sheet(b'note,pain\n"a, ""b""\nc",3\n,4\n')
    assert [row for _, row in found.rows] == [
        {"note": 'a, "b"\nc', "pain": "3"},
        {"note": "", "pain": "4"},
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, None, "empty")]),
        ("a,a\n1,2\n", [(1, "a", "column-twice")]),
        ("a,b\n1,2,3\n", [(2, None, "too-many-cells")]),
        ('a\n"open\n', [(1, None, "not-csv")]),
        ("a\0b\n", [(1, None, "not-csv")]),
        ("pain,note\n=A1+1,x\n#WERT!,y\n", [(2, "pain", "formula"), (3, "pain", "formula")]),
        ("note\n" + "x" * 4001 + "\n", [(2, "note", "too-long")]),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_place(text: str, expected: list[tuple[int, str, str]]):
    assert codes(read_sheet(text.encode())) == expected


def test_cells_missing_at_the_end_are_empty():
    assert read_sheet(b"a,b\n1\n2,,,\n").rows == [(2, {"a": "1"}), (3, {"a": "2", "b": ""})]


def test_files_without_end_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "MOST_LINES", 3)
    assert codes(read_sheet(b"a\n1\n2\n3\n4\n")) == [(1, None, "too-many-lines")]
    monkeypatch.setattr(sheets, "MOST_BYTES", 10)
    assert codes(read_sheet(b"a\n" + b"1\n" * 9)) == [(1, None, "too-large")]
