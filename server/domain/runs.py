"""How long the relief after the injection ran on without a break, and whether that fits the drug."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from server.domain.criteria import Criteria
from server.domain.exact import Exact, middle
from server.domain.instants import HOUR, Instant
from server.domain.relief import Point, points, read_scores
from server.domain.series import Series
from server.domain.window import Window

Concordance = Literal["short", "concordant", "prolonged", "not_judged"]


@dataclass(frozen=True, slots=True)
class Run:
    """An unbroken run at a level of relief, in microseconds after T0; no `high` where no end was seen."""

    low: Exact
    high: Exact | None
    ended_by_rescue: bool = False

    @property
    def censored(self) -> bool:
        """Whether the end of the run was not seen."""
        return self.high is None


def day_points(series: Series, criteria: Criteria) -> list[Point]:
    """The points of the first 24 hours, read and merged as in the diagnostic window."""
    return points(read_scores(series, series.t0 + criteria.run_hours * HOUR, criteria).scores, criteria)


def unbroken_run(
    series: Series, found: Sequence[Point], baseline: int, percent: int, criteria: Criteria
) -> Run | None:
    """The run from the first point at a level; one point below between two at the level is bridged."""
    highest = baseline * (100 - percent)
    at_level = [100 * point.score <= highest for point in found]
    if baseline == 0 or True not in at_level:
        return None
    first = at_level.index(True)
    rescue = _first_rescue(series, found[first].at, series.t0 + criteria.run_hours * HOUR)
    last = first
    for place in range(first + 1, len(found)):
        point = found[place]
        if rescue is not None and point.at > rescue:
            break
        if at_level[place]:
            last = place
        elif not _is_bridged(found, at_level, place, rescue):
            return Run(found[last].at - series.t0, point.at - series.t0)
    low = found[last].at - series.t0
    return Run(low, None) if rescue is None else Run(low, rescue - series.t0, ended_by_rescue=True)


def _is_bridged(found: Sequence[Point], at_level: Sequence[bool], place: int, rescue: Instant | None) -> bool:
    after = place + 1
    return after < len(found) and at_level[after] and (rescue is None or found[after].at <= rescue)


def _first_rescue(series: Series, after: Exact, until: Instant) -> Instant | None:
    times = (intake.taken_at for intake in series.intakes)
    return min((time for time in times if after < time <= until), default=None)


def concordance(run: Run | None, window: Window, criteria: Criteria, *, positive: bool) -> Concordance:
    """Whether the length of relief fits the drug: context for the physician, never a gate."""
    lower, prolonged = window.lower, window.prolonged
    if not positive or run is None or lower is None or prolonged is None:
        return "not_judged"
    if run.high is None:
        return _censored(run.low, lower, prolonged)
    spans = any(run.low < limit < run.high for limit in (lower, prolonged))
    if spans and run.high - run.low > criteria.widest_judged_hours * HOUR:
        return "not_judged"
    half_way = middle(run.low, run.high)
    if half_way < lower:
        return "short"
    return "concordant" if half_way <= prolonged else "prolonged"


def _censored(low: Exact, lower: Exact, prolonged: Exact) -> Concordance:
    if low > prolonged:
        return "prolonged"
    return "concordant" if low >= lower else "not_judged"
