"""The criteria a clinic reads by, and what others would change."""

from __future__ import annotations

from marshmallow import Schema, fields

from server.schemas.fields import Line


class CriteriaSetSchema(Schema):
    """One version; percentages are relief below the baseline."""

    criteria = fields.String(required=True)
    positive_line = fields.Integer(required=True)
    strong_line = fields.Integer(required=True)
    source = fields.String(required=True)


class CriteriaSchema(Schema):
    """What is in force, and what there is."""

    in_force = fields.String(required=True)
    since = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    by = fields.String(required=True, allow_none=True)
    waiting = fields.Integer(
        required=True, metadata={"description": "Readings that are still to be made by what is in force."}
    )
    sets = fields.List(fields.Nested(CriteriaSetSchema), required=True)


class CriteriaChoiceSchema(Schema):
    """Another version, and the one it is to replace."""

    criteria = Line(60, required=True)
    before = Line(60, required=True)


class CriteriaStepSchema(Schema):
    """Which version to try, and after which episode to go on."""

    criteria = Line(60, required=True)
    after = fields.UUID(load_default=None, allow_none=True)


class CriteriaChangeSchema(Schema):
    """One category that would differ, and in how many episodes."""

    category = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)
    episodes = fields.Integer(required=True)


class ComparisonStepSchema(Schema):
    """One step of the comparison."""

    criteria = fields.String(required=True)
    compared_with = fields.String(required=True)
    read = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    changes = fields.List(fields.Nested(CriteriaChangeSchema), required=True)
    next = fields.UUID(required=True, allow_none=True)
