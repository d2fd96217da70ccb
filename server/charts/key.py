"""The key at the foot: only the signs that this chart really uses, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from server.charts.course import ChartPoint, Course, Grade, Scale
from server.charts.element import Element, el
from server.charts.entries import draw_mark, draw_tick
from server.charts.joining import median_runs
from server.charts.lettering import text_width
from server.charts.panels import hours_shown
from server.charts.pen import Pen
from server.charts.strip import SEVERITIES, diamond, triangle
from server.charts.words import EVENTS, plain

ROW = 19.0
_SIZE = 11.5
_SIGN = 15.0
_BETWEEN = 18.0

Sign = Callable[[float, float], Element]


def key_items(course: Course, pen: Pen) -> Iterator[tuple[Sign, str]]:
    """Sign and words for everything that occurs in this course."""
    points = course.points
    grades = {point.grade for point in points if point.pain is not None and point.scale != "worst_24h"}
    if grades & {"on_time", "extra"}:
        yield _mark("on_time", pen), "score"
    hours_end = hours_shown(course) / 24
    if any(_is_small(point, hours_end) for point in points):
        yield (lambda x, y: el("circle", cx=x, cy=y, r=2.6)), "small: pain-now score"
    if course.ending and any(point.unread for point in points):
        words = f"after the {plain(course.ending.kind, EVENTS)}, not read"
        yield (lambda x, y: pen.group("edge", draw_mark(_UNREAD, x, y, 3.8, pen), fill="currentColor")), words
    for grade, words in _WORDS.items():
        if grade in grades:
            yield _mark(grade, pen), words
    if any(point.edited for point in points):
        yield (lambda x, y: draw_tick(x, y + 8, 3)), "edited later"
    if any(point.scale == "worst_24h" and point.pain is not None for point in points):
        yield _mark("on_time", pen, scale="worst_24h"), "worst of the day"
    if any(point.pain is None for point in points):
        yield _mark("skipped", pen, pain=None), "check-in skipped"
    if any(point.rescue for point in points):
        yield triangle, "rescue medicine"
    severities = {item.severity for point in points for item in point.side_effects}
    found = [severity for severity in SEVERITIES if severity in severities]
    for place, severity in enumerate(found):
        yield _diamond(severity, pen), severity if place else f"{severity} symptom"
    averages = [point for point in points if point.scale == "average_24h"]
    if median_runs(averages):
        yield _heavy, "7-day median"


_WORDS: dict[Grade, str] = {
    "late": "entered late",
    "back_filled": "filled in afterwards",
    "clock_suspect": "phone clock in doubt",
    "before": "before the injection",
}


_UNREAD = ChartPoint("", 0.0, 0, "now", 1, "on_time", unread=True)


def _is_small(point: ChartPoint, hours_end: float) -> bool:
    """Whether a score of the moment stands among the averages, drawn smaller than these."""
    return point.scale == "now" and point.pain is not None and point.at > hours_end


def draw_key(course: Course, left: float, right: float, top: float, pen: Pen) -> tuple[Element, float]:
    """The key as rows between two edges, and its height in pixels."""
    group, x, row = el("g"), left, 0
    for sign, words in key_items(course, pen):
        width = _SIGN + text_width(words, _SIZE)
        if x > left and x + width > right:
            x, row = left, row + 1
        middle = top + ROW * row + ROW / 2
        group.add(pen.group("ink", sign(x + 5, middle), fill="currentColor"))
        group.add(pen.text(words, x + _SIGN, middle + 4, "muted", size=_SIZE))
        x += width + _BETWEEN
    return group, ROW * (row + 1) if group.children else 0.0


def _heavy(x: float, y: float) -> Element:
    return el("path", d=f"M{x - 5:.1f} {y:.1f}h14", stroke="currentColor", stroke_width=2.6)


def _mark(grade: Grade, pen: Pen, scale: Scale = "now", pain: int | None = 1) -> Sign:
    point = ChartPoint("", 0.0, 0, scale, pain, grade)
    return lambda x, y: draw_mark(point, x, y, 3.8, pen)


def _diamond(severity: str, pen: Pen) -> Sign:
    def draw(x: float, y: float) -> Element:
        sign = diamond(x, y, severity, pen)
        sign.attributes.update({"stroke": "currentColor", "stroke-width": "1.2"})
        return sign

    return draw
