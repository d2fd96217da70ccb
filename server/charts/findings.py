"""What the reading found, on the plot itself: onset, loss, relief that still holds, events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from server.charts.course import Course, Estimate
from server.charts.element import Element, el, number
from server.charts.frame import reference, rule_labels
from server.charts.panels import Panel
from server.charts.pen import Pen
from server.charts.placer import Box, Label, Obstacle, Placed
from server.charts.wording import since
from server.charts.words import ENDINGS, EVENTS, day, figure, plain, whole

_SIZE = 12.0
_RING = 5.0


def level_of(estimate: Estimate, panel: Panel, course: Course) -> float:
    """Pixel of the relief line that an estimate crosses."""
    return panel.y(reference(panel, course) * (1 - estimate.level / 100))


def draw_findings(panel: Panel, course: Course, pen: Pen) -> list[Element]:
    """The marks of onset (ring), loss (diamond), relief still held (open arrow), events, end of the data."""
    marks = course.marks
    drawn = [_event(panel, event.at, pen) for event in course.events if panel.shows(event.at)]
    if panel.shows(course.as_of):
        path = f"M{panel.x(course.as_of):.1f} {panel.top:.1f}V{panel.bottom:.1f}"
        drawn.append(pen.lines("muted", el("path", d=path, stroke_dasharray="2 3", stroke_width=1.3)))
    if marks.onset:
        drawn += _estimate(marks.onset, "relief", panel, course, pen)
    if marks.loss:
        drawn += _estimate(marks.loss, "loss", panel, course, pen)
    if marks.onset and marks.relief_until is not None and panel.shows(marks.relief_until):
        x, y = panel.x(marks.relief_until), level_of(marks.onset, panel, course)
        arrow = f"M{number(x - 22)} {number(y)}h22m-7 -6l7 6l-7 6"
        drawn.append(pen.lines("relief", el("path", d=arrow, stroke_width=2.4, stroke_linecap="round")))
    return drawn


def finding_labels(panel: Panel, course: Course, hatched: tuple[Box, ...] = ()) -> Iterator[Label]:
    """The labels the plot needs, the most important first; names of events stand beside what is `hatched`."""
    marks = course.marks
    if marks.onset and panel.shows(marks.onset.estimate):
        words = {"estimate": marks.onset.estimate, "low": marks.onset.low, "high": marks.onset.high}
        name = "onset" if marks.onset.level == 50 else "30 % onset"
        yield _label(f"{name} {day(words)}", marks.onset, "relief", panel, course)
    if marks.loss and marks.ended_by not in EVENTS and panel.shows(marks.loss.estimate):
        yield _label(_loss_words(marks.loss, marks.ended_by), marks.loss, "loss", panel, course)
    if marks.onset and marks.relief_until is not None and panel.shows(marks.relief_until):
        at = marks.relief_until
        still = Estimate(at, at, at, marks.onset.level)
        words_here = "in relief to" if marks.hidden_by_gap else "still in relief at"
        last = whole(at) if marks.relief_day is None else marks.relief_day
        yield _label(f"{words_here} day {last}", still, "relief", panel, course)
    for event in course.events:
        if panel.shows(event.at):
            name = f"{plain(event.kind, EVENTS)}, day {event.day}"
            beside = _beside(name, event.at, "ink", panel, bold=True)
            yield replace(beside, keeps_off=hatched, short=f"{plain(event.kind, {})}, day {event.day}")
    if panel.shows(course.as_of):
        yield _beside(f"as of {since(course)}", course.as_of, "muted", panel)
    if panel.key == "hours" and course.baseline != course.reference:
        yield Label(
            f"baseline {figure(course.baseline)} before",
            panel.right - 8,
            panel.y(course.baseline),
            "ink",
            11.5,
        )


def rule_obstacles(panel: Panel, course: Course) -> list[Obstacle]:
    """Lines that a label should rather not sit on, and the marks of the findings themselves."""
    found = [
        Obstacle(Box(panel.left, panel.y(pain) - 1, panel.right, panel.y(pain) + 1), 0.5)
        for _, pain, _ in rule_labels(panel, course)
    ]
    uprights = [event.at for event in course.events if panel.shows(event.at)]
    uprights += [course.as_of] if panel.shows(course.as_of) else []
    found += [
        Obstacle(Box(panel.x(at) - 1, panel.top, panel.x(at) + 1, panel.bottom), 1.0) for at in uprights
    ]
    for estimate in (course.marks.onset, course.marks.loss):
        if estimate and (piece := panel.clip(estimate.low - 0.01, estimate.high + 0.01)):
            y = level_of(estimate, panel, course)
            found.append(Obstacle(Box(piece[0] - 7, y - 7, piece[1] + 7, y + 7), 2.0))
    return found


def draw_label(placed: Placed, pen: Pen) -> list[Element]:
    """A placed label, with a thin leader where it stands away from its mark."""
    label, box = placed.label, placed.box
    drawn = []
    if placed.leader:
        x = min(max(label.x, box.left), box.right)
        y = box.bottom if box.bottom < label.y else box.top
        path = f"M{number(label.x)} {number(label.y)}L{number(x)} {number(y)}"
        drawn.append(pen.lines(label.token, el("path", d=path, stroke_width=0.8)))
    if any(box.overlaps(other) for other in label.keeps_off):
        size = {"width": box.right - box.left + 4, "height": box.bottom - box.top + 2}
        drawn.append(el("rect", x=box.left - 2, y=box.top - 1, **size, **pen.paper()))
    base = box.bottom - 0.28 * label.size
    words = pen.text(label.text, box.left, base, label.token, size=label.size, bold=label.bold, halo=True)
    return [*drawn, words]


def _label(text: str, estimate: Estimate, token: str, panel: Panel, course: Course) -> Label:
    x, y = panel.x(estimate.estimate), level_of(estimate, panel, course)
    return Label(text, x, y, token, _SIZE, bold=True)


def _beside(text: str, at: float, token: str, panel: Panel, *, bold: bool = False) -> Label:
    """A label for an upright rule: it may stand anywhere along it, preferably at the top."""
    return Label(text, panel.x(at), panel.top + 1, token, _SIZE, bold=bold, y_end=panel.bottom - 14)


def _loss_words(loss: Estimate, ended_by: str | None) -> str:
    when = day({"estimate": loss.estimate, "low": loss.low, "high": loss.high})
    return f"lost {when}" if ended_by == "loss" else f"ended by {plain(ended_by or '', ENDINGS)}, {when}"


def _event(panel: Panel, at: float, pen: Pen) -> Element:
    x = panel.x(at)
    path = f"M{number(x)} {number(panel.top)}V{number(panel.bottom)}"
    return pen.lines("ink", el("path", d=path, stroke_width=1.6))


def _estimate(estimate: Estimate, token: str, panel: Panel, course: Course, pen: Pen) -> list[Element]:
    if panel.key == "hours":
        return []  # onset and loss are read from the days; their interval may still begin at T0
    y, drawn = level_of(estimate, panel, course), []
    if piece := panel.clip(estimate.low, estimate.high):
        bar = f"M{number(piece[0])} {number(y)}H{number(piece[1])}"
        caps = "".join(f"M{number(x)} {number(y - 4)}v8" for x in piece)
        group = pen.lines(token, el("path", d=bar, stroke_width=4, stroke_opacity="0.75"))
        drawn.append(group.add(el("path", d=caps, stroke_width=1.6)))
    if panel.shows(estimate.estimate):
        x = panel.x(estimate.estimate)
        ring = el("circle", cx=x, cy=y, r=_RING, **pen.paper())
        sign = ring if estimate is course.marks.onset else _diamond(x, y, pen)
        drawn.append(pen.group(token, sign, stroke="currentColor", stroke_width=2.4))
    return drawn


def _diamond(x: float, y: float, pen: Pen) -> Element:
    size = _RING + 1
    path = f"M{number(x)} {number(y - size)}l{size} {size}l-{size} {size}l-{size} -{size}z"
    return el("path", d=path, **pen.paper())
