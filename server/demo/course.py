"""The pain an invented patient really has over time, before any diary: block, flare, lasting relief, loss."""

from __future__ import annotations

import math
from dataclasses import dataclass

ONSET_HOURS = 0.12
"""Time constant with which the anaesthetic sets in: most of it is there after a quarter of an hour."""
NUMB_FROM = 0.3


@dataclass(frozen=True, slots=True)
class Course:
    """One patient's course. Reliefs are shares of the baseline, 0-1; `loss_day` None means it lasts."""

    baseline: float
    block_relief: float
    wear_off_hours: float
    flare_points: float = 0.0
    flare_ends_day: float = 0.0
    lasting_relief: float = 0.0
    onset_day: float = 0.0
    onset_width: float = 0.5
    loss_day: float | None = None
    left_after_loss: float = 0.1

    def pain(self, hours: float) -> float:
        """The index pain `hours` after T0, 0-10, unrounded."""
        if hours < 0:
            return self.baseline
        lasting = self._lasting(hours / 24)
        level = self.baseline * (1 - max(self.block_relief * self.numbness(hours), lasting))
        return min(10.0, level + self._flare(hours) * (1 - lasting))

    def average(self, hours: float) -> float:
        """The mean pain of the 24 hours up to `hours` after T0."""
        moments = [hours - back for back in range(1, 24, 2)]
        return sum(self.pain(moment) for moment in moments) / len(moments)

    def numbness(self, hours: float) -> float:
        """How much of the anaesthetic's effect on the root is present, 0-1."""
        if hours < 0:
            return 0.0
        return (1 - math.exp(-hours / ONSET_HOURS)) * (1 - _step(hours, self.wear_off_hours, 0.3))

    def is_numb(self, hours: float) -> bool:
        """Whether the limb feels numb."""
        return self.numbness(hours) > NUMB_FROM

    def _lasting(self, day: float) -> float:
        begun = _step(day, self.onset_day, self.onset_width)
        if self.loss_day is None:
            return self.lasting_relief * begun
        lost = _step(day, self.loss_day, 1.5)
        return self.lasting_relief * begun * (1 - lost) + self.left_after_loss * begun * lost

    def _flare(self, hours: float) -> float:
        risen = _step(hours, self.wear_off_hours + 4, 1.5)
        return self.flare_points * risen * (1 - _step(hours / 24, self.flare_ends_day, 0.25))


def _step(x: float, middle: float, width: float) -> float:
    """A smooth step from 0 to 1 around `middle`."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, (x - middle) / width))))
