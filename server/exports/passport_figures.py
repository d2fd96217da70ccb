"""The numbers of a root passport, opened: rule, source, and the entries, blocks or sessions they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from server.charts.words import plain
from server.domain.compare import RootRow
from server.domain.paired import PairedBlocks
from server.exports.figures import Figure
from server.exports.passport_answers import Json, Passport, answers, compared
from server.exports.passport_evidence import item_figure, session_figures
from server.exports.passport_opening import Opened, open_block, verdict_of
from server.exports.passport_words import CATEGORIES, STANDINGS, STEROIDS

STANDING_RULE: Final = (
    "One readable block without relief argues against its root; any number of blocks with relief is only "
    "consistent with it; both together conflict. A reading of confidence D decides nothing, nor does a block "
    "without relief in a limb that was not numb."
)
STANDING_SOURCE: Final = "Beynon 2019, BMJ Open 9:e025790 (sensitive, but of low specificity)"
PAIR_RULE: Final = (
    "Two blocks of one root with different anaesthetics: concordant when both relieve and the longer-acting "
    "one longer, discordant when the shorter-acting one does, prolonged when relief lasted far beyond the "
    "drug, negative when one did not relieve."
)
PAIR_SOURCE: Final = (
    "Barnsley 1993, Pain 55:99-106; in diaries the anaesthetics overlap widely (Interv Pain Med 2022, doi "
    "10.1016/j.inpm.2022.100083)"
)
NO_STEROID: Final = (
    "No steroid was given, so a steroid response does not apply; the timings are told all the same."
)


def opened_answers(passport: Passport) -> Json:
    """`answers` with every number opened."""
    found = compared(passport)
    told = answers(passport, found)
    opened = {
        block.episode_id: open_block(number, source, block)
        for number, (source, block) in enumerate(zip(passport.sources, found.blocks, strict=True), 1)
    }
    for row in told["blocks"]:
        row["figures"] = _of_block(opened[row["episode_id"]])
    for row, root in zip(told["grid"], found.grid.rows, strict=True):
        row["figure"] = _of_root(root, opened)
    for row, pair in zip(told["pairs"], found.pairs, strict=True):
        row["figure"] = _of_pair(pair, opened)
    for row, (region, sessions) in zip(told["sessions"], passport.sessions.items(), strict=True):
        row["figures"] = session_figures(passport, region, sessions)
    if found.judged is not None:
        judged = opened[found.judged.episode_id]
        for row, evidence in zip(told["repeat"], found.evidence, strict=True):
            for one, item in zip(row["items"], evidence.items, strict=True):
                one["figure"] = item_figure(passport, item, evidence.rule, judged)
    return told


def _of_block(opened: Opened) -> list[Figure]:
    """What each cell of a block's row rests on."""
    block, evidence = opened.block, opened.source.reading["evidence"]
    onset = opened.figures["onset_50" if block.headline != "L30" else "onset_30"]
    length = opened.figures[block.headline or "L50"]
    return [
        replace(
            opened.figures["confirmed_relief"],
            label="Anaesthetic phase",
            value=verdict_of(block),
            counted=opened.lines(evidence["anaesthetic"]),
        ),
        replace(
            onset,
            label="Steroid onset",
            value=", ".join(part for part in (plain(block.steroid, STEROIDS), onset.value) if part),
            rule=f"{NO_STEROID} {onset.rule}" if block.diagnostic_only else onset.rule,
            counted=opened.lines(evidence["onset"]),
        ),
        replace(length, value=length.value or "not reached", counted=opened.lines(opened.behind[length.key])),
        opened.figures["grade"],
    ]


def _of_root(row: RootRow, opened: Mapping[str, Opened]) -> Figure:
    """The blocks that the standing rests on, else all there are, each with its deciding scores."""
    counted = []
    for block in row.deciding or row.blocks:
        one = opened[block.episode_id]
        counted.append(one.named(f"{verdict_of(block)}, confidence {block.grade}"))
        counted += one.lines(one.source.reading["evidence"]["anaesthetic"])
    name = "Root not recorded" if row.root is None else row.root.name
    value, source = STANDINGS[row.standing], row.sentence.source or STANDING_SOURCE
    return Figure("standing", "grid", name, value, STANDING_RULE, source, counted=tuple(counted))


def _of_pair(pair: PairedBlocks, opened: Mapping[str, Opened]) -> Figure:
    both = [opened[pair.first], opened[pair.second]]
    counted = []
    for one in both:
        held = one.figures["run_50"].value
        counted.append(one.named(f"{one.block.drug}, 50 % held {held}" if held else one.block.drug))
        counted += one.lines(one.behind["run_50"])
    name = " and ".join(str(one.number) for one in both)
    value = CATEGORIES[pair.category]
    return Figure("pair", "pairs", f"Blocks {name}", value, PAIR_RULE, PAIR_SOURCE, counted=tuple(counted))
