"""Which scores are joined by a line: neighbours with no expected check-in missing between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean, median

from server.charts.course import ChartPoint, Course
from server.domain.filling import NO_OFFERS, Offers, fill
from server.domain.instants import DAY, fixed_time
from server.domain.schedule import EVENING_DAYS, NO_AVERAGES, slots_taking_averages, slots_taking_now

_CALENDAR = fixed_time(0)
_HOURS = [slot for slot in slots_taking_now(0, _CALENDAR) if slot.kind in ("early", "hour")]
"""The check-ins of the first hours, for an injection at the instant 0."""
_LATER = [slot for slot in slots_taking_averages(_CALENDAR, 0).slots if slot.kind in ("week", "month")]
"""The weekly and monthly check-ins; months differ by less than their tolerance."""

_WEEK = 7
_DENSE = 4
"""So many averages make a week dense enough for a median."""
_RUN = 4
"""So many dense weeks on end are read by their medians; fewer stay readable day by day."""

Segment = tuple[ChartPoint, ChartPoint]


def joined_now(points: Sequence[ChartPoint]) -> list[Segment]:
    """Neighbouring pain-now scores of the first hours without a missing check-in between them."""
    missed = _missed_hours(points)
    return [
        (one, two)
        for one, two in _pairs(points)
        if not any(one.at * DAY < at < two.at * DAY for at in missed)
    ]


def joined_averages(points: Sequence[ChartPoint]) -> list[Segment]:
    """Neighbouring daily averages without a missing day, week or month between them.

    Of two averages of one day the last is joined; in long dense stretches the median line takes over.
    """
    daily = {point.day: point for point in points}
    dense = {week for run in _dense_runs(_weeks(points)) for week in run}
    pairs = _pairs([daily[day] for day in sorted(daily)])
    return [
        (one, two)
        for one, two in pairs
        if not _misses_day(one.day, two.day) and not (_week(one) in dense and _week(two) in dense)
    ]


def median_runs(points: Sequence[ChartPoint]) -> list[list[tuple[float, float]]]:
    """The heavy line: (days since T0, median pain) in the middle of each dense week, broken elsewhere.

    One vertex a week keeps it from stepping with every single score.
    """
    weeks = _weeks(points)
    return [
        [(fmean(at for at, _ in weeks[week]), float(median(pain for _, pain in weeks[week]))) for week in run]
        for run in _dense_runs(weeks)
    ]


def readable(course: Course) -> list[ChartPoint]:
    """Entries whose scores may be joined: those the reading reads, none from before the injection."""
    return [
        point
        for point in course.points
        if point.pain is not None
        and not point.unread
        and point.grade not in ("before", "clock_suspect", "skipped")
    ]


def _pairs(points: Sequence[ChartPoint]) -> list[Segment]:
    return list(pairwise(points))


def _missed_hours(points: Sequence[ChartPoint]) -> list[int]:
    """When the expected check-ins were planned that none of these scores fills, as the reading fills them."""
    times = [round(point.at * DAY) for point in points if point.at > 0]
    offers = Offers(range(len(times)), times)
    filled = {*fill(offers, NO_OFFERS, _HOURS, NO_AVERAGES).values()}
    return [slot.planned for slot in _HOURS if slot.expected and slot not in filled]


def _misses_day(start: int, end: int) -> bool:
    """Whether an expected average lies unfilled between two local days."""
    if end - start < 2:
        return False
    if any(start < day < end for day in EVENING_DAYS):
        return True
    return any(start < slot.opens // DAY and end > slot.late_until // DAY for slot in _LATER)


def _weeks(points: Sequence[ChartPoint]) -> dict[int, list[tuple[float, int]]]:
    """Week -> (days since T0, pain) of its averages after day 14, one a day."""
    daily = {point.day: point for point in points if point.pain is not None and point.day > 2 * _WEEK}
    weeks: dict[int, list[tuple[float, int]]] = {}
    for point in daily.values():
        weeks.setdefault(_week(point), []).append((point.at, point.pain or 0))
    return weeks


def _dense_runs(weeks: Mapping[int, Sequence[tuple[float, int]]]) -> list[list[int]]:
    """Stretches of successive dense weeks that are long enough for the median line."""
    runs: list[list[int]] = []
    for week in sorted(week for week, scores in weeks.items() if len(scores) >= _DENSE):
        if runs and week == runs[-1][-1] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    return [run for run in runs if len(run) >= _RUN]


def _week(point: ChartPoint) -> int:
    return (point.day - 1) // _WEEK
