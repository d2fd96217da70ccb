"""The audit trail: which rows are wanted, and the rows."""

from __future__ import annotations

from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate

from server.schemas.circumstances import READABLE_DATES
from server.schemas.fields import Line, parse_moment


def place(text: str) -> None:
    """Refuse what is no place in the trail: a moment in UTC and the id of a row."""
    at, _, id_ = text.partition("/")
    try:
        UUID(id_)
    except ValueError as error:
        raise ValidationError("Not a place in the trail.") from error
    if parse_moment(at) is None:
        raise ValidationError("Not a place in the trail.")


class AuditFilterSchema(Schema):
    """All filters hold together; days are the clinic's own, both included."""

    actor_id = fields.UUID(allow_none=True)
    record_number = Line(60, allow_none=True)
    action = Line(60, allow_none=True)
    since = fields.Date(allow_none=True, validate=READABLE_DATES)
    until = fields.Date(allow_none=True, validate=READABLE_DATES)


class AuditQuerySchema(AuditFilterSchema):
    """A page of the trail; a body, since a record number must not stand in an address or a log."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    after = fields.String(allow_none=True, validate=place)


class AuditRowSchema(Schema):
    """Who did what to which record; ids, counts and codes, never values."""

    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True, format="iso")
    actor_kind = fields.String(required=True)
    actor_id = fields.UUID(required=True, allow_none=True)
    actor = fields.String(required=True, allow_none=True)
    action = fields.String(required=True)
    target_kind = fields.String(required=True)
    target_id = fields.UUID(required=True, allow_none=True)
    detail = fields.Dict(required=True)


class PersonSchema(Schema):
    """Somebody to filter by."""

    clinician_id = fields.UUID(required=True)
    name = fields.String(required=True)


class AuditPageSchema(Schema):
    """A page, and what there is to filter by."""

    rows = fields.List(fields.Nested(AuditRowSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    actions = fields.List(fields.String(), required=True)
    people = fields.List(fields.Nested(PersonSchema), required=True)
