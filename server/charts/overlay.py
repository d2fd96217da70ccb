"""Several blocks of one patient in one picture, each from its own T0, told apart by dash and mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil
from typing import Final, NamedTuple

from server.charts import frame, lines
from server.charts.course import Course
from server.charts.element import Element, el, number, serialise
from server.charts.joining import readable
from server.charts.lettering import FONT_FAMILY, wrap
from server.charts.palette import Theme
from server.charts.panels import GEOMETRY, Layout, Panel, panels
from server.charts.pen import Pen, pen

_ROW: Final = 18.0
_LINE: Final = 15.0
_TOP: Final = 8.0
_HEAD: Final = 34.0
"""Room above a panel for its caption."""
_SVG: Final = "http://www.w3.org/2000/svg"


class Style(NamedTuple):
    """How one block is drawn."""

    token: str
    dashes: str | None
    mark: str


STYLES: Final = (
    Style("ink", None, "dot"),
    Style("anaesthetic", "7 3", "square"),
    Style("flare", "2 3", "triangle"),
    Style("relief", "9 3 2 3", "diamond"),
    Style("loss", "4 2", "ring"),
    Style("muted", "1 4", "cross"),
)
"""Enough for a year of sessions; a patient with more blocks sees the newest of them."""


def draw_overlay(
    blocks: Sequence[tuple[str, Course]], *, theme: Theme = "light", layout: Layout = "paper"
) -> str:
    """The scores of all blocks over the time since each one's injection, as one standalone SVG document.

    `blocks` are names and courses in the order of their numbers, at most as many as there are `STYLES`.
    """
    geometry, tool = GEOMETRY[layout], pen(theme, "overlay")
    together = _together([course for _, course in blocks])
    legend, below = _legend(blocks, geometry.left, geometry.width - 16, tool)
    top, height = below + _HEAD, 10 * geometry.per_pain
    step = height + frame.TICK_ROW + _HEAD if geometry.stacked else 0.0
    found = panels(together, geometry)
    placed = [panel.placed(top + place * step, height) for place, panel in enumerate(found)]
    drawn = [
        part
        for panel in placed
        for part in _panel(panel, together, tool, scores=geometry.stacked or panel is placed[0])
    ]
    for place, (_, course) in enumerate(blocks):
        drawn += [_course(panel, course, STYLES[place], tool) for panel in placed if panel.reached]
    if not geometry.stacked:
        drawn += [frame.draw_break(one, two, tool) for one, two in pairwise(placed)]
    tall = ceil(placed[-1].bottom + frame.TICK_ROW + 6)
    root = el("svg", xmlns=_SVG, viewBox=f"0 0 {number(geometry.width)} {tall}", width=geometry.width)
    root.attributes |= {"height": str(tall), "role": "img", "font-family": FONT_FAMILY, "class": "ab-chart"}
    root.attributes |= {"aria-labelledby": "overlay-title"}
    paper = el("rect", width=geometry.width, height=tall, **tool.paper())
    return serialise(root.add(el("title", described(blocks), id="overlay-title"), paper, *legend, *drawn))


def described(blocks: Sequence[tuple[str, Course]]) -> str:
    """The picture in words."""
    told = (
        f"{place}: {name}, baseline {course.baseline:g} of 10, {course.headlines['hours']}; "
        f"{course.headlines['days']}; {course.headlines['months']}"
        for place, (name, course) in enumerate(blocks, 1)
    )
    return f"Pain after {len(blocks)} blocks, each from its own injection. {'. '.join(told)}."


def _together(courses: Sequence[Course]) -> Course:
    """A course as long as the longest, with everybody's scores, for the axes that all share."""
    longest = max(courses, key=lambda course: course.as_of)
    points = tuple(
        point for course in courses for point in course.points if point.at >= 0 and point.grade != "before"
    )
    return replace(longest, points=points)


def _legend(
    blocks: Sequence[tuple[str, Course]], left: float, right: float, tool: Pen
) -> tuple[list[Element], float]:
    """A sample and the name of each block, in as many lines as it needs; and where the legend ends."""
    drawn, top = [], _TOP
    for place, (name, _) in enumerate(blocks):
        style, y = STYLES[place], top + 9
        sample = el(
            "path", d=f"M{number(left)} {number(y)}h34", stroke_width=1.6, stroke_dasharray=style.dashes
        )
        drawn += [tool.lines(style.token, sample), _mark(style, left + 17, y, tool)]
        told = wrap(f"{place + 1}  {name}", right - left - 44, 12.5)
        drawn += [
            tool.text(text, left + 44, y + 4 + _LINE * line, size=12.5) for line, text in enumerate(told)
        ]
        top += _ROW + _LINE * (len(told) - 1)
    return drawn, top


def _panel(panel: Panel, together: Course, tool: Pen, *, scores: bool) -> list[Element]:
    caption = "" if panel.reached else "not reached yet"
    return [
        frame.draw_grid(panel, together, tool),
        frame.draw_axes(panel, tool, scores=scores),
        frame.draw_heading(panel, (caption,) if caption else (), panel.top - 20, tool),
    ]


def _course(panel: Panel, course: Course, style: Style, tool: Pen) -> Element:
    """The lines and marks of one block in one panel."""
    segments, runs = lines.find_lines(panel, course)
    path = "".join(
        f"M{_spot(panel, one.at, one.pain)}L{_spot(panel, two.at, two.pain)}" for one, two in segments
    )
    path += "".join("M" + "L".join(_spot(panel, at, pain) for at, pain in run) for run in runs)
    group = el("g")
    if path:
        stroke = el("path", d=path, stroke_width=1.5, stroke_dasharray=style.dashes)
        group.add(tool.lines(style.token, stroke, stroke_linejoin="round"))
    shown = [point for point in readable(course) if panel.owns(point) and point.scale != "worst_24h"]
    for point in shown if not runs else []:
        group.add(_mark(style, panel.x(point.at), panel.y(point.pain or 0), tool))
    return group


def _spot(panel: Panel, at: float, pain: float | None) -> str:
    return f"{number(panel.x(at))} {number(panel.y(pain or 0))}"


def _mark(style: Style, x: float, y: float, tool: Pen) -> Element:
    """A small sign of its own shape."""
    if style.mark == "cross":
        return tool.lines(
            style.token, el("path", d=f"M{number(x - 3)} {number(y - 3)}l6 6m0 -6l-6 6", stroke_width=1.5)
        )
    if style.mark == "ring":
        ring = el("circle", cx=x, cy=y, r=3.2, **tool.paper(), stroke="currentColor", stroke_width=1.4)
        return tool.group(style.token, ring)
    shapes = {
        "dot": el("circle", cx=x, cy=y, r=3),
        "square": el("rect", x=x - 2.8, y=y - 2.8, width=5.6, height=5.6),
        "triangle": el("path", d=f"M{number(x)} {number(y - 3.8)}l3.8 6.8h-7.6z"),
        "diamond": el("path", d=f"M{number(x)} {number(y - 4)}l4 4l-4 4l-4 -4z"),
    }
    return tool.group(style.token, shapes[style.mark], fill="currentColor")
