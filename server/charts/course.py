"""What the chart draws: one course as frozen values, times in days since T0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Scale = Literal["now", "average_24h", "worst_24h"]
Grade = Literal["on_time", "late", "back_filled", "extra", "skipped", "clock_suspect", "before"]


@dataclass(frozen=True, slots=True)
class SideEffect:
    """One symptom of an entry, by the codes of the diary."""

    code: str
    severity: str


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One entry: `at` in days since T0 (an average stands 12 h before it was taken), `day` its local day."""

    entry_id: str
    at: float
    day: int
    scale: Scale
    pain: int | None
    grade: Grade
    edited: bool = False
    side_effects: tuple[SideEffect, ...] = ()
    rescue: tuple[str, ...] = ()
    skipped: str | None = None
    unread: bool = False
    """Described after the event that ends the reading: shown, not read."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A point in time with its interval, days since T0; `level` is the percent relief it crosses."""

    estimate: float
    low: float
    high: float
    level: int = 50


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days since T0; `end` None where it was not seen."""

    start: float
    end: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """What ends the course from outside, at days since T0; `day` its local day."""

    at: float
    day: int
    kind: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The reading's findings placed in time (days since T0)."""

    verdict: str
    steroid: str
    flare_status: str
    shape: str
    confidence: str
    flare: Span | None = None
    flare_rise: float | None = None
    numb: Span | None = None
    numb_high: float | None = None
    onset: Estimate | None = None
    loss: Estimate | None = None
    relief_until: float | None = None
    relief_day: int | None = None
    hidden_by_gap: bool = False
    ended_by: str | None = None
    second: Span | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One episode ready to be drawn.

    Times are days since T0, `as_of_day` is a local day, `window_hours` the diagnostic window.
    """

    episode_id: str
    title: str
    details: tuple[str, ...]
    window_hours: float
    drug: str
    baseline: float
    baseline_days: float | None
    as_of: float
    as_of_day: int
    points: tuple[ChartPoint, ...]
    marks: Marks
    headlines: Mapping[str, str]
    counts: str
    events: tuple[Event, ...] = ()

    @property
    def ending(self) -> Event | None:
        """The event that ends the reading: the first after the injection."""
        return next((event for event in self.events if event.at > 0), None)

    @property
    def read_to(self) -> float:
        """Days since T0 up to which the diary is read: to the event that ends it, else to the reading."""
        return self.as_of if self.ending is None else min(self.as_of, self.ending.at)

    @property
    def reference(self) -> float:
        """The baseline that everything after the anaesthetic phase is read against."""
        return self.baseline if self.baseline_days is None else self.baseline_days


Json = Mapping[str, Any]
