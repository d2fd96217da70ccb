"""Which injections a cohort holds, and what is said of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.domain.lengths import LINES

FILTERS = ("region", "level", "approach", "agent", "steroid", "dose", "operator", "indication")
MOST_VALUES = 40
YEARS = validate.Range(date(1900, 1, 1), date(2200, 12, 31))


def _values() -> fields.List[Any]:
    return fields.List(
        fields.String(validate=validate.Length(max=200)),
        load_default=list,
        validate=validate.Length(max=MOST_VALUES),
    )


class CohortQuerySchema(Schema):
    """Filters: of several values of one any fits, all filters must."""

    start = fields.Date(load_default=None, allow_none=True, validate=YEARS)
    end = fields.Date(load_default=None, allow_none=True, validate=YEARS)
    region, level, approach, agent = _values(), _values(), _values(), _values()
    steroid, dose, operator, indication = _values(), _values(), _values(), _values()
    group_by = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(FILTERS))
    line = fields.String(load_default="L50", validate=validate.OneOf(LINES))
    interventions = fields.String(load_default="end", validate=validate.OneOf(("end", "censor")))

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["start"] and data["end"] and data["start"] > data["end"]:
            raise ValidationError("The end lies before the start.", "end")


class FigureQuerySchema(CohortQuerySchema):
    """A cohort as a picture."""

    theme = fields.String(load_default="light", validate=validate.OneOf(("light", "dark")))


class CohortTableQuerySchema(CohortQuerySchema):
    """One table of a cohort."""

    table = fields.String(
        load_default="responders",
        validate=validate.OneOf(
            ("responders", "survival", "phases", "side_effects", "adherence", "channels", "what_if")
        ),
    )


class CohortSchema(Schema):
    """What the readings say together; `docs/cohorts.md` says how each figure is made."""

    criteria = fields.String(required=True)
    change = fields.Integer(required=True)
    today = fields.String(required=True)
    performed = fields.Integer(required=True)
    readings = fields.Integer(required=True)
    matched = fields.Integer(required=True, allow_none=True)
    hidden_below = fields.Integer(required=True, allow_none=True)
    line = fields.String(required=True)
    group_by = fields.String(required=True, allow_none=True)
    facets = fields.Dict(required=True)
    groups = fields.List(fields.Dict(), required=True)
    tests = fields.Dict(required=True, allow_none=True)
    side_effects = fields.List(fields.Dict(), required=True)
    published = fields.Dict()
    adherence = fields.List(fields.Dict(), required=True)
    what_if = fields.Dict(required=True, allow_none=True)


class CohortChannelsSchema(Schema):
    """Check-ins that came after a reminder, by the channel it went out by."""

    channels = fields.List(fields.Dict(), required=True)
