"""The phases above each plot: labelled bars in rows, so that phase names never meet the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

from server.charts.course import Course, Span
from server.charts.element import Element, el
from server.charts.headlines import numb_label, raised
from server.charts.lettering import shorten, text_width
from server.charts.palette import TINT
from server.charts.panels import Panel
from server.charts.pen import Pen
from server.charts.placer import Box
from server.charts.words import figure

ROW = 25.0
_SIZE = 11.5
_BAR = 4.0
_GAP = 10.0
_FLARE_SEEN_TO = 13.0
"""A flare whose end was not seen is drawn through day 12, the last day its rule looks at."""
_EVERYWHERE = frozenset({"hours", "days", "months"})
_CONTINUED = {"flare": "flare", "relief": "relief", "again": "relief again"}


@dataclass(frozen=True, slots=True)
class Phase:
    """A named stretch of the course; `certain` ends the solid part of its bar, days since T0."""

    name: str
    token: str
    start: float
    end: float
    label: str
    certain: float = inf
    open_end: bool = False
    tinted: bool = True
    panels: frozenset[str] = frozenset({"days", "months"})


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One bar of a phase in one panel, in pixels; `row` counts from the plot upwards."""

    phase: Phase
    left: float
    right: float
    label: str
    text_left: float
    row: int
    ends_here: bool

    @property
    def reach(self) -> tuple[float, float]:
        """Leftmost and rightmost pixel of the bar and its text."""
        width = text_width(self.label, _SIZE, bold=True)
        return (
            min(self.left, self.text_left) if self.label else self.left,
            max(self.right, self.text_left + width) if self.label else self.right,
        )


def phases(course: Course) -> Iterator[Phase]:
    """Every phase the reading found, in order of drawing."""
    marks, window = course.marks, course.window_hours
    hours = frozenset({"hours"})
    yield Phase(
        "window", "anaesthetic", 0, window / 24, f"diagnostic window {figure(window)} h", panels=hours
    )
    if (numb := marks.numb) and numb.end is not None:
        high = marks.numb_high
        label = numb_label(numb.end * 1440, None if high is None else high * 1440)
        end = numb.end if high is None else high
        is_open = high is None
        bar = Phase("numb", "anaesthetic", numb.start, end, label, numb.end, is_open, panels=hours)
        yield replace(bar, tinted=False)
    if marks.flare:
        rise = raised(marks.flare_rise)
        name = "lasting worsening" if marks.flare_status == "persistent_worsening" else "flare"
        seen_to = min(course.read_to, _FLARE_SEEN_TO)
        worst = replace(marks.flare, end=marks.flare.end or max(seen_to, marks.flare.start))
        bar = _spanned("flare", worst, course, f"{name}{rise}", "flare")
        yield replace(bar, open_end=marks.flare.end is None, panels=_EVERYWHERE)
    if onset := marks.onset:
        held = Span(onset.estimate, marks.loss.estimate if marks.loss else marks.relief_until)
        bar = _spanned("relief", held, course, f"relief of {onset.level} % or more", "relief")
        yield replace(bar, open_end=marks.loss is None)
    if marks.second:
        yield _spanned("again", marks.second, course, "relief again", "relief")


def ribbons(course: Course, panel: Panel) -> list[Ribbon]:
    """The bars of one panel, each in the lowest row in which it touches no other."""
    laid: list[Ribbon] = []
    for phase in phases(course):
        piece = panel.clip(phase.start, phase.end) if phase.panels & {panel.key} and panel.reached else None
        if piece:
            laid.append(_lay(phase, panel, piece, laid))
    return laid


def hatched(items: list[Ribbon], panel: Panel) -> tuple[Box, ...]:
    """The parts of a plot that are hatched: hard to read a name on."""
    return tuple(
        Box(item.left, panel.top, item.right, panel.bottom) for item in items if item.phase.name == "flare"
    )


def draw_ribbons(items: list[Ribbon], panel: Panel, pen: Pen) -> list[Element]:
    """Tinted bands behind the plot and labelled bars above it."""
    drawn = [_band(item, panel, pen) for item in items if item.phase.tinted]
    for item in items:
        drawn.append(_bar(item, panel, pen))
        if item.label:
            top = _row_top(item, panel)
            token = item.phase.token
            drawn.append(pen.text(item.label, item.text_left, top + 13, token, size=_SIZE, bold=True))
    return drawn


def _spanned(name: str, span: Span, course: Course, label: str, token: str) -> Phase:
    end = max(course.read_to, span.start) if span.end is None else span.end
    return Phase(name, token, span.start, end, label, open_end=span.end is None)


def _label_here(phase: Phase, panel: Panel) -> str:
    """A phase that runs on into later panels is named in full where it starts, shortly where it goes on."""
    return phase.label if phase.start >= panel.first or panel.key == "hours" else _CONTINUED[phase.name]


def _lay(phase: Phase, panel: Panel, piece: tuple[float, float], laid: list[Ribbon]) -> Ribbon:
    left, right = piece
    label = shorten(_label_here(phase, panel), panel.right - panel.left, _SIZE, bold=True)
    text_left = min(left, panel.right - text_width(label, _SIZE, bold=True))
    row, ends = 0, phase.end <= panel.end
    while True:
        ribbon = Ribbon(phase, left, right, label, text_left, row, ends)
        if not any(other.row == row and _touch(ribbon, other) for other in laid):
            return ribbon
        row += 1


def _touch(one: Ribbon, other: Ribbon) -> bool:
    (a, b), (c, d) = one.reach, other.reach
    return a < d + _GAP and c < b + _GAP


def _row_top(item: Ribbon, panel: Panel) -> float:
    return panel.top - 4 - ROW * (item.row + 1)


def _band(item: Ribbon, panel: Panel, pen: Pen) -> Element:
    top, width, height = panel.top, item.right - item.left, panel.bottom - panel.top
    size = {"x": item.left, "y": top, "width": width, "height": height}
    band = pen.group(item.phase.token, el("rect", **size, fill="currentColor", fill_opacity=str(TINT)))
    if item.phase.name == "flare":
        band.add(el("rect", **size, fill=f"url(#{pen.prefix}-hatch)"))
    return band


def _bar(item: Ribbon, panel: Panel, pen: Pen) -> Element:
    top = _row_top(item, panel) + 17
    solid = item.right if item.phase.certain >= panel.end else min(panel.x(item.phase.certain), item.right)
    group = pen.group(item.phase.token, fill="currentColor")
    group.add(el("rect", x=item.left, y=top, width=max(solid - item.left, 1), height=_BAR))
    if item.right > solid:
        group.add(el("rect", x=solid, y=top, width=item.right - solid, height=_BAR, fill_opacity="0.35"))
    if item.phase.open_end and item.ends_here:
        tip = f"M{item.right:.1f} {top - 2:.1f}l6 4l-6 4z"
        group.add(el("path", d=tip))
    return group
