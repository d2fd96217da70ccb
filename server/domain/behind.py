"""Which entries decided each number of a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from server.domain.criteria import Criteria
from server.domain.duration import Length
from server.domain.exact import Exact
from server.domain.instants import DAY
from server.domain.onset import Call
from server.domain.relief import Point, confirming_pair, points
from server.domain.responder import DAYS, tolerance
from server.domain.result import Reading
from server.domain.runs import Run, day_points
from server.domain.series import Series

Names = tuple[str, ...]


def entries_behind(reading: Reading, criteria: Criteria) -> dict[str, Names]:
    """The entries behind each number, by the number's key; none where a number does not exist."""
    series, found = reading.series, reading.anaesthetic
    window = points(found.read.scores, criteria)
    best = min(window, key=lambda point: point.score, default=None)
    in_a_day = day_points(series, criteria)
    duration, steroid = reading.duration, reading.steroid
    return {
        "confirmed_relief": _of_points(confirming_pair(window) or ()),
        "peak_relief": _of_points(() if best is None else (best,)),
        "time_weighted_relief": _of_points(window),
        "first_50": _of_points(point for point in window if point.at == found.first_50),
        "run_50": _ends_of(found.run_50, in_a_day, series),
        "run_80": _ends_of(found.run_80, in_a_day, series),
        "flare_rise": reading.flare.evidence,
        "flare_days": reading.flare.evidence,
        "onset_50": _of_call(steroid.good, series),
        "onset_30": _of_call(steroid.some, series),
        "steroid_peak": _around_the_peak(steroid.peak_day, series),
        "L50": _of_length(duration.l50, steroid.good, series),
        "L30": _of_length(duration.l30, steroid.some, series),
        "RTB": _of_length(duration.rtb, steroid.some, series),
        **{f"responder_{day}": _near(day, series) for day in DAYS},
    }


def _of_points(found: Iterable[Point]) -> Names:
    return tuple(name for point in found for name in point.names)


def _ends_of(run: Run | None, found: Sequence[Point], series: Series) -> Names:
    """The last point of a run, and the first below its level where that was seen."""
    if run is None:
        return ()
    ends: set[Exact | None] = {run.low, run.high}
    return _of_points(point for point in found if point.at - series.t0 in ends)


def _of_call(call: Call | None, series: Series) -> Names:
    return () if call is None else _averages(series, {call.first, call.second})


def _around_the_peak(peak: Exact | None, series: Series) -> Names:
    """The three successive averages with the lowest mean: the middle one stands at the peak."""
    for place in range(1, len(series.averages) - 1):
        if peak is not None and Fraction(series.averages[place].stands - series.t0, DAY) == peak:
            return _averages(series, {place - 1, place, place + 1})
    return ()


def _of_length(length: Length | None, call: Call | None, series: Series) -> Names:
    """What began the relief, and what ended it; the last entry on the good side where nothing has."""
    if length is None:
        return ()
    end = length.end.evidence or _averages(series, {length.end.until})
    return tuple(dict.fromkeys((*_of_call(call, series), *end)))


def _near(day: int, series: Series) -> Names:
    near = tolerance(day)
    return tuple(score.entry.name for score in series.averages if abs(score.day - day) <= near)


def _averages(series: Series, places: Iterable[int]) -> Names:
    known = series.averages
    return tuple(known[place].entry.name for place in sorted(places) if 0 <= place < len(known))
