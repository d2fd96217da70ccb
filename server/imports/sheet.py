"""A file as people save it from a spreadsheet: its lines by the names of its columns."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from server.imports.problems import Problem

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_LINES: Final = 20_000
MOST_COLUMNS: Final = 400
LONGEST_CELL: Final = 4_000
DELIMITERS: Final = (",", ";", "\t")
ENCODINGS: Final = ("utf-8", "utf-16", "windows-1252")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROKEN: Final = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NV", "#WERT!", "#BEZUG!", "#¿NOMBRE?")


@dataclass(slots=True)
class Sheet:
    """The heading and the lines below it; an empty line is none."""

    columns: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sheet(raw: bytes, delimiter: str | None = None, encoding: str | None = None) -> Sheet:
    """A file's lines by column. What cannot be read at all is one problem, and no line."""
    sheet = Sheet()
    text = _decoded(raw, encoding, sheet.problems)
    if text is None:
        return sheet
    try:
        lines = list(_lines(text, delimiter or _delimiter(text)))
    except csv.Error:
        sheet.problems.append(
            Problem(
                1, None, "not-csv", "This is no CSV file: a quotation mark is open. Save it again as CSV."
            )
        )
        return sheet
    if not lines:
        sheet.problems.append(Problem(1, None, "empty", "The file is empty."))
        return sheet
    sheet.columns = [name.strip() for name in lines[0][1]]
    _check_heading(sheet)
    if len(lines) - 1 > MOST_LINES:
        sentence = f"The file has {len(lines) - 1:,} lines; {MOST_LINES:,} fit into one import. Split it."
        sheet.problems.append(Problem(1, None, "too-many-lines", sentence))
        return sheet
    for number, cells in lines[1:]:
        _take(sheet, number, cells)
    return sheet


def _decoded(raw: bytes, encoding: str | None, problems: list[Problem]) -> str | None:
    """The text of a file: UTF-8 with or without a mark, UTF-16 with one, or what a mapping names."""
    if len(raw) > MOST_BYTES:
        sentence = f"The file is larger than {MOST_BYTES // 2**20} MB. Split it."
        problems.append(Problem(1, None, "too-large", sentence))
        return None
    named = encoding or ("utf-16" if raw.startswith(_UTF_16) else "utf-8")
    try:
        text = raw.decode("utf-8-sig" if named == "utf-8" else named)
    except UnicodeError:
        sentence = (
            "The letters of this file cannot be read. Save it as “CSV UTF-8”, "
            "or name its encoding in the mapping (windows-1252)."
        )
        problems.append(Problem(1, None, "encoding", sentence))
        return None
    if "\0" in text:
        problems.append(Problem(1, None, "not-csv", "This is no text file. Save the sheet as CSV."))
        return None
    return text


def _delimiter(text: str) -> str:
    """The sign that parts the heading most often."""
    heading = text.lstrip("\r\n").partition("\n")[0]
    return max(DELIMITERS, key=heading.count)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, numbered as a spreadsheet shows them: one a record."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number, cells in enumerate(reader, 1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _check_heading(sheet: Sheet) -> None:
    names = [name for name in sheet.columns if name]
    for name in sorted({name for name in names if names.count(name) > 1}):
        sentence = f"Two columns are called “{name}”. Rename or remove one."
        sheet.problems.append(Problem(1, name, "column-twice", sentence))
    if len(sheet.columns) > MOST_COLUMNS:
        sheet.problems.append(
            Problem(1, None, "too-many-columns", f"More than {MOST_COLUMNS} columns. Remove some.")
        )


def _take(sheet: Sheet, number: int, cells: list[str]) -> None:
    """One line into the sheet, unless it does not fit the heading."""
    while len(cells) > len(sheet.columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > len(sheet.columns):
        sentence = (
            f"This line has {len(cells)} cells and the heading {len(sheet.columns)}. "
            "A cell with the separator in it must stand in quotation marks."
        )
        sheet.problems.append(Problem(number, None, "too-many-cells", sentence))
        return
    row = {name: cell.strip() for name, cell in zip(sheet.columns, cells, strict=False) if name}
    for name, cell in row.items():
        if problem := _unusable(cell):
            sheet.problems.append(Problem(number, name, *problem))
    sheet.rows.append((number, row))


def _unusable(cell: str) -> tuple[str, str] | None:
    """Why a cell cannot be taken as it stands, whatever its column."""
    if cell.startswith("="):
        return (
            "formula",
            "This cell holds a formula. Put its value there (paste as values) and save the sheet again.",
        )
    if cell.upper() in _BROKEN:
        return "formula", "A formula failed in this cell. Put its value there, or leave it empty."
    if len(cell) > LONGEST_CELL:
        return "too-long", f"This cell is longer than {LONGEST_CELL:,} characters. Shorten it."
    return None
