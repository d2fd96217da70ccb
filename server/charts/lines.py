"""The lines between scores: thin between entries, dotted where filled in, heavy for medians."""

from __future__ import annotations

from itertools import pairwise

from server.charts.course import ChartPoint, Course
from server.charts.element import Element, el, number
from server.charts.joining import Segment, joined_averages, joined_now, median_runs, readable
from server.charts.panels import Panel
from server.charts.pen import Pen
from server.charts.placer import Box, Obstacle

Run = list[tuple[float, float]]


def find_lines(panel: Panel, course: Course) -> tuple[list[Segment], list[Run]]:
    """The joined pairs of a panel and, in the months, the runs of the median line.

    The hours start at the baseline, which is the score at T0.
    """
    mine = [point for point in readable(course) if panel.owns(point)]
    if panel.key == "hours":
        start = ChartPoint("", 0.0, 0, "now", int(course.baseline), "before")
        return joined_now([start, *(point for point in mine if point.scale == "now")]), []
    averages = [point for point in mine if point.scale == "average_24h"]
    return joined_averages(averages), median_runs(averages) if panel.key == "months" else []


def draw_lines(segments: list[Segment], runs: list[Run], panel: Panel, tool: Pen) -> Element:
    """Thin lines, dotted to entries filled in afterwards, and the heavy median line."""
    recalled = [pair for pair in segments if any(point.grade == "back_filled" for point in pair)]
    live = [pair for pair in segments if pair not in recalled]
    group = tool.lines("ink", stroke_linejoin="round")
    if live:
        group.add(el("path", d=_path(live, panel), stroke_width=1, stroke_opacity="0.65"))
    if recalled:
        group.add(el("path", d=_path(recalled, panel), stroke_width=1, stroke_dasharray="1.5 3"))
    for run in runs:
        spots = "L".join(f"{number(panel.x(at))} {number(panel.y(pain))}" for at, pain in run)
        group.add(el("path", d=f"M{spots}", stroke_width=2.6, stroke_linecap="round"))
    return group


def _path(segments: list[Segment], panel: Panel) -> str:
    pieces, end = [], None
    for one, two in segments:
        start = "" if one is end else f"M{_spot(one, panel)}"
        pieces.append(f"{start}L{_spot(two, panel)}")
        end = two
    return "".join(pieces)


def _spot(point: ChartPoint, panel: Panel) -> str:
    return f"{number(panel.x(point.at))} {number(panel.y(point.pain or 0))}"


def line_obstacles(segments: list[Segment], runs: list[Run], panel: Panel) -> list[Obstacle]:
    """The joined lines as small squares along them, so that a label prefers a free place."""
    stretches = [((one.at, float(one.pain or 0)), (two.at, float(two.pain or 0))) for one, two in segments]
    stretches += [pair for run in runs for pair in pairwise(run)]
    squares = []
    for (start, low), (end, high) in stretches:
        for step in range(1, 6):
            x, y = panel.x(start + (end - start) * step / 6), panel.y(low + (high - low) * step / 6)
            squares.append(Obstacle(Box(x - 2, y - 2, x + 2, y + 2), 0.6))
    return squares
