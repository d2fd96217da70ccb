"""The quiet part of a panel: grid, axes, baseline and 50 % rules, caption and answer."""

from __future__ import annotations

from server.charts.course import Course
from server.charts.element import Element, el
from server.charts.panels import CAPTIONS, Panel, ticks
from server.charts.pen import Pen
from server.charts.words import figure

TICK_ROW = 22.0
_CAPTION = 11
_LABEL = 12


def draw_grid(panel: Panel, course: Course, pen: Pen) -> Element:
    """Light lines at every second pain score as far as the data can reach."""
    end = panel.x(course.as_of) if panel.start <= course.as_of <= panel.end else panel.right
    end = end if panel.reached else panel.left
    lines = "".join(
        f"M{panel.left:.1f} {panel.y(pain):.1f}H{(panel.right if pain in (0, 10) else end):.1f}"
        for pain in range(0, 11, 2)
    )
    return pen.lines("grid", el("path", d=lines))


def draw_axes(panel: Panel, pen: Pen, *, scores: bool) -> Element:
    """Tick labels of time below and, where `scores`, of pain at the left."""
    group = el("g")
    if scores:
        for pain in range(0, 11, 2):
            y = panel.y(pain) + 4
            group.add(pen.text(str(pain), panel.left - 9, y, "muted", size=_LABEL, anchor="end"))
    if not panel.reached:
        return group
    marks = ticks(panel)
    path = "".join(f"M{panel.x(at):.1f} {panel.bottom:.1f}v4" for at, _ in marks)
    axis = f"M{panel.left:.1f} {panel.bottom:.1f}H{panel.right:.1f}{path}"
    group.add(pen.lines("edge", el("path", d=axis)))
    for at, label in marks:
        anchor = "end" if panel.x(at) > panel.right - 4 and len(label) > 2 else "middle"
        x = panel.x(at) + (4 if anchor == "end" else 0)
        group.add(pen.text(label, x, panel.bottom + 18, "muted", size=_LABEL, anchor=anchor))
    if panel.lead:
        group.add(pen.text("before", panel.left - 6, panel.bottom + 18, "muted", size=11))
    return group


def draw_rules(panel: Panel, course: Course, pen: Pen) -> Element:
    """The baseline solid, half of it dashed; 30 % relief dotted where the answer is read against it."""
    rules = pen.lines("ink")
    for text, pain, _ in rule_labels(panel, course):
        style = {"baseline": (1.4, None), "50 % relief": (1, "5 4"), "30 % relief": (1, "1.5 4")}
        width, dashes = style.get(text, style["baseline"])
        path = f"M{panel.left:.1f} {panel.y(pain):.1f}H{panel.right:.1f}"
        rules.add(el("path", d=path, stroke_width=width, stroke_dasharray=dashes))
    return rules


def rule_labels(panel: Panel, course: Course) -> list[tuple[str, float, bool]]:
    """Text, pain level and weight of the labels the rules need."""
    level = reference(panel, course)
    labels = [(f"baseline {figure(level)}", level, True)]
    if level > 0:
        labels.append(("50 % relief", level / 2, False))
    onset = course.marks.onset
    if level > 0 and onset and onset.level == 30 and panel.key != "hours":
        labels.append(("30 % relief", level * 0.7, False))
    return labels


def reference(panel: Panel, course: Course) -> float:
    """The baseline of a panel: the score before the injection for the hours, else the reading's own."""
    return course.baseline if panel.key == "hours" else course.reference


def draw_heading(panel: Panel, lines: tuple[str, ...], top: float, pen: Pen) -> Element:
    """Caption and, below it, the answer of the panel, quiet where time has not come that far."""
    token = "ink" if panel.reached else "muted"
    group = el("g", pen.text(CAPTIONS[panel.key], panel.left, top + 11, "muted", size=_CAPTION, bold=True))
    for row, line in enumerate(lines):
        group.add(pen.text(line, panel.left, top + 29 + 17 * row, token, size=13.5, bold=panel.reached))
    return group


def draw_break(panel: Panel, following: Panel, pen: Pen) -> Element:
    """Two strokes on the axis where one panel ends and the next begins with another scale of time."""
    middle = (panel.right + following.left) / 2
    strokes = "".join(f"M{middle + shift:.1f} {panel.bottom + 6:.1f}l6 -12" for shift in (-6, 0))
    return pen.lines("muted", el("path", d=strokes, stroke_width=1.3))
