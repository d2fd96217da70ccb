"""Scores and bare entries kept as columns are the same values as those made one by one."""

from server.domain.entries import BareEntries, Entry
from server.domain.scores import Score, Scores

IDS, TIMES, PAINS = ["a", "b", "c", "d"], [10, 20, 30, 40], [7, 3, 4, 2]
ENTRIES = [
    Entry(name, name, at, None, "average_24h", pain) for name, at, pain in zip(IDS, TIMES, PAINS, strict=True)
]
DAYS = [0, 1, 1, 2]
LIVE = [True, False, True, True]
MADE = [
    Score(at - 12, pain, day, live, entry)
    for at, pain, day, live, entry in zip(TIMES, PAINS, DAYS, LIVE, ENTRIES, strict=True)
]


def bare_entries() -> BareEntries:
    return BareEntries(IDS, TIMES, ["average_24h"] * 4, PAINS)


def scores(entries: BareEntries | list[Entry]) -> Scores:
    return Scores([at - 12 for at in TIMES], PAINS, DAYS, LIVE, range(4), entries)


def test_bare_entries_are_those_made_one_by_one() -> None:
    bare = bare_entries()
    assert [*bare] == ENTRIES == [bare[place] for place in range(4)]
    assert bare == tuple(ENTRIES)
    assert bare[1:3] == ENTRIES[1:3]
    assert bare.at([3, 0]) == [ENTRIES[3], ENTRIES[0]]
    assert bare != ENTRIES[:3]


def test_scores_are_those_made_one_by_one() -> None:
    for found in (scores(bare_entries()), scores(ENTRIES)):
        assert [*found] == MADE == [found[place] for place in range(4)]
        assert found[1:3] == MADE[1:3]
        assert found[-1] == MADE[-1]


def test_scores_are_narrowed_by_their_columns() -> None:
    found = scores(bare_entries())
    assert [*found.from_t0(8)] == MADE[1:]
    assert [*found.live()] == [MADE[0], MADE[2], MADE[3]]
    assert [*found.last_of_each_day()] == [MADE[0], MADE[2], MADE[3]]
    assert found.last_of_each_day().days == [0, 1, 2]
