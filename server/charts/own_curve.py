"""A patient's own scores as a picture without a word: the first day in hours, then an average a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from server.charts.element import Element, el, number, serialise
from server.charts.lettering import FONT_FAMILY
from server.charts.pen import Pen, pen

Body = Mapping[str, Any]

WIDTH: Final = 720.0
HEIGHT: Final = 190.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 12.0, 10.0, 26.0
_LEVELS: Final = (0, 5, 10)
_FIRST_DAY_H: Final = 24.0
_SHORT_H: Final = 8.0
_ENDS: Final = (7, 14, 28, 42, 84, 182, 365)
_HOUR: Final = timedelta(hours=1)


class Point(NamedTuple):
    """One score: hours or days since T0, the pain, and the moment it tells of."""

    x: float
    pain: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture: `until` is its right end, `ticks` are labelled."""

    kind: str
    points: Sequence[Point]
    until: float
    ticks: Sequence[float]


def panels_of(t0: datetime, zone: str, bodies: Sequence[Body]) -> list[Panel]:
    """The panels that have a score, by the rules of the patient's app."""
    ordered = sorted(bodies, key=lambda body: datetime.fromisoformat(body["taken_at"].upper()))
    return [panel for panel in (_hours(t0, ordered), _days(t0, ZoneInfo(zone), ordered)) if panel.points]


def _hours(t0: datetime, bodies: Sequence[Body]) -> Panel:
    points = []
    for body in bodies:
        at = datetime.fromisoformat(body["taken_at"].upper())
        x = (at - t0) / _HOUR
        if body["scale"] == "now" and body["pain"] is not None and 0 <= x <= _FIRST_DAY_H:
            points.append(Point(x, body["pain"], at))
    short = not points or points[-1].x <= _SHORT_H
    return Panel(
        "hours",
        points,
        _SHORT_H if short else _FIRST_DAY_H,
        (0, 2, 4, 6, 8) if short else (0, 6, 12, 18, 24),
    )


def _days(t0: datetime, zone: ZoneInfo, bodies: Sequence[Body]) -> Panel:
    """An average stands on the day it tells of; of two for one day the last counts."""
    first = t0.astimezone(zone).date()
    by_day: dict[int, Point] = {}
    for body in bodies:
        at = datetime.fromisoformat(body["taken_at"].upper()) - 12 * _HOUR
        day = (at.astimezone(zone).date() - first).days
        if body["scale"] == "average_24h" and body["pain"] is not None and day >= 0:
            by_day[day] = Point(day, body["pain"], at)
    points = [by_day[day] for day in sorted(by_day)]
    last = points[-1].x if points else 0
    until = next((end for end in _ENDS if end >= last), last)
    return Panel("days", points, until, [round(until * part / 4) for part in range(5)])


def draw_own_curve(panel: Panel, baseline: float | None) -> str:
    """One panel as SVG for paper; numbers steer by no colour, and what it shows is said beside it."""
    tool = pen("light", f"own-{panel.kind}")
    root = el("svg", xmlns="http://www.w3.org/2000/svg", width=WIDTH, height=HEIGHT)
    root.attributes |= {"viewBox": f"0 0 {number(WIDTH)} {number(HEIGHT)}", "font-family": FONT_FAMILY}
    root.add(*_axes(panel, tool))
    if baseline is not None:
        y = _y(baseline)
        line = el("path", d=f"M{number(_LEFT)} {number(y)}H{number(WIDTH - _RIGHT)}", stroke_width=1.2)
        line.attributes["stroke-dasharray"] = "6 4"
        root.add(tool.lines("muted", line))
    spots = [(_x(panel, point.x), _y(point.pain)) for point in panel.points]
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in spots)
    root.add(tool.lines("ink", el("path", d=path, stroke_width=1.8), stroke_linejoin="round"))
    dots = [el("circle", cx=x, cy=y, r=3.4) for x, y in spots]
    return serialise(root.add(tool.group("ink", *dots, fill="currentColor")))


def _axes(panel: Panel, tool: Pen) -> list[Element]:
    grid = "".join(f"M{number(_LEFT)} {number(_y(level))}H{number(WIDTH - _RIGHT)}" for level in _LEVELS)
    drawn = [tool.lines("grid", el("path", d=grid))]
    drawn += [tool.text(str(level), _LEFT - 8, _y(level) + 4, "muted", anchor="end") for level in _LEVELS]
    for tick in panel.ticks:
        drawn.append(tool.text(f"{tick:g}", _x(panel, tick), HEIGHT - 8, "muted", anchor="middle"))
    return drawn


def _x(panel: Panel, value: float) -> float:
    return _LEFT + value / (panel.until or 1) * (WIDTH - _LEFT - _RIGHT)


def _y(pain: float) -> float:
    return _TOP + (1 - pain / 10) * (HEIGHT - _TOP - _BOTTOM)
