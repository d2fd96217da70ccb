"""The only reading of time; everything else takes `now` as an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)
