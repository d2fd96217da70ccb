"""What if the line were elsewhere: the verdicts of the same diaries under every criteria set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from server.domain.anaesthetic import read_anaesthetic
from server.domain.baseline import read_baseline
from server.domain.criteria import SETS, Criteria
from server.domain.diary import Episode
from server.domain.instants import Instant
from server.domain.rates import Rate
from server.domain.series import Series, build_series
from server.domain.verdict import POSITIVE, Verdict
from server.domain.window import diagnostic_window

UNANSWERED: Final = frozenset({"pending", "indeterminate"})


def verdicts_under(
    episode: Episode, sets: Sequence[Criteria] = SETS, as_of: Instant | None = None
) -> tuple[Verdict, ...]:
    """The verdict of one diary under each set, in their order: the rules of a reading, phase 1 alone."""
    return verdicts_of(build_series(episode, as_of), episode, sets)


def verdicts_of(series: Series, episode: Episode, sets: Sequence[Criteria] = SETS) -> tuple[Verdict, ...]:
    """The same of a series that was built already."""
    return tuple(
        read_anaesthetic(
            series,
            episode.procedure,
            read_baseline(episode.baseline, series.first_day, criteria),
            diagnostic_window(episode.procedure, criteria),
            criteria,
        ).verdict
        for criteria in sets
    )


class Flips(NamedTuple):
    """How two sets differ: of `answered` diaries (an answer under both), `lost` and `gained` a positive."""

    one: str
    other: str
    lost: int
    gained: int
    answered: int

    @property
    def flipped(self) -> Rate:
        """The verdicts that cross the line either way."""
        return Rate(self.lost + self.gained, self.answered)


class WhatIf(NamedTuple):
    """Verdict counts and positive rates by criteria set, and the flips between every two of them."""

    counts: dict[str, dict[str, int]]
    positive: dict[str, Rate]
    """Of the diaries with an answer under the set."""
    flips: tuple[Flips, ...]


def what_if(verdicts: Sequence[Sequence[str]], sets: Sequence[Criteria] = SETS) -> WhatIf:
    """Compare sets; `verdicts` holds one row for each diary with a verdict for each set.

    A diary counts in a comparison when both sets give it an answer, so that the line alone is compared.
    """
    return what_if_counted(Counter(tuple(row) for row in verdicts), sets)


def what_if_counted(rows: Mapping[tuple[str, ...], int], sets: Sequence[Criteria] = SETS) -> WhatIf:
    """The same where diaries with the same verdicts were counted together."""
    labels = [criteria.label for criteria in sets]
    counts: dict[str, dict[str, int]] = {}
    positive: dict[str, Rate] = {}
    for place, label in enumerate(labels):
        column = Counter[str]()
        for row, times in rows.items():
            column[row[place]] += times
        counts[label] = dict(sorted(column.items()))
        answered = sum(times for verdict, times in column.items() if verdict not in UNANSWERED)
        positive[label] = Rate(sum(column[verdict] for verdict in POSITIVE), answered)
    pairs = [(one, other) for one in range(len(labels)) for other in range(one + 1, len(labels))]
    return WhatIf(counts, positive, tuple(_flips(rows, labels, *pair) for pair in pairs))


def _flips(rows: Mapping[tuple[str, ...], int], labels: Sequence[str], one: int, other: int) -> Flips:
    lost = gained = answered = 0
    for row, times in rows.items():
        if row[one] in UNANSWERED or row[other] in UNANSWERED:
            continue
        answered += times
        before, after = row[one] in POSITIVE, row[other] in POSITIVE
        lost += times * (before and not after)
        gained += times * (after and not before)
    return Flips(labels[one], labels[other], lost, gained, answered)
