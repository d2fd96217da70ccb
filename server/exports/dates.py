"""Days and moments as people write them, the same on paper and in texts."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_of(on: date) -> str:
    """A date that no country misreads: `2 Mar 2026`."""
    return f"{on.day} {on:%b %Y}"


def local(at: datetime, zone: str) -> str:
    """A moment on the patient's clock."""
    here = at.astimezone(ZoneInfo(zone))
    return f"{day_of(here)}, {here:%H:%M}"
