"""Places labels beside their marks so that no two labels touch: greedy, deterministic, by priority."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

from server.charts.lettering import text_width

_MARGIN = 2.0
_DISTANCES = (7.0, 14.0, 24.0, 38.0, 56.0, 78.0)
_LEADER_FROM = 18.0
_DISTANCE_COST = 0.9
_LOWERED_COST = 0.15
_CROSSING_COST = 60.0


class Box(NamedTuple):
    """A rectangle in pixels, y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box, margin: float = 0.0) -> bool:
        """Whether the two rectangles, kept `margin` apart, share any area."""
        return (
            self.left < other.right + margin
            and other.left < self.right + margin
            and self.top < other.bottom + margin
            and other.top < self.bottom + margin
        )

    def within(self, outer: Box) -> bool:
        """Whether the rectangle lies inside the other."""
        return (
            self.left >= outer.left
            and self.top >= outer.top
            and self.right <= outer.right
            and self.bottom <= outer.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A text wanted beside a point, or beside the upright line from there down to `y_end`.

    `token` is its colour; labels placed first win. It stands on none of the boxes it `keeps_off`, for
    which it may be said in `short`, unless there is no other place at all.
    """

    text: str
    x: float
    y: float
    token: str
    size: float = 12.0
    bold: bool = False
    y_end: float | None = None
    keeps_off: tuple[Box, ...] = ()
    short: str = ""

    @property
    def width(self) -> float:
        """Width of the text in pixels."""
        return text_width(self.text, self.size, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its box; `leader` asks for a thin line back to its mark."""

    label: Label
    box: Box
    leader: bool


class Obstacle(NamedTuple):
    """Something a label should rather not cover, with a cost per covered square pixel."""

    box: Box
    cost: float


def place(
    labels: Sequence[Label], obstacles: Sequence[Obstacle], bounds: Box, taken: Sequence[Box] = ()
) -> list[Placed]:
    """Boxes for the labels inside `bounds`, none touching another or a `taken` box.

    A label for which no free place exists is left out: an unreadable pile says less than the summary text.
    """
    placed: list[Placed] = []
    for label in labels:
        blocked = [*taken, *(other.box for other in placed)]
        for said, avoided in _ways(label):
            if box := _best(said, obstacles, bounds, [*blocked, *avoided]):
                placed.append(Placed(said, box, _distance(said, box) > _LEADER_FROM))
                break
    return placed


def _ways(label: Label) -> Iterator[tuple[Label, tuple[Box, ...]]]:
    """The label with what it avoids, the better ways to place it first."""
    yield label, label.keeps_off
    if label.keeps_off and label.short:
        yield replace(label, text=label.short), label.keeps_off
    if label.keeps_off:
        yield label, ()


def _best(label: Label, obstacles: Sequence[Obstacle], bounds: Box, blocked: Sequence[Box]) -> Box | None:
    """The cheapest free box; candidates are tried nearest first, so most are never compared with the data."""
    nearest = sorted(
        [(_distance_cost(label, box), order, box) for order, box in enumerate(_candidates(label, bounds))]
    )
    best, least = None, inf
    for base, _, box in nearest:
        if base >= least:
            break
        if not box.within(bounds) or any(box.overlaps(other, _MARGIN) for other in blocked):
            continue
        cost = base + _covering(box, obstacles, least - base)
        if cost < least:
            best, least = box, cost
    return best


def _covering(box: Box, obstacles: Sequence[Obstacle], most: float) -> float:
    """What it costs to stand there, counted no further than `most`.

    Written out, because it is asked of every place and every mark.
    """
    left, top, right, bottom = box
    cost = 0.0
    for (other_left, other_top, other_right, other_bottom), weight in obstacles:
        if left < other_right and other_left < right and top < other_bottom and other_top < bottom:
            across = min(right, other_right) - max(left, other_left)
            cost += weight * (across * (min(bottom, other_bottom) - max(top, other_top)))
            if cost > most:
                break
    return cost


def _candidates(label: Label, bounds: Box) -> Iterator[Box]:
    width, height = label.width, label.size * 1.2
    yield from _around(label, width, height) if label.y_end is None else _alongside(label, width, height)
    yield from _anywhere(bounds, width, height)


def _around(label: Label, width: float, height: float) -> Iterator[Box]:
    for away in _DISTANCES:
        for left in (label.x + away, label.x - away - width, label.x - width / 2):
            for top in (label.y - away - height, label.y + away, label.y - height / 2):
                if left != label.x - width / 2 or top != label.y - height / 2:
                    yield Box(left, top, left + width, top + height)


def _anywhere(bounds: Box, width: float, height: float) -> Iterator[Box]:
    top = bounds.top
    while top + height <= bounds.bottom:
        for left in (bounds.left, (bounds.left + bounds.right - width) / 2, bounds.right - width):
            yield Box(left, top, left + width, top + height)
        top += height / 2


def _alongside(label: Label, width: float, height: float) -> Iterator[Box]:
    top, end = label.y, label.y_end or label.y
    while top <= end:
        for left in (label.x + _DISTANCES[0], label.x - _DISTANCES[0] - width):
            yield Box(left, top, left + width, top + height)
        top += height / 2


def _distance_cost(label: Label, box: Box) -> float:
    return _DISTANCE_COST * _distance(label, box) + _upright_cost(label, box)


def _upright_cost(label: Label, box: Box) -> float:
    """Beside its own line and near the top is best."""
    if label.y_end is None:
        return 0.0
    across = _CROSSING_COST if box.left < label.x < box.right else 0.0
    return across + _LOWERED_COST * abs(box.top - label.y)


def _distance(label: Label, box: Box) -> float:
    left, top, right, bottom = box
    x, y = label.x, label.y
    end = y if label.y_end is None else label.y_end
    across = left - x if left > x else x - right if x > right else 0.0
    down = top - end if top > end else y - bottom if y > bottom else 0.0
    return float((across**2 + down**2) ** 0.5)
