"""The phase chart: a reading becomes one SVG picture, without database and without request."""

from server.charts.course import ChartPoint, Course, Estimate, Event, Marks, SideEffect, Span
from server.charts.picture import draw
from server.charts.reading_json import course_from

__all__ = [
    "ChartPoint",
    "Course",
    "Estimate",
    "Event",
    "Marks",
    "SideEffect",
    "Span",
    "course_from",
    "draw",
]
