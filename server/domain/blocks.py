"""One injection as a block of a root: the few values that episodes of one patient are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from server.domain.criteria import DEFAULT, Criteria
from server.domain.diary import Anaesthetic, Episode
from server.domain.instants import MINUTE, Instant, date_of_day
from server.domain.lengths import Span, span_of
from server.domain.verdict import POSITIVE
from server.domain.window import diagnostic_window

Says = Literal["relieved", "not_relieved", "unclear", "not_readable", "open"]

_SAYS: Final[Mapping[str, Says]] = {
    **dict.fromkeys(POSITIVE, "relieved"),
    "negative": "not_relieved",
    "equivocal": "unclear",
    "unconfirmed": "unclear",
    "indeterminate": "not_readable",
    "pending": "open",
}
RELIABLE: Final = frozenset("ABC")


class Root(NamedTuple):
    """One nerve root; `level` is written as in the record, in capitals without blanks."""

    region: str | None
    level: str
    side: str

    @property
    def name(self) -> str:
        """The root in words, for example `L5 left`."""
        return f"{self.level} {self.side}"


@dataclass(frozen=True, slots=True)
class Block:
    """One injection with what its reading says.

    `run` is the interval of the end of the first relief of 50 %, in minutes after T0 (its upper end None
    where it was not seen); `relief` the length of lasting relief of 50 %, `headline` that of the course.
    """

    episode_id: str
    performed_at: Instant
    on: date
    region: str | None
    root: Root | None
    anaesthetics: tuple[Anaesthetic, ...]
    volume_ml: float | None
    verdict: str
    confirmed_relief_percent: float | None
    concordance: str
    prolonged_minutes: float | None
    """Relief beyond this is far longer than the anaesthetic explains; None where that is not judged."""
    run: tuple[float, float | None] | None
    steroid: str
    headline: str | None
    headline_span: Span | None
    relief: Span | None
    grade: str
    notes: frozenset[str]
    """The codes of all reasons of the anaesthetic phase and of the confidence grade."""

    @property
    def says(self) -> Says:
        """What the anaesthetic phase answers about the root."""
        return _SAYS[self.verdict]

    @property
    def reliable(self) -> bool:
        """Whether the reading may carry a conclusion at all."""
        return self.grade in RELIABLE

    @property
    def diagnostic_only(self) -> bool:
        """Whether no steroid was given: then only the anaesthetic phase answers anything."""
        return self.steroid == "not_applicable"

    @property
    def drug(self) -> str:
        """The anaesthetic in words."""
        return " with ".join(dict.fromkeys(_part(part) for part in self.anaesthetics))


def _part(part: Anaesthetic) -> str:
    return f"{part.drug} and adrenaline" if part.adrenaline else part.drug


def block_of(episode: Episode, reading: Mapping[str, Any], criteria: Criteria = DEFAULT) -> Block:
    """The block of one episode and its reading in JSON form, which was made under these criteria."""
    procedure, anaesthetic, duration = episode.procedure, reading["anaesthetic"], reading["duration"]
    confidence = reading["confidence"]
    volumes = [part.volume_ml for part in procedure.anaesthetics]
    run = anaesthetic["duration_50_minutes"]
    headline = duration["headline"]
    prolonged = diagnostic_window(procedure, criteria).prolonged
    known = [volume for volume in volumes if volume is not None]
    return Block(
        episode_id=episode.episode_id,
        performed_at=procedure.performed_at,
        on=date_of_day(episode.local.day(procedure.performed_at)),
        region=procedure.region,
        root=root_of(procedure.region, procedure.level, procedure.side),
        anaesthetics=procedure.anaesthetics,
        volume_ml=float(sum(known)) if len(known) == len(volumes) else None,
        verdict=anaesthetic["verdict"],
        confirmed_relief_percent=anaesthetic["confirmed_relief_percent"],
        concordance=anaesthetic["concordance"],
        prolonged_minutes=None if prolonged is None else float(prolonged / MINUTE),
        run=None if run is None else (run["low"], run["high"]),
        steroid=reading["steroid"]["status"],
        headline=headline,
        headline_span=span_of(duration[headline]) if headline else None,
        relief=span_of(duration["L50"]),
        grade=confidence["grade"],
        notes=frozenset(found["code"] for found in (*anaesthetic["reasons"], *confidence["reasons"])),
    )


def root_of(region: str | None, level: str | None, side: str | None) -> Root | None:
    """The root of a record; None where level or side is missing. `l 5` and `L5` are one level."""
    name = "".join((level or "").split()).upper()
    return Root(region, name, side) if name and side else None
