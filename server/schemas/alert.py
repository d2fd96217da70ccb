"""Alerts: the queue, one with its history, and what staff do with it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.domain.alerts import OUTCOMES
from server.schemas.fields import Paragraph
from server.schemas.staff import PatientSchema


class AlertSchema(Schema):
    """A work item for a red flag."""

    alert_id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    level = fields.String(required=True)
    reports = fields.Integer(required=True)
    opened_at = fields.AwareDateTime(required=True, format="iso")
    due_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    acknowledged_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    acknowledged_by = fields.String(required=True, allow_none=True)
    owner_id = fields.UUID(required=True, allow_none=True)
    owner = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    closed_by = fields.String(required=True, allow_none=True)
    steps = fields.Integer(required=True)
    escalate_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    recheck_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")


class AlertEventSchema(Schema):
    """One thing that happened to an alert, and who did it."""

    number = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True, format="iso")
    kind = fields.String(required=True)
    by = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    detail = fields.Dict(required=True)


class AlertWithHistorySchema(AlertSchema):
    """An alert with everything that happened to it, oldest first."""

    history = fields.List(fields.Nested(AlertEventSchema), required=True)
    shown_at = fields.String(required=True, allow_none=True)
    called_at = fields.String(required=True, allow_none=True)


class AlertEpisodeSchema(Schema):
    """Whose alert it is."""

    episode_id = fields.UUID(required=True)
    patient = fields.Nested(PatientSchema, required=True)
    region = fields.String(required=True)
    level = fields.String(required=True)
    side = fields.String(required=True)
    status = fields.String(required=True)
    performed_at = fields.String(required=True, allow_none=True)
    zone = fields.String(required=True)


class QueuedAlertSchema(AlertSchema):
    """One line of the queue."""

    episode = fields.Nested(AlertEpisodeSchema, required=True)


class OneAlertSchema(AlertWithHistorySchema):
    """One alert by itself."""

    episode = fields.Nested(AlertEpisodeSchema, required=True)


class WaitingSchema(Schema):
    """How many alerts wait for somebody, and how many of them are past due."""

    E = fields.Integer(required=True)
    S = fields.Integer(required=True)
    N = fields.Integer(required=True)
    late = fields.Integer(required=True)


class ReachableSchema(Schema):
    """How many escalation contacts a level has."""

    E = fields.Integer(required=True)
    S = fields.Integer(required=True)


class OwnerSchema(Schema):
    """A clinician who can look after an alert."""

    clinician_id = fields.UUID(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)


class AlertQueueSchema(Schema):
    """A page of the queue."""

    alerts = fields.List(fields.Nested(QueuedAlertSchema), required=True)
    total = fields.Integer(required=True)
    counts = fields.Nested(WaitingSchema, required=True)
    contacts = fields.Nested(ReachableSchema, required=True)
    owners = fields.List(fields.Nested(OwnerSchema), required=True)


class AlertQuerySchema(Schema):
    """Which page of the queue."""

    state = fields.String(load_default="open", validate=validate.OneOf(("open", "closed")))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000))


class AlertLoadSchema(Schema):
    """How many alerts the diaries make, and how fast they are answered."""

    days = fields.Integer(required=True)
    entries = fields.Integer(required=True)
    alerts = fields.Integer(required=True)
    per_100_entries = fields.Float(required=True, allow_none=True)
    by_level = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    answered = fields.Integer(required=True)
    answered_in_time = fields.Integer(required=True)
    late = fields.Integer(required=True)
    median_answer_seconds = fields.Integer(required=True, allow_none=True)


class NewOwnerSchema(Schema):
    """Who looks after the alert from now on."""

    owner_id = fields.UUID(required=True)


class AttemptSchema(Schema):
    """Somebody tried to reach the patient."""

    note = Paragraph(1000, load_default=None, allow_none=True)


class OutcomeSchema(Schema):
    """What came of it. `other` needs a note."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    note = Paragraph(1000, load_default=None, allow_none=True)
