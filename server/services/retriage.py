"""A corrected T0 asks anew how urgent each report was: triage goes by the hours since the injection.

A level rises at once, and what was self-care and is so no more opens an alert. A level falls only where
somebody has acknowledged the alert: a slip in T0 must not silence a call. An alert with an outcome keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast
from uuid import UUID

from sqlalchemy.orm import Session

from server.domain.alerts import recheck_at
from server.domain.flags import Finding, Level, highest
from server.persistence.queries import alerts
from server.persistence.tables import Alert, AlertEvent, Episode
from server.security.actors import Staff
from server.services.alert_log import record
from server.services.alerting import call_again, open_or_renew
from server.services.heads import HeadEntry, load_reports
from server.services.opening import opening_of
from server.services.triaging import Block, Told, block_of, find_flags


class _Now(NamedTuple):
    """What the diary comes to under the corrected T0, by symptom and diary item."""

    before: dict[tuple[str, UUID], Finding]
    after: dict[tuple[str, UUID], Finding]


def follow_t0(
    session: Session,
    staff: Staff,
    episode: Episode,
    before: Block,
    heads: Sequence[HeadEntry],
    now: datetime,
) -> None:
    """Bring the alerts of an episode in line with its injection as it is recorded now."""
    after = block_of(episode)
    if after.performed_at is None or before[:2] == after[:2]:
        return
    items = [
        *(Told(one.entry_id, "flag_report", one.body, one.taken_at, one.clock_suspect)
          for one in load_reports(session, episode.clinic_id, episode.id)),
        *(Told(one.entry_id, "entry", one.body, one.taken_at, one.clock_suspect) for one in heads),
    ]  # fmt: skip
    found = _Now(_findings(before, items, heads), _findings(after, items, heads))
    known = _follow_open(session, staff, episode, found, now)
    _open_new(session, staff, episode, found, known, now)


def _findings(
    block: Block, items: Sequence[Told], heads: Sequence[HeadEntry]
) -> dict[tuple[str, UUID], Finding]:
    return {
        (finding.code, told.entry_id): finding
        for told in items
        for finding in find_flags(block, told, heads).findings
    }


def _follow_open(
    session: Session, staff: Staff, episode: Episode, found: _Now, now: datetime
) -> set[tuple[str, UUID]]:
    """Follow with every open alert; returns which reports have an alert, open or not."""
    all_of_it = alerts.all_of_episode(session, episode.clinic_id, episode.id)
    history = alerts.history(session, episode.clinic_id, [alert.id for alert in all_of_it])
    known: set[tuple[str, UUID]] = set()
    for alert in all_of_it:
        told = history[alert.id]
        raised = [event.entry_id for event in told if event.kind in ("raised", "repeated") and event.entry_id]
        known.update((alert.kind, entry_id) for entry_id in raised)
        if alert.closed_at is None:
            _follow(session, staff, episode, alert, told, raised, found, now)
    return known


def _follow(
    session: Session,
    staff: Staff,
    episode: Episode,
    alert: Alert,
    told: Sequence[AlertEvent],
    raised: Sequence[UUID],
    found: _Now,
    now: datetime,
) -> None:
    mine = [(alert.kind, entry_id) for entry_id in raised]
    _move_recheck(alert, told, found.after.get((alert.kind, alert.entry_id)), episode.performed_at)
    if all(found.before.get(key) == found.after.get(key) for key in mine):
        return
    was, level = cast("Level", alert.level), _level(told, alert.kind, found)
    if level == was:
        return
    if highest([was, level]) == level:
        call_again(alert, level, now, *opening_of(session, alert.clinic_id))
        record(session, staff, alert, "retriaged", now, was=was, level=level)
    elif alert.acknowledged_at is not None:
        alert.level = level
        record(session, staff, alert, "retriaged", now, was=was, level=level)
    else:
        record(session, staff, alert, "retriaged", now, was=was, level=was, would_be=level)


def _level(told: Sequence[AlertEvent], kind: str, found: _Now) -> Level:
    """The most urgent of what its reports come to now; what was taken back or unanswered counts as before."""
    levels: list[Level] = []
    for event in told:
        if event.kind not in ("raised", "repeated", "unanswered"):
            continue
        key = (kind, cast("UUID", event.entry_id))
        if event.kind == "unanswered" or not (key in found.before or key in found.after):
            levels.append(event.detail["level"])
        elif key in found.after:
            levels.append(found.after[key].level)
    level = highest(levels)
    return "N" if level is None or level == "C" else level


def _move_recheck(
    alert: Alert, told: Sequence[AlertEvent], finding: Finding | None, performed_at: datetime | None
) -> None:
    """The recheck lies at a time after T0; one that was answered or stayed unanswered is over."""
    over = any(event.kind in ("gone", "unanswered") for event in told)
    if finding is not None and not over:
        alert.recheck_at = recheck_at(finding, performed_at)


def _open_new(
    session: Session,
    staff: Staff,
    episode: Episode,
    found: _Now,
    known: set[tuple[str, UUID]],
    now: datetime,
) -> None:
    """What the clinic was not told of, because it was self-care under the T0 of then."""
    for key, finding in found.after.items():
        before = found.before.get(key)
        if finding.level != "C" and key not in known and (before is None or before.level == "C"):
            open_or_renew(session, staff, episode, key[1], finding, now)
