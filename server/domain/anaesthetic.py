"""The anaesthetic phase of a reading: verdict, measures of relief, runs and how they fit the drug."""

from dataclasses import dataclass

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.diary import Procedure
from server.domain.exact import Exact, plain
from server.domain.instants import MINUTE, Instant
from server.domain.reasons import Reason, reason
from server.domain.relief import (
    Point,
    Read,
    points,
    reaches,
    read_scores,
    relief_percent,
    stated_gap,
    time_weighted_score,
)
from server.domain.runs import Concordance, Run, concordance, day_points, unbroken_run
from server.domain.series import Series
from server.domain.verdict import POSITIVE, Evidence, Verdict, gather, read_verdict
from server.domain.window import Window, selectivity


@dataclass(frozen=True, slots=True)
class Anaesthetic:
    """The diagnostic answer. Relief in percent, `first_50` an instant, runs in microseconds after T0."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    peak_relief: Exact | None
    confirmed_relief: Exact | None
    time_weighted_relief: Exact | None
    first_50: Exact | None
    run_50: Run | None
    run_80: Run | None
    concordance: Concordance
    stated_gap: Exact | None
    evidence: tuple[str, ...]
    read: Read
    """The scores of the window, those an analgesic covers apart."""
    read_until: Instant
    """The window's end with its tolerance."""
    window_ends_at: Instant

    @property
    def positive(self) -> bool:
        """LA+: the anaesthetic took the pain away."""
        return self.verdict in POSITIVE


def read_anaesthetic(
    series: Series, procedure: Procedure, level: Level, window: Window, criteria: Criteria
) -> Anaesthetic:
    """Read the diagnostic window and the first 24 hours."""
    ends_at = series.t0 + window.ends_after
    read_until = ends_at + criteria.window_tolerance_minutes * MINUTE
    read = read_scores(series, read_until, criteria)
    found = gather(series.t0, level.pre, points(read.scores, criteria))
    verdict, reasons = read_verdict(series, procedure, level, found, criteria, window=window)
    in_a_day = day_points(series, criteria)
    run_50 = unbroken_run(series, in_a_day, level.pre, 50, criteria)
    run_80 = unbroken_run(series, in_a_day, level.pre, 80, criteria)
    weighted = time_weighted_score(found.points)
    return Anaesthetic(
        verdict,
        (*reasons, *_notes(read, run_50, run_80, criteria), *selectivity(window, criteria)),
        _relief(found.baseline, None if found.best is None else found.best.score),
        _relief(found.baseline, found.confirmed_score),
        _relief(found.baseline, weighted),
        next((point.at for point in found.points if reaches(level.pre, point.score, 50)), None),
        run_50,
        run_80,
        concordance(run_50, window, criteria, positive=verdict in POSITIVE),
        stated_gap(read.scores, level.pre),
        _evidence(found, verdict),
        read,
        read_until,
        ends_at,
    )


def _relief(baseline: int, score: Exact | None) -> Exact | None:
    return None if score is None else relief_percent(baseline, score)


def _notes(read: Read, run_50: Run | None, run_80: Run | None, criteria: Criteria) -> list[Reason]:
    notes = []
    if read.covered:
        notes.append(reason("rescue_excluded", entries=len(read.covered), hours=criteria.rescue_hours))
    for percent, run in ((50, run_50), (80, run_80)):
        if run is not None and run.high is not None and run.ended_by_rescue:
            minutes = plain(run.high, MINUTE)
            notes.append(reason("ended_by_rescue", minutes=minutes, level=percent))
    return notes


def _evidence(found: Evidence, verdict: Verdict) -> tuple[str, ...]:
    """The entries that decided: the confirming pair, or the peak nothing confirmed, or all there is."""
    if verdict in {"pending", "indeterminate"} or found.pair is None:
        decisive: tuple[Point, ...] = tuple(found.points)
    elif verdict == "unconfirmed" and found.best is not None:
        decisive = (found.best,)
    else:
        decisive = found.pair
    return tuple(name for point in decisive for name in point.names)
