"""Reading what a clinic's readings contribute to its statistics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, Text, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from server.persistence.tables import CohortRow, Delivery, Episode, Reminder


class Contents(NamedTuple):
    """What rows hold: the facets of each as they are written, and the numbers of all, row after row."""

    facets: list[bytes]
    numbers: NDArray[np.float64]


Page = tuple[Sequence[UUID], Contents]


def row(session: Session, clinic_id: UUID, episode_id: UUID) -> CohortRow | None:
    """What one episode contributes."""
    return session.get(CohortRow, (clinic_id, episode_id))


def rows(session: Session, clinic_id: UUID, most: int) -> Iterator[Page]:
    """The episodes of a clinic's rows and what they hold, at most `most` at a time."""
    found = session.execute(
        select(CohortRow.episode_id, type_coerce(CohortRow.content, Text)).where(
            CohortRow.clinic_id == clinic_id
        ),
        execution_options={"yield_per": most},
    )
    for part in found.partitions():
        ids, texts = zip(*part, strict=True)
        yield ids, contents(texts)


_parts = msgspec.json.Decoder(list[tuple[msgspec.Raw, msgspec.Raw]])


def contents(texts: Sequence[str]) -> Contents:
    """What rows hold, read in one go: facets stay text, of which few differ, and the numbers are one list."""
    parts = _parts.decode(f"[{','.join(texts)}]")
    numbers = b",".join([bytes(numbers)[1:-1] for _, numbers in parts])
    table = np.array(msgspec.json.decode(b"[" + numbers + b"]"), np.float64)
    return Contents([bytes(facets) for facets, _ in parts], table)


def answered_by_channel(session: Session, clinic_id: UUID, now: datetime) -> Sequence[Row[Any]]:
    """By episode and channel: reminders that are over, those seen on the phone, those whose check-in came.

    A reminder belongs to the last channel it was sent by: the one the patient heard before answering.
    """
    last = func.row_number().over(partition_by=Delivery.reminder_id, order_by=Delivery.sent_at.desc())
    sent = (
        select(Delivery.reminder_id, Delivery.channel, last.label("place"))
        .where(Delivery.clinic_id == clinic_id, Delivery.sent_at.is_not(None))
        .subquery()
    )
    over = or_(Reminder.state == "answered", Reminder.expires_at <= now)
    return session.execute(
        select(
            Reminder.episode_id,
            sent.c.channel,
            func.count().label("sent"),
            func.count(Reminder.shown_at).label("seen"),
            func.count().filter(Reminder.state == "answered").label("answered"),
        )
        .join(sent, and_(sent.c.reminder_id == Reminder.id, sent.c.place == 1))
        .where(Reminder.clinic_id == clinic_id, over)
        .group_by(Reminder.episode_id, sent.c.channel)
    ).all()


def newest(session: Session, clinic_id: UUID) -> datetime | None:
    """When the newest reading of a clinic was made."""
    return session.scalar(select(func.max(CohortRow.read_at)).where(CohortRow.clinic_id == clinic_id))


def episodes_of_clinic(session: Session, clinic_id: UUID) -> int:
    """How many injections were performed, with or without a reading."""
    performed = Episode.status.in_(("performed", "closed"))
    return session.scalar(select(func.count()).where(Episode.clinic_id == clinic_id, performed)) or 0
