"""Which version of the criteria a clinic reads by: what there is, what would change, and the choice."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from server.domain.criteria import LINE_SOURCES, SETS, find_criteria
from server.errors import ConflictError, InvalidError
from server.persistence.db import transaction
from server.persistence.queries import episodes, people
from server.persistence.queries import settings as kept
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.recompute import Report, read_one
from server.services.review import criteria_of
from server.services.settings import add_version

PART: Final = "criteria"
AT_ONCE: Final = 50
"""Episodes a step of the comparison reads: well under a second."""


def overview(staff: Staff, now: datetime) -> dict[str, Any]:
    """The set in force, since when, how many readings wait to be made by it, and all sets."""
    with transaction(staff.clinic_id) as session:
        in_force = criteria_of(session, staff.clinic_id)
        chosen = kept.newest(session, staff.clinic_id, PART)
        names = people.clinician_names(session, staff.clinic_id)
        audit(session, staff, "criteria.view", "clinic", staff.clinic_id, now)
        return {
            "in_force": in_force,
            "since": None if chosen is None else chosen.made_at,
            "by": None if chosen is None else names.get(chosen.clinician_id),
            "waiting": episodes.unread_under(session, staff.clinic_id, in_force),
            "sets": [
                {
                    "criteria": one.label,
                    "positive_line": one.positive_line,
                    "strong_line": max(one.strong_line, one.positive_line),
                    "source": LINE_SOURCES[one.name],
                }
                for one in SETS
            ],
        }


def compare(staff: Staff, label: str, after: UUID | None, now: datetime) -> dict[str, Any]:
    """One step of what another set would change, without storing anything: some episodes after one.

    `next` is where the next step begins; None when every episode has been read.
    """
    criteria = find_criteria(_known(label))
    with transaction(staff.clinic_id, reading=True) as session:
        report = Report(criteria.label, criteria_of(session, staff.clinic_id), dry_run=True)
        ids = list(episodes.ids_after(session, staff.clinic_id, after, AT_ONCE))
    for episode_id in ids:
        read_one(report, staff, episode_id, criteria, now)
    return {
        "criteria": criteria.label,
        "compared_with": report.compared_with,
        "read": report.read,
        "changed": len(report.changed),
        "failed": len(report.failed),
        "changes": [change._asdict() | {"episodes": count} for change, count in report.counts],
        "next": ids[-1] if len(ids) == AT_ONCE else None,
    }


def choose(staff: Staff, label: str, before: str, now: datetime) -> dict[str, Any]:
    """Read by another version from now on; the worker makes every reading anew.

    Earlier readings stay under their own version. Raises `ConflictError` when the choice was made on another
    version than the one in force, `InvalidError` for an unknown one.
    """
    criteria = _known(label)
    with transaction(staff.clinic_id) as session:
        clinic = people.clinic_for_update(session, staff.clinic_id)
        if clinic.criteria != before:
            raise ConflictError(
                "Somebody has chosen other criteria meanwhile. Nothing of yours was stored yet."
            )
        if criteria != before:
            clinic.criteria = criteria
            add_version(session, staff, PART, {"criteria": criteria}, now)
            episodes.read_all_again(session, staff.clinic_id, now)
            audit(
                session,
                staff,
                "criteria.change",
                "clinic",
                staff.clinic_id,
                now,
                criteria=criteria,
                before=before,
            )
    return overview(staff, now)


def _known(label: str) -> str:
    """Exactly one version: a choice must not move by itself when a newer one is added."""
    if label not in {one.label for one in SETS}:
        raise InvalidError("There is no such set of criteria.", [{"pointer": "/criteria", "code": "invalid"}])
    return label
