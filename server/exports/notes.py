"""The note that lies in an archive of tables, for whoever finds the file later."""

from __future__ import annotations

from datetime import datetime
from typing import Final

_TABLES: Final = """
entries.csv      one line a diary entry, in the version that counts
episodes.csv     one line an injection: record, reading, and the score of every check-in
impressions.csv  one line an impression of change (PGIC)
revisions.csv    one line a version of a diary item; none is ever changed
codebook.csv     what every column means

UTF-8 with a byte order mark, commas, lines end with CR LF (RFC 4180). An empty cell is unknown and
never 0. A text that begins with = + - @ or an apostrophe has an apostrophe put before it, so that no
spreadsheet takes it for a formula. Entries that arrive while the export runs may be in one file and
not yet in another; the column "change" of revisions.csv tells.
"""
_IDENTIFIED: Final = "Holds names and health data: handle it as the patient's record."
_DEIDENTIFIED: Final = """\
De-identified: no names, birth dates, zones or free text but the names of medicines. Ids are invented
and stay the same from export to export. All dates of one patient are moved by one whole number of
days, so that the first injection falls on 2001-01-01; intervals and times of day are kept. Rare
courses may still be recognised: do not publish single lines."""


def notes(clinic: str | None, change: int, now: datetime) -> str:
    """The text; `clinic` is None for a de-identified export, `change` where the clinic's changes stood."""
    whose = f" of {clinic}" if clinic else ""
    made = f"Afterblock export{whose}, made {now.isoformat(timespec='seconds')}, begun at change {change}."
    text = f"{made}\n{_IDENTIFIED if clinic else _DEIDENTIFIED}\n{_TABLES}"
    return text.replace("\n", "\r\n")
