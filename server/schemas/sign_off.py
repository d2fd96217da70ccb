"""A physician's decision on a reading, its history, and what moved since."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.domain.sign_off import CONCLUSIONS
from server.schemas.fields import Paragraph, Whole

LONGEST_NOTE = 1000


class SignSchema(Schema):
    """What is signed: the very reading the physician has seen, named by its data version and moment."""

    version = Whole(required=True, validate=validate.Range(min=0))
    read_at = fields.AwareDateTime(required=True, format="iso")
    signed_number = Whole(
        load_default=None,
        allow_none=True,
        metadata={"description": "Number of the newest signature seen; null where nobody had signed."},
    )
    conclusion = fields.String(required=True, validate=validate.OneOf(CONCLUSIONS))
    note = Paragraph(LONGEST_NOTE, load_default=None, allow_none=True)


class MovedSchema(Schema):
    """One of the four answers that reads differently, and the entries that moved it."""

    answer = fields.String(required=True)
    title = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)
    entries = fields.List(fields.String(), required=True)
    cause = fields.String(required=True, validate=validate.OneOf(("entries", "record", "time")))
    was = fields.String(metadata={"description": "The answer's sentence as it was signed."})
    reads = fields.String(metadata={"description": "The answer's sentence as it reads now."})


class StepSchema(Schema):
    """One step of the history: signed by a physician, or re-opened by what came later."""

    number = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("signed", "reopened")))
    at = fields.AwareDateTime(required=True, format="iso")
    by = fields.String(required=True, allow_none=True)
    data_version = fields.Integer(required=True)
    criteria = fields.String(required=True)
    conclusion = fields.String(required=True, allow_none=True)
    sentence = fields.String(
        required=True, allow_none=True, metadata={"description": "The conclusion in words."}
    )
    note = fields.String(required=True, allow_none=True)
    statement = fields.String(required=True, allow_none=True)
    changes = fields.List(fields.Nested(MovedSchema), required=True)


class ConclusionSchema(Schema):
    """One conclusion a physician may draw, in words about this root."""

    code = fields.String(required=True)
    sentence = fields.String(required=True)


class SignOffSchema(Schema):
    """Where an episode's sign-off stands; `version` and `read_at` name the reading to sign."""

    state = fields.String(required=True, validate=validate.OneOf(("unsigned", "signed", "reopened")))
    version = fields.Integer(required=True)
    read_at = fields.AwareDateTime(required=True, format="iso")
    criteria = fields.String(required=True)
    suggested = fields.String(required=True, allow_none=True)
    conclusions = fields.List(fields.Nested(ConclusionSchema), required=True)
    signed = fields.Nested(StepSchema, required=True, allow_none=True)
    changes = fields.List(fields.Nested(MovedSchema), required=True)
    history = fields.List(fields.Nested(StepSchema), required=True)
