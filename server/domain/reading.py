"""The engine's result for one episode under one criteria version: made here, and only here."""

from collections.abc import Sequence

from server.domain import duration as durations
from server.domain import flare as flares
from server.domain import onset, responder
from server.domain.anaesthetic import read_anaesthetic
from server.domain.baseline import read_baseline
from server.domain.change import Moments, Question, fit_changes
from server.domain.confidence import read_confidence
from server.domain.counts import count
from server.domain.criteria import Criteria
from server.domain.diary import Episode
from server.domain.doses import raised_days
from server.domain.duration import Duration
from server.domain.instants import Instant
from server.domain.onset import read_steroid
from server.domain.result import Reading
from server.domain.series import Series, build_series
from server.domain.shape import read_shape
from server.domain.timing import Asking, Timing
from server.domain.window import diagnostic_window
from server.domain.written import to_json

__all__ = ["Reading", "read", "to_json"]


def read(episode: Episode, criteria: Criteria, as_of: Instant | None = None) -> Reading:
    """Read one episode as known at `as_of` (default: the episode's own, else its latest time)."""
    return read_all([episode], criteria, as_of)[0]


def read_all(episodes: Sequence[Episode], criteria: Criteria, as_of: Instant | None = None) -> list[Reading]:
    """`read` of each: the same readings in less time.

    Their fits are made together, and all go through one section of the engine before the next one: what
    takes time is fetching the code, which then serves many.
    """
    found: dict[int, Reading] = {}
    waiting = {place: _read(episode, criteria, as_of) for place, episode in enumerate(episodes)}
    answers: dict[int, Moments | None] = {}
    while waiting:
        asked: dict[int, Question] = {}
        for place, asking in [*waiting.items()]:
            try:
                question = asking.send(answers.get(place))
            except StopIteration as done:
                found[place] = done.value
                del waiting[place]
            else:
                if question is not None:
                    asked[place] = question
        answers = dict(zip(asked, fit_changes([*asked.values()]), strict=True))
    return [found[place] for place in range(len(episodes))]


def _read(episode: Episode, criteria: Criteria, as_of: Instant | None) -> Asking[Reading]:
    series = build_series(episode, as_of)
    yield None
    procedure = episode.procedure
    level = read_baseline(episode.baseline, series.first_day, criteria)
    window = diagnostic_window(procedure, criteria)
    usual = episode.baseline.usual_analgesics
    raised = raised_days(series.intakes, usual, series.local, criteria.flare_dose_percent)
    yield None
    anaesthetic = read_anaesthetic(series, procedure, level, window, criteria)
    yield None
    course = flares.gather(series, level, window, raised, criteria)
    flare = flares.read_flare(course, series.as_of)
    ends_at = anaesthetic.window_ends_at
    yield None
    timing = Timing(series, level, ends_at, criteria)
    steroid = yield from read_steroid(timing, procedure, anaesthetic, criteria)
    covered = raised_days(series.intakes, usual, series.local, criteria.analgesic_percent)
    duration = yield from durations.read_duration(durations.Course(timing, criteria, covered), steroid)
    yield None
    responds = responder.read_responder(series, level, criteria)
    counts = count(series)
    yield None
    confidence = read_confidence(series, counts, procedure, level, anaesthetic, criteria, window=window)
    yield None
    changes = (
        ends_at if anaesthetic.verdict == "pending" or confidence.waits else None,
        flares.next_change(course, flare),
        onset.none_from(series, criteria) if steroid.status == "pending" or duration.waits else None,
        responder.next_change(series, responds) if level.usual >= criteria.lowest_baseline else None,
        counts.next_due_at,
    )
    return Reading(
        episode.episode_id,
        criteria.label,
        series.as_of,
        min((moment for moment in changes if moment is not None), default=None),
        series.local,
        level,
        anaesthetic,
        flare,
        steroid,
        duration,
        read_shape(anaesthetic, flare, steroid, steroid_given=procedure.steroid != "none"),
        confidence,
        responds,
        counts,
        _flags(series, duration),
        window,
        series,
    )


def _flags(series: Series, duration: Duration) -> tuple[str, ...]:
    lengths = (duration.l50, duration.l30, duration.rtb)
    imprecise = any(length is not None and length.imprecise is not None for length in lengths)
    suspect = "clock_suspect" in series.grades
    return (*(["low_precision"] if imprecise else []), *(["clock_suspect"] if suspect else []))
