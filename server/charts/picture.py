"""Puts the phase chart together: heading, panels side by side or stacked, strip, key."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s
from itertools import pairwise, takewhile
from math import ceil

from server.charts import entries, findings, frame, header, key, lines, ribbons, strip
from server.charts.course import ChartPoint, Course
from server.charts.element import Element, el, number, serialise
from server.charts.lettering import FONT_FAMILY, text_width, wrap
from server.charts.palette import Theme
from server.charts.panels import GEOMETRY, SPOKEN, Geometry, Layout, Panel, panels
from server.charts.pen import Pen, pen
from server.charts.placer import Box, place
from server.charts.wording import description

_SVG = "http://www.w3.org/2000/svg"
_CROWDED = 60
"""From so many marks on, those of the months panel are drawn small."""
_LANE = 16.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A panel with everything that decides its height, before it has a place on the page."""

    panel: Panel
    points: tuple[ChartPoint, ...]
    heading: tuple[str, ...]
    ribbons: list[ribbons.Ribbon]
    symptoms: list[strip.Laid]
    lane: bool

    @property
    def ribbon_rows(self) -> int:
        """Rows of phase bars above the plot."""
        return max((item.row + 1 for item in self.ribbons), default=0)


@dataclass(frozen=True, slots=True)
class Place:
    """What a panel needs to know of the page around it; labels may use the page up to `right`."""

    top: float
    lane: bool
    scores: bool
    right: float


def draw(course: Course, *, theme: Theme = "light", layout: Layout = "wide") -> str:
    """The course as one standalone SVG document without scripts, styles or outside references.

    `wide` sets the panels side by side on 980 px, `narrow` stacks them on 360 px. The same course gives the
    same bytes.
    """
    geometry = GEOMETRY[layout]
    tool = pen(theme, _prefix(course, theme, layout))
    body, top = header.draw_header(course, geometry, tool)
    plans = [_plan(course, panel) for panel in panels(course, geometry)]
    drawn, bottom = (_stacked if geometry.stacked else _side_by_side)(plans, course, geometry, tool, top)
    foot, height = key.draw_key(course, geometry.left, geometry.width - 12, bottom + 6, tool)
    total = ceil(bottom + 6 + height + 8)
    root = _root(course, geometry, tool, total)
    return serialise(root.add(_hidden(*body), *drawn, _hidden(foot)))


def _prefix(course: Course, theme: str, layout: str) -> str:
    digest = blake2s(f"{course.episode_id}\n{theme}\n{layout}".encode(errors="surrogatepass"), digest_size=4)
    return f"ab{digest.hexdigest()}"


def _root(course: Course, geometry: Geometry, tool: Pen, height: int) -> Element:
    ids = f"{tool.prefix}-title", f"{tool.prefix}-desc"
    root = el("svg", xmlns=_SVG, viewBox=f"0 0 {number(geometry.width)} {height}", width=geometry.width)
    root.attributes |= {"height": str(height), "role": "group", "font-family": FONT_FAMILY}
    root.attributes |= {"class": "ab-chart", "aria-labelledby": ids[0], "aria-describedby": ids[1]}
    title = ", ".join((course.title, *course.details))
    background = el("rect", width=geometry.width, height=height, **tool.paper())
    root.add(el("title", title, id=ids[0]), el("desc", description(course), id=ids[1]))
    return root.add(_hatch(course, tool), background)


def _hatch(course: Course, tool: Pen) -> Element | None:
    if not course.marks.flare:
        return None
    line = tool.lines("flare", el("path", d="M0 0V6", stroke_opacity="0.4"))
    pattern = el("pattern", line, id=f"{tool.prefix}-hatch", width=6, height=6)
    pattern.attributes |= {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return el("defs", pattern)


def _hidden(*children: Element) -> Element:
    """Drawing that the title, the description and the marks already say in words."""
    return el("g", *children, aria_hidden="true", pointer_events="none")


def _plan(course: Course, panel: Panel) -> Plan:
    points = tuple(point for point in course.points if panel.owns(point))
    headline = course.headlines[panel.key] if panel.reached else "not reached yet"
    return Plan(
        panel,
        points,
        wrap(headline, panel.right - panel.left, 13.5, bold=panel.reached),
        ribbons.ribbons(course, panel),
        strip.lay_out(strip.symptoms(points), panel),
        strip.has_lane(points),
    )


def _side_by_side(
    plans: list[Plan], course: Course, geometry: Geometry, tool: Pen, top: float
) -> tuple[list[Element], float]:
    heading = 22 + 17 * max(len(plan.heading) for plan in plans)
    plot_top = top + heading + ribbons.ROW * max(plan.ribbon_rows for plan in plans) + 10
    lane = any(plan.lane for plan in plans)
    drawn: list[Element] = []
    placed = [plan.panel.placed(plot_top, 10 * geometry.per_pain) for plan in plans]
    for index, (plan, panel) in enumerate(zip(plans, placed, strict=True)):
        spare = takewhile(lambda other: not other.reached, placed[index + 1 :])
        right = max((other.right for other in spare), default=panel.right)
        page = Place(top, lane=lane, scores=index == 0, right=right)
        drawn.append(_draw_panel(plan, panel, course, tool, page))
    breaks = [frame.draw_break(one, two, tool) for one, two in pairwise(placed)]
    drawn.append(_hidden(*breaks, _margin(placed[-1], course, tool, 12, 96)))
    return drawn, max(_bottom(plan, panel, lane) for plan, panel in zip(plans, placed, strict=True))


def _stacked(
    plans: list[Plan], course: Course, geometry: Geometry, tool: Pen, top: float
) -> tuple[list[Element], float]:
    drawn: list[Element] = []
    for plan in plans:
        plot_top = top + 22 + 17 * len(plan.heading) + ribbons.ROW * plan.ribbon_rows + 10
        panel = plan.panel.placed(plot_top, 10 * geometry.per_pain)
        page = Place(top, lane=plan.lane, scores=True, right=panel.right)
        drawn.append(_draw_panel(plan, panel, course, tool, page))
        drawn.append(_hidden(_margin(panel, course, tool, 10.5, geometry.right - 9)))
        top = _bottom(plan, panel, plan.lane) + 22
    return drawn, top - 22


def _bottom(plan: Plan, panel: Panel, lane: bool) -> float:  # noqa: FBT001 a plain fact of the layout
    return _strip_top(panel, lane) + strip.ROW * strip.rows(plan.symptoms)


def _strip_top(panel: Panel, lane: bool) -> float:  # noqa: FBT001 the same
    return panel.bottom + frame.TICK_ROW + (_LANE if lane else 0) + 4


def _margin(panel: Panel, course: Course, tool: Pen, size: float, room: float) -> Element:
    """The names of the rules at the right, pushed apart where they would touch, never below the plot."""
    lines: list[tuple[str, float, bool]] = []
    for text, pain, bold in sorted(frame.rule_labels(panel, course), key=lambda item: -item[1]):
        short = text.removesuffix(" relief") if text_width(text, size, bold=bold) > room else text
        for line in wrap(short, room, size, bold=bold):
            above = lines[-1][1] + size * 1.25 if lines else 0.0
            lines.append((line, max(panel.y(pain) + 4, above), bold))
    lift = max(lines[-1][1] - panel.bottom - 4, 0.0)
    return el(
        "g", *(tool.text(line, panel.right + 7, y - lift, size=size, bold=bold) for line, y, bold in lines)
    )


def _draw_panel(plan: Plan, panel: Panel, course: Course, tool: Pen, page: Place) -> Element:
    lane_y = panel.bottom + frame.TICK_ROW + _LANE / 2 + 2
    back = [
        *ribbons.draw_ribbons(plan.ribbons, panel, tool),
        frame.draw_grid(panel, course, tool),
        frame.draw_rules(panel, course, tool),
        frame.draw_axes(panel, tool, scores=page.scores),
        frame.draw_heading(panel, plan.heading, page.top, tool),
    ]
    spoken = f"{SPOKEN[panel.key]}: {' '.join(plan.heading)}"
    group = el("g", _hidden(*back), role="group", aria_label=spoken)
    if not panel.reached:
        return group
    segments, runs = lines.find_lines(panel, course)
    group.add(
        _hidden(lines.draw_lines(segments, runs, panel, tool), *findings.draw_findings(panel, course, tool))
    )
    crowded = len(plan.points) > _CROWDED
    sized = [(point, entries.radius(panel, point, crowded=crowded)) for point in plan.points]
    for unread in (False, True):
        marks = [
            entries.draw_entry(point, panel, size, lane_y, tool)
            for point, size in sized
            if point.unread is unread
        ]
        token, faint = ("edge", False) if unread else ("ink", bool(runs))
        group.add(entries.marks_group(marks, tool, token=token, faint=faint) if marks else None)
    group.add(strip.draw_rescue(plan.points, panel, lane_y, tool))
    group.add(*strip.draw_symptoms(plan.symptoms, panel, _strip_top(panel, page.lane), tool))
    obstacles = [found for point, size in sized if (found := entries.obstacle(point, panel, size))]
    obstacles += findings.rule_obstacles(panel, course) + lines.line_obstacles(segments, runs, panel)
    wanted = list(findings.finding_labels(panel, course, ribbons.hatched(plan.ribbons, panel)))
    placed = place(wanted, obstacles, Box(panel.left, panel.top, page.right, panel.bottom))
    return group.add(_hidden(*(part for item in placed for part in findings.draw_label(item, tool))))
