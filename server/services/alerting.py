"""Work items for red flags, raised in the same transaction as the diary item that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from server.domain.alerts import due_at, escalates, recheck_at
from server.domain.flags import ROWS, Finding, Level, Triage, highest
from server.domain.opening import OpeningHours
from server.persistence.queries import alerts
from server.persistence.tables import Alert, Episode
from server.security.actors import Phone, Staff
from server.services.alert_log import record
from server.services.auditing import audit
from server.services.heads import HeadEntry
from server.services.opening import opening_of
from server.services.operations import Operation
from server.services.triaging import block_of, find_flags, told_in


def raise_alerts(
    session: Session,
    actor: Phone | Staff,
    episode: Episode,
    op: Operation,
    heads: Sequence[HeadEntry],
    now: datetime,
    *,
    clock_suspect: bool,
    received: datetime | None = None,
) -> dict[str, Any] | None:
    """Open or renew an alert for each red flag of one new diary item.

    Returns `{level, told_at}` when the clinic has been told of anything above self-care, else None. The
    level is the server's own, never the one the phone sent. Timers run from `received` where an item came
    earlier and could be read only now.
    """
    found = find_flags(block_of(episode), told_in(op, clock_suspect=clock_suspect), heads)
    for finding in found.findings:
        if finding.level != "C":
            open_or_renew(session, actor, episode, op.entry_id, finding, now, received)
    for code in gone_in(op):
        _note_gone(session, actor, episode, op.entry_id, code, now)
    level = alert_level(found)
    return None if level is None else {"level": level, "told_at": now}


def alert_level(found: Triage) -> Level | None:
    """The most urgent level the clinic is told of; self-care is the patient's own."""
    return None if found.level == "C" else found.level


def gone_in(op: Operation) -> list[str]:
    """Symptoms of earlier reports that the patient says have gone: the good answer to a recheck."""
    told = (op.body or {}).get("gone") if op.kind == "flag_report" else None
    return [code for code in told if code in ROWS] if isinstance(told, list) else []


def _note_gone(
    session: Session, actor: Phone | Staff, episode: Episode, entry_id: UUID, code: str, now: datetime
) -> None:
    """The recheck is answered. The alert stays: somebody must still look at it, and its level never falls."""
    alert = alerts.open_of(session, actor.clinic_id, episode.id, code)
    if alert is not None:
        alert.recheck_at = None
        record(session, actor, alert, "gone", now, entry_id=entry_id)


def open_or_renew(
    session: Session,
    actor: Phone | Staff,
    episode: Episode,
    entry_id: UUID,
    finding: Finding,
    now: datetime,
    received: datetime | None = None,
) -> None:
    """One alert per episode and kind: a repeat joins the one that has no outcome yet.

    Timers run from `received`, by default now; the history says when it was raised.
    """
    since = received or now
    alert = alerts.open_of(session, actor.clinic_id, episode.id, finding.code)
    if alert is None:
        due = due_at(finding.level, since, *opening_of(session, actor.clinic_id))
        alert = Alert(
            clinic_id=actor.clinic_id,
            id=uuid4(),
            episode_id=episode.id,
            entry_id=entry_id,
            kind=finding.code,
            level=finding.level,
            opened_at=since,
            due_at=due,
            escalate_at=due if escalates(finding.level) else None,
            recheck_at=recheck_at(finding, episode.performed_at),
            events=0,
        )
        session.add(alert)
        record(session, actor, alert, "raised", now, entry_id=entry_id, level=finding.level)
        return
    _renew(session, alert, entry_id, finding.level, since)
    if alert.recheck_at is not None:  # what is asked again follows from the newest report
        alert.recheck_at = recheck_at(finding, episode.performed_at)
    record(session, actor, alert, "repeated", now, entry_id=entry_id, level=finding.level)


def _renew(session: Session, alert: Alert, entry_id: UUID, level: Level, now: datetime) -> None:
    """Join a repeat to an open alert."""
    alert.entry_id, alert.reports = entry_id, alert.reports + 1
    call_again(alert, level, now, *opening_of(session, alert.clinic_id))


def call_again(alert: Alert, level: Level, now: datetime, hours: OpeningHours, zone: str) -> None:
    """An open alert has news: its level never falls, the earlier timer holds.

    What somebody has acknowledged already begins another turn: the news has not been seen.
    """
    due = due_at(level, now, hours, zone)
    alert.level = highest([cast("Level", alert.level), level]) or level
    if alert.acknowledged_at is not None:
        alert.acknowledged_at = alert.acknowledged_by = None
        alert.turn, alert.steps = alert.turn + 1, 0
        alert.due_at, alert.escalate_at = due, due if escalates(level) else None
        return
    alert.due_at = due if alert.due_at is None else min(alert.due_at, due)
    if escalates(level):
        alert.escalate_at = due if alert.escalate_at is None else min(alert.escalate_at, due)


def reschedule(session: Session, clinic_id: UUID) -> None:
    """Opening hours have changed: what waits for the next working day is due anew, from when it came."""
    hours, zone = opening_of(session, clinic_id)
    for alert in alerts.for_next_working_day(session, clinic_id):
        alert.due_at = due_at("N", alert.opened_at, hours, zone)


def note_event(session: Session, phone: Phone, op: Operation, now: datetime) -> None:
    """Leave with the alerts, and in the audit, that advice was shown on the phone or a call begun from it."""
    body = op.body or {}
    told = {key: body[key] for key in ("level", "whom") if body.get(key) is not None}
    about = UUID(str(body["about"]))
    for alert in alerts.raised_by(session, phone.clinic_id, op.episode_id, about):
        record(session, phone, alert, body["event"], now, entry_id=op.entry_id, at=body["taken_at"], **told)
    audit(
        session,
        phone,
        f"flag.{body['event']}",
        "episode",
        op.episode_id,
        now,
        about=str(about),
        at=body["taken_at"],
        **told,
    )
