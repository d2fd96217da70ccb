"""The staff inbox: what was set aside, and the decision on it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.schemas.fields import Line
from server.schemas.staff import PatientSchema

KINDS = ("quarantined", "rejected", "conflict")


class InboxItemSchema(Schema):
    """One item that waits for a decision."""

    item_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    received_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    code = fields.String(required=True)
    where = fields.String(required=True)
    patient = fields.Nested(PatientSchema, required=True)
    episode_id = fields.UUID(required=True, allow_none=True)
    root = fields.String(required=True, allow_none=True)
    zone = fields.String(required=True, allow_none=True)


class InboxSchema(Schema):
    """Everything that waits."""

    items = fields.List(fields.Nested(InboxItemSchema), required=True)
    open = fields.Integer(required=True)


class InboxCountSchema(Schema):
    """How many items wait."""

    open = fields.Integer(required=True)


class InboxRecordSchema(InboxItemSchema):
    """A record exactly as it came, and the patient's episodes it may belong to."""

    raw = fields.String(required=True)
    episodes = fields.List(fields.UUID(), required=True)


class CompetingVersionSchema(Schema):
    """One version of a diary item; `counts` marks the one in force."""

    rev_id = fields.UUID(required=True)
    body = fields.Dict(required=True, allow_none=True)
    op = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True, format="iso")
    by = fields.String(required=True)
    counts = fields.Boolean(required=True)


class InboxConflictSchema(InboxItemSchema):
    """A diary item with its competing versions."""

    versions = fields.List(fields.Nested(CompetingVersionSchema), required=True)


class InboxDecisionSchema(Schema):
    """Put right with a body, or dismissed; both need a reason."""

    outcome = fields.String(required=True, validate=validate.OneOf(("corrected", "dismissed")))
    reason = Line(500, required=True)
    body = fields.Dict(
        keys=fields.String(),
        metadata={
            "description": "Fields that are put right; null takes one away, the rest is taken as it came."
        },
    )
    episode_id = fields.UUID(allow_none=True)
    kind = fields.String(
        allow_none=True,
        validate=validate.OneOf(("entry", "flag_report", "impression")),
        metadata={"description": "What the record is, where it does not say so itself."},
    )

    @validates_schema(skip_on_field_errors=True)
    def _body_to_correct(self, data: dict[str, Any], **_: Any) -> None:
        if (data["outcome"] == "corrected") != ("body" in data):
            raise ValidationError("A correction needs a body, a dismissal takes none.", "body")
