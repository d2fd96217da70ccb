"""The root passport: all blocks of one patient on one page, as data and as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from server.charts.overlay import STYLES, described, draw_overlay
from server.charts.palette import Theme
from server.charts.panels import Layout
from server.charts.words import SHAPES, anaesthetics, days, plain, whole
from server.domain.blocks import Block, block_of
from server.domain.compare import compare
from server.domain.diary import parse_episode
from server.domain.function import Total
from server.domain.paired import paired_blocks
from server.domain.repeat import RULES, Answers, Item, evidence_for_repeat
from server.domain.sessions import sessions_by_region
from server.exports.dates import day_of, local
from server.exports.report import DISCLAIMER, Heading, Source, facts_of, line, root_name
from server.exports.signature import UNSIGNED
from server.exports.typesetting import Paper, for_paper, typeset

Json = dict[str, Any]

CAUTION: Final = (
    "A block that relieves is consistent with its root as a source and does not prove it; "
    "a block without relief rules out more readily."
)
STANDINGS: Final = {
    "argues_against": "argues against",
    "consistent": "consistent, no proof",
    "conflicting": "conflicting",
    "undecided": "undecided",
    "root_not_recorded": "root not recorded",
}
CATEGORIES: Final = {
    "concordant": "concordant",
    "discordant": "discordant",
    "discordant_prolonged": "discordant, prolonged",
    "negative": "negative",
    "not_comparable": "not comparable",
}
STATES: Final = {"met": "met", "not_met": "not met", "unknown": "open"}
STATUSES: Final = {"there": "evidence is there", "not_there": "evidence is not there", "open": "open"}


@dataclass(frozen=True, slots=True)
class Passport:
    """The readable blocks of a patient, oldest first, the injections without a reading, and today."""

    heading: Heading
    sources: Sequence[Source]
    injections: Sequence[tuple[str | None, date]]
    unread: int
    zone: str
    today: date


def answers(passport: Passport) -> Json:
    """Everything the passport says, as plain data; episodes by their ids and, for people, their numbers."""
    blocks = [block_of(parse_episode(dict(found.diary)), found.reading) for found in passport.sources]
    grid = compare(blocks)
    return {
        "name": passport.heading.name,
        "record_number": passport.heading.record_number,
        "today": passport.today.isoformat(),
        "caution": CAUTION,
        "unread": passport.unread,
        "blocks": [_block(found, block) for found, block in zip(passport.sources, blocks, strict=True)],
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
            for row in grid.rows
        ],
        "discordances": [
            {"episode_ids": list(found.episode_ids), "sentence": found.sentence.text}
            for found in grid.discordances
        ],
        "pairs": [
            {
                "episode_ids": [pair.first, pair.second],
                "category": pair.category,
                "reasons": [reason.text for reason in pair.reasons],
            }
            for pair in paired_blocks(blocks)
        ],
        "sessions": _sessions(passport),
        "repeat": _repeat(passport, blocks),
    }


def _block(source: Source, block: Block) -> Json:
    reading = source.reading
    length = reading["duration"][reading["duration"]["headline"]] if reading["duration"]["headline"] else None
    return {
        "episode_id": block.episode_id,
        "root": root_name(source.diary["procedure"]),
        "on": block.on.isoformat(),
        "anaesthetic": block.drug,
        "steroid": (source.diary["procedure"].get("steroid") or {}).get("drug"),
        "verdict": block.verdict,
        "confirmed_relief_percent": block.confirmed_relief_percent,
        "steroid_status": block.steroid,
        "headline": block.headline,
        "days": None if length is None else length["days"],
        "censored": None if length is None else length["ended_by"] is None,
        "shape": reading["shape"],
        "grade": block.grade,
    }


def _sessions(passport: Passport) -> list[Json]:
    return [
        {
            "region": region,
            "in_12_months": sessions.used(passport.today),
            "most_in_12_months": sessions.most,
            "dates": [on.isoformat() for on in sessions.dates],
        }
        for region, sessions in sessions_by_region(passport.injections).items()
    ]


def _repeat(passport: Passport, blocks: Sequence[Block]) -> list[Json]:
    """What payers ask for before the newest block may be repeated."""
    if not blocks:
        return []
    newest = max(blocks, key=lambda block: block.performed_at)
    sessions = sessions_by_region(passport.injections).get(newest.region) if newest.region else None
    answers = Answers(totals=_totals(passport, newest))
    found = []
    for rule in RULES:
        evidence = evidence_for_repeat(rule, newest, sessions, passport.today, answers)
        items = [_item(item) for item in evidence.items]
        told = {"rule": evidence.rule, "source": evidence.source, "status": evidence.status, "items": items}
        found.append({"episode_id": newest.episode_id} | told)
    return found


def _item(item: Item) -> Json:
    sentence = item.sentence
    return {"kind": item.kind, "state": item.state, "sentence": sentence.text, "source": sentence.source}


def _totals(passport: Passport, block: Block) -> tuple[Total, ...]:
    """The totals staff entered with the block's own record."""
    record = next(found.record for found in passport.sources if found.diary["episode_id"] == block.episode_id)
    return tuple(
        Total(one["instrument"], date.fromisoformat(one["on"]), one["percent"])
        for one in record.get("questionnaires") or []
    )


def overlay(passport: Passport, *, theme: Theme = "light", layout: Layout = "paper") -> str:
    """The newest blocks in one picture."""
    return draw_overlay(_numbered(passport), theme=theme, layout=layout)


def _numbered(passport: Passport) -> list[tuple[str, Any]]:
    return [(_name(found), found.course) for found in passport.sources[-len(STYLES) :]]


def _name(source: Source) -> str:
    procedure = source.diary["procedure"]
    drugs = ", ".join(part["drug"] for part in anaesthetics(procedure)) or "anaesthetic unknown"
    on = day_of(datetime.fromisoformat(procedure["performed_at"]))
    steroid = procedure.get("steroid", {})
    with_steroid = " · no steroid" if steroid is None else f" · {steroid['drug']}" if steroid else ""
    return f"{root_name(procedure)} · {on} · {drugs}{with_steroid}"


def passport_page(passport: Passport, paper: Paper, now: datetime) -> bytes:
    """The passport as PDF."""
    return typeset("passport", content(passport, paper, now), now)


def content(passport: Passport, paper: Paper, now: datetime) -> Json:
    """Everything the page says."""
    told, heading = answers(passport), passport.heading
    numbers = {block["episode_id"]: place for place, block in enumerate(told["blocks"], 1)}
    first = len(told["blocks"]) - len(_numbered(passport))
    versions = max((source.version for source in passport.sources), default=0)
    return {
        "paper": paper,
        "lang": "en",
        "title": f"Root passport: {line(heading.name)}",
        "description": described(_numbered(passport)),
        "clinic": line(heading.clinic),
        "kind": "Root passport: all nerve root blocks of one patient",
        "status": UNSIGNED,
        "patient": {"name": line(heading.name), "facts": facts_of(heading)},
        "chart": for_paper(overlay(passport)),
        "chart-alt": described(_numbered(passport)),
        "caution": CAUTION,
        "unread": _unread(passport.unread),
        "blocks": [_cells(block, numbers, first) for block in told["blocks"]][-_MOST:],
        "grid": [
            [
                row["root"] or "–",
                _numbers(row["episode_ids"], numbers),
                STANDINGS[row["standing"]],
                row["grade"] or "–",
                " ".join([row["sentence"], *row["caveats"]]),
            ]
            for row in told["grid"]
        ],
        "notes": [found["sentence"] for found in told["discordances"]]
        + [
            f"Blocks {_numbers(pair['episode_ids'], numbers)} compared: {CATEGORIES[pair['category']]}. "
            + " ".join(pair["reasons"])
            for pair in told["pairs"]
        ],
        "sessions": [sessions_row(found, passport.today) for found in told["sessions"]],
        "repeat": [
            {
                "rule": rule["source"],
                "status": STATUSES[rule["status"]],
                "items": [[STATES[item["state"]], _sourced(item)] for item in rule["items"]],
            }
            for rule in told["repeat"]
        ],
        "foot": f"Data version {versions}. Only injections recorded here are known. {DISCLAIMER}",
        "foot-right": f"Afterblock · made {local(now, passport.zone)}",
    }


def _sourced(item: Json) -> str:
    return f"{item['sentence']} {item['source']}." if item["source"] else str(item["sentence"])


def sessions_row(found: Json, today: date) -> list[str]:
    """A region and how often it was injected."""
    return [
        (found["region"] or "region unknown").capitalize(),
        f"{found['in_12_months']} in the 12 months to {day_of(today)}; "
        f"most in any 12 months: {found['most_in_12_months']}",
    ]


_MOST: Final = 12


def _unread(count: int) -> str:
    if not count:
        return ""
    return "One injection has no reading." if count == 1 else f"{count} injections have no reading."


def _numbers(ids: Sequence[str], numbers: dict[str, int]) -> str:
    return ", ".join(str(numbers[one]) for one in ids)


def _cells(block: Json, numbers: dict[str, int], first: int) -> list[str]:
    """One row of the grid root x response."""
    relief, length = block["confirmed_relief_percent"], block["days"]
    lasted = (
        "–"
        if length is None
        else f"{block['headline']} {days(length)}{', so far' if block['censored'] else ''}"
    )
    number = numbers[block["episode_id"]]
    return [
        str(number) if number > first else f"{number} (not drawn)",
        block["root"],
        day_of(date.fromisoformat(block["on"])),
        block["anaesthetic"] + (f" + {block['steroid']}" if block["steroid"] else ""),
        plain(block["verdict"], {}) + ("" if relief is None else f", {whole(relief)} %"),
        plain(block["steroid_status"], {}),
        lasted,
        plain(block["shape"], SHAPES),
        block["grade"],
    ]
