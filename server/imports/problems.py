"""What stands in the way of an import: where it is, and what to do about it."""

from __future__ import annotations

from typing import Final, NamedTuple

MOST_TOLD: Final = 500
"""Problems told one by one; of more, the count."""


class Problem(NamedTuple):
    """One remark about a file. An `error` keeps the whole file out; a note does not."""

    line: int
    """As a spreadsheet counts them: the heading is line 1."""
    column: str | None
    """As the file calls it."""
    code: str
    sentence: str
    error: bool = True
