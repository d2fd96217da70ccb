"""How long the relief lasted, or that it still does."""

from dataclasses import dataclass, replace
from math import hypot
from typing import Literal

from server.domain.baseline import Level
from server.domain.calls import BAD, GOOD, find_call, highest_called, marks
from server.domain.criteria import Criteria
from server.domain.ending import read_to
from server.domain.exact import Exact
from server.domain.loss import End, EndedBy, Gap, Line, find_end, is_imprecise, lines
from server.domain.onset import Call, Steroid, none_from
from server.domain.reasons import Reason, reason
from server.domain.series import Series
from server.domain.timing import Asking, Crossing, Timing


@dataclass(frozen=True, slots=True)
class Length:
    """A length of relief in microseconds; `high` and `ended_by` are None where the end was not seen."""

    length: Exact
    low: Exact
    high: Exact | None
    end: End
    imprecise: Gap | None
    """The first gap that is long for its place in the diary."""
    dips: tuple[Reason, ...] = ()
    """What is said of runs of bad averages that were no end."""

    @property
    def ended_by(self) -> EndedBy | None:
        """What ended the relief."""
        return self.end.ended_by

    @property
    def censored(self) -> bool:
        """Whether the end was not seen."""
        return self.high is None

    @property
    def end_days(self) -> tuple[Exact, Exact, Exact]:
        """Estimate, low and high of the end in days after T0; all the last good day without an end."""
        return self.end.at.days


@dataclass(frozen=True, slots=True)
class SecondResponse:
    """A later relief after the first was lost: its beginning after T0 and its length in microseconds."""

    start: Exact
    length: Exact


@dataclass(frozen=True, slots=True)
class Duration:
    """Lengths at 50 % and 30 % relief and to the return to baseline, with the counts that go with them."""

    l50: Length | None
    l30: Length | None
    rtb: Length | None
    headline: Literal["L50", "L30"] | None
    days_at_50_percent: int
    breakthrough_days: int
    second_response: SecondResponse | None
    reasons: tuple[Reason, ...]

    @property
    def waits(self) -> bool:
        """Whether the reasons still speak of relief to come."""
        return any(why.code == "not_reached_yet" for why in self.reasons)

    @property
    def headline_length(self) -> Length | None:
        """The length that stands for the course."""
        return self.l50 if self.headline == "L50" else self.l30


@dataclass(frozen=True, slots=True)
class Course:
    """What the lengths are read from; `raised` are the days since 1970 with a raised analgesic dose."""

    timing: Timing
    criteria: Criteria
    raised: frozenset[int]

    @property
    def series(self) -> Series:
        """The diary."""
        return self.timing.series

    @property
    def level(self) -> Level:
        """The baseline it is read against."""
        return self.timing.level


def read_duration(course: Course, steroid: Steroid) -> Asking[Duration]:
    """All lengths of one course."""
    good, some, back = lines(course.level, course.criteria)
    l50 = yield from _measure(course, steroid.good, good)
    l30 = yield from _measure(course, steroid.some, some)
    rtb = yield from _measure(course, steroid.some, back)
    found = (l50, steroid.good, good) if l50 else (l30, steroid.some, some)
    second = yield from _second_response(course, found[0], found[2])
    headline: Literal["L50", "L30"] | None = "L50" if l50 else "L30" if l30 else None
    return Duration(
        l50,
        l30,
        rtb,
        headline,
        _days_at(course, good),
        _breakthrough_days(course, *found),
        second,
        _reasons(course, found[0], good),
    )


def _measure(course: Course, call: Call | None, line: Line) -> Asking[Length | None]:
    """The length of relief from an onset to its end by a line; None where there was no onset."""
    if call is None:
        return None
    end, gaps, dips = yield from find_end(course.timing, call, line, course.raised, course.criteria)
    imprecise = next((gap for gap in gaps if is_imprecise(gap, course.criteria)), None)
    onset = call.crossing
    length = max(0, end.at.estimate - onset.estimate)
    if end.ended_by is None:
        return Length(length, length, None, end, imprecise, dips)
    less, more = _doubts(onset, end.at)
    return Length(length, max(0, length - less), length + more, end, imprecise, dips)


def _doubts(onset: Crossing, end: Crossing) -> tuple[Exact, Exact]:
    """How much shorter and longer a length may be.

    The doubts of two fitted moments come from different scores and add up as squares do; the ends of
    intervals between two scores add up as they are.
    """
    less = onset.high - onset.estimate, end.estimate - end.low
    more = onset.estimate - onset.low, end.high - end.estimate
    if onset.fitted and end.fitted:
        return round(hypot(*less)), round(hypot(*more))
    return sum(less), sum(more)


def _days_at(course: Course, line: Line) -> int:
    """Recorded days at a line; none for a baseline of 0, where relief is undefined."""
    if course.level.usual == 0:
        return 0
    return marks(course.series, line.cut).count(GOOD)


def _breakthrough_days(course: Course, length: Length | None, call: Call | None, line: Line) -> int:
    """Bad days between onset and loss, none of them part of the loss."""
    if length is None or call is None:
        return 0
    return marks(course.series, line.cut).count(BAD, call.first + 1, length.end.until)


def _second_response(course: Course, first: Length | None, line: Line) -> Asking[SecondResponse | None]:
    """The relief that came after the first was lost, by the same line."""
    if first is None or first.ended_by != "loss":
        return None
    series, criteria = course.series, course.criteria
    called = highest_called(course.level, line.percent, criteria)
    places = find_call(series, called, criteria, start=first.end.until + 1)
    if places is None:
        return None
    # Of a later relief only its start and days are told, so the intervals between two scores will do.
    timing = Timing(series, course.level, course.timing.window_ends_at, criteria, fits=False)
    crossing = yield from timing.onset(places[0], len(series.averages), line.percent, since=first.end.until)
    length = yield from _measure(replace(course, timing=timing), Call(*places, crossing), line)
    return None if length is None else SecondResponse(crossing.estimate, length.length)


def _reasons(course: Course, headline: Length | None, good: Line) -> tuple[Reason, ...]:
    if headline is None:
        series, criteria = course.series, course.criteria
        code = "not_reached_yet" if series.as_of < none_from(series, criteria) else "never_reached"
        return (reason(code, line=good.percent), *read_to(series, criteria.last_onset_day))
    gap = headline.imprecise
    imprecise = () if gap is None else (reason("low_precision", days=gap.days, day=gap.start_day),)
    return (headline.end.reason, *imprecise, *headline.dips)
