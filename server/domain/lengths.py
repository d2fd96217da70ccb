"""How long relief lasted in many episodes, as columns: what the curves of a cohort are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]

LINES: Final = ("L50", "L30", "RTB")
ENDS: Final = ("loss", "analgesic", "repeat", "surgery")
INTERVENTIONS: Final = ("repeat", "surgery")

Assumption = Literal["low", "middle", "high"]
"""Where inside its interval each end is put."""
Interventions = Literal["end", "censor"]
"""Whether a repeat or an operation ends relief, or only ends what was seen of it."""


class Span(NamedTuple):
    """One length of relief in days; `high` and `ended_by` are None where the end was not seen."""

    low: float
    high: float | None
    ended_by: str | None


def span_of(length: Mapping[str, Any] | None) -> Span | None:
    """The span of one length of a reading's JSON (`duration.L50`, for example); None where there is none.

    An interval reaching below 0 starts at 0: relief cannot end before it begins.
    """
    if length is None:
        return None
    low, high = max(0.0, length["low"]), length["high"]
    return Span(low, None if high is None else max(low, high), length["ended_by"])


class Times(NamedTuple):
    """Durations in days and whether the end was seen, of the episodes that have a length."""

    days: Floats
    ended: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """The spans of a cohort, one place for each episode.

    `low` is NaN where relief never began, `high` is NaN where its end was not seen; `ended_by` is a place in
    `ENDS`, or -1.
    """

    low: Floats
    high: Floats
    ended_by: Codes

    @classmethod
    def of(cls, spans: Iterable[Span | None]) -> Lengths:
        """Columns of spans, in their order."""
        return cls.of_columns(np.array([numbers_of_span(span) for span in spans], np.float64).reshape(-1, 3))

    @classmethod
    def of_columns(cls, table: Floats) -> Lengths:
        """The same from three columns as `numbers_of_span` writes them, None being NaN."""
        return cls(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].astype(np.int8))

    @classmethod
    def joined(cls, parts: Sequence[Lengths]) -> Lengths:
        """The spans of several cohorts, one after the other."""
        low, high, ended_by = (
            np.concatenate([getattr(part, name) for part in parts]) for name in ("low", "high", "ended_by")
        )
        return cls(low, high, ended_by)

    @property
    def nbytes(self) -> int:
        """How much memory the columns take."""
        return self.low.nbytes + self.high.nbytes + self.ended_by.nbytes

    def __len__(self) -> int:
        return len(self.low)

    def where(self, kept: Bools) -> Lengths:
        """The episodes for which `kept` is true."""
        return Lengths(self.low[kept], self.high[kept], self.ended_by[kept])

    @property
    def present(self) -> Bools:
        """Where relief began at all, and so has a length."""
        return ~np.isnan(self.low)

    def times(self, assumption: Assumption = "middle", interventions: Interventions = "end") -> Times:
        """Durations with every end at the `low`, the `middle` or the `high` of its interval.

        An end that was not seen stays where the diary last showed relief, under every assumption.
        """
        present = self.present
        low, high, ended_by = self.low[present], self.high[present], self.ended_by[present]
        seen = ~np.isnan(high)
        top = np.where(seen, high, low)
        days = {"low": low, "middle": (low + top) / 2, "high": top}[assumption]
        if interventions == "censor":
            seen &= ~np.isin(ended_by, [ENDS.index(kind) for kind in INTERVENTIONS])
        return Times(days, seen)


_PLACES: Final = {end: place for place, end in enumerate(ENDS)}


def numbers_of_span(span: Span | None) -> tuple[float | None, float | None, int]:
    """A span as numbers: `low` None without a length, `high` None without an end."""
    if span is None:
        return None, None, -1
    return span.low, span.high, -1 if span.ended_by is None else _PLACES[span.ended_by]
