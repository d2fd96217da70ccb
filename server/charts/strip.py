"""The strip below a plot: rescue medicine and symptoms at their times, in rows that never touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.charts.course import ChartPoint
from server.charts.element import Element, el, number
from server.charts.entries import reachable
from server.charts.lettering import shorten, text_width
from server.charts.panels import Panel
from server.charts.pen import Pen
from server.charts.wording import moment
from server.charts.words import SIDE_EFFECTS, plain

ROW = 17.0
_SIZE = 11.5
_RADIUS = 4.6
_GAP = 12.0
SEVERITIES = ("mild", "moderate", "severe")


@dataclass(frozen=True, slots=True)
class Symptom:
    """One side effect through one panel: its occurrences as (entry, severity) in order of time."""

    code: str
    seen: tuple[tuple[ChartPoint, str], ...]

    @property
    def label(self) -> str:
        """`nausea, mild` or `nausea, mild to severe`."""
        found = [severity for severity in SEVERITIES if severity in {item[1] for item in self.seen}]
        word = plain(self.code, SIDE_EFFECTS)
        if len(found) > 1:
            return f"{word}, {found[0]} to {found[-1]}"
        return f"{word}, {found[0]}" if found else word


@dataclass(frozen=True, slots=True)
class Laid:
    """A symptom with its text in place; `row` counts downwards, a long run has its text in a row above."""

    symptom: Symptom
    text: str
    text_left: float
    text_row: int
    row: int


def has_lane(points: Sequence[ChartPoint]) -> bool:
    """Whether the panel needs the lane of rescue medicine and skipped check-ins."""
    return any(point.rescue or point.pain is None for point in points)


def symptoms(points: Sequence[ChartPoint]) -> list[Symptom]:
    """The side effects of a panel, the earliest first."""
    seen: dict[str, list[tuple[ChartPoint, str]]] = {}
    for point in points:
        for item in point.side_effects:
            seen.setdefault(item.code, []).append((point, item.severity))
    return [Symptom(code, tuple(items)) for code, items in seen.items()]


def lay_out(found: Sequence[Symptom], panel: Panel) -> list[Laid]:
    """Rows for the symptoms: the text right of its glyphs, else left of them, else in a row above them."""
    taken: list[tuple[int, float, float]] = []
    laid: list[Laid] = []
    for symptom in found:
        row = 0
        while not (item := _fit(symptom, panel, row, taken)):
            row += 1
        laid.append(item)
        taken += _spans(item, panel)
    return laid


def rows(laid: Sequence[Laid]) -> int:
    """How many rows the strip needs."""
    return max((max(item.row, item.text_row) + 1 for item in laid), default=0)


def draw_symptoms(laid: Sequence[Laid], panel: Panel, top: float, pen: Pen) -> list[Element]:
    """Diamonds, open for mild, half for moderate, filled for severe, and the name of the symptom."""
    drawn: list[Element] = []
    for item in laid:
        middle = top + ROW * item.row + ROW / 2
        group = pen.group("ink", fill="currentColor", stroke="currentColor", stroke_width=1.2)
        for point, severity in item.symptom.seen:
            word = f"{moment(point)}, {plain(item.symptom.code, SIDE_EFFECTS)}, {severity}"
            group.add(reachable(diamond(panel.x(point.at), middle, severity, pen), word, point.entry_id))
        base = top + ROW * item.text_row + ROW / 2 + 4
        drawn += [group, pen.text(item.text, item.text_left, base, size=_SIZE)]
    return drawn


def draw_rescue(points: Sequence[ChartPoint], panel: Panel, lane: float, pen: Pen) -> Element | None:
    """A small triangle for every entry that names an analgesic."""
    taken = [point for point in points if point.rescue]
    group = pen.group("ink", fill="currentColor", stroke="transparent", stroke_width=6)
    for point in taken:
        word = f"{moment(point)}, took {', '.join(point.rescue)}"
        group.add(reachable(triangle(panel.x(point.at), lane), word, point.entry_id))
    return group if taken else None


def triangle(x: float, y: float) -> Element:
    """The sign of a rescue medicine around a point."""
    return el("path", d=f"M{number(x)} {number(y - 4.5)}l4.5 8h-9z")


def diamond(x: float, y: float, severity: str, pen: Pen) -> Element:
    """The sign of a symptom around a point; its fill says how severe it was."""
    top, size = f"M{number(x)} {number(y - _RADIUS)}", number(_RADIUS)
    outline = f"{top}l{size} {size}l-{size} {size}l-{size} -{size}z"
    if severity == "severe":
        return el("path", d=outline)
    open_sign = el("path", d=outline, **pen.paper())
    if severity != "moderate":
        return open_sign
    return el("g", open_sign, el("path", d=f"{top}l-{size} {size}l{size} {size}z"))


def _fit(symptom: Symptom, panel: Panel, row: int, taken: Sequence[tuple[int, float, float]]) -> Laid | None:
    for item in _options(symptom, panel, row):
        mine = _spans(item, panel)
        if not any(
            line == other and left < end + _GAP and start < right + _GAP
            for line, left, right in mine
            for other, start, end in taken
        ):
            return item
    return None


def _options(symptom: Symptom, panel: Panel, row: int) -> Iterator[Laid]:
    first, last = _ends(symptom, panel)
    text = shorten(symptom.label, panel.right - panel.left, _SIZE)
    width = text_width(text, _SIZE)
    if last + 5 + width <= panel.right + 4:
        yield Laid(symptom, text, last + 5, row, row)
    elif first - 5 - width >= panel.left:
        yield Laid(symptom, text, first - 5 - width, row, row)
    else:
        yield Laid(symptom, text, min(first, panel.right - width), row, row + 1)


def _ends(symptom: Symptom, panel: Panel) -> tuple[float, float]:
    places = [panel.x(point.at) for point, _ in symptom.seen]
    return min(places) - _RADIUS, max(places) + _RADIUS


def _spans(item: Laid, panel: Panel) -> list[tuple[int, float, float]]:
    first, last = _ends(item.symptom, panel)
    right = item.text_left + text_width(item.text, _SIZE)
    return [(item.row, first, last), (item.text_row, item.text_left, right)]
