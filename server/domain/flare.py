"""The flare: did it get worse than before first, and when was it back?"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from server.domain.exact import Exact, plain
from server.domain.flare_days import Course, Day, gather
from server.domain.flare_start import INCREASED_PAIN, Start, find_start, lone_rise, reported
from server.domain.instants import DAY, Instant
from server.domain.reasons import Reason, reason

__all__ = ["Course", "Flare", "Status", "gather", "next_change", "read_flare"]

Status = Literal["flare", "persistent_worsening", "pending", "not_evaluable", "local_soreness", "none"]
WORSE = frozenset({"flare", "persistent_worsening"})


@dataclass(frozen=True, slots=True)
class Flare:
    """The flare of a course; times and lengths in days, rise in points above B."""

    status: Status
    reasons: tuple[Reason, ...]
    start_day: Exact | None = None
    peak_rise: Exact | None = None
    days: Exact | None = None
    evidence: tuple[str, ...] = ()

    @property
    def worse(self) -> bool:
        """Whether it got worse than before."""
        return self.status in WORSE


def read_flare(course: Course, as_of: Instant) -> Flare:
    """The status of the flare section as known at `as_of`."""
    level, criteria = course.level, course.criteria
    if level.usual < criteria.lowest_baseline:
        low = reason("baseline_too_low", baseline=plain(level.usual), least=criteria.lowest_baseline)
        return Flare("not_evaluable", (low,))
    start = find_start(course)
    if start is not None:
        return _found(course, start, as_of)
    found, alone = _not_found(course, as_of), lone_rise(course)
    return found if alone is None else replace(found, reasons=(alone, *found.reasons))


def _not_found(course: Course, as_of: Instant) -> Flare:
    series, criteria = course.series, course.criteria
    last = criteria.flare_last_day
    if as_of < series.day_over(last):
        return Flare("pending", (_no_rise("flare_days_not_over", course, day=last),))
    early = (score for source in (series.nows, series.live_averages, series.worsts) for score in source)
    if not any(1 <= score.day <= criteria.flare_seen_days and score.live for score in early):
        return Flare("not_evaluable", (reason("no_early_entry"),))
    codes = {effect.code for effect in reported(course)}
    if "injection_site_pain" in codes and not codes & INCREASED_PAIN:
        return Flare("local_soreness", (_no_rise("site_pain_only", course),))
    return Flare("none", (_no_rise("no_rise", course, day=last),))


def _no_rise(code: str, course: Course, **params: int) -> Reason:
    baseline = plain(course.level.usual)
    return reason(code, rise=course.criteria.flare_rise, baseline=baseline, **params)


def _found(course: Course, start: Start, as_of: Instant) -> Flare:
    end = _return(course, start, as_of)
    began = course.since(start.stands)
    if end is not None:
        why = (start.reason, reason("returned", day=end.day))
        names = (*start.evidence, *(score.entry.name for score in end.scores))
        length = Fraction(end.stands - start.stands, DAY)
        return Flare("flare", why, began, _peak_rise(course, start, end.stands), length, names)
    peak = _peak_rise(course, start, None)
    criteria = course.criteria
    back_by, worse_until = criteria.flare_return_day, criteria.flare_worse_until_day
    worse_from = criteria.flare_worse_from_day
    worse = [s for s in course.scores if worse_from <= s.day <= worse_until and course.is_worse(s)]
    if worse and as_of >= course.series.day_over(back_by):
        why = (start.reason, reason("not_returned", first=worse_from, last=worse_until, day=back_by))
        names = (*start.evidence, *(score.entry.name for score in worse))
        return Flare("persistent_worsening", why, began, peak, None, names)
    why = (start.reason, _no_end(course, start, as_of))
    return Flare("flare", why, began, peak, None, start.evidence)


def _no_end(course: Course, start: Start, as_of: Instant) -> Reason:
    """Why a flare has no end: it still goes on, its end has yet to hold, or none was recorded in time."""
    back_by = course.criteria.flare_return_day
    if as_of >= course.series.day_over(back_by):
        return reason("end_not_seen", day=back_by)
    last = course.days[-1]
    if last.stands > start.stands and course.is_quiet(last):
        return reason("return_open", day=last.day)
    return reason("still_worse", day=last.day, until=back_by)


def _return(course: Course, start: Start, as_of: Instant) -> Day | None:
    """The first quiet day by day 10 that another one, or three days without anything worse, confirm."""
    for place, day in enumerate(course.days):
        if day.stands <= start.stands or not course.is_quiet(day):
            continue
        if day.day > course.criteria.flare_return_day:
            return None
        after = course.days[place + 1] if place + 1 < len(course.days) else None
        if after is not None and after.day - day.day <= 2 and course.is_quiet(after):
            return day
        if _stays_quiet(course, day, as_of):
            return day
    return None


def _stays_quiet(course: Course, day: Day, as_of: Instant) -> bool:
    last = day.day + course.criteria.flare_quiet_days
    if as_of < course.series.day_over(last):
        return False
    return not any(day.day < score.day <= last and course.is_worse(score) for score in course.scores)


def _peak_rise(course: Course, start: Start, end: Exact | None) -> Exact | None:
    until = course.criteria.flare_worse_until_day
    pains = [
        score.pain
        for score in course.scores
        if score.stands >= start.stands and (score.day <= until if end is None else score.stands <= end)
    ]
    return max(pains) - course.level.usual if pains else None


def next_change(course: Course, found: Flare) -> Instant | None:
    """The next moment after the series' `as_of` at which the flare reads differently without a new entry."""
    series, criteria = course.series, course.criteria
    if series.is_over(max(criteria.flare_last_day, criteria.flare_return_day + criteria.flare_quiet_days)):
        return None
    quiet = [day.day + criteria.flare_quiet_days for day in course.days if course.is_quiet(day)]
    days = {criteria.flare_last_day, criteria.flare_return_day, *quiet}
    for moment in sorted(series.day_over(day) for day in days):
        if moment > series.as_of and read_flare(course, moment) != found:
            return moment
    return None
