"""Pages and texts for the record."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.schemas.fields import Language

PAPERS = ("a4", "letter")


class PaperQuerySchema(Schema):
    """The size of the paper."""

    paper = fields.String(load_default="a4", validate=validate.OneOf(PAPERS))


class OwnPageQuerySchema(PaperQuerySchema):
    """The patient's page: the size of the paper and the language; without one the patient's own."""

    language = Language(load_default=None, allow_none=True)


class OverlayQuerySchema(Schema):
    """Where a picture of several blocks is shown; `paper` is the widest."""

    theme = fields.String(load_default="light", validate=validate.OneOf(("light", "dark")))
    layout = fields.String(load_default="paper", validate=validate.OneOf(("paper", "wide", "narrow")))


class ExportQuerySchema(Schema):
    """Whether names, dates and free text are left out."""

    deidentified = fields.Boolean(load_default=False, truthy={"true", "1"}, falsy={"false", "0"})


class TextSchema(Schema):
    """A text to paste."""

    text = fields.String(required=True)
