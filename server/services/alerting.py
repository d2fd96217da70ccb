"""Work items for red flags, raised in the same transaction as the diary item that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from server.domain.entry_flags import flags_in_entry
from server.domain.flags import Level, Triage, highest, triage
from server.errors import NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import episodes
from server.persistence.tables import Alert, Episode
from server.security.actors import Phone, Staff
from server.services.auditing import audit
from server.services.baseline import known_level
from server.services.heads import HeadEntry
from server.services.operations import Operation

ANSWER_WITHIN = {"E": timedelta(minutes=15), "S": timedelta(minutes=60)}
"""Time to acknowledge, counted from receipt; N is the next working day."""


def raise_alerts(
    session: Session,
    phone: Phone,
    episode: Episode,
    op: Operation,
    heads: Sequence[HeadEntry],
    now: datetime,
    *,
    clock_suspect: bool,
) -> dict[str, Any] | None:
    """Open or renew an alert for each red flag of one new diary item.

    Returns `{level, told_at}` when the clinic has been told of anything above self-care, else None. The
    level is the server's own, never the one the phone sent.
    """
    found = find_flags(episode, op, heads, clock_suspect=clock_suspect)
    for finding in found.findings:
        if finding.level != "C":
            _open_or_renew(session, phone, episode, op.entry_id, finding.code, finding.level, now)
    level = alert_level(found)
    return None if level is None else {"level": level, "told_at": now}


def alert_level(found: Triage) -> Level | None:
    """The most urgent level the clinic is told of; self-care is the patient's own."""
    return None if found.level == "C" else found.level


def find_flags(episode: Episode, op: Operation, heads: Sequence[HeadEntry], *, clock_suspect: bool) -> Triage:
    """Triage one diary item: a report of symptoms, or what an ordinary entry itself gives away."""
    hours = None if clock_suspect else _hours(episode.performed_at, op.taken_at)
    body = op.body or {}
    if op.kind == "flag_report":
        reports = body["reports"]
    elif op.kind != "entry":
        reports = []
    else:
        baseline = known_level(episode)
        others = (
            (_hours(episode.performed_at, head.taken_at), head.body)
            for head in heads
            if head.entry_id != op.entry_id
        )  # looked at only by entries that show a symptom
        reports = flags_in_entry(body, hours, baseline, episode.region, others)
    return triage(reports, hours, episode.region)


def _hours(since: datetime | None, at: datetime | None) -> float | None:
    return None if since is None or at is None else (at - since).total_seconds() / 3600


def _open_or_renew(
    session: Session, phone: Phone, episode: Episode, entry_id: UUID, kind: str, level: Level, now: datetime
) -> None:
    due = now + ANSWER_WITHIN[level] if level in ANSWER_WITHIN else None
    alert = episodes.open_alert(session, phone.clinic_id, episode.id, kind)
    if alert is None:
        alert = Alert(
            clinic_id=phone.clinic_id,
            id=uuid4(),
            episode_id=episode.id,
            entry_id=entry_id,
            kind=kind,
            level=level,
            opened_at=now,
            due_at=due,
        )
        session.add(alert)
    else:
        alert.entry_id, alert.reports = entry_id, alert.reports + 1
        if highest([cast("Level", alert.level), level]) != alert.level:
            alert.level = level
        if due is not None and (alert.due_at is None or due < alert.due_at):
            alert.due_at = due
    session.flush()
    audit(session, phone, "alert.raise", "episode", episode.id, now, kind=kind, level=level)


def note_event(session: Session, phone: Phone, op: Operation, now: datetime) -> None:
    """Leave in the audit trail that a red flag's advice was shown on the phone, or a call begun from it."""
    body = op.body or {}
    told = {key: body[key] for key in ("level", "whom") if body.get(key) is not None}
    audit(
        session,
        phone,
        f"flag.{body['event']}",
        "episode",
        op.episode_id,
        now,
        about=str(body["about"]),
        at=body["taken_at"],
        **told,
    )


def acknowledge(staff: Staff, alert_id: UUID, now: datetime) -> Alert:
    """A clinician takes an alert; doing it twice keeps the first. Raises `NotFoundError`."""
    with transaction(staff.clinic_id) as session:
        alert = episodes.alert_for_update(session, staff.clinic_id, alert_id)
        if alert is None:
            raise NotFoundError("There is no such alert.")
        if alert.acknowledged_at is None:
            alert.acknowledged_at, alert.acknowledged_by = now, staff.clinician_id
        audit(session, staff, "alert.acknowledge", "episode", alert.episode_id, now, kind=alert.kind)
        session.flush()
        session.expunge(alert)
        return alert
