"""What the root passport says about all blocks of one patient, as plain data for screen, page and text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from server.domain.blocks import Block, block_of
from server.domain.compare import Grid, compare
from server.domain.diary import parse_episode
from server.domain.function import Total
from server.domain.paired import PairedBlocks, paired_blocks
from server.domain.repeat import RULES, Answers, Item, RepeatEvidence, evidence_for_repeat, to_repeat
from server.domain.sessions import Sessions, sessions_by_region
from server.exports.dates import day_of
from server.exports.passport_words import CAUTION
from server.exports.report import Heading, Source, root_name
from server.exports.signature import concluded, paragraph, status

Json = dict[str, Any]


class Injection(NamedTuple):
    """One injection, readable or not, as far as sessions count it."""

    region: str | None
    on: date
    episode_id: str
    root: str


@dataclass(frozen=True, slots=True)
class Passport:
    """The readable blocks of a patient, oldest first, the injections without a reading, and today."""

    heading: Heading
    sources: Sequence[Source]
    injections: Sequence[Injection]
    unread: int
    zone: str
    today: date

    @property
    def sessions(self) -> Mapping[str | None, Sessions]:
        """The sessions of each region."""
        return sessions_by_region((one.region, one.on) for one in self.injections)


@dataclass(frozen=True, slots=True)
class Compared:
    """The blocks of a passport and what comparing them finds; `judged` is the one a repeat would be of."""

    blocks: Sequence[Block]
    grid: Grid
    pairs: Sequence[PairedBlocks]
    judged: Block | None
    evidence: Sequence[RepeatEvidence]


def compared(passport: Passport) -> Compared:
    """Compare the readable blocks."""
    blocks = [block_of(parse_episode(dict(found.diary)), found.reading) for found in passport.sources]
    judged = to_repeat(blocks) if blocks else None
    evidence = [] if judged is None else _evidence(passport, judged)
    return Compared(blocks, compare(blocks), paired_blocks(blocks), judged, evidence)


def answers(passport: Passport, found: Compared | None = None) -> Json:
    """Everything the passport says; episodes by their ids and, for people, their numbers."""
    found = compared(passport) if found is None else found
    return {
        "name": passport.heading.name,
        "record_number": passport.heading.record_number,
        "today": passport.today.isoformat(),
        "caution": CAUTION,
        "unread": passport.unread,
        "status": signed_status(passport),
        "blocks": [_block(*both) for both in zip(passport.sources, found.blocks, strict=True)],
        "grid": [
            {
                "root": None if row.root is None else row.root.name,
                "standing": row.standing,
                "grade": row.grade,
                "sentence": row.sentence.text,
                "source": row.sentence.source,
                "caveats": [caveat.text for caveat in row.caveats],
                "episode_ids": [block.episode_id for block in row.blocks],
            }
            for row in found.grid.rows
        ],
        "discordances": [
            {"episode_ids": list(one.episode_ids), "sentence": one.sentence.text}
            for one in found.grid.discordances
        ],
        "pairs": [
            {
                "episode_ids": [pair.first, pair.second],
                "category": pair.category,
                "reasons": [reason.text for reason in pair.reasons],
            }
            for pair in found.pairs
        ],
        "sessions": [
            {
                "region": region,
                "in_12_months": sessions.used(passport.today),
                "most_in_12_months": sessions.most,
                "dates": [on.isoformat() for on in sessions.dates],
            }
            for region, sessions in passport.sessions.items()
        ],
        "repeat": [] if found.judged is None else _repeat(found.judged, found),
    }


def _block(source: Source, block: Block) -> Json:
    reading, signed = source.reading, source.signature
    procedure, zone = source.diary["procedure"], str(source.diary["zone"])
    length = reading["duration"][reading["duration"]["headline"]] if reading["duration"]["headline"] else None
    return {
        "episode_id": block.episode_id,
        "root": root_name(procedure),
        "on": block.on.isoformat(),
        "anaesthetic": block.drug,
        "steroid": (procedure.get("steroid") or {}).get("drug"),
        "verdict": block.verdict,
        "confirmed_relief_percent": block.confirmed_relief_percent,
        "steroid_status": block.steroid,
        "headline": block.headline,
        "days": None if length is None else length["days"],
        "censored": None if length is None else length["ended_by"] is None,
        "shape": reading["shape"],
        "grade": block.grade,
        "sign_state": "unsigned" if signed is None else "signed" if signed.holds else "reopened",
        "conclusion": None if signed is None else concluded(signed.conclusion, procedure),
        "note": None if signed is None else signed.note,
        "signed": status(signed, zone),
        "decision": paragraph(signed, procedure, zone),
    }


def signed_status(passport: Passport) -> str:
    """Whether physicians have signed what the passport rests on, in one line."""
    signed = [source.signature for source in passport.sources if source.signature is not None]
    holding, all_of = sum(one.holds for one in signed), len(passport.sources)
    blocks = "the only block" if all_of == 1 else f"all {all_of} blocks"
    if all_of and holding == all_of:
        return f"Signed by a physician: {blocks}"
    parts = [f"{holding} of {all_of} blocks signed by a physician"]
    if len(signed) > holding:
        parts.append(f"{len(signed) - holding} re-opened by later changes")
    return f"Preliminary: {', '.join(parts)}"


def _evidence(passport: Passport, judged: Block) -> list[RepeatEvidence]:
    """What payers ask for before a block may be repeated."""
    sessions = passport.sessions.get(judged.region) if judged.region else None
    told = Answers(totals=totals_of(passport, judged))
    return [evidence_for_repeat(rule, judged, sessions, passport.today, told) for rule in RULES]


def totals_of(passport: Passport, block: Block) -> tuple[Total, ...]:
    """The totals staff entered with the block's own record."""
    record = next(found.record for found in passport.sources if found.diary["episode_id"] == block.episode_id)
    return tuple(
        Total(one["instrument"], date.fromisoformat(one["on"]), one["percent"])
        for one in record.get("questionnaires") or []
    )


def _repeat(judged: Block, found: Compared) -> list[Json]:
    about = _about(judged, found.blocks)
    return [
        {
            "episode_id": judged.episode_id,
            "about": about,
            "rule": evidence.rule,
            "source": evidence.source,
            "status": evidence.status,
            "items": [_item(item) for item in evidence.items],
        }
        for evidence in found.evidence
    ]


def _item(item: Item) -> Json:
    sentence = item.sentence
    return {"kind": item.kind, "state": item.state, "sentence": sentence.text, "source": sentence.source}


def _about(judged: Block, blocks: Sequence[Block]) -> str:
    """Which block a repeat would be of."""
    root = "a root not recorded" if judged.root is None else judged.root.name
    named = f"About the block of {root}, {day_of(judged.on)}"
    newest = max(blocks, key=lambda block: block.performed_at)
    if newest == judged:
        return f"{named}, the newest."
    return f"{named}: the newest, of {day_of(newest.on)}, was diagnostic only."
