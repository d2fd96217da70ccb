"""The root passport on paper: all blocks of one patient on one page, and their picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from server.charts.overlay import STYLES, described, draw_overlay
from server.charts.palette import Theme
from server.charts.panels import Layout
from server.charts.words import SHAPES, anaesthetics, days, plain, whole
from server.exports.dates import day_of, local
from server.exports.passport_answers import Json, Passport, answers
from server.exports.passport_words import CATEGORIES, CAUTION, STANDINGS, STATES, STATUSES, STEROIDS
from server.exports.report import DISCLAIMER, Source, facts_of, line, root_name
from server.exports.typesetting import Paper, for_paper, typeset

MOST_OF_A_DECISION: Final = 360


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
        "status": told["status"],
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
        "repeat-about": told["repeat"][0]["about"] if told["repeat"] else "",
        "repeat": [
            {
                "rule": rule["source"],
                "status": STATUSES[rule["status"]].capitalize(),
                "items": [[STATES[item["state"]], _sourced(item)] for item in rule["items"]],
            }
            for rule in told["repeat"]
        ],
        "decisions": [
            [str(numbers[block["episode_id"]]), line(block["decision"], MOST_OF_A_DECISION)]
            for block in told["blocks"]
            if block["sign_state"] != "unsigned"
        ][-_MOST:],
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
        plain(block["steroid_status"], STEROIDS),
        lasted,
        plain(block["shape"], SHAPES),
        block["grade"],
    ]
