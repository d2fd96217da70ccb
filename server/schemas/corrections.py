"""What staff may put into a patient's record: known fields and plain text. A phone's extras are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from marshmallow import Schema, fields

from server.domain.flags import ROWS
from server.schemas.diary import EntryBodySchema, FlagReportBodySchema, FlagSchema, ImpressionBodySchema
from server.schemas.fields import holds_control

BODIES: Final[Mapping[str, Schema]] = {
    "entry": EntryBodySchema(),
    "flag_report": FlagReportBodySchema(),
    "impression": ImpressionBodySchema(),
}
ANSWERS: Final = frozenset(
    {"code"}
    | {key for row in ROWS.values() for key in (*row.get("asks", ()), *filter(None, [row.get("clock")]))}
    | {key for row in ROWS.values() for rule in row.get("rules", ()) for key in rule["when"]}
)
"""Every answer that some row of the red-flag table asks for."""
_LONGEST_NAME: Final = 40


class Surprise(NamedTuple):
    """Something in a body that staff cannot have meant: a field nobody knows, or a control character."""

    pointer: str
    name: str
    code: str
    value: str


def surprises(kind: str, body: Mapping[str, Any]) -> frozenset[Surprise]:
    """All of a body, each with what it holds, so that what came from a phone can be told from what is new."""
    return frozenset(_within(BODIES[kind], body, "/body"))


def _within(schema: Schema, found: Mapping[str, Any], at: str) -> Iterator[Surprise]:
    known = ANSWERS if isinstance(schema, FlagSchema) else schema.fields.keys()
    for key, value in found.items():
        where = f"{at}/{key[:_LONGEST_NAME].replace('~', '~0').replace('/', '~1')}"
        if key not in known:
            yield Surprise(where, key[:_LONGEST_NAME], "unknown-field", json.dumps(value, sort_keys=True))
        elif isinstance(value, str) and holds_control(value, but="\n\t"):
            yield Surprise(where, key, "control-character", value)
        else:
            yield from _inside(schema.fields.get(key), value, where)


def _inside(field: fields.Field[Any] | None, value: Any, at: str) -> Iterator[Surprise]:
    """Of the parts of a field; a part that has the wrong form is refused elsewhere."""
    if isinstance(field, fields.List) and isinstance(value, list):
        for one in value:
            yield from _inside(field.inner, one, at)
    elif isinstance(field, fields.Nested) and isinstance(value, dict):
        yield from _within(field.schema, value, at)
