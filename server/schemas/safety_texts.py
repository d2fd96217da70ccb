"""The safety texts of each language and their acceptance by a physician."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.schemas.fields import Language, Whole


class AcceptanceSchema(Schema):
    """Who accepted, and when."""

    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True, format="iso")


class SafetyTextSchema(Schema):
    """One text a patient reads."""

    key = fields.String(required=True)
    text = fields.String(required=True)


class LeafletTextSchema(Schema):
    """The clinic's own leaflet as it is in force, and who has accepted it."""

    version = fields.Integer(required=True)
    text = fields.String(required=True)
    acceptance = fields.Nested(AcceptanceSchema, required=True, allow_none=True)


class LanguageTextsSchema(Schema):
    """All safety texts of one language; `version` is a digest of them, the same as on the phone."""

    language = fields.String(required=True)
    version = fields.String(required=True)
    texts = fields.List(fields.Nested(SafetyTextSchema), required=True)
    acceptance = fields.Nested(AcceptanceSchema, required=True, allow_none=True)
    leaflet = fields.Nested(LeafletTextSchema, required=True, allow_none=True)


class SafetyTextsSchema(Schema):
    """What a physician reads before patients are enrolled."""

    criteria = fields.String(required=True)
    emergency_number = fields.String(required=True)
    required = fields.Boolean(
        required=True, metadata={"description": "Whether this server refuses to enrol without acceptance."}
    )
    languages = fields.List(fields.Nested(LanguageTextsSchema), required=True)


class AcceptTextsSchema(Schema):
    """Exactly what was read: another version, criteria set or number is refused."""

    language = Language(required=True)
    version = fields.String(required=True, validate=validate.Length(1, 64))
    criteria = fields.String(required=True, validate=validate.Length(1, 60))
    emergency_number = fields.String(required=True, validate=validate.Length(1, 20))


class AcceptLeafletSchema(Schema):
    """The version of a leaflet that was read."""

    language = Language(required=True)
    version = Whole(required=True, validate=validate.Range(min=1))


class PhoneLeafletSchema(Schema):
    """One language's leaflet as a phone shows it."""

    language = fields.String(required=True)
    version = fields.Integer(required=True)
    text = fields.String(required=True)
    reviewed = fields.Boolean(
        required=True, metadata={"description": "Whether a physician has accepted this version."}
    )


class PhoneLeafletsSchema(Schema):
    """The leaflets of a clinic that its patients may read."""

    leaflets = fields.List(fields.Nested(PhoneLeafletSchema), required=True)


class ChosenLanguageSchema(Schema):
    """The language the patient reads, with the version of its safety texts on the phone."""

    language = Language(required=True)
    texts_version = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=64))
