"""The diagnostic answer: did numbing this root take the pain away? The table of verdicts, in its order."""

from dataclasses import dataclass
from typing import Literal

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.diary import Procedure
from server.domain.exact import Exact, plain
from server.domain.instants import HOUR, MINUTE, Instant
from server.domain.reasons import Reason, reason
from server.domain.relief import Point, confirming_pair, reaches, relief_percent
from server.domain.series import Series
from server.domain.window import Window

Verdict = Literal[
    "pending", "indeterminate", "positive_strong", "positive", "unconfirmed", "equivocal", "negative"
]
POSITIVE = frozenset({"positive", "positive_strong"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the diagnostic window holds: its points, the best of them and the pair that confirms most."""

    t0: Instant
    baseline: int
    points: list[Point]
    best: Point | None
    pair: tuple[Point, Point] | None

    def confirmed(self, percent: int) -> bool:
        """Whether two successive points both reach a level of relief."""
        return self.pair is not None and all(reaches(self.baseline, p.score, percent) for p in self.pair)

    @property
    def confirmed_score(self) -> Exact | None:
        """The higher score of the confirming pair."""
        return None if self.pair is None else max(self.pair[0].score, self.pair[1].score)


def gather(t0: Instant, baseline: int, points: list[Point]) -> Evidence:
    """The evidence of the points of the window."""
    best = min(points, key=lambda point: point.score, default=None)
    return Evidence(t0, baseline, points, best, confirming_pair(points))


def read_verdict(
    series: Series,
    procedure: Procedure,
    level: Level,
    found: Evidence,
    criteria: Criteria,
    *,
    window: Window,
) -> tuple[Verdict, list[Reason]]:
    """The first row of the table that applies, with its reasons."""
    evaluable = level.pre >= criteria.lowest_baseline
    enough = len(found.points) >= criteria.points_needed
    positive = enough and found.confirmed(criteria.positive_line)
    if series.as_of < series.t0 + window.ends_after and evaluable and not positive:
        return "pending", [reason("window_open", hours=window.hours)]
    obstacles = [*_too_few(found, criteria), *_obstacles(series, procedure, level, criteria)]
    if obstacles:
        return "indeterminate", obstacles
    return _by_relief(found, criteria)


def _too_few(found: Evidence, criteria: Criteria) -> list[Reason]:
    reasons = []
    if len(found.points) < criteria.points_needed:
        reasons.append(reason("too_few_points", points=len(found.points), needed=criteria.points_needed))
    limit = found.t0 + criteria.first_point_minutes * MINUTE
    if not any(point.at <= limit for point in found.points):
        reasons.append(reason("no_early_point", minutes=criteria.first_point_minutes))
    return reasons


def _obstacles(series: Series, procedure: Procedure, level: Level, criteria: Criteria) -> list[Reason]:
    """What keeps any score from answering the diagnostic question."""
    reasons = []
    if level.pre < criteria.lowest_baseline:
        reasons.append(reason("baseline_too_low", baseline=level.pre, least=criteria.lowest_baseline))
    earliest = series.t0 - criteria.premedication_hours * HOUR
    if any(earliest <= intake.taken_at < series.t0 for intake in series.intakes):
        reasons.append(reason("analgesic_before", hours=criteria.premedication_hours))
    if procedure.sedation and criteria.sedation_counts:
        reasons.append(reason("sedation"))
    if procedure.provocable_before is False and level.pre < criteria.evaluable_baseline:
        reasons.append(reason("not_provocable", baseline=level.pre))
    return reasons


def _by_relief(found: Evidence, criteria: Criteria) -> tuple[Verdict, list[Reason]]:
    line = criteria.positive_line
    if found.confirmed(max(criteria.strong_line, line)):
        return "positive_strong", [_confirmed(found, line)]
    if found.confirmed(line):
        return "positive", [_confirmed(found, line)]
    if found.best is not None and reaches(found.baseline, found.best.score, line):
        return "unconfirmed", [_peak(found, found.best, line)]
    equivocal = found.confirmed(criteria.equivocal_line)
    return "equivocal" if equivocal else "negative", [_confirmed(found, line)]


def _confirmed(found: Evidence, line: int) -> Reason:
    first, second = found.pair or (None, None)
    return reason(
        "confirmed_relief",
        relief=_relief(found.baseline, found.confirmed_score),
        first=_minutes(found, first),
        second=_minutes(found, second),
        line=line,
    )


def _peak(found: Evidence, best: Point, line: int) -> Reason:
    relief = _relief(found.baseline, best.score)
    return reason("unconfirmed_peak", relief=relief, minutes=_minutes(found, best), line=line)


def _relief(baseline: int, score: Exact | None) -> float | int | None:
    return None if score is None else plain(relief_percent(baseline, score))


def _minutes(found: Evidence, point: Point | None) -> float | int | None:
    return None if point is None else plain(point.at - found.t0, MINUTE)
