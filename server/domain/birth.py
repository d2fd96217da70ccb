"""Which days nobody who is treated here can have been born on."""

from datetime import date
from typing import Final

EARLIEST: Final = date(1900, 1, 1)
"""Older dates are slips, such as a year of two digits."""


def why_not_born(born: date, today: date, injected: date | None = None) -> str | None:
    """The sentence that says why a date is no date of birth, None where it can be one."""
    if born < EARLIEST:
        return "This date of birth lies before 1900."
    if born > today:
        return "This date of birth lies in the future."
    if injected is not None and born > injected:
        return "This date of birth lies after the injection."
    return None
