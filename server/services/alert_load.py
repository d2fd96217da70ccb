"""The load alerts make: how many the diaries raise, and how fast somebody answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final

from server.persistence.db import transaction
from server.persistence.queries import alerts
from server.security.actors import Staff
from server.services.auditing import audit

LOAD_OVER: Final = timedelta(days=28)


def load(staff: Staff, now: datetime) -> dict[str, Any]:
    """How many alerts the diaries of the last weeks made, and how fast they were answered."""
    with transaction(staff.clinic_id) as session:
        rows = alerts.opened_since(session, staff.clinic_id, now - LOAD_OVER)
        entries = alerts.entries_since(session, staff.clinic_id, now - LOAD_OVER)
        audit(session, staff, "alerts.load", "clinic", staff.clinic_id, now)
    answered = [(opened, due, seen) for _, opened, due, seen in rows if seen is not None]
    waits = [(seen - opened).total_seconds() for opened, _, seen in answered]
    over = [due for _, _, due, seen in rows if seen is None and due is not None and due < now]
    in_time = sum(due is None or seen <= due for _, due, seen in answered)
    return {
        "days": LOAD_OVER.days,
        "entries": entries,
        "alerts": len(rows),
        "per_100_entries": round(100 * len(rows) / entries, 1) if entries else None,
        "by_level": {level: sum(row[0] == level for row in rows) for level in "ESN"},
        "answered": len(answered),
        "answered_in_time": in_time,
        "late": len(answered) - in_time + len(over),
        "median_answer_seconds": round(median(waits)) if waits else None,
    }
