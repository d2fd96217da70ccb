"""Which days nobody who is treated here can have been born on."""

from datetime import date, datetime, tzinfo
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


def slip_of_birth(born: date | None, performed: datetime | None, now: datetime, zone: tzinfo) -> str | None:
    """The same with the days of a zone, as one sentence that says what to do; None where nothing is wrong."""
    if born is None:
        return None
    injected = None if performed is None else performed.astimezone(zone).date()
    why = why_not_born(born, now.astimezone(zone).date(), injected)
    return None if why is None else f"{why} Correct the date."
