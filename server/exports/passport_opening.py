"""One block of a root passport with its numbers opened, and the scores behind them as they are read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from server.charts.words import figure, plain
from server.domain.behind import entries_behind
from server.domain.blocks import Block
from server.domain.criteria import find_criteria
from server.domain.diary import parse_episode
from server.domain.reading import read
from server.exports.count_figures import confidence_figures
from server.exports.dates import day_of, local
from server.exports.figures import Counted, Figure, figures
from server.exports.report import Source

_SCALES: Final = {"now": "now", "average_24h": "average of 24 h", "worst_24h": "worst of 24 h"}


@dataclass(frozen=True, slots=True)
class Opened:
    """One block with its numbers, opened, and the entries behind each."""

    number: int
    source: Source
    block: Block
    figures: Mapping[str, Figure]
    behind: Mapping[str, tuple[str, ...]]

    def lines(self, names: Iterable[str]) -> tuple[Counted, ...]:
        """Entries as they are read aloud, each with the place where it stands."""
        diary = self.source.diary
        entries = {entry["id"]: entry for entry in diary["entries"]}
        found = [entries[name] for name in dict.fromkeys(names) if name in entries]
        return tuple(
            Counted(_told(entry, str(diary["zone"])), self.block.episode_id, entry["id"]) for entry in found
        )

    def named(self, told: str) -> Counted:
        """The block itself with what it says."""
        return Counted(f"Block {self.number}, {day_of(self.block.on)}: {told}", self.block.episode_id)


def open_block(number: int, source: Source, block: Block) -> Opened:
    """A block, its `number` on the page, with everything behind its numbers."""
    criteria = find_criteria(source.reading["criteria"])
    full = read(parse_episode(dict(source.diary)), criteria)
    known = [*figures(full, source.reading, criteria), *confidence_figures(full, criteria)]
    by_key = {one.key: one for one in known}
    reasons = tuple(Counted(f"{one.label}: {one.value}") for one in known if one.answer == "confidence")
    return Opened(
        number,
        source,
        block,
        by_key | {"grade": replace(by_key["grade"], counted=reasons[1:])},
        entries_behind(full, criteria),
    )


def verdict_of(block: Block) -> str:
    """The verdict with the relief that two scores confirm."""
    relief = block.confirmed_relief_percent
    return plain(block.verdict, {}) + ("" if relief is None else f", {figure(relief)} % confirmed")


def _told(entry: Mapping[str, Any], zone: str) -> str:
    """One entry: when, which score."""
    at = local(datetime.fromisoformat(entry["taken_at"]), zone)
    pain = entry.get("pain")
    score = "no score" if pain is None else f"{pain}/10"
    return f"{at}: {score} {_SCALES.get(entry['scale'], entry['scale'])}"
