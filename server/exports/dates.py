"""Days and moments as people write them, the same on paper and in texts."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from server.domain.findings import plain_day as day_of

__all__ = ["day_of", "local"]


def local(at: datetime, zone: str) -> str:
    """A moment on the patient's clock."""
    here = at.astimezone(ZoneInfo(zone))
    return f"{day_of(here)}, {here:%H:%M}"
