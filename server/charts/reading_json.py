"""Turns the plain JSON of an episode and its reading into the Course that is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import datetime, timedelta, tzinfo
from math import inf
from typing import Any
from zoneinfo import ZoneInfo

from server.charts.course import ChartPoint, Course, Estimate, Event, Grade, Json, Marks, SideEffect, Span
from server.charts.headlines import end_day, headlines
from server.charts.words import INDEX_SITES, anaesthetics, drugs
from server.domain.criteria import Criteria, find_criteria

_DAY = timedelta(days=1)
_HALF_DAY = timedelta(hours=12)
_MINUTES_A_DAY = 1440
_ROUNDED = 0.051
"""How far a time told to a tenth of a day may stand from the score itself."""


def course_from(episode: Json, reading: Json, grades: Mapping[str, Grade], edited: Set[str]) -> Course:
    """The course of one episode as known at the reading's `as_of`.

    `grades` maps an entry's id to its grade (`on_time` where it is missing), `edited` holds the ids with more
    than one revision. The diagnostic window is that of the drug under the reading's criteria.
    """
    procedure = episode["procedure"]
    t0 = datetime.fromisoformat(procedure["performed_at"])
    zone = ZoneInfo(episode["zone"]) if episode.get("zone") else t0.tzinfo
    start = t0.astimezone(zone)
    as_of = datetime.fromisoformat(reading["as_of"])
    since = (as_of - t0) / _DAY
    events = tuple(_events(episode.get("events") or [], start, as_of))
    ending = next((event.at for event in events if event.at > 0), inf)
    known = _known(episode.get("entries") or [], as_of)
    window_hours = _window_hours(procedure, find_criteria(reading["criteria"]))
    points = tuple(_points(known, t0, zone, grades, edited, ending))
    return Course(
        episode_id=str(episode["episode_id"]),
        title=_title(episode),
        details=_details(procedure, start),
        window_hours=window_hours,
        drug=drugs(procedure),
        baseline=float(reading["baseline"]["pre"]),
        baseline_days=_number(reading["baseline"]["days"]),
        as_of=max(since, 0.0),
        as_of_day=(as_of.astimezone(zone).date() - start.date()).days,
        points=points,
        marks=_marks(reading, points),
        headlines=headlines(reading, window_hours, since),
        counts=_counts(reading["data"]),
        events=events,
    )


def _window_hours(procedure: Json, criteria: Criteria) -> int:
    """End of the diagnostic window in hours after T0: the longest of the drugs given."""
    parts = anaesthetics(procedure) or [{}]
    rows = [
        criteria.drug_row(part.get("drug") or "unknown", adrenaline=part.get("adrenaline")) for part in parts
    ]
    return max(row.window_hours for row in rows)


def _title(episode: Json) -> str:
    procedure = episode["procedure"]
    pain = episode.get("index_pain") or {}
    site = pain.get("site") or INDEX_SITES.get(procedure.get("region") or "", "")
    side = pain.get("side") or procedure.get("side") or ""
    if side in ("both", "bilateral"):
        where = "both sides of the trunk" if site == "trunk" else f"both {site}s" if site else "both sides"
    else:
        where = " ".join(part for part in (side, site) if part)
    return f"Index pain, {where}" if where else "Index pain"


def _details(procedure: Json, performed: datetime) -> tuple[str, ...]:
    level = " ".join(str(procedure[key]) for key in ("level", "side") if procedure.get(key))
    steroid = procedure.get("steroid", {})
    given = "no steroid" if steroid is None else _steroid(steroid)
    when = f"{performed.day} {performed:%b %Y, %H:%M}"
    return tuple(part for part in (level, *map(_drug, anaesthetics(procedure)), given, when) if part)


def _drug(part: Json) -> str:
    if part.get("drug", "unknown") == "unknown":
        return "anaesthetic unknown"
    strength = f" {part['concentration_percent']:g} %" if part.get("concentration_percent") else ""
    volume = f" {part['volume_ml']:g} mL" if part.get("volume_ml") else ""
    return f"{part['drug']}{strength}{volume}{' with adrenaline' if part.get('adrenaline') else ''}"


def _steroid(steroid: Json) -> str:
    if not steroid or steroid.get("drug", "unknown") == "unknown":
        return "steroid unknown"
    return f"{steroid['drug']} {steroid['dose_mg']:g} mg" if steroid.get("dose_mg") else str(steroid["drug"])


def _counts(data: Json) -> str:
    if not data["expected"]:
        return "no check-in due yet"
    return f"{data['on_time']} of {data['expected']} check-ins on time"


def _known(entries: Iterable[Json], as_of: datetime) -> list[tuple[str, Json]]:
    """Entries as the engine reads them: nothing later than `as_of`, the last of several with one id."""
    named = ((str(entry.get("id") or f"#{place}"), entry) for place, entry in enumerate(entries, 1))
    times = ("taken_at", "recorded_at")
    known = {
        entry_id: entry
        for entry_id, entry in named
        if all(datetime.fromisoformat(entry[key]) <= as_of for key in times if entry.get(key))
    }
    return sorted(known.items(), key=lambda item: (datetime.fromisoformat(item[1]["taken_at"]), item[0]))


def _points(
    known: Iterable[tuple[str, Json]],
    t0: datetime,
    zone: tzinfo | None,
    grades: Mapping[str, Grade],
    edited: Set[str],
    ending: float,
) -> Iterable[ChartPoint]:
    first_day = t0.astimezone(zone).date()
    for entry_id, entry in known:
        taken = datetime.fromisoformat(entry["taken_at"])
        local = (taken if entry["scale"] == "now" else taken - _HALF_DAY).astimezone(zone)
        skipped = entry.get("skipped")
        grade = grades.get(entry_id, "skipped" if skipped else "before" if taken < t0 else "on_time")
        yield ChartPoint(
            entry_id=entry_id,
            at=(local - t0) / _DAY,
            day=(local.date() - first_day).days,
            scale=entry["scale"],
            pain=None if skipped else int(entry["pain"]),
            grade=grade,
            edited=entry_id in edited,
            side_effects=tuple(map(_side_effect, entry.get("side_effects") or [])),
            rescue=tuple(map(_intake, entry.get("analgesics") or [])),
            skipped=skipped,
            unread=(taken - t0) / _DAY > ending,
        )


def _side_effect(item: Json) -> SideEffect:
    return SideEffect(str(item["code"]), str(item.get("severity") or "mild"))


def _intake(item: Json) -> str:
    return f"{item['drug']} {item['dose_mg']:g} mg" if item.get("dose_mg") else str(item["drug"])


def _events(events: Iterable[Json], start: datetime, as_of: datetime) -> Iterable[Event]:
    for event in sorted(events, key=lambda item: datetime.fromisoformat(item["at"])):
        at = datetime.fromisoformat(event["at"])
        if at <= as_of:
            day = (at.astimezone(start.tzinfo).date() - start.date()).days
            yield Event((at - start) / _DAY, day, str(event["kind"]))


def _marks(reading: Json, points: Iterable[ChartPoint]) -> Marks:
    flare, steroid, phase = reading["flare"], reading["steroid"], reading["anaesthetic"]
    numb = phase["duration_50_minutes"]
    headline = reading["duration"]["headline"]
    length = reading["duration"][headline] if headline else None
    onset = _onset(steroid, headline)
    onset_key = "onset_30_day" if headline == "L30" else "onset_day"
    second = reading["second_response"]
    return Marks(
        verdict=phase["verdict"],
        steroid=steroid["status"],
        flare_status=flare["status"],
        shape=reading["shape"],
        confidence=reading["confidence"]["grade"],
        flare=_flare(flare, reading["evidence"]["flare"], points),
        flare_rise=_number(flare["peak_rise"]),
        numb=_numb(phase["first_50_minutes"], numb),
        numb_high=None if not numb or numb["high"] is None else numb["high"] / _MINUTES_A_DAY,
        onset=onset,
        loss=_loss(onset, length),
        relief_until=_still(onset, length),
        relief_day=end_day(reading, steroid[onset_key], length) if length and steroid[onset_key] else None,
        hidden_by_gap=any(reason["code"] == "gap" for reason in reading["duration"]["reasons"]),
        ended_by=length["ended_by"] if length else None,
        second=_span(second["start_day"], second["days"]) if second else None,
    )


def _numb(first: Any, numb: Json | None) -> Span | None:
    if first is None or numb is None:
        return None
    return Span(first / _MINUTES_A_DAY, numb["low"] / _MINUTES_A_DAY)


def _onset(steroid: Json, headline: str | None) -> Estimate | None:
    full, partial = steroid["onset_day"], steroid["onset_30_day"]
    if full and headline != "L30":
        return Estimate(full["estimate"], full["low"], full["high"], 50)
    return Estimate(partial["estimate"], partial["low"], partial["high"], 30) if partial else None


def _still(onset: Estimate | None, length: Json | None) -> float | None:
    """The day of the last entry that still shows relief, where nothing has ended it."""
    if not onset or not length or length["ended_by"] is not None:
        return None
    return float(onset.estimate + length["days"])


def _loss(onset: Estimate | None, length: Json | None) -> Estimate | None:
    """The end of relief from its length: the interval of a length is loss minus onset, crosswise."""
    if not onset or not length or length["ended_by"] is None:
        return None
    middle = onset.estimate + length["days"]
    if length["ended_by"] in ("repeat", "surgery") or length["high"] is None:
        return Estimate(middle, middle, middle, onset.level)
    low, high = onset.high + length["low"], onset.low + length["high"]
    return Estimate(middle, min(low, middle), max(high, middle), onset.level)


def _flare(flare: Json, evidence: Iterable[str], points: Iterable[ChartPoint]) -> Span | None:
    """The flare, from the very score that began it: the reading names its start to a tenth of a day only."""
    span = _span(flare["start_day"], flare["days"])
    names = set(evidence)
    first = min((point.at for point in points if point.entry_id in names), default=None)
    if span is None or first is None or abs(first - span.start) > _ROUNDED:
        return span
    return Span(first, None if span.end is None else first + flare["days"])


def _span(start: Any, length: Any) -> Span | None:
    return None if start is None else Span(float(start), None if length is None else start + length)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
