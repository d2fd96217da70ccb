"""Finding what physicians decided on readings."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.persistence.tables import EntryRevision, SignOff


def history(session: Session, clinic_id: UUID, episode_id: UUID) -> Sequence[SignOff]:
    """All steps of an episode's sign-off, oldest first."""
    return session.scalars(
        select(SignOff)
        .where(SignOff.clinic_id == clinic_id, SignOff.episode_id == episode_id)
        .order_by(SignOff.number)
    ).all()


def newest_signed(session: Session, clinic_id: UUID, episode_id: UUID) -> SignOff | None:
    """The newest signature on an episode's reading."""
    return session.scalars(
        select(SignOff)
        .where(SignOff.clinic_id == clinic_id, SignOff.episode_id == episode_id, SignOff.kind == "signed")
        .order_by(SignOff.number.desc())
        .limit(1)
    ).one_or_none()


def next_number(session: Session, clinic_id: UUID, episode_id: UUID) -> int:
    """The place of the next step; the caller has locked the episode."""
    last = session.scalar(
        select(func.max(SignOff.number)).where(
            SignOff.clinic_id == clinic_id, SignOff.episode_id == episode_id
        )
    )
    return (last or 0) + 1


def changed_since(session: Session, clinic_id: UUID, episode_id: UUID, version: int) -> frozenset[str]:
    """The entries of an episode that came or were changed after a change number."""
    found = session.scalars(
        select(EntryRevision.entry_id)
        .where(
            EntryRevision.clinic_id == clinic_id,
            EntryRevision.episode_id == episode_id,
            EntryRevision.change_seq > version,
            EntryRevision.kind == "entry",
        )
        .distinct()
    )
    return frozenset(map(str, found))
