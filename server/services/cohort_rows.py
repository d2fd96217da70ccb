"""What one reading contributes to its clinic's statistics, packed as a short list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from server.domain.cohort import Row, numbers_of, row_of
from server.domain.result import Reading

NOT_RECORDED: Final = "not recorded"
FACETS: Final = (
    "region",
    "level",
    "approach",
    "agent",
    "steroid",
    "dose",
    "operator",
    "indication",
    "verdict",
    "flare",
    "steroid_status",
    "shape",
    "confidence",
    "verdicts",
)
"""What episodes are filtered, grouped and counted by; each has one value an episode. A reading that an
earlier version kept has no `verdicts`."""
BETWEEN: Final = "|"
"""Stands between the verdicts under one criteria set after the other."""


class Contribution(NamedTuple):
    """The row of a reading and its value of each facet, in the order of `FACETS`."""

    row: Row
    facets: tuple[str, ...]


def contribution(
    reading: Reading, body: Mapping[str, Any], record: Mapping[str, Any], verdicts: Sequence[str]
) -> Contribution:
    """What a reading of this record contributes; `verdicts` are those under each criteria set."""
    procedure = record["procedure"]
    given = procedure.get("anaesthetic") or []
    parts = given if isinstance(given, list) else [given]
    steroid = procedure.get("steroid", {})
    facets = (
        procedure.get("region"),
        "".join(str(procedure.get("level") or "").split()).upper(),
        record.get("approach"),
        " + ".join(sorted({str(part["drug"]) for part in parts})),
        "none" if steroid is None else steroid.get("drug"),
        f"{steroid['dose_mg']:g} mg" if steroid and steroid.get("dose_mg") else None,
        record.get("operator"),
        procedure.get("indication"),
        body["anaesthetic"]["verdict"],
        body["flare"]["status"],
        body["steroid"]["status"],
        body["shape"],
        body["confidence"]["grade"],
        BETWEEN.join(verdicts),
    )
    told = tuple(str(value) if value else NOT_RECORDED for value in facets)
    return Contribution(row_of(reading, procedure.get("region")), told)


def packed(found: Contribution) -> list[Any]:
    """The contribution as JSON can hold it: the facets, then the numbers."""
    return [list(found.facets), numbers_of(found.row)]
