"""Reading the episodes of all clinics under another criteria set, and how that differs from now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog

from server.domain.criteria import Criteria
from server.domain.diary import DiaryError, parse_episode
from server.domain.difference import CATEGORIES, FIGURES, Change, difference
from server.domain.reading import read, to_json
from server.persistence.db import transaction
from server.persistence.queries import episodes, people
from server.security.actors import Actor, System
from server.services import review
from server.services.auditing import audit
from server.services.heads import load_heads

log = structlog.get_logger()

PAGE: Final = 200


@dataclass(slots=True)
class Report:
    """What a recomputation did, without a name or a score: episodes by their ids, differences by codes.

    `read` episodes have a reading under the new set; `unreadable` ones have no injection or no baseline yet;
    `failed` ones could not be read although they should be. `new` were read for the first time.
    """

    criteria: str
    compared_with: str
    dry_run: bool
    clinics: int = 0
    read: int = 0
    new: int = 0
    unreadable: int = 0
    failed: list[UUID] = field(default_factory=list)
    changed: dict[UUID, list[Change]] = field(default_factory=dict)

    @property
    def counts(self) -> list[tuple[Change, int]]:
        """How many episodes have each change: by category, the most frequent first."""
        counted = Counter(change for changes in self.changed.values() for change in changes)
        return sorted(
            counted.items(), key=lambda found: (CATEGORIES.index(found[0].category), -found[1], found[0])
        )


def recompute(criteria: Criteria, now: datetime, *, dry_run: bool) -> Report:
    """Read every episode under a set and, unless it is a dry run, store the reading under its version.

    An episode with a reading in force is read as of the same moment, so that the rules alone make the
    difference; others as of `now`. Each episode is a transaction of its own, audited in a dry run too; doing
    it again changes nothing.
    """
    with transaction(None, reading=True) as session:
        clinics = list(people.clinic_ids(session))
    report = Report(criteria.label, _in_force(clinics), dry_run)
    report.clinics = len(clinics)
    for clinic_id in clinics:
        for episode_id in _episode_ids(clinic_id):
            read_one(report, System(clinic_id), episode_id, criteria, now)
    log.info("recompute.done", criteria=criteria.label, read=report.read, changed=len(report.changed))
    return report


def _episode_ids(clinic_id: UUID) -> Iterator[UUID]:
    last: UUID | None = None
    while True:
        with transaction(clinic_id) as session:
            page = list(episodes.ids_after(session, clinic_id, last, PAGE))
        if not page:
            return
        yield from page
        last = page[-1]


def _in_force(clinics: list[UUID]) -> str:
    """What the clinics read by now, in one word."""
    found = set()
    for clinic_id in clinics:
        with transaction(clinic_id, reading=True) as session:
            found.add(review.criteria_of(session, clinic_id))
    return found.pop() if len(found) == 1 else "what each clinic reads by" if found else review.CRITERIA


def read_one(report: Report, actor: Actor, episode_id: UUID, criteria: Criteria, now: datetime) -> None:
    """Read one episode under a set, as `recompute` does, and add it to the report."""
    clinic_id = actor.clinic_id
    with transaction(clinic_id) as session:
        episode = episodes.episode_for_update(session, clinic_id, episode_id)
        if episode is None:
            return  # erased meanwhile
        compared_with = review.criteria_of(session, clinic_id)
        in_force = episodes.reading(session, clinic_id, episode_id, compared_with)
        read_at = now if in_force is None else in_force.read_at
        source = review.engine_input(episode, load_heads(session, clinic_id, episode_id), read_at)
        if source is None:
            report.unreadable += 1
            return
        detail = {"criteria": criteria.label, "dry_run": report.dry_run}
        audit(session, actor, "reading.recompute", "episode", episode_id, now, **detail)
        try:
            parsed = parse_episode(source)
            found = read(parsed, criteria)
            body = to_json(found)
        except DiaryError as error:
            log.error("recompute.failed", episode=str(episode_id), code=error.code)
            report.failed.append(episode_id)
            return
        before = None if in_force is None else in_force.body
        if not report.dry_run:
            review.keep(session, episode, parsed, found, body, read_at)
    report.read += 1
    if before is None:
        report.new += 1
    elif changes := difference(before, body):
        report.changed[episode_id] = changes


def in_words(report: Report) -> Iterator[str]:
    """The report as lines of text: what was done, how many changed how, then each episode by its id."""
    done = "dry run: nothing was stored" if report.dry_run else "stored"
    yield f"{report.compared_with} -> {report.criteria} ({done})"
    yield (
        f"clinics: {report.clinics}; episodes: {report.read} read ({report.new} for the first time), "
        f"{report.unreadable} not readable yet, {len(report.failed)} failed, {len(report.changed)} changed"
    )
    for change, count in report.counts:
        yield f"{count:>8}  {_words(change)}"
    for episode_id, changes in report.changed.items():
        yield f"{episode_id}  {'; '.join(_words(change) for change in changes)}"
    for episode_id in report.failed:
        yield f"{episode_id}  could not be read"


def _words(change: Change) -> str:
    if change.category == FIGURES:
        return "figures changed"
    return f"{change.category} {change.before} -> {change.after}"
