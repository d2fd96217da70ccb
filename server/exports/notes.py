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
De-identified: no names, birth dates, zones or free text. Of levels only C1 to S5 go out, of medicines
only known names; any other is "other". Ids are invented and stay the same from export to export. All
dates of one patient are moved by one whole number of days, so that the first injection falls on
2001-01-01; intervals and times of day are kept. When entries reached the server and when this file was
made are left out, changes are numbered within an episode, and a reading is told as of the first day
since which it reads as it does. Rare courses may still be recognised, and a diary that still runs ends
about when this file was made: do not publish single lines."""


def notes(clinic: str, change: int, now: datetime) -> str:
    """The text; `change` tells where the clinic's changes stood."""
    made = (
        f"Afterblock export of {clinic}, made {now.isoformat(timespec='seconds')}, begun at change {change}."
    )
    return _text(made, _IDENTIFIED)


def _text(made: str, handling: str) -> str:
    return f"{made}\n{handling}\n{_TABLES}".replace("\n", "\r\n")


DEIDENTIFIED_NOTES: Final = _text("Afterblock export.", _DEIDENTIFIED)
