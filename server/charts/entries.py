"""Every entry as a mark of its own: filled live, half-filled late, hollow when filled in afterwards."""

from __future__ import annotations

from server.charts.course import ChartPoint
from server.charts.element import Element, el, number
from server.charts.panels import Panel
from server.charts.pen import Pen
from server.charts.placer import Box, Obstacle
from server.charts.wording import spoken

_STROKE = 1.5
_INK = "ink"
_HIT = 7.0
"""Width of the invisible rim that makes a small dot easier to touch."""


def radius(panel: Panel, point: ChartPoint, *, crowded: bool) -> float:
    """Radius of a mark in pixels; scores of the moment outside the first hours are smaller."""
    size = {"hours": 4.2, "days": 3.8, "months": 2.3 if crowded else 3.2}[panel.key]
    return size * 0.72 if point.scale == "now" and panel.key != "hours" and point.grade != "before" else size


def reachable(mark: Element, label: str, entry_id: str) -> Element:
    """The same mark, made focusable, named, and tied to its entry."""
    mark.attributes.update({"tabindex": "0", "role": "img", "aria-label": label, "data-entry": entry_id})
    return mark


def draw_entry(point: ChartPoint, panel: Panel, size: float, lane: float, pen: Pen) -> Element:
    """One entry at its place; a skipped one stands in the lane below the axis."""
    x = panel.x(point.at)
    y = lane if point.pain is None else panel.y(point.pain)
    mark = draw_mark(point, x, y, size, pen)
    if point.edited:
        mark = el("g", mark, draw_tick(x, y, size))
    return reachable(mark, spoken(point), point.entry_id)


def draw_mark(point: ChartPoint, x: float, y: float, size: float, pen: Pen) -> Element:
    """The shape that says how an entry came in; ink, fill and rim are those of its group."""
    if point.pain is None or point.scale == "worst_24h":
        cross, width = ("m-4 -3l8 6m0 -6l-8 6", 1.2) if point.pain is None else ("m-4 0h8", 2.0)
        return pen.lines("muted", el("path", d=f"M{number(x)} {number(y)}{cross}", stroke_width=width))
    if point.grade == "clock_suspect":
        box = el("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, **pen.paper())
        return pen.group("muted", box, stroke="currentColor", stroke_width=_STROKE)
    if point.grade == "before":
        return pen.group("muted", el("circle", cx=x, cy=y, r=size * 0.8), fill="currentColor")
    if point.grade == "back_filled":
        return el("circle", cx=x, cy=y, r=size, **pen.paper(), stroke="currentColor", stroke_width=_STROKE)
    if point.grade == "late":
        ring, half = el("circle", cx=x, cy=y, r=size, **pen.paper()), el("path", d=half_circle(x, y, size))
        return el("g", ring, half, stroke="currentColor", stroke_width=_STROKE * 0.8)
    return el("circle", cx=x, cy=y, r=size)


def draw_tick(x: float, y: float, size: float) -> Element:
    """The small tick beside an edited entry."""
    path = f"M{number(x - 2.2)} {number(y - size - 4.5)}l1.6 2l3.2 -4.6"
    return el("path", d=path, fill="none", stroke="currentColor", stroke_width=1.3)


def obstacle(point: ChartPoint, panel: Panel, size: float) -> Obstacle | None:
    """The place a label should leave free for this entry."""
    if point.pain is None:
        return None
    x, y, room = panel.x(point.at), panel.y(point.pain), size + 1.5
    return Obstacle(Box(x - room, y - room, x + room, y + room), 1.0 if size > 3 else 0.4)


def marks_group(marks: list[Element], pen: Pen, *, token: str = _INK, faint: bool = False) -> Element:
    """The entries of a panel in order of time, with a rim that takes the pointer.

    `faint` ones step back behind the line of their medians.
    """
    group = pen.group(token, *marks, fill="currentColor", stroke="transparent", stroke_width=_HIT)
    if faint:
        group.attributes["fill-opacity"] = "0.55"
    return group


def half_circle(x: float, y: float, size: float) -> str:
    """Path of the left half of a circle."""
    return f"M{number(x)} {number(y - size)}a{number(size)} {number(size)} 0 0 0 0 {number(2 * size)}z"
