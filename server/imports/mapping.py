"""How a clinic's own file says things: its columns, its words, its way of writing dates and numbers."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from server.exports.cells import unsafe
from server.imports.problems import Problem
from server.imports.sheet import Sheet

DATE: Final = "%Y-%m-%d"
TIMES: Final = ("%H:%M", "%H:%M:%S")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the file calls each of our columns, its words for our codes, and what holds for every line.

    Without a mapping a file speaks as the product's own exports do.
    """

    columns: Dictionary[str, str] = field(default_factory=dict)
    """Our column -> the file's."""
    values: Dictionary[str, Dictionary[str, str]] = field(default_factory=dict)
    """Our column -> the file's word -> ours; case and spaces around it do not matter."""
    constants: Dictionary[str, str] = field(default_factory=dict)
    """Our column -> a value for lines that leave it empty."""
    date: str = DATE
    time: str | None = None
    delimiter: str | None = None
    encoding: str | None = None

    @property
    def time_formats(self) -> tuple[str, ...]:
        """How times of day are written."""
        return (self.time,) if self.time else TIMES


OWN: Final = Mapping()


def missing_columns(sheet: Sheet, mapping: Mapping) -> list[Problem]:
    """Columns a mapping names that the file does not have."""
    return [
        Problem(
            1,
            theirs,
            "column-missing",
            f"The mapping takes {ours} from “{theirs}”, and the file has no such column.",
        )
        for ours, theirs in mapping.columns.items()
        if theirs not in sheet.columns
    ]


def lacking_columns(sheet: Sheet, mapping: Mapping, needed: Sequence[tuple[str, ...]]) -> list[Problem]:
    """What a file of this kind cannot do without; of several columns in one place any will do."""
    return [
        Problem(
            1,
            theirs_of(ways[0], mapping),
            "column-missing",
            f"The file has no column “{'” or “'.join(theirs_of(way, mapping) for way in ways)}”. "
            "Rename or add it, or name yours in a mapping.",
        )
        for ways in needed
        if not any(way in mapping.constants or theirs_of(way, mapping) in sheet.columns for way in ways)
    ]


def translated(row: Dictionary[str, str], mapping: Mapping) -> dict[str, str]:
    """A line by our columns and in our words."""
    theirs = set(mapping.columns.values())
    found = {name: unsafe(cell) for name, cell in row.items() if name not in theirs}
    for ours, name in mapping.columns.items():
        found[ours] = unsafe(row.get(name, ""))
    for ours, words in mapping.values.items():
        told = {word.strip().casefold(): code for word, code in words.items()}
        cell = found.get(ours, "")
        found[ours] = told.get(cell.strip().casefold(), cell)
    for ours, value in mapping.constants.items():
        found[ours] = found.get(ours) or value
    return found


def theirs_of(ours: str, mapping: Mapping) -> str:
    """What the file calls one of our columns."""
    return mapping.columns.get(ours, ours)
