"""The flare: did it get worse than before first, and when was it back?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, takewhile
from typing import Literal

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.entries import SideEffect
from server.domain.exact import Exact, plain, tenths
from server.domain.filling import AVERAGE_STANDS_BEFORE
from server.domain.instants import DAY, HOUR, Instant
from server.domain.reasons import Reason, reason
from server.domain.series import Score, Series
from server.domain.window import Window

Status = Literal["flare", "persistent_worsening", "pending", "not_evaluable", "local_soreness", "none"]
WORSE = frozenset({"flare", "persistent_worsening"})
_INCREASED_PAIN = frozenset({"increased_radicular_pain", "increased_spinal_pain"})


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


@dataclass(frozen=True, slots=True)
class Day:
    """One recorded day: its level (the average, else the mean of the `now` scores) and where that stands."""

    day: int
    level: Exact
    stands: Exact
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """What began a flare."""

    stands: Exact
    reason: Reason
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What section 5 reads of a diary: live scores from the window's end on, and the days they make."""

    series: Series
    level: Level
    criteria: Criteria
    scores: list[Score]
    """Averages and `now` scores outside provoking activity, in order of where they stand."""
    days: list[Day]
    raised: frozenset[int]
    """Days after T0's on which an analgesic dose was raised."""

    def is_quiet(self, day: Day) -> bool:
        """Within one point of B, with no raised dose."""
        return day.level <= self.level.usual + 1 and day.day not in self.raised


def gather(
    series: Series, level: Level, window: Window, raised: frozenset[int], criteria: Criteria
) -> Course:
    """The scores of the flare section; `raised` are days counted from 1970-01-01."""
    reads_from = series.t0 + max(window.ends_after, criteria.flare_from_hours * HOUR)
    last = max(criteria.flare_worse_until_day, criteria.flare_return_day + criteria.flare_quiet_days)
    near = (score for source in (series.nows, series.live_averages) for score in _to_day(source, last))
    read = [
        score
        for score in near
        if score.stands >= reads_from and score.live and score.entry.activity != "provoking"
    ]
    scores = sorted(read, key=lambda score: score.stands)
    after_t0 = frozenset(day - series.first_day for day in raised)
    return Course(series, level, criteria, scores, list(_days(scores)), after_t0)


def _to_day(scores: Sequence[Score], last: int) -> Iterator[Score]:
    return takewhile(lambda score: score.day <= last, scores)


def _days(scores: Sequence[Score]) -> Iterator[Day]:
    by_day: dict[int, list[Score]] = {}
    for score in scores:
        by_day.setdefault(score.day, []).append(score)
    for number in sorted(by_day):
        of_day = by_day[number]
        averages = [score for score in of_day if score.entry.scale == "average_24h"]
        told = averages or of_day
        level: Exact = told[0].pain
        stands: Exact = told[0].stands
        if len(told) > 1:
            level = Fraction(sum(score.pain for score in told), len(told))
            stands = Fraction(sum(score.stands for score in told), len(told))
        yield Day(number, level, stands, tuple(of_day))


def read_flare(course: Course, as_of: Instant) -> Flare:
    """The status of the flare section as known at `as_of`."""
    level, criteria = course.level, course.criteria
    if level.usual < criteria.lowest_baseline:
        low = reason("baseline_too_low", baseline=tenths(level.usual), least=criteria.lowest_baseline)
        return Flare("not_evaluable", (low,))
    start = find_start(course)
    return _not_found(course, as_of) if start is None else _found(course, start, as_of)


def find_start(course: Course) -> Start | None:
    """The earliest thing in the first seven days that calls a flare."""
    if course.level.usual > course.criteria.flare_scale_end_above:
        return _end_of_scale(course)
    starts = [*_score_rises(course), *_dose_rises(course)]
    return min(starts, key=lambda start: start.stands, default=None)


def _score_rises(course: Course) -> Iterator[Start]:
    usual, rise = course.level.usual, course.criteria.flare_rise
    least_now = max(course.level.pre, usual) + rise
    for score in course.scores:
        if score.day > course.criteria.flare_last_day:
            continue
        if score.pain >= (least_now if score.entry.scale == "now" else usual + rise):
            why = reason(
                "score_rise",
                score=score.pain,
                day=_since(course, score.stands),
                rise=plain(score.pain - usual),
                baseline=plain(usual),
            )
            yield Start(score.stands, why, (score.entry.name,))
            return


def _dose_rises(course: Course) -> Iterator[Start]:
    """Days on which the same drug's dose is raised and every score is at or above B."""
    for day in course.days:
        if day.day > course.criteria.flare_last_day or day.day not in course.raised:
            continue
        if all(score.pain >= course.level.usual for score in day.scores):
            why = reason("dose_rise", day=day.day, percent=course.criteria.flare_dose_percent)
            yield Start(day.stands, why, tuple(score.entry.name for score in day.scores))
            return


def _end_of_scale(course: Course) -> Start | None:
    """Near the end of the scale a score alone never calls a flare."""
    early = [score for score in course.scores if score.day <= course.criteria.flare_last_day]
    pair = next((pair for pair in pairwise(early) if pair[0].pain == pair[1].pain == 10), None)
    if pair is None or not (_reports_more_pain(course) or next(_dose_rises(course), None)):
        return None
    day, baseline = _since(course, pair[0].stands), plain(course.level.usual)
    names = tuple(score.entry.name for score in pair)
    return Start(pair[0].stands, reason("end_of_scale_rise", day=day, baseline=baseline), names)


def _reports_more_pain(course: Course) -> bool:
    return any(
        effect.code in _INCREASED_PAIN and effect.severity in {"moderate", "severe"}
        for effect in _reported(course)
    )


def _reported(course: Course) -> Iterator[SideEffect]:
    """Every side effect of a live entry from T0 to day 7, whatever its scale.

    Only scores wait for the window's end, and a report stays one when a later average replaces its score.
    An average reports on the day it belongs to.
    """
    over = course.series.day_over(course.criteria.flare_last_day)
    for entry in course.series.live_entries(over + AVERAGE_STANDS_BEFORE):
        stands_before = AVERAGE_STANDS_BEFORE if entry.scale == "average_24h" else 0
        if entry.taken_at - stands_before < over:
            yield from entry.side_effects


def _not_found(course: Course, as_of: Instant) -> Flare:
    series, criteria = course.series, course.criteria
    last = criteria.flare_last_day
    if as_of < series.day_over(last):
        return Flare("pending", (reason("flare_days_not_over", day=last),))
    early = (score for source in (series.nows, series.live_averages, series.worsts) for score in source)
    if not any(1 <= score.day <= 3 and score.live for score in early):
        return Flare("not_evaluable", (reason("no_early_entry"),))
    codes = {effect.code for effect in _reported(course)}
    if "injection_site_pain" in codes and not codes & _INCREASED_PAIN:
        return Flare("local_soreness", (reason("site_pain_only"),))
    none = reason("no_rise", rise=criteria.flare_rise, baseline=plain(course.level.usual), day=last)
    return Flare("none", (none,))


def _found(course: Course, start: Start, as_of: Instant) -> Flare:
    end = _return(course, start, as_of)
    began = _since_exact(course, start.stands)
    if end is not None:
        why = (start.reason, reason("returned", day=end.day))
        names = (*start.evidence, *(score.entry.name for score in end.scores))
        length = Fraction(end.stands - start.stands, DAY)
        return Flare("flare", why, began, _peak_rise(course, start, end.stands), length, names)
    peak = _peak_rise(course, start, None)
    criteria = course.criteria
    back_by, worse_until = criteria.flare_return_day, criteria.flare_worse_until_day
    worse = [s for s in course.scores if 8 <= s.day <= worse_until and s.pain > course.level.usual + 1]
    if worse and as_of >= course.series.day_over(back_by):
        why = (start.reason, reason("not_returned", first=8, last=worse_until, day=back_by))
        names = (*start.evidence, *(score.entry.name for score in worse))
        return Flare("persistent_worsening", why, began, peak, None, names)
    why = (start.reason, reason("end_not_seen", day=back_by))
    return Flare("flare", why, began, peak, None, start.evidence)


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
    return not any(
        day.day < score.day <= last and score.pain > course.level.usual + 1 for score in course.scores
    )


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


def _since_exact(course: Course, at: Exact) -> Exact:
    return Fraction(at - course.series.t0, DAY)


def _since(course: Course, at: Exact) -> float | int | None:
    return plain(_since_exact(course, at))
