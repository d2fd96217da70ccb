"""Two blocks of one root with different anaesthetics: does relief last as the drugs say it should?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from server.domain.blocks import Block
from server.domain.compare import in_order, not_numb
from server.domain.criteria import DEFAULT, Criteria, DrugRow
from server.domain.findings import Finding, finding, in_hours

Category = Literal["concordant", "discordant", "discordant_prolonged", "negative", "not_comparable"]


@dataclass(frozen=True, slots=True)
class PairedBlocks:
    """Two blocks of one root, older first, with their category and the reasons for it.

    The categories follow the comparative blocks of Barnsley 1993, Pain 55:99-106.
    """

    first: str
    second: str
    category: Category
    reasons: tuple[Finding, ...]


def paired_blocks(blocks: Iterable[Block], criteria: Criteria = DEFAULT) -> list[PairedBlocks]:
    """Every two blocks of one recorded root whose anaesthetics differ or are not known, oldest first."""
    return [
        compare_pair(one, other, criteria)
        for one, other in combinations(in_order(blocks), 2)
        if one.root is not None and one.root == other.root and not _same_drugs(one, other)
    ]


def compare_pair(one: Block, other: Block, criteria: Criteria = DEFAULT) -> PairedBlocks:
    """Compare two blocks.

    Each relief ends inside an interval, open where its end was not seen. An order is only called when every
    pair of moments in the two intervals has it.
    """
    first, second = in_order((one, other))
    category, reasons = _compare(first, second, criteria)
    return PairedBlocks(first.episode_id, second.episode_id, category, tuple(reasons))


def _compare(first: Block, second: Block, criteria: Criteria) -> tuple[Category, list[Finding]]:
    obstacles = _obstacles(first, second, criteria)
    if obstacles:
        return "not_comparable", obstacles
    failed = [block for block in (first, second) if block.says == "not_relieved"]
    if failed:
        return "negative", [_about("block_failed", block) for block in failed]
    far = [block for block in (first, second) if block.concordance == "prolonged"]
    if far:
        reasons = [_about("far_beyond", block, length=_words(block)) for block in far]
        return "discordant_prolonged", [*reasons, finding("diaries_vary")]
    shorter, longer = sorted((first, second), key=lambda block: _row(block, criteria).window_hours)
    return _by_order(shorter, longer)


def _obstacles(first: Block, second: Block, criteria: Criteria) -> list[Finding]:
    """Everything that keeps two blocks from being compared."""
    if first.root is None or first.root != second.root:
        return [finding("different_roots")]
    both = (first, second)
    found = [_about("drug_unknown", block) for block in both if _is_unknown(block)]
    if not found and _same_drugs(first, second):
        found.append(finding("same_anaesthetic", drug=first.drug))
    elif not found and _row(first, criteria).window_hours == _row(second, criteria).window_hours:
        found.append(finding("same_length_expected", one=first.drug, other=second.drug))
    unclear = [block for block in both if block.says not in {"relieved", "not_relieved"}]
    found += [_about("no_clear_answer", block, verdict=block.verdict) for block in unclear]
    found += [finding("low_confidence", date=b.on.isoformat(), grade=b.grade) for b in both if not b.reliable]
    found += [_about("not_numb", block) for block in both if block.says == "not_relieved" and not_numb(block)]
    unknown = [block for block in both if block.says == "relieved" and block.run is None]
    return found + [_about("duration_unknown", block) for block in unknown]


def _by_order(shorter: Block, longer: Block) -> tuple[Category, list[Finding]]:
    """The order of two reliefs that both ended, as far as seen, within what their drugs explain."""
    lengths = {
        "shorter": shorter.drug,
        "longer": longer.drug,
        "shorter_length": _words(shorter),
        "longer_length": _words(longer),
    }
    both = (shorter, longer)
    cautions = [_about("ended_by_analgesic", block) for block in both if "ended_by_rescue" in block.notes]
    cautions += [caution for block in both for caution in _beyond(block)]
    if _outlasts(longer, shorter):
        order = finding("longer_lasted_longer", **lengths)
        return "concordant", [order, *cautions, finding("diaries_vary")]
    if _outlasts(shorter, longer):
        order = finding("shorter_lasted_longer", **lengths)
        return "discordant", [order, *cautions, finding("diaries_vary")]
    return "not_comparable", [finding("order_undecided", **lengths), *cautions]


def _outlasts(one: Block, other: Block) -> bool:
    """Whether the relief of one certainly lasted longer: still there when the other's was seen gone."""
    if one.run is None or other.run is None or other.run[1] is None:
        return False
    return one.run[0] >= other.run[1]


def _beyond(block: Block) -> list[Finding]:
    """That relief may have lasted far beyond the drug, as far as the diary shows."""
    limit, high = block.prolonged_minutes, None if block.run is None else block.run[1]
    if block.run is None or limit is None or (high is not None and high <= limit):
        return []
    code = "beyond_not_excluded" if high is None else "beyond_possible"
    return [_about(code, block, length=_words(block))]


def _is_unknown(block: Block) -> bool:
    return any(part.drug == "unknown" for part in block.anaesthetics)


def _same_drugs(one: Block, other: Block) -> bool:
    """Whether both blocks used the same known anaesthetics, whatever their dose."""
    if _is_unknown(one) or _is_unknown(other):
        return False
    first, second = ({(part.drug, bool(part.adrenaline)) for part in b.anaesthetics} for b in (one, other))
    return first == second


def _row(block: Block, criteria: Criteria) -> DrugRow:
    """The row of the longest-acting part, as for the diagnostic window."""
    rows = (criteria.drug_row(part.drug, adrenaline=part.adrenaline) for part in block.anaesthetics)
    return max(rows, key=lambda row: row.window_hours)


def _about(code: str, block: Block, **params: str) -> Finding:
    return finding(code, date=block.on.isoformat(), drug=block.drug, **params)


def _words(block: Block) -> str:
    return "unknown" if block.run is None else in_hours(*block.run)
