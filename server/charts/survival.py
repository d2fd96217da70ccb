"""The curves of how long relief lasted, with bands and numbers at risk, as one SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from server.charts.element import Element, el, number, serialise
from server.charts.lettering import FONT_FAMILY, shorten
from server.charts.overlay import STYLES
from server.charts.palette import TINT, Theme
from server.charts.pen import Pen, pen

Json = Mapping[str, Any]

WIDTH: Final = 680.0
LEFT: Final = 64.0
RIGHT: Final = 24.0
TOP: Final = 44.0
HEIGHT: Final = 280.0
_ROW: Final = 18.0
_SVG: Final = "http://www.w3.org/2000/svg"
_TICKS: Final = (0, 0.25, 0.5, 0.75, 1)


def draw_survival(groups: Sequence[Json], line: str, *, theme: Theme = "light") -> str:
    """The groups of a cohort (as its service tells them), at most as many as there are styles."""
    shown = [group for group in groups if not group["hidden"] and group["with_relief"]][: len(STYLES)]
    tool, most = pen(theme, "survival"), _most(shown)
    days = [day for day in (shown[0]["at_risk"]["days"] if shown else []) if day <= most]
    bottom = TOP + HEIGHT
    total = bottom + 66 + _ROW * len(shown)
    root = el("svg", xmlns=_SVG, viewBox=f"0 0 {number(WIDTH)} {number(total)}", width=WIDTH, height=total)
    root.attributes |= {"role": "img", "font-family": FONT_FAMILY, "class": "ab-chart"}
    root.add(el("title", described(shown, line)), el("rect", width=WIDTH, height=total, **tool.paper()))
    heading = f"Share still in relief ({line}), Kaplan-Meier with 95 % bands"
    root.add(tool.text(heading, LEFT, 24, size=14, bold=True), *_axes(days, most, tool))
    for place, group in enumerate(shown):
        root.add(*_curve(group, place, most, tool))
    root.add(tool.text("at risk", LEFT, bottom + 52, "muted", size=11.5, bold=True))
    for place, group in enumerate(shown):
        root.add(*_at_risk(group, place, most, bottom + 52 + _ROW * (place + 1), tool))
    return serialise(root)


def described(groups: Sequence[Json], line: str) -> str:
    """The picture in words."""
    told = []
    for group in groups:
        median = group["median"]["days"]
        half = "half not yet lost" if median is None else f"median {median:g} days"
        told.append(f"{group['name']}: {group['with_relief']} with relief, {half}")
    return f"How long relief lasted ({line}). {'; '.join(told) or 'No relief to draw'}."


def _most(groups: Sequence[Json]) -> float:
    """The right end of the axis: as far as the last curve is followed, a year at most."""
    return min(max([30.0, *(group["curve"]["last"] or 0 for group in groups)]), 365.0)


def _x(day: float, most: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(day, most) / most


def _y(share: float) -> float:
    return TOP + HEIGHT * (1 - share)


def _axes(days: Sequence[float], most: float, tool: Pen) -> list[Element]:
    right = _x(most, most)
    grid = "".join(f"M{number(LEFT)} {number(_y(share))}H{number(right)}" for share in _TICKS)
    drawn = [tool.lines("grid", el("path", d=grid))]
    drawn += [
        tool.text(f"{100 * share:g} %", LEFT - 8, _y(share) + 4, "muted", size=11.5, anchor="end")
        for share in _TICKS
    ]
    for day in days:
        label = "day 0" if day == 0 else f"{day:g}"
        drawn.append(tool.text(label, _x(day, most), TOP + HEIGHT + 20, "muted", size=11.5, anchor="middle"))
    return drawn


def _curve(group: Json, place: int, most: float, tool: Pen) -> list[Element]:
    curve, style = group["curve"], STYLES[place]
    points = [
        row
        for row in zip(curve["days"], curve["share"], curve["lower"], curve["upper"], strict=True)
        if row[0] <= most
    ]
    end = min(curve["last"] or 0.0, most)
    upper = _steps([(day, high) for day, _, _, high in points], end, most)
    lower = _steps([(day, low) for day, _, low, _ in points], end, most)
    back = "L".join(f"{number(x)} {number(y)}" for x, y in reversed(lower))
    band = f"M{'L'.join(f'{number(x)} {number(y)}' for x, y in upper)}L{back}z"
    middle = _steps([(day, share) for day, share, _, _ in points], end, most)
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in middle)
    stroke = el("path", d=path, stroke_width=1.8, stroke_dasharray=style.dashes)
    return [
        tool.group(style.token, el("path", d=band, fill_opacity=str(TINT)), fill="currentColor"),
        tool.lines(style.token, stroke),
    ]


def _steps(points: Sequence[tuple[float, float]], end: float, most: float) -> list[tuple[float, float]]:
    """A curve that falls at each of its days, drawn to the last day anybody was seen."""
    corners = [(0.0, 1.0)]
    for (_, before), (day, share) in pairwise([(0.0, 1.0), *points]):
        corners += [(day, before), (day, share)]
    corners.append((end, corners[-1][1]))
    return [(_x(day, most), _y(share)) for day, share in corners]


def _at_risk(group: Json, place: int, most: float, y: float, tool: Pen) -> list[Element]:
    style = STYLES[place]
    sample = el("path", d=f"M4 {number(y - 4)}h22", stroke_width=1.8, stroke_dasharray=style.dashes)
    drawn = [tool.lines(style.token, sample)]
    risk = group["at_risk"]
    for day, count in zip(risk["days"], risk["counts"], strict=True):
        if day <= most:
            told = "<5" if count is None else str(count)
            drawn.append(tool.text(told, _x(day, most), y, size=11.5, anchor="middle"))
    name = shorten(str(group["name"]), 230, 11.5)
    drawn.append(tool.text(name, WIDTH - RIGHT, TOP + 14 + _ROW * place, size=11.5, anchor="end"))
    key = el("path", d=f"M{number(WIDTH - RIGHT + 4)} {number(TOP + 10 + _ROW * place)}h18", stroke_width=1.8)
    key.attributes |= {"stroke-dasharray": style.dashes} if style.dashes else {}
    return [*drawn, tool.lines(style.token, key)]
