"""The entries of one diary as read at a moment: which count, and for what."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter, lt
from typing import Any, NamedTuple

from server.domain.codes import SCALES
from server.domain.diary import Entry, Episode, Event, Intake
from server.domain.entries import NOTHING, BareEntries
from server.domain.filling import AVERAGE_STANDS_BEFORE, NO_OFFERS, Filling, Grade, Offers, fill, grade_beside
from server.domain.instants import MINUTE, Instant, LocalTime
from server.domain.schedule import NO_AVERAGES, AverageSlots, Slot, slots_taking_averages, slots_taking_now

CLOCK_TOLERANCE = 10 * MINUTE
_LIVE = frozenset({"on_time", "late", "extra"})


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


def _fields(of: type[Entry | Score], *names: str) -> Callable[[Any], Any]:
    """Reads fields by their place: for every entry of a diary, by name it takes twice as long."""
    return itemgetter(*map(of._fields.index, names))


_id, _taken_at, _recorded_at, _scale, _pain, _answers = (
    _fields(Entry, name) for name in ("id", "taken_at", "recorded_at", "scale", "pain", "answers")
)
stands_of, day_of, pain_of = (_fields(Score, name) for name in ("stands", "day", "pain"))


@dataclass(slots=True)
class Series:
    """One diary as known at `as_of`: scores in order of description, counts, and what ended it."""

    t0: Instant
    as_of: Instant
    local: LocalTime
    first_day: int
    ending: Event | None
    entries: list[Entry]
    grades: list[Grade] = field(default_factory=list)
    """One for each entry, in the same order."""
    nows: list[Score] = field(default_factory=list)
    averages: list[Score] = field(default_factory=list)
    """The last usable average of each day that stands at T0 or later, in order of days."""
    recorded_days: list[int] = field(default_factory=list)
    """The days of `averages`, and in `pains` their scores, for the phases that read the whole course."""
    pains: list[int] = field(default_factory=list)
    live_averages: list[Score] = field(default_factory=list)
    """The same among those not filled in from memory."""
    worsts: list[Score] = field(default_factory=list)
    intakes: list[Intake] = field(default_factory=list)
    now_slots: Sequence[Slot] = ()
    """The slots that `now` entries fill."""
    average_slots: AverageSlots = NO_AVERAGES
    """The slots that averages fill."""
    skipped: int = 0
    """How many entries say that a check-in was skipped."""
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

    def live_entries(self, until: Instant) -> Iterator[Entry]:
        """Usable entries of every scale described from T0 to a moment, none filled in from memory."""
        last = until if self.ending is None else min(until, self.ending.at)
        for entry, grade in zip(self.entries, self.grades, strict=True):
            if entry.taken_at > last:
                return
            if grade in _LIVE:
                yield entry


def latest_moment(episode: Episode) -> Instant:
    """The default of `as_of`: the latest time described or recorded in the diary, else T0."""
    return _latest(episode, [*map(_taken_at, episode.entries)])


def _latest(episode: Episode, described: Iterable[Instant]) -> Instant:
    times = [*described, *(event.at for event in episode.events)]
    if not isinstance(episode.entries, BareEntries):
        times += {*map(_recorded_at, episode.entries)} - {None}
    return max(times, default=episode.procedure.performed_at)


def build_series(episode: Episode, as_of: Instant | None = None) -> Series:
    """Drop what is later than `as_of`, keep the last of each id, order, and grade every entry."""
    t0, local, entries = episode.procedure.performed_at, episode.local, [*episode.entries]
    times = [*map(_taken_at, entries)]
    latest = _latest(episode, times)
    if as_of is None:
        as_of = latest if episode.as_of is None else episode.as_of
    if latest > as_of:
        entries = [*_known_by(entries, as_of)]
        times = [*map(_taken_at, entries)]
    ends = [event for event in episode.events if t0 < event.at <= as_of]
    ending = min(ends, key=lambda event: (event.at, event.kind)) if ends else None
    series = Series(t0, as_of, local, local.day(t0), ending, _in_order(entries, times))
    plain = isinstance(episode.entries, BareEntries) or _say_nothing(series.entries)
    places = _split(series) if plain else _look_over(series)
    readable = {scale: _offers(series, found) for scale, found in places.items()}
    series.now_slots, series.average_slots = _due_slots(series)
    series.fillings = fill(readable["now"], readable["average_24h"], series.now_slots, series.average_slots)
    if not plain:
        _grade_beside(series, readable)
    for place, filling in series.fillings.items():
        series.grades[place] = filling.grade
    from_memory = not plain and "back_filled" in series.grades
    series.nows = _scores(series, readable["now"], 0, from_memory=from_memory)
    series.worsts = _scores(series, readable["worst_24h"], 0, from_memory=from_memory)
    averages = _scores(series, readable["average_24h"], AVERAGE_STANDS_BEFORE, from_memory=from_memory)
    _add_averages(series, averages, from_memory=from_memory)
    return series


def grade_entries(episode: Episode, as_of: Instant | None = None) -> list[Graded]:
    """Every entry known at `as_of` in order, with the check-in it fills and its grade."""
    series = build_series(episode, as_of)
    return [
        Graded(entry, series.fillings[place].slot.key if place in series.fillings else None, grade)
        for place, (entry, grade) in enumerate(zip(series.entries, series.grades, strict=True))
    ]


def _due_slots(series: Series) -> tuple[Sequence[Slot], AverageSlots]:
    """The slots that scores and averages fill; those planned after an ending event are not due."""
    now = slots_taking_now(series.t0, series.local)
    averages = slots_taking_averages(series.local, series.first_day)
    if series.ending is None:
        return now, averages
    end = series.ending.at
    return [slot for slot in now if slot.planned <= end], averages.planned_by(end)


def _known_by(entries: Iterable[Entry], as_of: Instant) -> Iterator[Entry]:
    """The entries described and recorded by `as_of`."""
    for entry in entries:
        if entry.taken_at <= as_of and (entry.recorded_at is None or entry.recorded_at <= as_of):
            yield entry


def _in_order(entries: list[Entry], times: Sequence[Instant]) -> list[Entry]:
    """The last entry of each id, in order; `times` are when they were described.

    Entries without an id that say the same in every respect are one that was written twice; the first counts.
    """
    ids = {*map(_id, entries)}
    if len(ids) < len(entries) or None in ids:
        counting: dict[object, Entry] = {}
        for entry in entries:
            if entry.id is None:
                counting.setdefault(entry[1:], entry)
            else:
                counting[entry.id] = entry
        return sorted(counting.values(), key=_order)
    return entries if _rises(times) else sorted(entries, key=_order)


def _rises(numbers: Sequence[int]) -> bool:
    """Whether each is above the one before it."""
    return all(map(lt, numbers, numbers[1:]))


def _order(entry: Entry) -> tuple[Instant, Instant, str, str, int, str]:
    """By time and id; without an id by what is said, so that the order of the file never decides."""
    recorded_at = entry.taken_at if entry.recorded_at is None else entry.recorded_at
    if entry.id is not None:
        return entry.taken_at, recorded_at, entry.id, "", 0, ""
    pain, answers = -1 if entry.pain is None else entry.pain, repr(entry.answers)
    return entry.taken_at, recorded_at, "", entry.scale, pain, answers


def _say_nothing(entries: Sequence[Entry]) -> bool:
    """Whether only its time and scale decide about each entry."""
    if not {*map(_recorded_at, entries)} <= {None}:
        return False
    told = (answers for answers in map(_answers, entries) if answers is not NOTHING)
    return not any(answers.skipped or answers.analgesics or answers.clock_suspect for answers in told)


def _split(series: Series) -> dict[str, list[int]]:
    """What `_look_over` does, for entries of which only time and scale decide."""
    entries, end = series.entries, series.as_of if series.ending is None else series.ending.at
    readable: dict[str, list[int]] = {scale: [] for scale in SCALES}
    first = bisect_left(entries, series.t0, key=_taken_at)
    last = bisect_right(entries, end, key=_taken_at)
    graded: list[Grade] = ["before"] * first
    series.grades = graded + ["extra"] * (len(entries) - first)
    for place, scale in enumerate(map(_scale, entries[first:last]), first):
        readable[scale].append(place)
    return readable


def _look_over(series: Series) -> dict[str, list[int]]:
    """Grade the entries whose score is not read, collect intakes; places of the readable ones by scale."""
    t0, end, entries = series.t0, series.as_of if series.ending is None else series.ending.at, series.entries
    readable: dict[str, list[int]] = {scale: [] for scale in SCALES}
    grades: list[Grade] = ["extra"] * len(entries)
    series.grades = grades
    for place, entry in enumerate(entries):
        taken_at, recorded_at, answers = entry.taken_at, entry.recorded_at, entry.answers
        if answers.clock_suspect or (recorded_at is not None and _is_suspect(taken_at, recorded_at, t0)):
            grades[place] = "clock_suspect"
            continue
        if answers.analgesics and taken_at <= end:
            series.intakes += [intake for intake in answers.analgesics if intake.taken_at <= series.as_of]
        if answers.skipped:
            grades[place] = "skipped"
            series.skipped += 1
        elif taken_at < t0:
            grades[place] = "before"
        elif taken_at <= end:
            readable[entry.scale].append(place)
    return readable


def _is_suspect(taken_at: Instant, recorded_at: Instant, t0: Instant) -> bool:
    return taken_at > recorded_at + CLOCK_TOLERANCE or recorded_at < t0 < taken_at


def _grade_beside(series: Series, readable: Mapping[str, Offers]) -> None:
    """Grade the readable entries that fill no check-in: by how long after they were recorded."""
    grades, fillings = series.grades, series.fillings
    for offers in readable.values():
        for place, entry in zip(offers.places, offers.entries, strict=True):
            if entry.recorded_at is not None and place not in fillings:
                grades[place] = grade_beside(entry, series.local)


def _offers(series: Series, places: Sequence[int]) -> Offers:
    return Offers.of(places, [series.entries[place] for place in places]) if places else NO_OFFERS


def _scores(series: Series, offers: Offers, stands_before: Instant, *, from_memory: bool) -> list[Score]:
    """The scores of graded entries of one scale, in order of where they stand."""
    places, entries, times = offers
    if not places:
        return []
    stands = times - stands_before
    days = series.local.days(stands, series.first_day)
    live = [True] * len(places)
    if from_memory:
        live = [series.grades[place] != "back_filled" for place in places]
    # Only a skip has no score, and skips are not read. Score() takes twice as long, once for every entry.
    columns = zip(stands.tolist(), map(_pain, entries), days, live, entries, strict=False)
    return [*map(tuple.__new__, repeat(Score), columns)]


def _add_averages(series: Series, averages: list[Score], *, from_memory: bool) -> None:
    """Keep the averages that stand at T0 or later: the last of each day, of all and of the live ones."""
    after_t0 = averages[bisect_left(averages, series.t0, key=stands_of) :]
    series.averages, series.recorded_days = _last_of_each_day(after_t0)
    series.live_averages = series.averages
    series.pains = [*map(pain_of, series.averages)]
    if from_memory:
        series.live_averages, _ = _last_of_each_day([score for score in after_t0 if score.live])


def _last_of_each_day(averages: list[Score]) -> tuple[list[Score], list[int]]:
    """The averages that count, and their days."""
    days = [*map(day_of, averages)]
    if _rises(days):
        return averages, days
    by_day = dict(zip(days, averages, strict=True))
    days = sorted(by_day)
    return [by_day[day] for day in days], days
