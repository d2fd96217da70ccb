"""Signing in, the clinic's settings, invitations."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.schemas.fields import Line, Zone, encodable

PHONE = validate.Regexp(r"\A\+?[0-9][0-9 ()/.\-]{1,38}\Z", error="Not a phone number.")


class SignInSchema(Schema):
    """E-mail and password."""

    email = fields.String(required=True, validate=[validate.Length(1, 254), encodable])
    password = fields.String(required=True, validate=[validate.Length(1, 1024), encodable], load_only=True)


class ClinicianSchema(Schema):
    """Who is signed in."""

    clinician_id = fields.UUID(required=True)
    clinic_id = fields.UUID(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    role = fields.String(required=True)
    one_time = fields.Boolean(
        dump_default=False,
        metadata={
            "description": "Signed in by a one-time password: choose another one before anything else."
        },
    )


class SettingsSchema(Schema):
    """The clinic's settings; the phone shows both numbers, also offline."""

    name = Line(200, required=True)
    phone = fields.String(required=True, validate=PHONE)
    emergency_number = fields.String(
        required=True,
        validate=validate.Regexp(r"\A\+?[0-9][0-9 \-]{1,18}\Z", error="Not an emergency number."),
    )
    zone = Zone(required=True)


class SignedInSchema(Schema):
    """The session's user and clinic."""

    clinician = fields.Nested(ClinicianSchema, required=True)
    clinic = fields.Nested(SettingsSchema, required=True)


class PatientSchema(Schema):
    """A patient as staff see them."""

    patient_id = fields.UUID(required=True)
    name = fields.String(required=True)
    record_number = fields.String(required=True)
    born_on = fields.Date(required=True, allow_none=True)


class InviteSchema(Schema):
    """How the link will travel: shown as a QR code (15 min) or sent (24 h)."""

    kind = fields.String(load_default="qr", validate=validate.OneOf(("qr", "link")))


class InvitationSchema(Schema):
    """An invitation. Link and code must reach the patient by different routes."""

    enrolment_id = fields.UUID(required=True)
    link = fields.String(required=True)
    qr_svg = fields.String(required=True)
    code = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True, format="iso")


class RevokeSchema(Schema):
    """Why a phone is disconnected: a lost one wipes itself at its next contact."""

    reason = fields.String(required=True, validate=validate.OneOf(("lost", "replaced")))


class EmptySchema(Schema):
    """No fields at all."""
