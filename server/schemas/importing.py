"""Files to take in, how they say things, and the report of what is in them."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from server.imports.mapping import Mapping
from server.imports.sheet import DELIMITERS, ENCODINGS, MOST_BYTES
from server.schemas.fields import Zone

KINDS = ("procedures", "diary")
LARGEST_REQUEST = MOST_BYTES * 4 // 3 + 64 * 1024
"""A file as Base64, with its mapping."""
_NAMES = fields.String(validate=validate.Length(1, 200))
_WORDS = fields.String(validate=validate.Length(max=200))
_FORM = validate.And(
    validate.Length(max=40), validate.Regexp(r"^(%[YymdbBHMSIp]|[ ./:,T-])+$", error="Not a form of a date.")
)


class MappingSchema(Schema):
    """How a file calls our columns, its words for our codes, and its way of writing dates."""

    columns = fields.Dict(keys=_NAMES, values=_NAMES, load_default=dict, validate=validate.Length(max=200))
    values = fields.Dict(
        keys=_NAMES,
        values=fields.Dict(keys=_WORDS, values=_WORDS),
        load_default=dict,
        validate=validate.Length(max=200),
    )
    constants = fields.Dict(keys=_NAMES, values=_WORDS, load_default=dict, validate=validate.Length(max=200))
    date = fields.String(
        load_default="%Y-%m-%d", validate=_FORM, metadata={"description": "As in %d.%m.%Y, or %m/%d/%Y."}
    )
    time = fields.String(load_default=None, allow_none=True, validate=_FORM)
    delimiter = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(DELIMITERS))
    encoding = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(ENCODINGS))

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Mapping:
        return Mapping(**data)


class FileContent(fields.String):
    """The bytes of a file as Base64."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError("Not Base64.") from error


class ImportSchema(Schema):
    """One file: without `confirmed` only looked at, with the digest of its report stored."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    content = FileContent(required=True, metadata={"format": "byte"})
    mapping = fields.Nested(MappingSchema, load_default=Mapping)
    zone = Zone(load_default=None, allow_none=True)
    confirmed = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))


class ProblemOfLineSchema(Schema):
    """One remark about a line; an error keeps the whole file out."""

    line = fields.Integer(required=True)
    column = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    sentence = fields.String(required=True)
    error = fields.Boolean(required=True)


class ImportReportSchema(Schema):
    """What is in a file, and whether it was stored."""

    kind = fields.String(required=True)
    digest = fields.String(required=True)
    stored = fields.Boolean(required=True)
    lines = fields.Integer(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    errors = fields.Integer(required=True)
    notes = fields.Integer(required=True)
    problems = fields.List(fields.Nested(ProblemOfLineSchema), required=True)
