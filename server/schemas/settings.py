"""The clinic's settings in parts: opening hours, escalation contacts, channels, leaflets; and the digest."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.domain.opening import WEEKDAYS, minutes
from server.domain.protocol import LAST_DAYS
from server.schemas.episode import AnaestheticSchema, SteroidSchema
from server.schemas.fields import EmailAddress, Line, Paragraph, Whole
from server.schemas.staff import PHONE

WALL_CLOCK = validate.Regexp(r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z", error="Not a time such as 08:30.")
UUID_TEXT = validate.Regexp(r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", error="Not a UUID.")
CHANNELS = ("push", "email", "sms")
MOST_CONTACTS = 20
LONGEST_LEAFLET = 8000


def real_date(text: str) -> None:
    """Refuse what is no day of the calendar; settings are kept as text, just as they came."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError("Not a date such as 2026-12-25.") from error
    if day.isoformat() != text or not 2000 <= day.year <= 2200:
        raise ValidationError("Not a date such as 2026-12-25.")


class DaySchema(Schema):
    """When the clinic opens and closes on one weekday."""

    opens = fields.String(required=True, validate=WALL_CLOCK)
    closes = fields.String(required=True, validate=WALL_CLOCK)

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if minutes(data["closes"]) <= minutes(data["opens"]):
            raise ValidationError("Closing must come after opening.", "closes")


class WeekSchema(Schema):
    """The seven weekdays; null is closed."""

    mon = fields.Nested(DaySchema, required=True, allow_none=True)
    tue = fields.Nested(DaySchema, required=True, allow_none=True)
    wed = fields.Nested(DaySchema, required=True, allow_none=True)
    thu = fields.Nested(DaySchema, required=True, allow_none=True)
    fri = fields.Nested(DaySchema, required=True, allow_none=True)
    sat = fields.Nested(DaySchema, required=True, allow_none=True)
    sun = fields.Nested(DaySchema, required=True, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def _opens_at_all(self, data: dict[str, Any], **_: Any) -> None:
        if not any(data[day] for day in WEEKDAYS):
            raise ValidationError("The clinic must open on one weekday at least.", "mon")


class HolidaySchema(Schema):
    """One day on which the clinic is closed."""

    date = fields.String(required=True, validate=real_date, metadata={"format": "date"})
    name = Line(80, required=True)


class HoursSchema(Schema):
    """Opening hours and holidays; reports for the next working day are due by them."""

    days = fields.Nested(WeekSchema, required=True)
    holidays = fields.List(fields.Nested(HolidaySchema), required=True, validate=validate.Length(max=200))

    @validates_schema(skip_on_field_errors=True)
    def _each_day_once(self, data: dict[str, Any], **_: Any) -> None:
        count = Counter(holiday["date"] for holiday in data["holidays"])
        if any(number > 1 for number in count.values()):
            raise ValidationError("A day is listed twice.", "holidays")


class ContactSchema(Schema):
    """Somebody who is told when nobody acknowledges an alert."""

    contact_id = fields.String(required=True, validate=UUID_TEXT, metadata={"format": "uuid"})
    name = Line(120, required=True)
    email = EmailAddress(254, required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True, validate=PHONE)
    levels = fields.List(
        fields.String(validate=validate.OneOf(("E", "S"))), required=True, validate=validate.Length(1, 2)
    )

    @validates_schema(skip_on_field_errors=True)
    def _reachable(self, data: dict[str, Any], **_: Any) -> None:
        if not data["email"] and not data["phone"]:
            raise ValidationError("An e-mail address or a phone number is needed.", "email")


class ContactsSchema(Schema):
    """The contacts in the order they are told."""

    contacts = fields.List(
        fields.Nested(ContactSchema), required=True, validate=validate.Length(max=MOST_CONTACTS)
    )

    @validates_schema(skip_on_field_errors=True)
    def _each_once(self, data: dict[str, Any], **_: Any) -> None:
        ids = [contact["contact_id"] for contact in data["contacts"]]
        if len(set(ids)) != len(ids):
            raise ValidationError("A contact is listed twice.", "contacts")


class ChannelsSchema(Schema):
    """Ways to remind patients, in the order they are tried; one left out is not used."""

    order = fields.List(
        fields.String(validate=validate.OneOf(CHANNELS)), required=True, validate=validate.Length(max=3)
    )

    @validates_schema(skip_on_field_errors=True)
    def _each_once(self, data: dict[str, Any], **_: Any) -> None:
        if len(set(data["order"])) != len(data["order"]):
            raise ValidationError("A channel is listed twice.", "order")


class LeafletSchema(Schema):
    """The clinic's own words to patients after the block, in one language; empty for none."""

    text = Paragraph(LONGEST_LEAFLET, required=True, empty=True)


class ProtocolDrugsSchema(Schema):
    """What is usually given under a protocol: offered to fill a form in, never taken as given."""

    anaesthetic = fields.List(
        fields.Nested(AnaestheticSchema), required=True, validate=validate.Length(max=6)
    )
    steroid = fields.Nested(SteroidSchema, allow_none=True)


class ProtocolSchema(Schema):
    """What a protocol leaves open; expected check-ins are the same in all."""

    offer_45 = fields.Boolean(required=True, truthy={True}, falsy={False})
    evenings_before = fields.Boolean(required=True, truthy={True}, falsy={False})
    impressions = fields.Boolean(required=True, truthy={True}, falsy={False})
    remind_until_day = Whole(required=True, validate=validate.OneOf(LAST_DAYS))
    drugs = fields.Nested(ProtocolDrugsSchema, allow_none=True)


class ChangeSchema(Schema):
    """The version the form was opened on; a newer one in between is a conflict, never overwritten."""

    version = Whole(required=True, validate=validate.Range(min=0))


class HoursChangeSchema(ChangeSchema):
    """New opening hours."""

    value = fields.Nested(HoursSchema, required=True)


class ContactsChangeSchema(ChangeSchema):
    """New contacts."""

    value = fields.Nested(ContactsSchema, required=True)


class ChannelsChangeSchema(ChangeSchema):
    """A new order of channels."""

    value = fields.Nested(ChannelsSchema, required=True)


class LeafletChangeSchema(ChangeSchema):
    """A new leaflet text."""

    value = fields.Nested(LeafletSchema, required=True)


class ProtocolChangeSchema(ChangeSchema):
    """Another choice in one protocol."""

    value = fields.Nested(ProtocolSchema, required=True)


class ProtocolVersionSchema(Schema):
    """A protocol as it is in force."""

    template = fields.String(required=True)
    version = fields.Integer(required=True)
    options = fields.Nested(ProtocolSchema, required=True)


class ProtocolsSchema(Schema):
    """All of a clinic's protocols."""

    protocols = fields.List(fields.Nested(ProtocolVersionSchema), required=True)


class PartSchema(Schema):
    """One version of one part of the settings. Version 0 is the product's own default."""

    part = fields.String(required=True)
    version = fields.Integer(required=True)
    value = fields.Dict(required=True)
    at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    by = fields.String(required=True, allow_none=True)


class PartsSchema(Schema):
    """All parts in force."""

    parts = fields.List(fields.Nested(PartSchema), required=True)


class VersionsSchema(Schema):
    """Every version of one part, newest first."""

    versions = fields.List(fields.Nested(PartSchema), required=True)


class StaffMessageSchema(Schema):
    """One message to staff: where it stands."""

    message_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    recipient = fields.String(required=True)
    channel = fields.String(required=True)
    status = fields.String(required=True)
    attempts = fields.Integer(required=True)
    problem = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True, format="iso")
    next_attempt_at = fields.AwareDateTime(required=True, format="iso")
    sent_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")


class StaffMessagesSchema(Schema):
    """The newest messages to staff, newest first."""

    messages = fields.List(fields.Nested(StaffMessageSchema), required=True)


class DigestSchema(Schema):
    """When a clinician gets the morning digest: a time on the clinic's wall clock, or null for never."""

    at = fields.String(required=True, allow_none=True, validate=WALL_CLOCK)
    next_at = fields.AwareDateTime(dump_only=True, allow_none=True, format="iso")
    email = fields.String(dump_only=True)
