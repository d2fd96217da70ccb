"""The patient's impressions of change (PGIC): each as the answer given and as an observation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server.exports.fhir.codes import concept, own
from server.exports.fhir.diary import METHOD, answer, items_of_kind, observation, response
from server.exports.fhir.resources import Resource, time
from server.exports.record import Item, Record

QUESTIONNAIRE: Final = "urn:afterblock:questionnaire:impression-of-change|1"
LEVELS: Final = (
    "Very much improved",
    "Much improved",
    "Minimally improved",
    "No change",
    "Minimally worse",
    "Much worse",
    "Very much worse",
)
"""The seven levels from 1; no code for the scale was found confirmed, so it has one of the product's own."""


def responses(record: Record, patient: Resource, procedure: Resource) -> Iterator[tuple[Item, Resource]]:
    """The impressions that count; the id is the item's."""
    for item in items_of_kind(record, "impression"):
        body = item.head.body or {}
        answers = [
            answer("taken_at", {"valueDateTime": time(body["taken_at"])}),
            answer("change", {"valueInteger": int(body["change"])}),
        ]
        yield item, response(item, QUESTIONNAIRE, answers, patient, procedure)


def seen(item: Item, given: Resource) -> Resource:
    """One impression as an observation: the level as a number, its words beside the code."""
    level = int((item.head.body or {})["change"])
    words = "Impression of change since before the injection"
    return observation(
        item,
        given,
        "impression",
        code=concept(own("impression", "pgic", words), text=f"{words}, 1 to 7"),
        valueInteger=level,
        interpretation=[
            concept(own("impression-level", str(level), LEVELS[level - 1]), text=LEVELS[level - 1])
        ],
        method=METHOD,
    )
