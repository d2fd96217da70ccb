"""Pages and texts for the record."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

PAPERS = ("a4", "letter")


class PaperQuerySchema(Schema):
    """The size of the paper."""

    paper = fields.String(load_default="a4", validate=validate.OneOf(PAPERS))


class ExportQuerySchema(Schema):
    """Whether names, dates and free text are left out."""

    deidentified = fields.Boolean(load_default=False, truthy={"true", "1"}, falsy={"false", "0"})


class TextSchema(Schema):
    """A text to paste."""

    text = fields.String(required=True)
