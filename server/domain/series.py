"""The entries of one diary as read at a moment: which count, and for what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from server.domain.diary import Entry, Episode, Event, Intake
from server.domain.filling import AVERAGE_STANDS_BEFORE, Filling, Grade, fill, grade_beside
from server.domain.instants import MINUTE, Instant, LocalTime
from server.domain.schedule import Slot, slots_taking_averages, slots_taking_now

CLOCK_TOLERANCE = 10 * MINUTE


class Graded(NamedTuple):
    """One entry with the check-in it fills (None for an entry beside the protocol) and its grade."""

    entry: Entry
    slot: str | None
    grade: Grade


class Score(NamedTuple):
    """One usable score: `day` counts local days from T0's, an average stands 12 h before it was described."""

    stands: Instant
    pain: int
    day: int
    live: bool
    """False where it was filled in from memory."""
    entry: Entry


@dataclass(slots=True)
class Series:
    """One diary as known at `as_of`: scores in order of description, counts, and what ended it."""

    t0: Instant
    as_of: Instant
    local: LocalTime
    first_day: int
    ending: Event | None
    entries: list[Entry]
    graded: list[Graded] = field(default_factory=list)
    nows: list[Score] = field(default_factory=list)
    averages: list[Score] = field(default_factory=list)
    """The last usable average of each day, in order of days."""
    live_averages: list[Score] = field(default_factory=list)
    """The same among those not filled in from memory."""
    worsts: list[Score] = field(default_factory=list)
    intakes: list[Intake] = field(default_factory=list)
    fillings: dict[int, Filling] = field(default_factory=dict)
    """What fills a slot, by the place of its entry."""

    def day(self, at: Instant) -> int:
        """Local day of an instant, T0's day being 0."""
        return self.local.day(at) - self.first_day

    def day_over(self, day: int) -> Instant:
        """The moment at which a day, counted from T0's, is over."""
        return self.local.at(self.first_day + day + 1)

    def is_over(self, day: int) -> bool:
        """Whether a day, counted from T0's, is over at `as_of`."""
        return self.as_of >= self.day_over(day)

    def slots(self) -> tuple[list[Slot], list[Slot]]:
        """The slots that scores and averages fill; those planned after an ending event are not due."""
        now = slots_taking_now(self.t0, self.local)
        averages = slots_taking_averages(self.local, self.first_day)
        if self.ending is None:
            return now, list(averages)
        end = self.ending.at
        return [slot for slot in now if slot.planned <= end], [s for s in averages if s.planned <= end]


def latest_moment(episode: Episode) -> Instant:
    """The default of `as_of`: the latest time described or recorded in the diary, else T0."""
    times = [entry.taken_at for entry in episode.entries]
    times += [entry.recorded_at for entry in episode.entries if entry.recorded_at is not None]
    times += [event.at for event in episode.events]
    return max(times, default=episode.procedure.performed_at)


def build_series(episode: Episode, as_of: Instant | None = None) -> Series:
    """Drop what is later than `as_of`, keep the last of each id, order, and grade every entry."""
    t0, local = episode.procedure.performed_at, episode.local
    if as_of is None:
        as_of = latest_moment(episode) if episode.as_of is None else episode.as_of
    ends = [event for event in episode.events if t0 < event.at <= as_of]
    series = Series(
        t0,
        as_of,
        local,
        local.day(t0),
        min(ends, key=lambda event: event.at, default=None),
        _known_entries(episode.entries, as_of),
    )
    _sort_out(series)
    return series


def grade_entries(episode: Episode, as_of: Instant | None = None) -> list[Graded]:
    """Every entry known at `as_of` in order, with the check-in it fills and its grade."""
    return build_series(episode, as_of).graded


def _known_entries(entries: Iterable[Entry], as_of: Instant) -> list[Entry]:
    known: dict[str | int, Entry] = {}
    for place, entry in enumerate(entries):
        if entry.taken_at <= as_of and (entry.recorded_at is None or entry.recorded_at <= as_of):
            known[place if entry.id is None else entry.id] = entry
    return sorted(known.values(), key=_order)


def _order(entry: Entry) -> tuple[Instant, Instant, str]:
    recorded_at = entry.taken_at if entry.recorded_at is None else entry.recorded_at
    return entry.taken_at, recorded_at, entry.id or ""


def _sort_out(series: Series) -> None:
    """Grade every entry and put the usable ones where the phases find them."""
    grades = [_first_look(series, entry) for entry in series.entries]
    readable = [(place, entry) for place, entry in enumerate(series.entries) if grades[place] is None]
    series.fillings = fill(readable, *series.slots())
    for place, entry in enumerate(series.entries):
        grade, slot = grades[place], None
        if grade is None:
            filling = series.fillings.get(place)
            if filling is None:
                grade = grade_beside(entry, series.local)
            else:
                slot, grade = filling.slot.key, filling.grade
            _add_score(series, entry, live=grade != "back_filled")
        series.graded.append(Graded(entry, slot, grade))
    series.averages = _last_of_each_day(series.averages)
    series.live_averages = _last_of_each_day(series.live_averages)


def _first_look(series: Series, entry: Entry) -> Grade | None:
    """The grade of an entry whose score is not read, else None; its intakes count unless it is set aside."""
    if _is_clock_suspect(entry, series.t0):
        return "clock_suspect"
    if series.ending is not None and entry.taken_at > series.ending.at:
        return "skipped" if entry.skipped else "extra"
    if entry.analgesics:
        series.intakes += [intake for intake in entry.analgesics if intake.taken_at <= series.as_of]
    if entry.skipped:
        return "skipped"
    return "before" if entry.taken_at < series.t0 else None


def _is_clock_suspect(entry: Entry, t0: Instant) -> bool:
    recorded_at = entry.recorded_at
    if recorded_at is None:
        return False
    return entry.taken_at > recorded_at + CLOCK_TOLERANCE or recorded_at < t0 < entry.taken_at


def _add_score(series: Series, entry: Entry, *, live: bool) -> None:
    pain = cast("int", entry.pain)  # only a skip has no score, and skips are not read
    scale, stands = entry.scale, entry.taken_at
    if scale == "average_24h":
        stands -= AVERAGE_STANDS_BEFORE
    score = Score(stands, pain, series.local.day(stands) - series.first_day, live, entry)
    if scale != "average_24h":
        (series.nows if scale == "now" else series.worsts).append(score)
        return
    series.averages.append(score)
    if live:
        series.live_averages.append(score)


def _last_of_each_day(averages: list[Score]) -> list[Score]:
    by_day = {score.day: score for score in averages}
    return [by_day[day] for day in sorted(by_day)]
