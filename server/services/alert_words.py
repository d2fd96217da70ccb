"""An alert and its history in the form people read: names instead of ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from server.domain.flags import ROWS, title
from server.persistence.tables import Alert, AlertEvent


def as_told(alert: Alert, names: Mapping[UUID, str]) -> dict[str, Any]:
    """One alert without its history."""
    return {
        "alert_id": alert.id,
        "entry_id": alert.entry_id,
        "kind": alert.kind,
        "title": title(alert.kind) if alert.kind in ROWS else alert.kind,
        "level": alert.level,
        "reports": alert.reports,
        "opened_at": alert.opened_at,
        "due_at": alert.due_at,
        "acknowledged_at": alert.acknowledged_at,
        "acknowledged_by": names.get(alert.acknowledged_by) if alert.acknowledged_by else None,
        "owner_id": alert.owner_id,
        "owner": names.get(alert.owner_id) if alert.owner_id else None,
        "outcome": alert.outcome,
        "closed_at": alert.closed_at,
        "closed_by": names.get(alert.closed_by) if alert.closed_by else None,
        "steps": alert.steps,
        "escalate_at": alert.escalate_at,
        "recheck_at": alert.recheck_at,
    }


def with_history(
    events: Sequence[AlertEvent], names: Mapping[UUID, str], recipients: Mapping[str, str]
) -> dict[str, Any]:
    """Everything that happened, and when the phone first showed the advice and began a call."""
    first = {
        event.kind: event.detail["at"] for event in reversed(events) if event.kind in {"shown", "called"}
    }
    return {
        "history": _told(events, names, recipients),
        "shown_at": first.get("shown"),
        "called_at": first.get("called"),
    }


def _told(
    events: Sequence[AlertEvent], names: Mapping[UUID, str], recipients: Mapping[str, str]
) -> list[dict[str, Any]]:
    """A history in the form people read: who, when, what."""
    return [
        {
            "number": event.number,
            "at": event.at,
            "kind": event.kind,
            "by": event.actor_kind,
            "name": names.get(event.actor_id) if event.actor_id else None,
            "detail": _with_names(event.detail, names, recipients),
        }
        for event in events
    ]


def _with_names(
    detail: dict[str, Any], names: Mapping[UUID, str], recipients: Mapping[str, str]
) -> dict[str, Any]:
    """The ids of a detail in the names people know."""
    found = dict(detail)
    if "owner" in detail:
        found["owner"] = names.get(UUID(detail["owner"]), "")
    if "message" in detail:
        found["recipient"] = recipients.get(detail["message"], "")
    return found
