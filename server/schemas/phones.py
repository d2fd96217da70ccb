"""Patients' phones, invitations and channels."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.schemas.episode import DeviceSchema
from server.schemas.fields import Line
from server.schemas.staff import PatientSchema


class PhoneSearchSchema(Schema):
    """A page; a body, since names must not stand in addresses."""

    search = Line(100, load_default="", empty=True)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000))


class WaitingInvitationSchema(Schema):
    """An invitation that a phone could still redeem; its link and code were told once."""

    enrolment_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True, format="iso")


class ReachedSchema(Schema):
    """How one patient is reached; addresses are the patient's own and not told."""

    patient = fields.Nested(PatientSchema, required=True)
    episode_id = fields.UUID(required=True, allow_none=True)
    language = fields.String(required=True, allow_none=True)
    channels = fields.List(fields.String(), required=True)
    refused = fields.List(fields.String(), required=True)
    invitations = fields.List(fields.Nested(WaitingInvitationSchema), required=True)
    devices = fields.List(fields.Nested(DeviceSchema), required=True)


class PhonesSchema(Schema):
    """A page of patients."""

    patients = fields.List(fields.Nested(ReachedSchema), required=True)
    total = fields.Integer(required=True)
