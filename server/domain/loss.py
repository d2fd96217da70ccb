"""Where a relief ends: its loss, days covered by analgesics, and gaps that hide the end."""

from dataclasses import dataclass
from math import log
from operator import sub
from statistics import fmean as mean
from typing import Final, Literal, NamedTuple

from server.domain.baseline import Level
from server.domain.calls import GOOD, find_call, find_loss, marks
from server.domain.criteria import Criteria
from server.domain.diary import Event
from server.domain.onset import Call
from server.domain.reasons import Reason, reason
from server.domain.series import Series
from server.domain.timing import Asking, Crossing, Timing

NEAR: Final = 10
"""Averages of relief read on each side of a run of bad ones."""
CHANGE_COSTS: Final = 1.5
"""Half a logarithm for each of three parameters: two changes and the level between them."""

EndedBy = Literal["loss", "repeat", "surgery", "analgesic"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of relief, named by its percentage: averages above `cut` are on the bad side."""

    percent: int
    cut: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without an average after the one at `place`."""

    place: int
    start_day: int
    end_day: int

    def days_before(self, day: int) -> int:
        """How much of the gap lies before a day."""
        return min(self.end_day, day) - self.start_day

    @property
    def days(self) -> int:
        """Length in days."""
        return self.end_day - self.start_day


class End(NamedTuple):
    """How a relief ended: when, by what (None where not seen), and up to which average it is read."""

    at: Crossing
    ended_by: EndedBy | None
    until: int
    reason: Reason
    evidence: tuple[str, ...] = ()


def lines(level: Level, criteria: Criteria) -> tuple[Line, Line, Line]:
    """The lines of L50, L30 and of the return to baseline, where 80 % of B is already back."""
    # The highest whole score below 80 % of B: rounded up, less one.
    below_back = int(-(-level.usual * (100 - criteria.return_relief) // 100)) - 1
    return (
        Line(criteria.good_relief, level.cut(criteria.good_relief)),
        Line(criteria.some_relief, level.cut(criteria.some_relief)),
        Line(criteria.return_relief, below_back),
    )


def find_covered(series: Series, start: int, raised: frozenset[int], criteria: Criteria) -> int | None:
    """The first of 7 successive recorded days whose analgesic dose is raised."""
    if not raised or not criteria.analgesic_ends:
        return None
    run = 0
    for place in range(start, len(series.averages)):
        run = run + 1 if series.recorded_days[place] + series.first_day in raised else 0
        if run == criteria.analgesic_run:
            return place - run + 1
    return None


def find_gaps(series: Series, first: int, first_bad: int | None, longer_than: int) -> list[Gap]:
    """The long gaps between averages from an onset to the first bad one, or to the event."""
    last = len(series.averages) if first_bad is None else first_bad + 1
    days = series.recorded_days[first:last]
    if first_bad is None and series.ending is not None:
        days.append(series.day(series.ending.at))
    apart = [*map(sub, days[1:], days)]
    if max(apart, default=0) <= longer_than:
        return []
    long = [place for place, gap in enumerate(apart) if gap > longer_than]
    return [Gap(first + place, days[place], days[place + 1]) for place in long]


def hides_the_end(gap: Gap, criteria: Criteria) -> bool:
    """Whether a gap is so long that the relief is only known up to its start."""
    early = gap.days_before(criteria.dense_until_day)
    return early > criteria.dense_gap_days or gap.days > criteria.longest_gap_days


def is_imprecise(gap: Gap, criteria: Criteria) -> bool:
    """Whether a gap is long for its place in the diary."""
    return gap.days_before(criteria.dense_until_day) > criteria.precise_gap_days


class Loss(NamedTuple):
    """A loss of relief: its first bad average, and the length of the run that called it."""

    place: int
    run: int
    until: int
    """Where relief was regained, or the end of the diary."""


Dip = tuple[int, int]
"""First and last place of a run that called a loss and is within the diary's own variation."""


def find_lasting_loss(
    timing: Timing, start: int, cut: int, criteria: Criteria
) -> tuple[Loss | None, list[Dip]]:
    """The first loss that is more than the diary's own variation, and the dips before it.

    A run of bad averages after which relief went on at least as long again is weighed against chance: two
    more changes of level must explain the scores better than one level does (Schwarz 1978, Ann Stat 6:461-4).
    """
    series, dips = timing.series, list[Dip]()
    found = find_loss(series, start, cut, criteria)
    while found is not None:
        bad, run = found
        regained = find_call(series, cut, criteria, start=bad + run)
        if regained is None:
            return Loss(bad, run, len(series.pains)), dips
        good = regained[0]
        again = find_loss(series, good + 1, cut, criteria)
        until = len(series.pains) if again is None else again[0]
        if until - good < good - bad or not _is_chance(timing, bad, good, until):
            return Loss(bad, run, good), dips
        dips.append((bad, good))
        found = again
    return None, dips


def _is_chance(timing: Timing, bad: int, good: int, until: int) -> bool:
    """Whether the averages from place `bad` to `good` may be of one level with those on both sides."""
    pains = timing.series.pains
    around = pains[max(0, bad - NEAR) : bad] + pains[good : min(until, good + NEAR)]
    rise = mean(pains[bad:good]) - mean(around)
    spread, worth = timing.variation.spread, timing.variation.weight
    better = worth * (good - bad) * rise * rise / (2 * spread * spread)
    return better < CHANGE_COSTS * log(len(pains))


class Ending(NamedTuple):
    """The end of a relief, the long gaps on the way there, and what is said of dips that were no end."""

    end: End
    gaps: list[Gap]
    dips: tuple[Reason, ...]


def find_end(
    timing: Timing, call: Call, line: Line, raised: frozenset[int], criteria: Criteria
) -> Asking[Ending]:
    """What ended a relief, or its last good day. `raised` are the days since 1970 with a raised dose."""
    series = timing.series
    loss, dips = find_lasting_loss(timing, call.first + 1, line.cut, criteria)
    covered = find_covered(series, call.first + 1, raised, criteria)
    lost = None if loss is None else loss.place
    first_bad = min((place for place in (lost, covered) if place is not None), default=None)
    shortest = min(criteria.precise_gap_days, criteria.dense_gap_days, criteria.longest_gap_days)
    gaps = find_gaps(series, call.first, first_bad, shortest)
    hidden = next((gap for gap in gaps if hides_the_end(gap, criteria)), None)
    if hidden is not None:
        why = reason("gap", days=hidden.days, day=hidden.start_day, line=line.percent)
        end = _unseen(series, line, hidden.place + 1, why)
    elif loss is not None and loss.place == first_bad:
        end = yield from _lost(timing, call, line, loss)
    elif first_bad is not None:
        end = _covered(timing, call, line, first_bad, criteria)
    elif series.ending is not None:
        end = _cut_off(series, line, series.ending)
    else:
        day = series.recorded_days[_last_good(series, line, len(series.averages))]
        why = reason("still_in_relief", line=line.percent, day=day)
        end = _unseen(series, line, len(series.averages), why)
    told = (_dip(series, line, *places) for places in dips if places[0] < end.until)
    return Ending(end, gaps, tuple(told))


def _dip(series: Series, line: Line, bad: int, good: int) -> Reason:
    above = [score for score in series.averages[bad:good] if score.pain > line.cut]
    day = above[0].day
    return reason("dip_by_chance", line=line.percent, day=day, averages=len(above), cut=line.cut)


def _last_good(series: Series, line: Line, before: int) -> int:
    """The place of the last average on the good side before another; an onset's first day always is one."""
    return marks(series, line.cut).rindex(GOOD, 0, before)


def _lost(timing: Timing, call: Call, line: Line, loss: Loss) -> Asking[End]:
    bad = timing.series.averages[loss.place : loss.place + loss.run]
    why = reason("lost", line=line.percent, day=bad[0].day, averages=loss.run, cut=line.cut)
    names = tuple(score.entry.name for score in bad)
    at = yield from timing.loss(call.first, loss.place, line.percent, line.cut, until=loss.until)
    return End(at, "loss", loss.place, why, names)


def _covered(timing: Timing, call: Call, line: Line, first: int, criteria: Criteria) -> End:
    days = timing.series.averages[first : first + criteria.analgesic_run]
    percent = criteria.analgesic_percent
    why = reason("ended_by_analgesic", line=line.percent, day=days[0].day, days=len(days), percent=percent)
    names = tuple(score.entry.name for score in days)
    at = timing.after_last_good(call.first, first, line.cut)
    return End(at, "analgesic", first, why, names)


def _cut_off(series: Series, line: Line, event: Event) -> End:
    at = event.at - series.t0
    kind: EndedBy = "repeat" if event.kind == "repeat" else "surgery"
    why = reason(f"ended_by_{kind}", line=line.percent, day=series.day(event.at))
    return End(Crossing(at, at, at), kind, len(series.averages), why)


def _unseen(series: Series, line: Line, until: int, why: Reason) -> End:
    good = series.averages[_last_good(series, line, until)]
    at = good.stands - series.t0
    return End(Crossing(at, at, at), None, until, why, (good.entry.name,))
