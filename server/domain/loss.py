"""Where a relief ends: its loss, days covered by analgesics, and gaps that hide the end."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from server.domain.baseline import Level
from server.domain.criteria import Criteria
from server.domain.diary import Event
from server.domain.exact import middle
from server.domain.onset import Call, Crossing
from server.domain.reasons import Reason, reason
from server.domain.series import Series

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


def find_loss(series: Series, start: int, cut: int, criteria: Criteria) -> tuple[int, int] | None:
    """The first of 3 successive averages above a cut, or of 2 at least 5 days apart: place and run length."""
    days, pains, run = series.recorded_days, series.pains, criteria.loss_run
    for place in range(start, len(pains) - 1):
        if pains[place] <= cut or pains[place + 1] <= cut:
            continue
        if days[place + 1] - days[place] >= criteria.loss_pair_days:
            return place, 2
        after = pains[place + 2 : place + run]
        if len(after) == run - 2 and all(pain > cut for pain in after):
            return place, run
    return None


def find_covered(series: Series, start: int, raised: frozenset[int], criteria: Criteria) -> int | None:
    """The first of 7 successive recorded days whose analgesic dose is raised."""
    if not raised or not criteria.analgesic_ends:
        return None
    run = 0
    for place in range(start, len(series.averages)):
        run = run + 1 if series.averages[place].day + series.first_day in raised else 0
        if run == criteria.analgesic_run:
            return place - run + 1
    return None


def find_gaps(series: Series, first: int, first_bad: int | None, longer_than: int) -> list[Gap]:
    """The long gaps between averages from an onset to the first bad one, or to the event."""
    last = len(series.averages) if first_bad is None else first_bad + 1
    days = series.recorded_days[first:last]
    if first_bad is None and series.ending is not None:
        days.append(series.day(series.ending.at))
    pairs = enumerate(pairwise(days), first)
    return [Gap(place, start, end) for place, (start, end) in pairs if end - start > longer_than]


def hides_the_end(gap: Gap, criteria: Criteria) -> bool:
    """Whether a gap is so long that the relief is only known up to its start."""
    early = gap.days_before(criteria.dense_until_day)
    return early > criteria.dense_gap_days or gap.days > criteria.longest_gap_days


def is_imprecise(gap: Gap, criteria: Criteria) -> bool:
    """Whether a gap is long for its place in the diary."""
    return gap.days_before(criteria.dense_until_day) > criteria.precise_gap_days


def find_end(
    series: Series, call: Call, line: Line, raised: frozenset[int], criteria: Criteria
) -> tuple[End, list[Gap]]:
    """What ended a relief, or its last good day; and the gaps on the way there.

    `raised` are the days since 1970 with a raised analgesic dose.
    """
    lost, run = find_loss(series, call.first + 1, line.cut, criteria) or (None, 0)
    covered = find_covered(series, call.first + 1, raised, criteria)
    first_bad = min((place for place in (lost, covered) if place is not None), default=None)
    shortest = min(criteria.precise_gap_days, criteria.dense_gap_days, criteria.longest_gap_days)
    gaps = find_gaps(series, call.first, first_bad, shortest)
    hidden = next((gap for gap in gaps if hides_the_end(gap, criteria)), None)
    if hidden is not None:
        why = reason("gap", days=hidden.days, day=hidden.start_day, line=line.percent)
        return _unseen(series, line, hidden.place + 1, why), gaps
    if first_bad is not None and first_bad == lost:
        return _lost(series, line, first_bad, run), gaps
    if first_bad is not None:
        return _covered(series, line, first_bad, criteria), gaps
    if series.ending is not None:
        return _cut_off(series, line, series.ending), gaps
    day = series.averages[_last_good(series, line, len(series.averages))].day
    why = reason("still_in_relief", line=line.percent, day=day)
    return _unseen(series, line, len(series.averages), why), gaps


def _last_good(series: Series, line: Line, before: int) -> int:
    """The place of the last average on the good side before another; an onset's first day always is one."""
    pains, cut = series.pains, line.cut
    return next(place for place in reversed(range(before)) if pains[place] <= cut)


def _between(series: Series, line: Line, first_bad: int) -> Crossing:
    """The crossing back over a line: between the last good average and the first bad one."""
    low = series.averages[_last_good(series, line, first_bad)].stands - series.t0
    high = series.averages[first_bad].stands - series.t0
    return Crossing(middle(low, high), low, high)


def _lost(series: Series, line: Line, first_bad: int, run: int) -> End:
    bad = series.averages[first_bad : first_bad + run]
    why = reason("lost", line=line.percent, day=bad[0].day, averages=run, cut=line.cut)
    names = tuple(score.entry.name for score in bad)
    return End(_between(series, line, first_bad), "loss", first_bad, why, names)


def _covered(series: Series, line: Line, first: int, criteria: Criteria) -> End:
    days = series.averages[first : first + criteria.analgesic_run]
    percent = criteria.analgesic_percent
    why = reason("ended_by_analgesic", line=line.percent, day=days[0].day, days=len(days), percent=percent)
    names = tuple(score.entry.name for score in days)
    return End(_between(series, line, first), "analgesic", first, why, names)


def _cut_off(series: Series, line: Line, event: Event) -> End:
    at = event.at - series.t0
    kind: EndedBy = "repeat" if event.kind == "repeat" else "surgery"
    why = reason(f"ended_by_{kind}", line=line.percent, day=series.day(event.at))
    return End(Crossing(at, at, at), kind, len(series.averages), why)


def _unseen(series: Series, line: Line, until: int, why: Reason) -> End:
    good = series.averages[_last_good(series, line, until)]
    at = good.stands - series.t0
    return End(Crossing(at, at, at), None, until, why, (good.entry.name,))
