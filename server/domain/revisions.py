"""Which of an entry's immutable revisions counts: a rule that no arrival order can change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Version:
    """One revision as far as the rule needs it; `parent` may name one that has not arrived yet."""

    id: UUID
    parent: UUID | None
    tombstone: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The revision that counts, whether the entry is deleted, and whether two versions compete."""

    revision: UUID
    deleted: bool
    conflict: bool


def choose_head(versions: Iterable[Version]) -> Head:
    """Pick the head: the longest chain of parents, then the larger id.

    A tombstone anywhere keeps the entry deleted; the revisions stay. Two revisions of one parent (or
    two without any) are a conflict: both are kept, staff see both. Raises `ValueError` without versions.
    """
    known = {version.id: version for version in versions}
    if not known:
        raise ValueError("an entry has at least one revision")
    parents = [version.parent for version in known.values()]
    head = max(known, key=lambda id_: (_depth(id_, known), id_.int))
    return Head(
        revision=head,
        deleted=any(version.tombstone for version in known.values()),
        conflict=len(set(parents)) < len(parents),
    )


def _depth(revision: UUID, known: dict[UUID, Version]) -> int:
    """Length of the chain up to the first version; a parent that has not arrived counts as one."""
    depth, seen = 1, {revision}
    parent = known[revision].parent
    while parent is not None and parent not in seen:
        depth += 1
        seen.add(parent)
        parent = known[parent].parent if parent in known else None
    return depth
