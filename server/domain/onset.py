"""The steroid phase: when lasting relief began, and how good it became."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from server.domain.anaesthetic import Anaesthetic
from server.domain.baseline import Level, highest_score
from server.domain.calls import find_call, find_loss, highest_called
from server.domain.criteria import Criteria
from server.domain.diary import Procedure
from server.domain.ending import read_to
from server.domain.exact import Exact, plain
from server.domain.instants import DAY, Instant
from server.domain.reasons import Reason, reason
from server.domain.relief import relief_percent
from server.domain.series import Series
from server.domain.timing import Asking, Crossing, Timing

Status = Literal[
    "responded", "late", "merged", "partial", "none", "pending", "not_applicable", "not_evaluable"
]
RESPONDED = frozenset({"responded", "late", "merged"})


class Call(NamedTuple):
    """Lasting relief at a line: the places of its first day and of the day that confirms it."""

    first: int
    second: int
    crossing: Crossing


@dataclass(frozen=True, slots=True)
class Steroid:
    """The steroid phase of a course: its status, the onsets at the 50 % and 30 % lines, the peak."""

    status: Status
    reasons: tuple[Reason, ...]
    good: Call | None = None
    some: Call | None = None
    peak_relief: Exact | None = None
    peak_day: Exact | None = None
    evidence: tuple[str, ...] = ()

    @property
    def responded(self) -> bool:
        """ST+: lasting relief began."""
        return self.status in RESPONDED


def read_steroid(
    timing: Timing, procedure: Procedure, anaesthetic: Anaesthetic, criteria: Criteria
) -> Asking[Steroid]:
    """The steroid phase as known at the series' `as_of`."""
    series, level = timing.series, timing.level
    peak_relief, peak_day = _peak(series, level, criteria)
    if level.usual < criteria.lowest_baseline:
        low = reason("baseline_too_low", baseline=plain(level.usual), least=criteria.lowest_baseline)
        return Steroid("not_evaluable", (low,), peak_relief=peak_relief, peak_day=peak_day)
    good = yield from _call(timing, criteria.good_relief, criteria)
    some = yield from _call(timing, criteria.some_relief, criteria)
    merged = good is not None and _is_merged(series, level, anaesthetic, good, criteria)
    if good is not None and some is not None and merged:
        from_start = Crossing(DAY // 2, 0, DAY)
        good, some = good._replace(crossing=from_start), some._replace(crossing=from_start)
    status, reasons = _status(series, level, good, some, criteria, merged=merged)
    if procedure.steroid == "none":
        status, reasons = "not_applicable", [reason("no_steroid"), *_unless_open(reasons)]
    if good is None:
        reasons += read_to(series, criteria.last_onset_day)
    decisive = good or some
    names = () if decisive is None else tuple(series.averages[i].entry.name for i in decisive[:2])
    return Steroid(status, tuple(reasons), good, some, peak_relief, peak_day, names)


def _unless_open(reasons: list[Reason]) -> list[Reason]:
    """Reasons that also hold for a block without steroid: what was seen, not what is still awaited."""
    return [why for why in reasons if why.code in {"line_met", "relief_from_start"}]


def _call(timing: Timing, line: int, criteria: Criteria) -> Asking[Call | None]:
    series, level = timing.series, timing.level
    until = criteria.last_onset_day
    places = find_call(series, highest_called(level, line, criteria), criteria, last_day=until)
    if places is None or series.recorded_days[places[0]] > until:
        return None
    first = places[0]
    lost = find_loss(series, first + 1, level.cut(line), criteria)
    crossing = yield from timing.onset(first, len(series.averages) if lost is None else lost[0], line)
    return Call(*places, crossing)


def _is_merged(
    series: Series, level: Level, anaesthetic: Anaesthetic, good: Call, criteria: Criteria
) -> bool:
    """Whether the relief of the anaesthetic ran on into the first recorded day without a gap."""
    first = series.averages[0]
    if good.first != 0 or first.day > criteria.merged_day or not anaesthetic.positive:
        return False
    begins = anaesthetic.first_50
    between = [s for s in series.nows if begins is not None and begins <= s.stands <= first.stands]
    cut = highest_score(level.pre, criteria.good_relief)
    return all(score.pain <= cut for score in between) and any(
        score.stands > anaesthetic.window_ends_at for score in between
    )


def _status(
    series: Series,
    level: Level,
    good: Call | None,
    some: Call | None,
    criteria: Criteria,
    *,
    merged: bool,
) -> tuple[Status, list[Reason]]:
    if good is not None:
        why = [_line_met(series, level, good, criteria.good_relief)]
        day = series.recorded_days[good.first]
        if merged:
            return "merged", [reason("relief_from_start", line=criteria.good_relief, day=day), *why]
        return ("responded" if day <= criteria.onset_day else "late"), why
    if some is not None:
        return "partial", [_line_met(series, level, some, criteria.some_relief)]
    if series.as_of < none_from(series, criteria):
        return "pending", [reason("onset_days_not_over", day=criteria.late_day)]
    if not _has_close_days(series, criteria):
        return "not_evaluable", [reason("too_few_days")]
    return "none", [reason("no_lasting_relief", line=criteria.good_relief, day=criteria.late_day)]


def none_from(series: Series, criteria: Criteria) -> Instant:
    """The beginning of the local day from which a missing onset is called none."""
    return series.day_over(criteria.late_day - 1)


def _line_met(series: Series, level: Level, call: Call, line: int) -> Reason:
    return reason(
        "line_met",
        line=line,
        day=series.recorded_days[call.first],
        partner=series.recorded_days[call.second],
        cut=level.cut(line),
        baseline=plain(level.usual),
    )


def _has_close_days(series: Series, criteria: Criteria) -> bool:
    """Whether some day of 1-42 and the two after it hold two recorded averages."""
    days = {*series.recorded_days}
    return any(
        sum(day + step in days for step in range(3)) >= 2 for day in range(1, criteria.last_onset_day + 1)
    )


def _peak(series: Series, level: Level, criteria: Criteria) -> tuple[Exact | None, Exact | None]:
    """The lowest mean of 3 successive recorded days to day 42 as relief, and where its middle stands."""
    pains = series.pains[: bisect_right(series.recorded_days, criteria.last_onset_day)]
    sums = [one + two + three for one, two, three in zip(pains, pains[1:], pains[2:], strict=False)]
    if not sums:
        return None, None
    best = min(sums)
    stands = series.averages.stands[sums.index(best) + 1]
    return relief_percent(3 * level.usual, best), Fraction(stands - series.t0, DAY)
