"""What a screen reader says: one sentence for each entry and one description for the whole picture."""

from __future__ import annotations

from server.charts.course import ChartPoint, Course
from server.charts.words import SHAPES, SIDE_EFFECTS, SKIPS, clock, figure, plain

_SCALES = {"now": "pain now", "average_24h": "evening average", "worst_24h": "worst of the day"}
_GRADES = {
    "late": "entered late",
    "back_filled": "filled in afterwards",
    "clock_suspect": "clock of the phone in doubt, not used for timing",
    "before": "before the injection",
}


def spoken(point: ChartPoint) -> str:
    """`day 3, evening average 2 of 10, entered late; nausea mild; took ibuprofen 400 mg`."""
    score = "no score" if point.pain is None else f"{point.pain} of 10"
    if point.skipped:
        score = f"skipped, {plain(point.skipped, SKIPS)}"
    said = f"{moment(point)}, {_SCALES[point.scale]} {score}"
    parts = [said, _GRADES.get(point.grade), "edited" if point.edited else None]
    parts.append("after the reading ended" if point.unread else None)
    sentences = [", ".join(part for part in parts if part)]
    sentences += [f"{plain(item.code, SIDE_EFFECTS)} {item.severity}" for item in point.side_effects]
    sentences += [f"took {intake}" for intake in point.rescue]
    return "; ".join(sentences)


def moment(point: ChartPoint) -> str:
    """When an entry stands: `45 min`, `3.5 h`, `day 3`, `4 Mar, 14:02` before the injection."""
    if point.scale != "now" or point.grade == "before":
        return f"day {point.day}"
    minutes = point.at * 1440
    return f"after {clock(minutes)}" if minutes < 1440 else f"day {point.day}"


def since(course: Course) -> str:
    """How far the data reach: `50 min`, `3.2 h`, `day 20`."""
    return clock(course.as_of * 1440) if course.as_of < 1 else f"day {course.as_of_day}"


def description(course: Course) -> str:
    """The whole course in a few sentences, for the `<desc>` of the picture."""
    marks = course.marks
    return " ".join(
        (
            f"Baseline {figure(course.reference)} of 10.",
            f"First hours: {course.headlines['hours']}.",
            f"First two weeks: {course.headlines['days']}.",
            f"Weeks to months: {course.headlines['months']}.",
            f"Course: {plain(marks.shape, SHAPES)}. Confidence {marks.confidence}, {course.counts}.",
            f"As of {since(course)}.",
        )
    )
