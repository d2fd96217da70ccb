"""Reading request bodies strictly: JSON only, no NaN, no surprises, errors that point at the field."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any, NoReturn

from flask import Request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from server.errors import InvalidError, UnreadableError
from server.schemas.fields import pointers

MOST_DIGITS = 4000
"""Longest whole number that is read as one; Python itself refuses more than 4,300 digits."""


class Parser(FlaskParser):
    """Takes strict JSON and answers problems with the product's own errors."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body as JSON; raises `UnreadableError` for anything that is not."""
        return strict_json(req.get_data())

    def handle_error(
        self,
        error: ValidationError,
        req: Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: Any,
    ) -> NoReturn:
        """Turn messages of a shape into pointers at its fields."""
        messages: Any = error.messages
        found = (
            next(iter(messages.values())) if isinstance(messages, dict) and len(messages) == 1 else messages
        )
        raise InvalidError("Some fields need another look.", pointers(found))


def strict_json(raw: bytes) -> Any:
    """Parse a body; raises `UnreadableError` for bad UTF-8, bad JSON, NaN, or nesting without end.

    A number too large for this machine stays text, which no field for numbers takes: it spoils its own
    record and not the batch.
    """
    try:
        return json.loads(raw.decode(), parse_constant=_refuse, parse_float=_real, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The body is not valid JSON. Nothing was stored.") from error


def _real(text: str) -> float | str:
    value = float(text)
    return value if isfinite(value) else text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= MOST_DIGITS else text


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
