"""Blocks drawn with the few values a comparison looks at."""

from datetime import date

from server.domain.blocks import Block, Root
from server.domain.diary import Anaesthetic
from server.domain.lengths import Span

L5_LEFT = Root("lumbar", "L5", "left")
S1_LEFT = Root("sacral", "S1", "left")


def block(
    name: str = "one",
    on: str = "2026-03-02",
    *,
    root: Root | None = L5_LEFT,
    drug: str = "lidocaine",
    adrenaline: bool | None = None,
    verdict: str = "positive",
    run: tuple[float, float | None] | None = (90, 120),
    concordance: str = "concordant",
    steroid: str = "responded",
    relief: Span | None = None,
    grade: str = "B",
    notes: frozenset[str] = frozenset(),
) -> Block:
    """One block; hours of relief in minutes."""
    day = date.fromisoformat(on)
    return Block(
        episode_id=name,
        performed_at=day.toordinal(),
        on=day,
        region=root.region if root else None,
        root=root,
        anaesthetics=(Anaesthetic(drug, 2.0, 0.7, adrenaline),),
        volume_ml=0.7,
        verdict=verdict,
        confirmed_relief_percent=None,
        concordance=concordance,
        prolonged_minutes=960 if drug == "bupivacaine" else 360,
        run=run,
        steroid=steroid,
        headline="L50" if relief else None,
        headline_span=relief,
        relief=relief,
        grade=grade,
        notes=notes,
    )
