"""Relief in the diagnostic window: which scores are read, as which points, and what they amount to."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from server.domain.criteria import Criteria
from server.domain.exact import Exact, as_written, ratio
from server.domain.instants import HOUR, MINUTE, Instant
from server.domain.scores import Score, stands_of
from server.domain.series import Series


class Point(NamedTuple):
    """Scores only minutes apart, as one: their mean time and mean score."""

    at: Exact
    score: Exact
    names: tuple[str, ...]


class Read(NamedTuple):
    """The scores of the anaesthetic phase up to one moment, and those an analgesic covers."""

    scores: list[Score]
    covered: list[Score]


def read_scores(series: Series, until: Instant, criteria: Criteria) -> Read:
    """Live `now` scores after T0 up to a moment, those under an analgesic set apart."""
    after, last = (bisect_right(series.nows, at, key=stands_of) for at in (series.t0, until))
    found = [score for score in series.nows[after:last] if score.live]
    if not series.intakes:
        return Read(found, [])
    taken = sorted(intake.taken_at for intake in series.intakes)
    read = Read([], [])
    for score in found:
        covered = _is_covered(score.stands, taken, criteria.rescue_hours * HOUR)
        (read.covered if covered else read.scores).append(score)
    return read


def _is_covered(at: Instant, taken: Sequence[Instant], lasts: Instant) -> bool:
    """Whether the last intake before a moment (`taken` is in order) still lasts; at the intake none does."""
    before = bisect_left(taken, at)
    return before > 0 and at < taken[before - 1] + lasts


def points(scores: Iterable[Score], criteria: Criteria) -> list[Point]:
    """Scores less than 8 min after the first of their group become one point."""
    groups: list[list[Score]] = []
    until, near = None, criteria.merging_minutes * MINUTE
    for score in scores:
        if until is not None and score.stands < until:
            groups[-1].append(score)
        else:
            until = score.stands + near
            groups.append([score])
    return [_point(group) for group in groups]


def _point(group: list[Score]) -> Point:
    if len(group) == 1:
        only = group[0]
        return Point(only.stands, only.pain, (only.entry.name,))
    count, names = len(group), tuple(score.entry.name for score in group)
    at = ratio(sum(score.stands for score in group), count)
    return Point(at, ratio(sum(score.pain for score in group), count), names)


def relief_percent(baseline: Exact, score: Exact) -> Exact | None:
    """100 (B - x) / B, possibly negative; undefined for a baseline of 0."""
    if baseline == 0:
        return None
    top, bottom = baseline.as_integer_ratio()
    score_top, score_bottom = score.as_integer_ratio()
    return ratio(100 * (top * score_bottom - score_top * bottom), top * score_bottom)


def reaches(baseline: Exact, score: Exact, percent: int) -> bool:
    """Whether a score is `percent` or more below the baseline; never for a baseline of 0."""
    return baseline > 0 and 100 * (baseline - score) >= percent * baseline


def confirming_pair(found: Sequence[Point]) -> tuple[Point, Point] | None:
    """The two successive points that share the lowest score: the relief both of them reached."""
    return min(pairwise(found), key=lambda pair: max(pair[0].score, pair[1].score), default=None)


def time_weighted_score(found: Sequence[Point]) -> Exact | None:
    """The trapezoid mean of the score between the first and the last point; None under two of them."""
    if len(found) < 2:
        return None
    doubled = sum((right.at - left.at) * (left.score + right.score) for left, right in pairwise(found))
    return ratio(doubled, 2 * (found[-1].at - found[0].at))


def stated_gap(scores: Iterable[Score], baseline: int) -> Exact | None:
    """Stated minus computed relief at the same entry, in points: the largest in absolute value."""
    gaps: list[Fraction] = [
        Fraction(as_written(stated) - computed)
        for score in scores
        if (stated := score.entry.answers.stated_relief_percent) is not None
        and (computed := relief_percent(baseline, score.pain)) is not None
    ]
    return max(gaps, key=abs, default=None)
