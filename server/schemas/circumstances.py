"""What belongs to an injection besides the injection itself: risks, complications, questionnaires."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.domain.record_codes import ANTICOAGULANTS, COMPLICATIONS, DIABETES, INSTRUMENTS
from server.schemas.fields import Line, Moment, Real

READABLE_DATES = validate.Range(date(1900, 1, 1), date(2200, 12, 31))
"""The years the diary format knows."""


class RisksSchema(Schema):
    """What the patient brings along; an absent key is not recorded."""

    anticoagulant = fields.String(
        allow_none=True,
        validate=validate.OneOf(ANTICOAGULANTS),
        metadata={"description": "Whether one is taken, and whether it went on over the injection."},
    )
    anticoagulant_drug = Line(120, allow_none=True)
    diabetes = fields.String(allow_none=True, validate=validate.OneOf(DIABETES))
    allergic = fields.Boolean(allow_none=True, truthy={True}, falsy={False})
    allergies = Line(300, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def _details_fit(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("anticoagulant_drug") and data.get("anticoagulant") not in {"paused", "continued"}:
            raise ValidationError("A drug is named although none is taken.", "anticoagulant_drug")
        if data.get("allergies") and not data.get("allergic"):
            raise ValidationError("Allergies are named although there are none.", "allergies")


class ComplicationSchema(Schema):
    """One immediate complication."""

    code = fields.String(required=True, validate=validate.OneOf(COMPLICATIONS))
    at = Moment(allow_none=True)
    note = Line(300, allow_none=True)


class QuestionnaireSchema(Schema):
    """The total of one disability questionnaire, typed in by staff."""

    instrument = fields.String(required=True, validate=validate.OneOf(INSTRUMENTS))
    on = fields.Date(required=True, validate=READABLE_DATES)
    percent = Real(
        required=True,
        validate=validate.Range(0, 100),
        metadata={"description": "ODI as printed; NDI points of 50 doubled."},
    )
