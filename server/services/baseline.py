"""The pre-injection level: what staff recorded, else what the patient's phone recorded before T0."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server.domain.criteria import DEFAULT
from server.persistence.tables import Episode
from server.services.heads import HeadEntry

PRE_WINDOW = timedelta(minutes=60)
EARLIEST_DAY = 7


def with_baseline(
    recorded: dict[str, Any], heads: Sequence[HeadEntry], performed_at: datetime, zone: str
) -> dict[str, Any]:
    """Complete the record's baseline from entries made before T0.

    Only entries described and recorded before T0 count, so the baseline is locked at T0. Staff's own
    values always win.
    """
    before = [
        head
        for head in heads
        if head.taken_at <= performed_at
        and head.recorded_at <= performed_at
        and head.body["pain"] is not None
        and not head.clock_suspect
    ]
    baseline = {key: value for key, value in recorded.items() if value is not None}
    if baseline.get("pain") is None:
        recent = [
            head
            for head in before
            if head.body["scale"] == "now" and head.taken_at >= performed_at - PRE_WINDOW
        ]
        if recent:
            last = max(recent, key=lambda head: head.taken_at)
            baseline |= {"pain": last.body["pain"], "recorded_at": last.body["taken_at"]}
    if not baseline.get("daily"):
        daily = _daily(before, performed_at, zone)
        if daily:
            baseline["daily"] = daily
    return baseline


def usual_level(recorded: dict[str, Any]) -> float | None:
    """The level that days after the injection are held against: the evenings' mean, else the single score."""
    daily = [day["average"] for day in recorded.get("daily") or []]
    if len(daily) >= DEFAULT.daily_averages_needed:
        return float(sum(daily) / len(daily))
    pain = recorded.get("pain")
    return None if pain is None else float(pain)


def known_level(episode: Episode) -> float | None:
    """The same of an episode: what staff recorded, else what its reading took from the patient's entries."""
    recorded = usual_level(episode.record["baseline"])
    read: float | None = episode.summary.get("baseline")
    return read if recorded is None else recorded


def _daily(before: Sequence[HeadEntry], performed_at: datetime, zone: str) -> list[dict[str, Any]]:
    """Evening averages of days -7 to -1, the last of each local date."""
    local = ZoneInfo(zone)
    t0 = performed_at.astimezone(local).date()
    found: dict[str, int] = {}
    for head in sorted(before, key=lambda head: head.taken_at):
        day = (head.taken_at - timedelta(hours=12)).astimezone(local).date()
        if head.body["scale"] == "average_24h" and -EARLIEST_DAY <= (day - t0).days <= -1:
            found[day.isoformat()] = head.body["pain"]
    return [{"date": date, "average": pain} for date, pain in sorted(found.items())]
