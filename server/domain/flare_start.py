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
from server.domain.scores import Score
from server.domain.variation import read_variation

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
    usual = course.level.usual
    for score in _high_scores(course):
        if not _is_chance(course, score):
            why = reason(
                "score_rise",
                score=score.pain,
                day=plain(course.since(score.stands)),
                rise=plain(score.pain - usual),
                baseline=plain(usual),
            )
            yield Start(score.stands, why, (score.entry.name,))
            return


def _high_scores(course: Course) -> Iterator[Score]:
    """The scores of the first seven days at the line of a flare."""
    usual, rise = course.level.usual, course.criteria.flare_rise
    least_now = max(course.level.pre, usual) + rise
    for score in course.scores:
        least = least_now if score.entry.scale == "now" else usual + rise
        if score.day <= course.criteria.flare_last_day and score.pain >= least:
            yield score


def _is_chance(course: Course, score: Score) -> bool:
    """Whether a late rise stands alone in a diary whose own variation reaches that far.

    A flare has begun and mostly peaked within three days. What rises later needs a second day above B + 1, or
    more than chance brings about one evening in a hundred; a short diary cannot tell, and its rise counts.
    """
    criteria, pains, usual = course.criteria, course.series.pains, course.level.usual
    if score.day <= criteria.flare_begun_day or len(pains) < criteria.variation_evenings:
        return False
    if score.pain - usual >= criteria.flare_spreads * read_variation(pains).spread:
        return False
    near = (day for day in course.days if day.day != score.day and abs(day.day - score.day) <= 2)
    return all(day.level <= usual + 1 for day in near)


def lone_rise(course: Course) -> Reason | None:
    """What is said of a late rise that is taken for chance; None without one."""
    usual = course.level.usual
    if usual > course.criteria.flare_scale_end_above:
        return None
    lone = next((score for score in _high_scores(course) if _is_chance(course, score)), None)
    if lone is None:
        return None
    spread = plain(round(read_variation(course.series.pains).spread, 1))
    return reason("lone_rise", score=lone.pain, day=plain(course.since(lone.stands)), spread=spread)


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
    for entry in course.series.telling(over + AVERAGE_STANDS_BEFORE):
        stands_before = AVERAGE_STANDS_BEFORE if entry.scale == "average_24h" else 0
        stands = entry.taken_at - stands_before
        if stands < over and (since is None or stands >= since):
            yield from entry.answers.side_effects
