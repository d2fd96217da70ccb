"""What calls a flare in the first seven days, and the side effects reported in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from server.domain.entries import SideEffect
from server.domain.exact import Exact, plain
from server.domain.filling import AVERAGE_STANDS_BEFORE
from server.domain.flare_days import Course
from server.domain.instants import Instant
from server.domain.reasons import Reason, reason

INCREASED_PAIN = frozenset({"increased_radicular_pain", "increased_spinal_pain"})


@dataclass(frozen=True, slots=True)
class Start:
    """What began a flare."""

    stands: Exact
    reason: Reason
    evidence: tuple[str, ...]


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
                day=plain(course.since(score.stands)),
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
    day, baseline = plain(course.since(pair[0].stands)), plain(course.level.usual)
    names = tuple(score.entry.name for score in pair)
    return Start(pair[0].stands, reason("end_of_scale_rise", day=day, baseline=baseline), names)


def _reports_more_pain(course: Course) -> bool:
    """Whether more pain was reported once scores are read: numbness wearing off is no flare."""
    return any(
        effect.code in INCREASED_PAIN and effect.severity in {"moderate", "severe"}
        for effect in reported(course, course.reads_from)
    )


def reported(course: Course, since: Instant | None = None) -> Iterator[SideEffect]:
    """Every side effect of a live entry from `since` (default: T0) to day 7, whatever its scale.

    A report stays one when a later average replaces its score. An average reports on the day it belongs to
    and stands where its score does.
    """
    over = course.series.day_over(course.criteria.flare_last_day)
    for entry in course.series.live_entries(over + AVERAGE_STANDS_BEFORE):
        stands_before = AVERAGE_STANDS_BEFORE if entry.scale == "average_24h" else 0
        stands = entry.taken_at - stands_before
        if stands < over and (since is None or stands >= since):
            yield from entry.side_effects
