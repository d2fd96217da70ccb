"""The entries of one diary as read at a moment: which count, and for what."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import lt
from typing import NamedTuple

from server.domain.codes import SCALES
from server.domain.diary import Entry, Episode, Event, Intake
from server.domain.entries import NOTHING, BareEntries
from server.domain.filling import (
    AVERAGE_STANDS_BEFORE,
    NO_OFFERS,
    Grade,
    Offers,
    fill,
    grade_beside,
    grade_in_slot,
)
from server.domain.instants import MINUTE, Instant, LocalTime
from server.domain.schedule import NO_AVERAGES, AverageSlots, Slot, slots_taking_averages, slots_taking_now
from server.domain.scores import NO_SCORES, Score, Scores, field_of

CLOCK_TOLERANCE = 10 * MINUTE
_LIVE = frozenset({"on_time", "late", "extra"})


class Graded(NamedTuple):
    """One entry with the check-in it fills (None for an entry beside the protocol) and its grade."""

    entry: Entry
    slot: str | None
    grade: Grade


_id, _taken_at, _recorded_at, _scale, _pain, _answers = map(
    partial(field_of, Entry), ("id", "taken_at", "recorded_at", "scale", "pain", "answers")
)


@dataclass(slots=True)
class Series:
    """One diary as known at `as_of`: scores in order of description, counts, and what ended it."""

    t0: Instant
    as_of: Instant
    local: LocalTime
    first_day: int
    ending: Event | None
    entries: Sequence[Entry]
    grades: list[Grade] = field(default_factory=list)
    """One for each entry, in the same order."""
    nows: list[Score] = field(default_factory=list)
    averages: Scores = NO_SCORES
    """The last usable average of each day that stands at T0 or later, in order of days."""
    recorded_days: list[int] = field(default_factory=list)
    """The days of `averages`, and in `pains` their scores, for the phases that read the whole course."""
    pains: list[int] = field(default_factory=list)
    course: bytes = b""
    """The same scores, one in each byte."""
    live_averages: Scores = NO_SCORES
    """The same among those not filled in from memory."""
    worsts: list[Score] = field(default_factory=list)
    intakes: list[Intake] = field(default_factory=list)
    now_slots: Sequence[Slot] = ()
    """The slots that `now` entries fill."""
    average_slots: AverageSlots = NO_AVERAGES
    """The slots that averages fill."""
    skipped: int = 0
    """How many entries say that a check-in was skipped."""
    fillings: dict[int, Slot] = field(default_factory=dict)
    """The slots that are filled, by the place of the entry."""

    def day(self, at: Instant) -> int:
        """Local day of an instant, T0's day being 0."""
        return self.local.day(at) - self.first_day

    def day_over(self, day: int) -> Instant:
        """The moment at which a day, counted from T0's, is over."""
        return self.local.at(self.first_day + day + 1)

    def is_over(self, day: int) -> bool:
        """Whether a day, counted from T0's, is over at `as_of`."""
        return self.as_of >= self.day_over(day)

    def telling(self, until: Instant) -> Iterator[Entry]:
        """Usable entries described from T0 to a moment that may say more than a score, whatever their scale.

        None of them was filled in from memory.
        """
        if isinstance(self.entries, BareEntries):
            return
        last = until if self.ending is None else min(until, self.ending.at)
        for entry, grade in zip(self.entries, self.grades, strict=True):
            if entry.taken_at > last:
                return
            if grade in _LIVE:
                yield entry


def latest_moment(episode: Episode) -> Instant:
    """The default of `as_of`: the latest time described or recorded in the diary, else T0."""
    times = [*_times(episode.entries), *(event.at for event in episode.events)]
    if not isinstance(episode.entries, BareEntries):
        times += {*map(_recorded_at, episode.entries)} - {None}
    return max(times, default=episode.procedure.performed_at)


def build_series(episode: Episode, as_of: Instant | None = None) -> Series:
    """Drop what is later than `as_of`, keep the last of each id, order, and grade every entry."""
    t0, local = episode.procedure.performed_at, episode.local
    latest = latest_moment(episode)
    if as_of is None:
        as_of = latest if episode.as_of is None else episode.as_of
    known = episode.entries if latest <= as_of else [*_known_by(episode.entries, as_of)]
    ends = [event for event in episode.events if t0 < event.at <= as_of]
    ending = min(ends, key=lambda event: (event.at, event.kind)) if ends else None
    series = Series(t0, as_of, local, local.day(t0), ending, _in_order(known))
    plain = isinstance(episode.entries, BareEntries) or _say_nothing(series.entries)
    places = _split(series) if plain else _look_over(series)
    series.now_slots, series.average_slots = _due_slots(series)
    offers = {scale: _offers(series, found, plain=plain) for scale, found in places.items()}
    series.fillings = fill(offers["now"], offers["average_24h"], series.now_slots, series.average_slots)
    if not plain:
        _grade_beside(series, places)
    for place, slot in series.fillings.items():
        recorded_at = None if plain else series.entries[place].recorded_at
        series.grades[place] = grade_in_slot(slot, recorded_at) or "extra"
    series.nows = [*_scores(series, offers["now"], 0)]
    series.worsts = [*_scores(series, offers["worst_24h"], 0)]
    averages = _scores(series, offers["average_24h"], AVERAGE_STANDS_BEFORE).from_t0(t0)
    series.averages = series.live_averages = averages.last_of_each_day()
    series.recorded_days, series.pains = series.averages.days, series.averages.pains
    series.course = bytes(series.pains)
    if not plain and "back_filled" in series.grades:
        series.live_averages = averages.live().last_of_each_day()
    return series


def grade_entries(episode: Episode, as_of: Instant | None = None) -> list[Graded]:
    """Every entry known at `as_of` in order, with the check-in it fills and its grade."""
    series = build_series(episode, as_of)
    return [
        Graded(entry, series.fillings[place].key if place in series.fillings else None, grade)
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


def _times(entries: Sequence[Entry]) -> Sequence[Instant]:
    return entries.times if isinstance(entries, BareEntries) else [*map(_taken_at, entries)]


def _in_order(known: Sequence[Entry]) -> Sequence[Entry]:
    """The last entry of each id, in order.

    Entries without an id that say the same in every respect are one that was written twice; the first counts.
    """
    ids = {*(known.ids if isinstance(known, BareEntries) else map(_id, known))}
    if len(ids) < len(known) or None in ids:
        counting: dict[object, Entry] = {}
        for entry in known:
            if entry.id is None:
                counting.setdefault(entry[1:], entry)
            else:
                counting[entry.id] = entry
        return sorted(counting.values(), key=_order)
    return known if _rises(_times(known)) else sorted(known, key=_order)


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
    scales = entries.scales if isinstance(entries, BareEntries) else [*map(_scale, entries)]
    readable: dict[str, list[int]] = {scale: [] for scale in SCALES}
    times = _times(entries)
    first, last = bisect_left(times, series.t0), bisect_right(times, end)
    graded: list[Grade] = ["before"] * first
    series.grades = graded + ["extra"] * (len(entries) - first)
    for place in range(first, last):
        readable[scales[place]].append(place)
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


def _grade_beside(series: Series, readable: Mapping[str, Iterable[int]]) -> None:
    """Grade the readable entries that fill no check-in: by how long after they were recorded."""
    for places in readable.values():
        for place in places:
            entry = series.entries[place]
            if entry.recorded_at is not None and place not in series.fillings:
                series.grades[place] = grade_beside(entry, series.local)


def _offers(series: Series, places: Sequence[int], *, plain: bool) -> Offers:
    if not places:
        return NO_OFFERS
    times, entries = _times(series.entries), series.entries
    recorded = None if plain else [entries[place].recorded_at for place in places]
    return Offers(places, [times[place] for place in places], recorded)


def _scores(series: Series, offers: Offers, stands_before: Instant) -> Scores:
    """The scores of graded entries of one scale, in order of where they stand."""
    places, times, recorded = offers
    if not places:
        return NO_SCORES
    stands = [at - stands_before for at in times] if stands_before else [*times]
    days = series.local.days(stands, series.first_day)
    live = [True] * len(places)
    if recorded is not None:
        live = [series.grades[place] != "back_filled" for place in places]
    entries = series.entries
    known = entries.pains if isinstance(entries, BareEntries) else [*map(_pain, entries)]
    # Only a skip has no score, and skips are not read.
    return Scores(stands, [known[place] for place in places], days, live, places, entries)
