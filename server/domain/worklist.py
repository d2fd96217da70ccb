"""Where an episode stands in the clinic's day: the group it is listed in, and when time alone moves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from server.domain.instants import DAY, Instant, LocalTime
from server.domain.schedule import PGIC_DAYS, slots

GROUPS: Final = ("flags", "worse", "ready", "silent", "follow_up", "stable", "planned", "finished")
"""The groups in the order a clinician works through them.

Red flags without an outcome; a flare whose end was not seen, or persistent worsening; an anaesthetic phase
that is complete and not read; a silent diary; a follow-up that is due; and what needs nothing now.
"""
STAGES: Final = ("planned", "worse", "ready", "running", "finished")
"""The part of a group that neither open alerts nor the passing of time decide."""
SILENCE: Final = DAY
"""A diary is not called silent sooner, however many check-ins of the first hours were missed."""
FOLLOW_UPS: Final = PGIC_DAYS
"""Days after T0 on which a reading is looked at again: those of the patient's impression of change."""


def stage_of(status: str, reading: Mapping[str, Any] | None, sign_state: str, *, more_to_come: bool) -> str:
    """The stage of an episode; `more_to_come` tells whether a follow-up still lies ahead.

    A signed reading asks for nothing until it is re-opened, a closed episode only when it is.
    """
    if status == "planned":
        return "planned"
    if status == "cancelled":
        return "finished"
    if sign_state == "signed" or reading is None:
        over = status == "closed" or (sign_state == "signed" and not more_to_come)
        return "finished" if over else "running"
    if status == "closed" and sign_state != "reopened":
        return "finished"
    flare = reading["flare"]
    if flare["status"] == "persistent_worsening" or (flare["status"] == "flare" and flare["days"] is None):
        return "worse"
    return "running" if reading["anaesthetic"]["verdict"] == "pending" else "ready"


def silent_at(
    performed_at: Instant, local: LocalTime, last_entry: Instant | None, ended: Instant | None
) -> Instant | None:
    """When a diary has fallen silent unless something comes; None once no more is expected of it.

    A day without a word, and the next expected check-in past even its late window.
    """
    last = performed_at if last_entry is None else max(performed_at, last_entry)
    for slot in slots(performed_at, local):
        if slot.expected and slot.opens > last:
            due = max(slot.late_until, last + SILENCE)
            return None if ended is not None and slot.planned > ended else due
    return None


def follow_up_at(
    performed_at: Instant, local: LocalTime, signed: Instant | None, ended: Instant | None
) -> Instant | None:
    """The end of the first follow-up day that no sign-off has read; None when the last one is read."""
    first_day = local.day(performed_at)
    for day in FOLLOW_UPS:
        due = local.at(first_day + day + 1)
        if ended is not None and due > ended:
            return None
        if signed is None or due > signed:
            return due
    return None


def group_of(
    stage: str, *, flagged: bool, silent: Instant | None, follow_up: Instant | None, now: Instant
) -> str:
    """The group an episode is listed in; `flagged` tells of a red flag without an outcome."""
    if flagged:
        return "flags"
    if stage != "running":
        return stage
    if silent is not None and silent <= now:
        return "silent"
    return "follow_up" if follow_up is not None and follow_up <= now else "stable"
