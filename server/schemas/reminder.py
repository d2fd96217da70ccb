"""Reminders as a patient's phone sees and sets them."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.domain.instants import HOUR, MINUTE
from server.domain.passing_on import CHANNELS
from server.domain.schedule import EVENING_OPENS
from server.schemas.fields import EmailAddress, Whole, Zone

LANGUAGES = ("en", "es", "de", "ar")
SNOOZES = (15, 30, 60)
EVENINGS = (EVENING_OPENS // MINUTE, 23 * HOUR // MINUTE)
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
BASE64 = re.compile(r"[A-Za-z0-9_-]+={0,2}", re.ASCII)
DAY = 24 * 60


class PhoneNumber(fields.String):
    """A phone number with its country, such as +4930123456."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = re.sub(r"[\s()/.-]", "", super()._deserialize(value, attr, data, **kwargs))
        if not NUMBER.fullmatch(text):
            raise ValidationError("Not a phone number with its country, such as +4930123456.")
        return text


def _minutes(**kwargs: Any) -> Whole:
    return Whole(required=True, validate=validate.Range(0, DAY - 1), **kwargs)


class ChoicesSchema(Schema):
    """Choices of a patient; times in minutes after midnight of the wall clock."""

    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    zone = Zone(allow_none=True)
    evening = Whole(required=True, validate=validate.Range(*EVENINGS))
    quiet_from = _minutes()
    quiet_until = _minutes()
    channels = fields.List(
        fields.String(validate=validate.OneOf(CHANNELS)), required=True, validate=validate.Length(max=8)
    )
    email = EmailAddress(254, allow_none=True)
    phone_number = PhoneNumber(allow_none=True, validate=validate.Length(max=20))

    @validates_schema(skip_on_field_errors=True)
    def _evening_is_awake(self, data: dict[str, Any], **_: Any) -> None:
        start, end, at = data["quiet_from"], data["quiet_until"], data["evening"]
        if start <= at < end if start <= end else at >= start or at < end:
            raise ValidationError("This time lies in the quiet hours.", "evening")


class KnownChoicesSchema(Schema):
    """Choices with what is known of each way to remind."""

    language = fields.String(required=True)
    zone = fields.String(allow_none=True)
    evening = fields.Integer(required=True)
    quiet_from = fields.Integer(required=True)
    quiet_until = fields.Integer(required=True)
    channels = fields.List(fields.String(), required=True)
    email = fields.String(allow_none=True)
    phone_number = fields.String(allow_none=True)
    refused = fields.List(fields.String(), metadata={"description": "Channels whose address takes nothing."})
    offered = fields.List(fields.String(), metadata={"description": "Channels this installation has."})
    push_key = fields.String(allow_none=True)
    push = fields.String(validate=validate.OneOf(("none", "on", "dead")))
    calendar = fields.String(allow_none=True, metadata={"description": "The calendar's secret address."})


class SubscriptionSchema(Schema):
    """A browser's push subscription."""

    endpoint = fields.Url(
        required=True, schemes={"https", "http"}, require_tld=False, validate=validate.Length(max=1000)
    )
    p256dh = fields.String(required=True, validate=[validate.Length(max=120), validate.Regexp(BASE64)])
    auth = fields.String(required=True, validate=[validate.Length(max=40), validate.Regexp(BASE64)])


class PresenceSchema(Schema):
    """What a phone says at every open."""

    zone = Zone(required=True)
    language = fields.String(validate=validate.OneOf(LANGUAGES))
    subscription = fields.Nested(SubscriptionSchema, allow_none=True)


class SnoozeSchema(Schema):
    """A check-in that shall be asked later."""

    episode_id = fields.UUID(required=True)
    slot = fields.String(required=True, validate=validate.Length(max=16))
    minutes = Whole(required=True, validate=validate.OneOf(SNOOZES))


class SnoozedSchema(Schema):
    """When it is asked again."""

    at = fields.AwareDateTime(required=True)


class DeliverySchema(Schema):
    """One try of one channel."""

    channel = fields.String(required=True)
    state = fields.String(required=True)
    sent_at = fields.AwareDateTime(allow_none=True)


class ReminderStateSchema(Schema):
    """How far a reminder has come."""

    id = fields.UUID(required=True)
    state = fields.String(required=True)
    shown_at = fields.AwareDateTime(allow_none=True)
    clicked_at = fields.AwareDateTime(allow_none=True)
    deliveries = fields.List(fields.Nested(DeliverySchema), required=True)
