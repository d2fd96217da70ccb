"""The patient's own page: their curve and their scores in plain words, in their language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.charts.own_curve import Panel, Point, draw_own_curve, panels_of
from server.exports.patient_words import PageWords, words_of
from server.exports.report import line
from server.exports.typesetting import Paper, for_paper, typeset

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OwnDiary:
    """What the page is made from: whose, of which injection, and the entries as they count now."""

    name: str
    record_number: str
    clinic: str
    phone: str
    zone: str
    index_pain: Mapping[str, str]
    performed_at: datetime
    baseline: float | None
    bodies: Sequence[Mapping[str, Any]]


def own_page(diary: OwnDiary, language: str, paper: Paper, now: datetime) -> bytes:
    """The page as PDF."""
    return typeset("patient", content(diary, language, paper, now), now)


def content(diary: OwnDiary, language: str, paper: Paper, now: datetime) -> Json:
    """Everything the page says."""
    words, zone = words_of(language), ZoneInfo(diary.zone)
    panels = panels_of(diary.performed_at, diary.zone, diary.bodies)
    pain = words.pains[diary.index_pain["site"]][diary.index_pain["side"]]
    injection = words.injection.format(words.on(diary.performed_at.astimezone(zone)))
    return {
        "paper": paper,
        "lang": language,
        "direction": words.direction,
        "title": words.title,
        "description": f"{words.title}: {pain}",
        "clinic": line(diary.clinic),
        "kind": words.kind,
        "status": words.made.format(words.on(now.astimezone(zone))),
        "patient": {"name": line(diary.name), "facts": [f"{diary.record_number}"]},
        "heading": f"{words.title}: {pain}",
        "injection": injection,
        "panels": [_panel(panel, diary.baseline, words) for panel in panels],
        "dashed": words.dashed if diary.baseline is not None else "",
        "scale": words.scale,
        "in-numbers": words.in_numbers,
        "rows": _rows(panels, diary, words),
        "about": words.about,
        "call": words.call if diary.phone else "",
        "phone": diary.phone,
        "foot": f"{words.title} · {injection}",
        "foot-right": "Afterblock",
    }


def _panel(panel: Panel, baseline: float | None, words: PageWords) -> Json:
    title = words.first_day if panel.kind == "hours" else words.days
    told = words.comma.join(f"{point.x:.3g}: {words.score.format(point.pain)}" for point in panel.points)
    return {"title": title, "chart": for_paper(draw_own_curve(panel, baseline)), "alt": f"{title}. {told}"}


def _rows(panels: Sequence[Panel], diary: OwnDiary, words: PageWords) -> list[list[str]]:
    rows = [] if diary.baseline is None else [[words.before, _score(diary.baseline, words)]]
    for panel in panels:
        if panel.kind == "hours":
            lowest = min(panel.points, key=lambda point: point.pain)
            rows.append([words.lowest, _score(lowest.pain, words)])
        else:
            highest = max(panel.points, key=lambda point: point.pain)
            rows += [
                [words.highest, _with_day(highest, words)],
                [words.last, _with_day(panel.points[-1], words)],
            ]
    return [*rows, [words.written, str(len(diary.bodies))]]


def _score(pain: float, words: PageWords) -> str:
    return words.score.format(f"{pain:g}")


def _with_day(point: Point, words: PageWords) -> str:
    return words.comma.join((_score(point.pain, words), words.day.format(f"{point.x:g}")))
