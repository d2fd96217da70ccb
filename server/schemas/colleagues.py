"""The people of a clinic: who may sign in, and as what."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.schemas.fields import EmailAddress, Line, encodable

ROLES = ("physician", "nurse", "admin", "auditor")
PASSWORD = validate.And(validate.Length(1, 1024), encodable)


class OwnPasswordSchema(Schema):
    """The present password and the one to come."""

    old = fields.String(required=True, validate=PASSWORD, load_only=True)
    new = fields.String(required=True, validate=PASSWORD, load_only=True)


class ColleagueChangeSchema(Schema):
    """Name and role."""

    name = Line(200, required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))


class NewColleagueSchema(ColleagueChangeSchema):
    """Somebody who has not worked here before."""

    email = EmailAddress(254, required=True)


class ActiveSchema(Schema):
    """Whether somebody may sign in."""

    active = fields.Boolean(required=True, truthy={True}, falsy={False})


class OneTimeSchema(Schema):
    """A one-time password, told once and kept nowhere."""

    clinician_id = fields.UUID(required=True)
    password = fields.String(required=True)
    good_until = fields.AwareDateTime(required=True, format="iso")


class ColleagueSchema(Schema):
    """One person."""

    clinician_id = fields.UUID(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    role = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True, format="iso")
    disabled_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    one_time_until = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    last_seen_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")


class ColleaguesSchema(Schema):
    """Everybody."""

    staff = fields.List(fields.Nested(ColleagueSchema), required=True)
