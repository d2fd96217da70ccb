"""The root passport as plain text for the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from server.charts.words import SHAPES, plain, whole
from server.exports.dates import day_of
from server.exports.passport import sessions_row
from server.exports.passport_answers import Passport, answers
from server.exports.passport_words import CATEGORIES, CAUTION, STANDINGS, STATUSES, STEROIDS

Json = dict[str, Any]


def passport_text(passport: Passport) -> str:
    """All blocks, what their roots say together, sessions and evidence, in lines; it names no patient."""
    return "\n".join(_lines(answers(passport), passport.today))


def _lines(told: Json, today: date) -> Iterator[str]:
    numbers = {block["episode_id"]: place for place, block in enumerate(told["blocks"], 1)}
    yield f"Root passport, {day_of(today)}: {len(numbers)} nerve root blocks with a reading."
    yield f"{told['status']}."
    for place, block in enumerate(told["blocks"], 1):
        yield f"{place}. {_block(block)} {block['decision']}"
    for row in told["grid"]:
        root = row["root"] or "Root not recorded"
        grade = f" (confidence {row['grade']})" if row["grade"] else ""
        yield f"{root}: {STANDINGS[row['standing']]}{grade}. {' '.join([row['sentence'], *row['caveats']])}"
    for found in told["discordances"]:
        yield found["sentence"]
    for pair in told["pairs"]:
        named = " and ".join(str(numbers[one]) for one in pair["episode_ids"])
        yield f"Blocks {named} compared: {CATEGORIES[pair['category']]}. {' '.join(pair['reasons'])}"
    for found in told["sessions"]:
        yield f"Sessions, {': '.join(sessions_row(found, today))}."
    yield from dict.fromkeys(rule["about"] for rule in told["repeat"])
    for rule in told["repeat"]:
        reasons = " ".join(item["sentence"] for item in rule["items"])
        yield f"Repeat, {rule['source']}: {STATUSES[rule['status']]}. {reasons}"
    yield CAUTION


def _block(block: Json) -> str:
    drugs = block["anaesthetic"] + (f" + {block['steroid']}" if block["steroid"] else "")
    relief = block["confirmed_relief_percent"]
    verdict = plain(block["verdict"], {}) + ("" if relief is None else f", {whole(relief)} %")
    return (
        f"{block['root']}, {day_of(date.fromisoformat(block['on']))}, {drugs}: anaesthetic phase {verdict}; "
        f"steroid: {plain(block['steroid_status'], STEROIDS)}; {plain(block['shape'], SHAPES)}; "
        f"confidence {block['grade']}."
    )
