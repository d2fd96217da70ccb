"""The recovery room: the day's injections, and the taps of a tablet."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.domain.record_codes import COMPLICATIONS
from server.schemas.diary import IndexPainSchema
from server.schemas.fields import Moment, Whole
from server.schemas.staff import PatientSchema

LONGEST_WAIT = 12 * 3600 * 1000
MARKS = ("pre", "m15", "m30")


class TapSchema(Schema):
    """What every tap tells: how long ago it was, by the tablet's own stopwatch."""

    waited_ms = Whole(
        load_default=0,
        validate=validate.Range(0, LONGEST_WAIT),
        metadata={"description": "Milliseconds since the tap; a tap that had to wait keeps its moment."},
    )
    taken_over = fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={"description": "A colleague tapped it, whose session ended first; audited as such."},
    )


class ScoreTapSchema(TapSchema):
    """One score. The ids are made by the tablet and make sending again harmless."""

    rev_id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True)
    parent_rev = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "The version whose number is corrected; its moment stays."},
    )
    mark = fields.String(required=True, validate=validate.OneOf(MARKS))
    pain = Whole(required=True, validate=validate.Range(0, 10))
    at_mark = fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={"description": "It was asked at the mark and is typed in later."},
    )


class InjectionTapSchema(TapSchema):
    """The injection has been given: now, or at the time picked."""

    change_id = fields.UUID(required=True)
    performed_at = Moment(load_default=None, allow_none=True)


class ComplicationTapSchema(TapSchema):
    """One complication seen, or taken back; no code: none was seen."""

    change_id = fields.UUID(required=True)
    code = fields.String(required=True, allow_none=True, validate=validate.OneOf(COMPLICATIONS))
    present = fields.Boolean(load_default=True, truthy={True}, falsy={False})


class SavedSchema(Schema):
    """What became of a score."""

    status = fields.String(required=True, validate=validate.OneOf(("stored", "duplicate")))


class RecoveryScoreSchema(Schema):
    """A score around the injection; `pain` is null where the patient skipped it."""

    pain = fields.Integer(required=True, allow_none=True)
    taken_at = fields.String(required=True, allow_none=True)
    source = fields.String(required=True, validate=validate.OneOf(("phone", "staff", "import", "record")))
    entry_id = fields.UUID(required=True, allow_none=True)
    rev_id = fields.UUID(required=True, allow_none=True)


class RecoveryScoresSchema(Schema):
    """By mark; null where nothing fills it."""

    pre = fields.Nested(RecoveryScoreSchema, required=True, allow_none=True)
    m15 = fields.Nested(RecoveryScoreSchema, required=True, allow_none=True)
    m30 = fields.Nested(RecoveryScoreSchema, required=True, allow_none=True)


class RecoveryRowSchema(Schema):
    """One injection of the day, or one that is planned."""

    episode_id = fields.UUID(required=True)
    patient = fields.Nested(PatientSchema, required=True)
    status = fields.String(required=True)
    performed_at = fields.String(required=True, allow_none=True)
    region = fields.String(required=True)
    level = fields.String(required=True)
    side = fields.String(required=True)
    index_pain = fields.Nested(IndexPainSchema, required=True)
    complications = fields.List(fields.Dict(), required=True, allow_none=True)
    device = fields.String(required=True)
    revision = fields.Integer(required=True)
    scores = fields.Nested(RecoveryScoresSchema, required=True)


class RecoverySchema(Schema):
    """The clinic's day."""

    day = fields.Date(required=True)
    zone = fields.String(required=True)
    server_time = fields.AwareDateTime(required=True, format="iso")
    episodes = fields.List(fields.Nested(RecoveryRowSchema), required=True)
