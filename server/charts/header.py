"""The head of the chart: whose pain, which block, what course it took, how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence

from server.charts.course import Course
from server.charts.element import Element
from server.charts.lettering import shorten, text_width, wrap
from server.charts.panels import Geometry
from server.charts.pen import Pen
from server.charts.words import SHAPES, plain


def draw_header(course: Course, geometry: Geometry, tool: Pen) -> tuple[list[Element], float]:
    """The lines of the head, and the pixel below which the panels may begin."""
    shape = plain(course.marks.shape, SHAPES)
    shape = shape[:1].upper() + shape[1:]
    trust = f"Confidence {course.marks.confidence} · {course.counts}"
    details = " · ".join(course.details)
    if geometry.stacked:
        return _stacked_header((course.title, details, shape, trust), geometry, tool)
    left, right = 16.0, geometry.width - 16
    room = right - left - 24
    shape_room = text_width(shape, 15, bold=True)
    trust_room = text_width(trust, 12.5)
    return [
        tool.text(shorten(course.title, room - shape_room, 17, bold=True), left, 28, size=17, bold=True),
        tool.text(shorten(details, room - trust_room, 12.5), left, 47, "muted", size=12.5),
        tool.text(shape, right, 28, size=15, bold=True, anchor="end"),
        tool.text(trust, right, 47, "muted", size=12.5, anchor="end"),
    ], 62.0


def _stacked_header(texts: Sequence[str], geometry: Geometry, tool: Pen) -> tuple[list[Element], float]:
    left, y, drawn = 12.0, 10.0, []
    styles = ((16.0, True, "ink"), (12.0, False, "muted"), (13.5, True, "ink"), (12.0, False, "muted"))
    for text, (size, bold, token) in zip(texts, styles, strict=True):
        for line in wrap(text, geometry.width - 2 * left, size, bold=bold):
            y += size * 1.3
            drawn.append(tool.text(line, left, y, token, size=size, bold=bold))
        y += 3
    return drawn, y + 14
