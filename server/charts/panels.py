"""The three panels: which stretch of time each shows, and how days and pain become pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from server.charts.course import ChartPoint, Course
from server.charts.placer import Box

Key = Literal["hours", "days", "months"]
Layout = Literal["wide", "narrow", "paper"]

DAYS_END = 14.0
"""Where the days panel ends and the months panel starts, days since T0."""
_HOUR_STEPS = (8, 8.5, 9, 9.5, 10, 12, 16, 20, 24)
_LAST_HOUR_SLOT = 9.25
"""Until here, in hours, a score still belongs to the check-in of 8 h (late by 60 min at most)."""
_WEEKS_UP_TO = 84.0
_MONTH = 30.4375
_TOP_PAIN = 10.0

CAPTIONS = {"hours": "FIRST HOURS", "days": "FIRST TWO WEEKS", "months": "WEEKS TO MONTHS"}
SPOKEN = {"hours": "First hours", "days": "First two weeks", "months": "Weeks to months"}


@dataclass(frozen=True, slots=True)
class Geometry:
    """Sizes of one layout in pixels."""

    width: float
    left: float
    right: float
    gap: float
    stub: float
    per_pain: float
    stacked: bool
    shares: tuple[float, float, float]


WIDE = Geometry(980, 40, 98, 28, 118, 25, stacked=False, shares=(1.0, 1.12, 1.36))
NARROW = Geometry(360, 30, 60, 0, 0, 19, stacked=True, shares=(1.0, 1.0, 1.0))
PAPER = Geometry(800, 34, 94, 22, 104, 19.5, stacked=False, shares=(1.0, 1.12, 1.36))
"""As wide, with larger letters once it is set on a page of paper."""
GEOMETRY: dict[str, Geometry] = {"wide": WIDE, "narrow": NARROW, "paper": PAPER}


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: `start`-`end` in days since T0 on `left`-`right` pixels, pain 10 at `top`, 0 at `bottom`.

    `first` is where its own data begins (the days panel leaves the first hours to their panel), `lead` the
    width kept before T0 for entries described before the injection.
    """

    key: Key
    start: float
    end: float
    left: float
    right: float
    top: float = 0.0
    bottom: float = 0.0
    first: float = 0.0
    lead: float = 0.0
    lead_days: float = 0.0
    reached: bool = True

    def x(self, at: float) -> float:
        """Pixel of a time, kept inside the panel; times before T0 use the lead-in of the hours panel."""
        zero = self.left + self.lead
        if self.lead and at < 0:
            share = min(-at / self.lead_days, 1.0) if self.lead_days else 0.0
            return zero - 8 - share * (self.lead - 16)
        share = (at - self.start) / (self.end - self.start)
        inside = 0.0 if share < 0 else 1.0 if share > 1 else share
        return zero + inside * (self.right - zero)

    def y(self, pain: float) -> float:
        """Pixel of a pain score from 0 (bottom) to 10 (top)."""
        return self.bottom - (self.bottom - self.top) * pain / _TOP_PAIN

    def clip(self, start: float, end: float) -> tuple[float, float] | None:
        """Pixels of a stretch of time as far as this panel shows it; None when it does not."""
        begin, finish = max(start, self.first), min(end, self.end)
        return (self.x(begin), self.x(finish)) if finish > begin else None

    def shows(self, at: float) -> bool:
        """Whether a point in time lies in this panel's own stretch."""
        return self.first < at <= self.end or (self.key == "hours" and at <= self.end)

    @property
    def box(self) -> Box:
        """The plot area."""
        return Box(self.left, self.top, self.right, self.bottom)

    def placed(self, top: float, height: float) -> Panel:
        """The same panel with its plot at `top`."""
        return replace(self, top=top, bottom=top + height)

    def owns(self, point: ChartPoint) -> bool:
        """Whether an entry is drawn here: averages never stand among the first hours."""
        if point.grade == "before":
            return self.key == "hours"
        if point.scale != "now":
            return self.key == ("days" if point.at <= DAYS_END else "months")
        return self.shows(point.at)


def panels(course: Course, geometry: Geometry) -> list[Panel]:
    """The panels from left to right, without vertical places; stacked, only those that time has reached."""
    hours_end = hours_shown(course) / 24
    lead_days = max((-point.at for point in course.points if point.grade == "before"), default=0.0)
    reached = (True, _days_reached(course, hours_end), _months_reached(course))
    lefts = _widths(geometry, reached)
    spans = ((0.0, hours_end, 0.0), (0.0, DAYS_END, hours_end), (DAYS_END, months_end(course), DAYS_END))
    keys: tuple[Key, Key, Key] = ("hours", "days", "months")
    lead = 56.0 if lead_days else 0.0
    made = [
        Panel(key, start, end, left, right, first=first, reached=is_here)
        for key, (start, end, first), (left, right), is_here in zip(keys, spans, lefts, reached, strict=True)
    ]
    made[0] = replace(made[0], lead=lead, lead_days=lead_days)
    return [panel for panel in made if panel.reached or not geometry.stacked]


def hours_shown(course: Course) -> float:
    """Length of the hours panel in hours: 8, or 24 at most where late scores or relief reach beyond."""
    later = [24 * point.at for point in course.points if point.scale == "now" and 8 / 24 < point.at <= 1]
    numb = course.marks.numb
    needed = [course.window_hours]
    if len(later) > 1:
        needed.append(max(later))
    needed += [hour for hour in later if hour <= _LAST_HOUR_SLOT]
    if numb and numb.end and later:
        needed.append(24 * numb.end)
    return next((step for step in _HOUR_STEPS if step >= max(needed)), _HOUR_STEPS[-1])


def months_end(course: Course) -> float:
    """Right end of the months panel in days: whole weeks at first, half months beyond twelve weeks."""
    marks = course.marks
    ends = [course.as_of, *(point.at for point in course.points), marks.relief_until or 0.0]
    ends += [estimate.high for estimate in (marks.onset, marks.loss) if estimate]
    last = max(ends)
    if last <= _WEEKS_UP_TO:
        return max(42.0, 7 * ceil(last / 7))
    return ceil(2 * last / _MONTH) / 2 * _MONTH


def ticks(panel: Panel) -> list[tuple[float, str]]:
    """Where the time axis carries a label, in days since T0, and the label; the first names the unit."""
    if panel.key == "hours":
        hours = panel.end * 24
        step = next(n for n in (1, 2, 4, 8) if n * (panel.right - panel.left) / hours >= 38)
        return [(0.0, "T0")] + [(hour / 24, f"{hour} h") for hour in range(step, int(hours + 0.01) + 1, step)]
    if panel.key == "days":
        room = (panel.right - panel.left) / DAYS_END
        shown = range(1, 15) if room >= 26 else (1, 3, 5, 7, 10, 14)
        return [(float(day), f"day {day}" if day == 1 else str(day)) for day in shown]
    unit, size = ("week", 7.0) if panel.end <= _WEEKS_UP_TO else ("month", _MONTH)
    first, last = int(panel.start // size) + 1, int(panel.end // size)
    room = (panel.right - panel.left) / max(last - first + 1, 1)
    step = next(n for n in (1, 2, 3, 4, 6, 12, 24) if n * room >= 24 or n == 24)
    numbers = range(first, last + 1, step)
    return [(number * size, f"{unit} {number}" if number == first else str(number)) for number in numbers]


def _days_reached(course: Course, hours_end: float) -> bool:
    return course.as_of > hours_end or any(point.at > hours_end for point in course.points)


def _months_reached(course: Course) -> bool:
    return course.as_of > DAYS_END or any(point.at > DAYS_END for point in course.points)


def _widths(geometry: Geometry, reached: tuple[bool, bool, bool]) -> list[tuple[float, float]]:
    """Left and right edges: panels side by side share the width, those not reached shrink to a stub."""
    if geometry.stacked:
        return [(geometry.left, geometry.width - geometry.right)] * 3
    stubs = geometry.stub * reached.count(False)
    room = geometry.width - geometry.left - geometry.right - 2 * geometry.gap - stubs
    total = sum(share for share, is_reached in zip(geometry.shares, reached, strict=True) if is_reached)
    edges, cursor = [], geometry.left
    for share, is_reached in zip(geometry.shares, reached, strict=True):
        width = room * share / total if is_reached else geometry.stub
        edges.append((cursor, cursor + width))
        cursor += width + geometry.gap
    return edges
