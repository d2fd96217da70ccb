"""The scores of one diary that a reading may use, kept as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any, Final, NamedTuple, overload

from server.domain.entries import BareEntries, Entry
from server.domain.instants import Instant


class Score(NamedTuple):
    """One usable score: `day` counts local days from T0's, an average stands 12 h before it was described."""

    stands: Instant
    pain: int
    day: int
    live: bool
    """False where it was filled in from memory."""
    entry: Entry


def field_of(kind: type[Score | Entry], name: str) -> Callable[[Any], Any]:
    """Reads a field by its place: for everything in a diary, by name it takes twice as long."""
    return itemgetter(kind._fields.index(name))


stands_of, day_of = field_of(Score, "stands"), field_of(Score, "day")


class Scores(Sequence[Score]):
    """The scores of one scale in order of where they stand; each is made when it is asked for.

    A reading looks at the columns of a whole course and at a few of its scores.
    """

    __slots__ = ("_entries", "_live", "_places", "days", "pains", "stands")

    def __init__(
        self,
        stands: list[Instant],
        pains: list[int],
        days: list[int],
        live: list[bool],
        places: Sequence[int],
        entries: Sequence[Entry],
    ) -> None:
        """`places` are those of the scores among all `entries`; the other columns hold one value for each."""
        self.stands, self.pains, self.days = stands, pains, days
        self._live, self._places, self._entries = live, places, entries

    def __len__(self) -> int:
        return len(self.stands)

    @overload
    def __getitem__(self, place: int) -> Score: ...
    @overload
    def __getitem__(self, place: slice) -> list[Score]: ...
    def __getitem__(self, place: int | slice) -> Score | list[Score]:
        if isinstance(place, slice):
            return [*self._made(place)]
        entry = self._entries[self._places[place]]
        return Score(self.stands[place], self.pains[place], self.days[place], self._live[place], entry)

    def __iter__(self) -> Iterator[Score]:
        return self._made(slice(None))

    def _made(self, part: slice) -> Iterator[Score]:
        entries, places = self._entries, self._places[part]
        entries = entries.at(places) if isinstance(entries, BareEntries) else [entries[at] for at in places]
        columns = (self.stands[part], self.pains[part], self.days[part], self._live[part], entries)
        # Score() takes twice as long.
        return map(tuple.__new__, repeat(Score), zip(*columns, strict=True))

    def at(self, wanted: Sequence[int]) -> Scores:
        """Those at some places, in the order of these."""
        return Scores(
            [self.stands[place] for place in wanted],
            [self.pains[place] for place in wanted],
            [self.days[place] for place in wanted],
            [self._live[place] for place in wanted],
            [self._places[place] for place in wanted],
            self._entries,
        )

    def from_t0(self, t0: Instant) -> Scores:
        """Those that stand at T0 or later."""
        if not self.stands or self.stands[0] >= t0:
            return self
        return self.at([place for place, stands in enumerate(self.stands) if stands >= t0])

    def live(self) -> Scores:
        """Those not filled in from memory."""
        return self.at([place for place, live in enumerate(self._live) if live])

    def last_of_each_day(self) -> Scores:
        """One for each day, in order of days."""
        places = {day: place for place, day in enumerate(self.days)}
        days = sorted(places)
        return self if days == self.days else self.at([places[day] for day in days])


NO_SCORES: Final = Scores([], [], [], [], (), ())
