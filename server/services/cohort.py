"""What a clinic's readings say together: curves, responders, phases, side effects and adherence by filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from server.charts.palette import Theme
from server.charts.survival import draw_survival
from server.domain.cohort import Cohort
from server.domain.instants import day_of_date
from server.domain.lengths import Interventions
from server.domain.rates import Rate
from server.domain.side_effects import HUSTON
from server.domain.survival import Curve, DurationCurves, compare_groups
from server.domain.thresholds import Flips, what_if_counted
from server.exports import cohort_table
from server.persistence.db import transaction
from server.persistence.queries import cohorts, people
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.cohort_cells import (
    FEWEST,
    adherence_cells,
    effect_cells,
    hidden_cell,
    rate_cell,
    responder_cells,
    shown,
    withheld,
)
from server.services.cohort_channels import channel_rows, counts
from server.services.cohort_rows import BETWEEN, NOT_RECORDED
from server.services.review import CRITERIA, criteria_of
from server.services.snapshots import Facet, Snapshot, snapshot

Json = dict[str, Any]
Bools = NDArray[np.bool_]

FILTERS: Final = ("region", "level", "approach", "agent", "steroid", "dose", "operator", "indication")
SENSITIVE: Final = frozenset({"operator", "agent"})
"""Views in which small cells would say something about single patients or single colleagues."""
MOST_POINTS: Final = 300
RISK_DAYS: Final = (0, 14, 28, 60, 90, 180, 270, 365)
PHASES: Final = {
    "anaesthetic": "verdict",
    "flare": "flare",
    "steroid": "steroid_status",
    "course": "shape",
    "confidence": "confidence",
}
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which injections, grouped by what, which length of relief."""

    start: date | None = None
    end: date | None = None
    chosen: dict[str, Sequence[str]] = field(default_factory=dict)
    group_by: str | None = None
    line: str = "L50"
    interventions: Interventions = "end"

    @property
    def is_sensitive(self) -> bool:
        """Whether it looks at operators or agents one by one."""
        return self.group_by in SENSITIVE or any(self.chosen.get(name) for name in SENSITIVE)


def view(staff: Staff, question: Question, now: datetime) -> Json:
    """The answer as plain data, audited as one read of the clinic's readings."""
    with transaction(staff.clinic_id) as session:
        today = now.astimezone(ZoneInfo(people.clinic(session, staff.clinic_id).zone)).date()
        found = snapshot(session, staff.clinic_id, today)
        kept = matching(found, question)
        performed = cohorts.episodes_of_clinic(session, staff.clinic_id)
        criteria = criteria_of(session, staff.clinic_id)
        audit(session, staff, "cohort.view", "clinic", staff.clinic_id, now, readings=int(kept.sum()))
    return answer(found, kept, question, criteria) | {"performed": performed, "today": today.isoformat()}


def question_of(form: Json) -> Question:
    """The question of a checked form."""
    chosen = {name: form[name] for name in FILTERS if form[name]}
    shape = {key: form[key] for key in ("start", "end", "group_by", "line", "interventions")}
    return Question(chosen=chosen, **shape)


def figure(staff: Staff, question: Question, theme: Theme, now: datetime) -> str:
    """How long relief lasted, as SVG."""
    return draw_survival(view(staff, question, now)["groups"], question.line, theme=theme)


def table(staff: Staff, question: Question, name: str, now: datetime) -> str:
    """One table of the answer as CSV."""
    told = channels(staff, question, now) if name == "channels" else view(staff, question, now)
    return cohort_table.table(name, told)


def channels(staff: Staff, question: Question, now: datetime) -> Json:
    """How many check-ins came after a reminder, by its channel; apart, since it reads every reminder."""
    with transaction(staff.clinic_id) as session:
        today = now.astimezone(ZoneInfo(people.clinic(session, staff.clinic_id).zone)).date()
        found = snapshot(session, staff.clinic_id, today)
        kept = matching(found, question)
        matched = int(kept.sum())
        audit(session, staff, "cohort.view", "clinic", staff.clinic_id, now, readings=matched)
        numbers = counts(session, staff.clinic_id, found, now)
    small = FEWEST if question.is_sensitive else 0
    return {"channels": [] if matched < small else channel_rows(numbers, found, kept, small)}


def matching(found: Snapshot, question: Question) -> Bools:
    """Which readings fit all filters; of several values of one facet any fits."""
    kept = np.ones(len(found.days), np.bool_)
    if question.start is not None:
        kept &= found.days >= day_of_date(question.start.isoformat())
    if question.end is not None:
        kept &= found.days <= day_of_date(question.end.isoformat())
    for name, values in question.chosen.items():
        if values:
            facet = found.facets[name]
            kept &= np.isin(facet.places, [facet.names.index(v) for v in values if v in facet.names])
    return kept


def answer(found: Snapshot, kept: Bools, question: Question, criteria: str = CRITERIA) -> Json:
    """Everything that is said of the readings that are kept."""
    cohort, matched = found.cohort.where(kept), int(kept.sum())
    hidden = question.is_sensitive and matched < FEWEST
    told: Json = {
        "criteria": criteria,
        "change": found.change,
        "readings": len(kept),
        "matched": None if hidden else matched,
        "hidden_below": FEWEST if question.is_sensitive else None,
        "line": question.line,
        "group_by": question.group_by,
        "facets": {name: _counted(name, found.facets[name], kept, question) for name in FILTERS},
    }
    if hidden:
        return told | {"groups": [], "tests": None, "side_effects": [], "adherence": [], "what_if": None}
    groups, shown = _grouped(found, kept, question)
    curves = compare_groups(cohort.lengths[question.line], groups, question.interventions)
    tests = {"low": curves.test_low, "middle": curves.test, "high": curves.test_high}
    small = FEWEST if question.is_sensitive else 0
    statuses = {
        phase: (found.facets[facet], found.facets[facet].places[kept]) for phase, facet in PHASES.items()
    }
    return told | {
        "groups": [
            _group(name, cohort, curves.curves[name], statuses, groups == name, small)
            if name in shown
            else {"name": name, "hidden": True}
            for name in curves.curves
        ],
        "tests": None
        if curves.test is None or len(shown) < len(curves.curves)
        else {place: None if test is None else test.p for place, test in tests.items()},
        "side_effects": [effect_cells(row, small) for row in cohort.side_effect_table()],
        "published": {"source": HUSTON.source, "injections": HUSTON.injections},
        "adherence": [adherence_cells(phase, small) for phase in cohort.adherence()],
        "what_if": _what_if(found.facets["verdicts"], kept, small, criteria),
    }


def _grouped(found: Snapshot, kept: Bools, question: Question) -> tuple[NDArray[np.str_], set[str]]:
    """The group of each kept reading, and which groups are large enough to be shown."""
    if question.group_by is None:
        return np.full(int(kept.sum()), ALL), {ALL}
    facet = found.facets[question.group_by]
    names = np.asarray(facet.names, np.str_) if facet.names else np.zeros(0, np.str_)
    places = facet.places[kept]
    sizes = np.bincount(places, minlength=len(facet.names)).tolist()
    untold = withheld(sizes, FEWEST if question.is_sensitive else 0)
    return names[places], {
        name for place, name in enumerate(facet.names) if sizes[place] and place not in untold
    }


def _counted(name: str, facet: Facet, kept: Bools, question: Question) -> list[Json]:
    """The values of a facet with how many of the kept readings have each; small ones without a number."""
    numbers = np.bincount(facet.places[kept], minlength=len(facet.names)).tolist()
    untold = withheld(numbers, FEWEST if question.is_sensitive or name in SENSITIVE else 0)
    told = [
        {"value": value, "count": None if place in untold else numbers[place]}
        for place, value in enumerate(facet.names)
    ]
    return sorted(told, key=lambda one: str(one["value"]))


def _group(
    name: str,
    cohort: Cohort,
    curves: DurationCurves,
    statuses: dict[str, tuple[Facet, NDArray[np.int32]]],
    own: Bools,
    small: int,
) -> Json:
    middle = curves.middle
    few = 0 < middle.of < small
    return {
        "name": name,
        "hidden": False,
        "readings": int(own.sum()),
        "with_relief": shown(middle.of, small),
        "without_relief": None if few else shown(curves.without, small),
        "censored": None if few else shown(middle.censored, small),
        "median": dict.fromkeys(("days", "low", "high")) if few else middle.median._asdict(),
        "medians_at_ends": {
            "low": None if few else curves.low.median.days,
            "high": None if few else curves.high.median.days,
        },
        "curve": {"days": [], "share": [], "lower": [], "upper": [], "last": None} if few else _curve(middle),
        "at_risk": {
            "days": list(RISK_DAYS),
            "counts": [shown(number, small) for number in middle.numbers_at_risk(RISK_DAYS)],
        },
        "responders": {key: responder_cells(row, small) for key, row in cohort.responder_table(own).items()},
        "phases": {phase: _phase(facet, places[own], small) for phase, (facet, places) in statuses.items()},
    }


def _curve(curve: Curve) -> Json:
    """The steps of a curve, thinned out where there are more than an eye can tell apart."""
    count = len(curve.days)
    places = np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).astype(np.int64))
    columns = {"days": curve.days, "share": curve.share, "lower": curve.lower, "upper": curve.upper}
    return {name: np.round(column[places], 4).tolist() for name, column in columns.items()} | {
        "last": float(curve.durations[-1]) if curve.of else None
    }


def _phase(facet: Facet, places: NDArray[np.int32], small: int) -> list[Json]:
    numbers = np.bincount(places, minlength=len(facet.names)).tolist()
    untold = withheld(numbers, small)
    return [
        {"status": name}
        | (hidden_cell() if place in untold else rate_cell(Rate(numbers[place], len(places)), small))
        for name, place in sorted((name, place) for place, name in enumerate(facet.names))
        if numbers[place]
    ]


def _what_if(facet: Facet, kept: Bools, small: int, criteria: str) -> Json:
    """The share of positives with the line elsewhere, and the verdicts that flip from those in force."""
    numbers = np.bincount(facet.places[kept], minlength=len(facet.names)).tolist()
    told = {
        tuple(name.split(BETWEEN)): number
        for name, number in zip(facet.names, numbers, strict=True)
        if number and name != NOT_RECORDED
    }
    found = what_if_counted(told)
    flips = {flip.other: flip for flip in found.flips if flip.one == criteria}
    return {
        "unread": int(kept.sum()) - sum(told.values()),
        "sets": [
            {"criteria": label, "positive": rate_cell(rate, small)} | _flips(flips.get(label), small)
            for label, rate in found.positive.items()
        ],
    }


def _flips(flips: Flips | None, small: int) -> Json:
    if flips is None:
        return {"compared": None, "lost": None, "gained": None}
    return {
        "compared": shown(flips.answered, small),
        "lost": shown(flips.lost, small),
        "gained": shown(flips.gained, small),
    }
