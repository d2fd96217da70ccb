"""The episodes of one patient side by side: root x response, and the pairs that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from server.domain.blocks import Block, Root
from server.domain.findings import Finding, finding
from server.domain.onset import RESPONDED

Standing = Literal["argues_against", "consistent", "conflicting", "undecided", "root_not_recorded"]
_NO_EFFECT: Final = frozenset({"none", "partial"})


@dataclass(frozen=True, slots=True)
class RootRow:
    """One row of the grid: the blocks of one root, oldest first, and what they say together.

    `deciding` are the blocks that the standing rests on, and `grade` the best confidence among them; None
    where it rests on none.
    """

    root: Root | None
    blocks: tuple[Block, ...]
    standing: Standing
    grade: str | None
    deciding: tuple[Block, ...]
    sentence: Finding
    caveats: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Discordance:
    """Two answers that do not go together: of two blocks, or of the two phases of one."""

    episode_ids: tuple[str, ...]
    sentence: Finding


@dataclass(frozen=True, slots=True)
class Grid:
    """All blocks of one patient by root, in the order of roots, and every pair that disagrees."""

    rows: tuple[RootRow, ...]
    discordances: tuple[Discordance, ...]


def compare(blocks: Iterable[Block]) -> Grid:
    """The grid of a patient's blocks; their order plays no part."""
    ordered = in_order(blocks)
    by_root: dict[Root | None, list[Block]] = {}
    for block in ordered:
        by_root.setdefault(block.root, []).append(block)
    known = sorted(
        (root for root in by_root if root is not None),
        key=lambda root: (root.region or "", root.level, root.side),
    )
    rows = [_row(root, by_root[root]) for root in known]
    rows += [_row(None, [block]) for block in by_root.get(None, [])]
    return Grid(tuple(rows), tuple(_discordances(ordered)))


def in_order(blocks: Iterable[Block]) -> list[Block]:
    """Oldest first; injections at one moment by their ids."""
    return sorted(blocks, key=lambda block: (block.performed_at, block.episode_id))


def _row(root: Root | None, blocks: Sequence[Block]) -> RootRow:
    standing, deciding = _standing(root, blocks)
    sentence = finding(standing, root=_name(root), dates=_dates(deciding or blocks))
    grade = min((block.grade for block in deciding), default=None)
    caveats = tuple(_caveats(blocks))
    return RootRow(root, tuple(blocks), standing, grade, tuple(deciding), sentence, caveats)


def _standing(root: Root | None, blocks: Sequence[Block]) -> tuple[Standing, list[Block]]:
    """What the blocks of a root say together, and those it rests on.

    One readable block without relief argues against the root; any number with relief is only consistent
    with it. A reading of confidence D decides nothing, nor does a block without relief in a limb that was
    not numb.
    """
    if root is None:
        return "root_not_recorded", []
    against = [block for block in blocks if rules_out(block)]
    relieved = [block for block in blocks if block.reliable and block.says == "relieved"]
    if against and relieved:
        return "conflicting", [block for block in blocks if block in against or block in relieved]
    if against:
        return "argues_against", against
    return ("consistent", relieved) if relieved else ("undecided", [])


def rules_out(block: Block) -> bool:
    """Whether a block argues against its root: no relief, in a diary to rely on, in a limb that was numb.

    Where nobody said whether the limb was numb, it counts.
    """
    return block.reliable and block.says == "not_relieved" and not not_numb(block)


def not_numb(block: Block) -> bool:
    """Whether the limb is known to have stayed feeling, so that the drug may have missed the root."""
    return "confounder_not_numb" in block.notes


def _caveats(blocks: Sequence[Block]) -> list[Finding]:
    found = []
    for block in blocks:
        on = block.on.isoformat()
        if not block.reliable:
            found.append(finding("low_confidence", date=on, grade=block.grade))
        if block.says == "not_relieved" and not_numb(block):
            found.append(finding("not_numb", date=on))
        if block.says == "relieved" and block.notes & {"selectivity_reduced", "selectivity_doubtful"}:
            found.append(finding("not_selective", date=on, volume=f"{block.volume_ml:g}"))
    return found


def _discordances(blocks: Sequence[Block]) -> list[Discordance]:
    """Pairs of blocks that disagree, then single blocks whose phases do; unreadable ones are in neither."""
    clear = [block for block in blocks if block.root is not None and block.reliable]
    pairs = (_pair(one, other) for one, other in combinations(clear, 2))
    phases = (_phases(block) for block in clear)
    return [found for found in (*pairs, *phases) if found is not None]


def _pair(one: Block, other: Block) -> Discordance | None:
    ids = (one.episode_id, other.episode_id)
    first, second = one.on.isoformat(), other.on.isoformat()
    answers = {one.says, other.says}
    if one.root == other.root and answers == {"relieved", "not_relieved"}:
        if one.says == "not_relieved":
            first, second = second, first
        return Discordance(
            ids, finding("same_root_other_answer", root=_name(one.root), first=first, second=second)
        )
    if one.root != other.root and answers == {"relieved"}:
        both = {"one": _name(one.root), "other": _name(other.root), "first": first, "second": second}
        return Discordance(ids, finding("several_roots_relieved", **both))
    return None


def _phases(block: Block) -> Discordance | None:
    on, root = block.on.isoformat(), _name(block.root)
    if block.says == "relieved" and block.steroid in _NO_EFFECT:
        code = "relief_without_steroid_effect"
    elif block.says == "not_relieved" and block.steroid in RESPONDED:
        code = "steroid_effect_without_relief"
    else:
        return None
    return Discordance((block.episode_id,), finding(code, root=root, date=on))


def _name(root: Root | None) -> str:
    return "the root" if root is None else root.name


def _dates(blocks: Sequence[Block]) -> str:
    return ", ".join(dict.fromkeys(block.on.isoformat() for block in blocks))
