"""The key at the foot: only the signs that this chart really uses, each with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from server.charts.course import ChartPoint, Course, Grade, Scale
from server.charts.element import Element, el
from server.charts.entries import draw_mark, draw_tick
from server.charts.joining import median_runs
from server.charts.lettering import text_width
from server.charts.pen import Pen
from server.charts.strip import diamond, triangle

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
    if any(point.scale == "now" and point.at > 1 for point in points):
        yield (lambda x, y: el("circle", cx=x, cy=y, r=2.6)), "small: pain at that moment"
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
    if any(point.side_effects for point in points):
        for severity in ("mild", "moderate", "severe"):
            yield _diamond(severity, pen), f"{severity} symptom" if severity == "mild" else severity
    averages = [point for point in points if point.scale == "average_24h"]
    if median_runs(averages):
        yield _heavy, "7-day median"


_WORDS: dict[Grade, str] = {
    "late": "entered late",
    "back_filled": "filled in afterwards",
    "clock_suspect": "phone clock in doubt",
    "before": "before the injection",
}


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
