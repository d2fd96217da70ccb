"""Episodes as staff write and read them: the whole procedure record, lists, details, readings."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.domain.codes import ANAESTHETICS, EVENTS, INDICATIONS, REGIONS, SIDES, STEROIDS
from server.domain.criteria import SETS
from server.domain.protocol import TEMPLATES
from server.domain.record_codes import CONTRAST_SPREADS, GUIDANCE
from server.domain.worklist import GROUPS
from server.schemas.alert import AlertWithHistorySchema
from server.schemas.circumstances import (
    READABLE_DATES,
    ComplicationSchema,
    QuestionnaireSchema,
    RisksSchema,
)
from server.schemas.diary import IndexPainSchema
from server.schemas.fields import Line, Moment, Real, Whole, Zone
from server.schemas.staff import PatientSchema

SIGN_STATES = ("unsigned", "signed", "reopened")
SORTS = ("triage", "name", "newest", "last_entry")
STATUSES = ("planned", "performed", "closed", "cancelled")
MOST_LEVELS = 4
MOST_QUESTIONNAIRES = 60


class AnaestheticSchema(Schema):
    """One local anaesthetic of the injection."""

    drug = fields.String(required=True, validate=validate.OneOf(ANAESTHETICS))
    concentration_percent = Real(
        allow_none=True, validate=validate.Range(min=0, min_inclusive=False, max=100)
    )
    volume_ml = Real(allow_none=True, validate=validate.Range(min=0, min_inclusive=False, max=100))
    adrenaline = fields.Boolean(allow_none=True, truthy={True}, falsy={False})


class SteroidSchema(Schema):
    """The steroid of the injection."""

    drug = fields.String(required=True, validate=validate.OneOf(STEROIDS))
    dose_mg = Real(allow_none=True, validate=validate.Range(min=0, min_inclusive=False, max=1000))


class ProcedureSchema(Schema):
    """The injection itself. An absent `steroid` is unknown, `null` means none was given."""

    performed_at = Moment(allow_none=True)
    region = fields.String(required=True, validate=validate.OneOf(REGIONS))
    level = Line(20, required=True)
    further_levels = fields.List(
        Line(20),
        allow_none=True,
        validate=validate.Length(max=MOST_LEVELS),
        metadata={"description": "Roots injected in the same session; the reading is about `level`."},
    )
    side = fields.String(required=True, validate=validate.OneOf(SIDES))
    indication = fields.String(allow_none=True, validate=validate.OneOf(INDICATIONS))
    guidance = fields.String(allow_none=True, validate=validate.OneOf(GUIDANCE))
    contrast_spread = fields.List(
        fields.String(validate=validate.OneOf(CONTRAST_SPREADS)),
        allow_none=True,
        validate=validate.Length(max=len(CONTRAST_SPREADS)),
    )
    anaesthetic = fields.List(
        fields.Nested(AnaestheticSchema), allow_none=True, validate=validate.Length(max=6)
    )
    steroid = fields.Nested(SteroidSchema, allow_none=True)
    sedation = fields.Boolean(allow_none=True, truthy={True}, falsy={False})
    concordant_pain_provoked = fields.Boolean(allow_none=True, truthy={True}, falsy={False})
    provocable_before = fields.Boolean(allow_none=True, truthy={True}, falsy={False})


class DailySchema(Schema):
    """One evening average from the week before."""

    date = fields.Date(required=True, validate=READABLE_DATES)
    average = Real(required=True, validate=validate.Range(0, 10))


class UsualSchema(Schema):
    """An analgesic the patient usually takes."""

    drug = Line(120, required=True)
    mg_per_day = Real(required=True, validate=validate.Range(0, 100_000))


class BaselineSchema(Schema):
    """The pre-injection level. Without `pain` the patient's own last score before T0 is used."""

    pain = Whole(allow_none=True, validate=validate.Range(0, 10))
    recorded_at = Moment(allow_none=True)
    daily = fields.List(fields.Nested(DailySchema), allow_none=True, validate=validate.Length(max=60))
    usual_analgesics = fields.List(
        fields.Nested(UsualSchema), allow_none=True, validate=validate.Length(max=40)
    )


class EventSchema(Schema):
    """What ended the diary's reading: a repeat injection or surgery."""

    at = Moment(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(EVENTS))


class RecordSchema(Schema):
    """The record of one episode."""

    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    zone = Zone()
    protocol = fields.String(
        allow_none=True,
        validate=validate.OneOf(TEMPLATES),
        metadata={
            "description": "Which of the clinic's protocols a new episode runs on; it keeps its version."
        },
    )
    planned_on = fields.Date(
        allow_none=True,
        validate=READABLE_DATES,
        metadata={"description": "The day the injection is planned for; the phone asks for evenings before."},
    )
    operator = Line(200, allow_none=True)
    approach = Line(200, allow_none=True)
    index_pain = fields.Nested(IndexPainSchema)
    procedure = fields.Nested(ProcedureSchema, required=True)
    baseline = fields.Nested(BaselineSchema, load_default=dict)
    events = fields.List(fields.Nested(EventSchema), load_default=list, validate=validate.Length(max=20))
    risks = fields.Nested(RisksSchema, allow_none=True)
    complications = fields.List(
        fields.Nested(ComplicationSchema),
        allow_none=True,
        validate=validate.Length(max=20),
        metadata={"description": "Empty: there were none; absent or null: not recorded."},
    )
    questionnaires = fields.List(
        fields.Nested(QuestionnaireSchema),
        allow_none=True,
        validate=validate.Length(max=MOST_QUESTIONNAIRES),
    )

    @validates_schema(skip_on_field_errors=True)
    def _performed_has_a_time(self, data: dict[str, Any], **_: Any) -> None:
        timed = data["procedure"].get("performed_at") is not None
        if data["status"] in {"performed", "closed"} and not timed:
            raise ValidationError({"procedure": {"performed_at": ["The end of the injection is needed."]}})
        if data["status"] == "planned" and timed:
            raise ValidationError({"procedure": {"performed_at": ["A planned injection has no time yet."]}})


class CorrectionSchema(RecordSchema):
    """A new version of the record, with the reason for it."""

    reason = Line(500, required=True)
    revision = Whole(required=True, validate=validate.Range(min=1))
    """The version the form was opened on; a newer one in between is a conflict, never overwritten."""


class NewPatientSchema(Schema):
    """A patient the clinic has not entered before."""

    name = Line(200, required=True)
    record_number = Line(60, required=True)
    born_on = fields.Date(allow_none=True)


class NewEpisodeSchema(Schema):
    """One form for both: a patient, known or new, and the injection."""

    patient_id = fields.UUID()
    patient = fields.Nested(NewPatientSchema)
    episode = fields.Nested(RecordSchema, required=True)

    @validates_schema(skip_on_field_errors=True)
    def _one_patient(self, data: dict[str, Any], **_: Any) -> None:
        if ("patient" in data) == ("patient_id" in data):
            raise ValidationError("Give either patient_id or patient.", "patient")


class NewEpisodeAnswerSchema(Schema):
    """The ids of what was made."""

    episode_id = fields.UUID(required=True)
    patient_id = fields.UUID(required=True)


class HeadlineSchema(Schema):
    """The length that leads: L50, else L30."""

    name = fields.String(required=True)
    days = fields.Float(required=True, allow_none=True)
    censored = fields.Boolean(required=True)
    ended_by = fields.String(allow_none=True)


class EpisodeRowSchema(Schema):
    """One line of the list of episodes."""

    episode_id = fields.UUID(required=True)
    patient = fields.Nested(PatientSchema, required=True)
    status = fields.String(required=True)
    group = fields.String(required=True, validate=validate.OneOf(GROUPS))
    sign_state = fields.String(required=True, validate=validate.OneOf(SIGN_STATES))
    signed_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    silent_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        format="iso",
        metadata={"description": "When the diary counts as silent unless something comes."},
    )
    follow_up_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        format="iso",
        metadata={"description": "When the next follow-up is due that no sign-off has read."},
    )
    performed_at = fields.String(required=True, allow_none=True)
    zone = fields.String(required=True)
    region = fields.String(required=True)
    level = fields.String(required=True)
    side = fields.String(required=True)
    index_pain = fields.Nested(IndexPainSchema, required=True)
    verdict = fields.String(required=True, allow_none=True)
    flare = fields.String(required=True, allow_none=True)
    steroid = fields.String(required=True, allow_none=True)
    shape = fields.String(required=True, allow_none=True)
    confidence = fields.String(required=True, allow_none=True)
    headline = fields.Nested(HeadlineSchema, required=True, allow_none=True)
    onset_day = fields.Float(required=True, allow_none=True)
    last_entry_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    entries = fields.Integer(required=True)
    open_alerts = fields.Integer(required=True)
    highest_alert = fields.String(required=True, allow_none=True)
    highest_seen_alert = fields.String(required=True, allow_none=True)
    device = fields.String(required=True)
    unreached = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Channels the patient wants reminders over and that reach them no more."},
    )
    quarantined = fields.Integer(required=True)


class EpisodeListSchema(Schema):
    """A page of episodes, with how many of those that fit stand in each group."""

    episodes = fields.List(fields.Nested(EpisodeRowSchema), required=True)
    total = fields.Integer(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    pulse = fields.String(required=True)


class PulseSchema(Schema):
    """A word that changes whenever the list does."""

    pulse = fields.String(required=True)


class FilterChoicesSchema(Schema):
    """The values that occur in the clinic's records."""

    level = fields.List(fields.String(), required=True)
    side = fields.List(fields.String(), required=True)
    operator = fields.List(fields.String(), required=True)
    agent = fields.List(fields.String(), required=True)
    indication = fields.List(fields.String(), required=True)


class EpisodeQuerySchema(Schema):
    """Which page of the list."""

    status = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(STATUSES))
    group = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(GROUPS))
    sort = fields.String(load_default="triage", validate=validate.OneOf(SORTS))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))
    offset = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000))


class EpisodeSearchSchema(EpisodeQuerySchema):
    """A page of what fits a name, a record number or a level, and filters on the record.

    A body, since names must not stand in URLs.
    """

    search = Line(100, empty=True, load_default="")
    level = Line(20, allow_none=True)
    side = fields.String(allow_none=True, validate=validate.OneOf(SIDES))
    operator = Line(200, allow_none=True)
    agent = Line(120, allow_none=True)
    indication = fields.String(allow_none=True, validate=validate.OneOf(INDICATIONS))
    sign_state = fields.String(allow_none=True, validate=validate.OneOf(SIGN_STATES))


class DeviceSchema(Schema):
    """An enrolled phone as staff see it."""

    device_id = fields.UUID(required=True)
    name = fields.String(required=True)
    enrolled_at = fields.AwareDateTime(required=True, format="iso")
    last_seen_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    revoked_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    push = fields.String(
        validate=validate.OneOf(("none", "on", "dead")),
        metadata={"description": "Whether reminders reach this phone as notifications."},
    )


class ChangedFieldSchema(Schema):
    """One field of the record that a version changed."""

    field = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)


class RevisionSchema(Schema):
    """One version of the record: who, when, why, and what changed."""

    revision = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True, format="iso")
    by = fields.String(required=True)
    reason = fields.String(required=True)
    status = fields.String(required=True)
    changed = fields.List(fields.String(), required=True)
    changes = fields.List(fields.Nested(ChangedFieldSchema), required=True)


class OtherEpisodeSchema(Schema):
    """Another block of the same patient."""

    episode_id = fields.UUID(required=True)
    region = fields.String(required=True)
    level = fields.String(required=True)
    side = fields.String(required=True)
    status = fields.String(required=True)
    performed_at = fields.String(required=True, allow_none=True)
    shape = fields.String(required=True, allow_none=True)


class OpenInvitationSchema(Schema):
    """An invitation that a phone could still redeem."""

    kind = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True, format="iso")


class EpisodeDetailSchema(EpisodeRowSchema):
    """One episode with everything staff recorded."""

    procedure = fields.Dict(required=True)
    baseline = fields.Dict(required=True)
    events = fields.List(fields.Dict(), required=True)
    planned_on = fields.String(required=True, allow_none=True)
    operator = fields.String(required=True, allow_none=True)
    approach = fields.String(required=True, allow_none=True)
    risks = fields.Dict(required=True, allow_none=True)
    complications = fields.List(fields.Dict(), required=True, allow_none=True)
    questionnaires = fields.List(fields.Dict(), required=True, allow_none=True)
    protocol = fields.String(required=True)
    options = fields.Dict(required=True)
    revision = fields.Integer(required=True)
    other_episodes = fields.List(fields.Nested(OtherEpisodeSchema), required=True)
    invitation = fields.Nested(OpenInvitationSchema, required=True, allow_none=True)
    devices = fields.List(fields.Nested(DeviceSchema), required=True)
    alerts = fields.List(fields.Nested(AlertWithHistorySchema), required=True)
    revisions = fields.List(fields.Nested(RevisionSchema), required=True)


class AnswerSchema(Schema):
    """One of the four answers in words, with what it rests on."""

    key = fields.String(required=True)
    title = fields.String(required=True)
    sentence = fields.String(required=True)
    reasons = fields.List(fields.String(), required=True)
    evidence = fields.List(fields.String(), required=True)


class CountedSchema(Schema):
    """What a number counts that is no entry of its page: a missed check-in, a session, a score elsewhere."""

    text = fields.String(required=True)
    episode_id = fields.String(required=True, allow_none=True)
    entry_id = fields.String(required=True, allow_none=True)


class FigureSchema(Schema):
    """One number of a reading: its rule in words, the source of the threshold, the deciding entries."""

    key = fields.String(required=True)
    answer = fields.String(
        required=True,
        metadata={"description": "What it belongs to: one of the four answers, data or confidence."},
    )
    label = fields.String(required=True)
    value = fields.String(required=True, allow_none=True)
    rule = fields.String(required=True)
    source = fields.String(required=True)
    entries = fields.List(fields.String(), required=True)
    counted = fields.List(fields.Nested(CountedSchema), required=True)
    criteria = fields.String(
        required=True, allow_none=True, metadata={"description": "Whose threshold decides it, if one does."}
    )


class ThresholdSchema(Schema):
    """One threshold in words, and the paper or choice behind it."""

    text = fields.String(required=True)
    source = fields.String(required=True)


class WhatIfLineSchema(Schema):
    """The verdict this diary would have under another line."""

    criteria = fields.String(required=True)
    line = fields.Integer(required=True)
    verdict = fields.String(required=True)
    source = fields.String(required=True)


class ReadingSchema(Schema):
    """The reading (`docs/diary.schema.json`) and the answers in words."""

    reading = fields.Dict(required=True)
    read_at = fields.AwareDateTime(required=True, format="iso")
    answers = fields.List(fields.Nested(AnswerSchema), required=True)
    shape_sentence = fields.String(required=True)
    confidence_sentence = fields.String(required=True)
    caution = fields.String(required=True)
    what_if = fields.Boolean(
        required=True, metadata={"description": "Read under another line than the clinic's, and not stored."}
    )
    figures = fields.List(fields.Nested(FigureSchema), required=True)
    basis = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.Nested(ThresholdSchema)),
        required=True,
        metadata={
            "description": "The thresholds behind each of the four answers and the grade of confidence."
        },
    )
    lines = fields.List(fields.Nested(WhatIfLineSchema), required=True)


class ReadingQuerySchema(Schema):
    """Which criteria set to read under, if not the one in force; nothing of it is stored."""

    criteria = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([one.label for one in SETS])
    )


class ChartQuerySchema(ReadingQuerySchema):
    """How the chart shall look."""

    theme = fields.String(load_default="light", validate=validate.OneOf(("light", "dark")))
    layout = fields.String(load_default="wide", validate=validate.OneOf(("wide", "narrow")))


class EntryRevisionSchema(Schema):
    """One immutable version of an entry."""

    rev_id = fields.UUID(required=True)
    parent_rev = fields.UUID(required=True, allow_none=True)
    op = fields.String(required=True)
    body = fields.Dict(required=True, allow_none=True)
    recorded = fields.Dict(required=True)
    received_at = fields.AwareDateTime(required=True, format="iso")
    by = fields.String(required=True)
    source = fields.String(
        required=True, metadata={"description": "phone, staff, or import: from a paper diary."}
    )
    status = fields.String(required=True)


class EntrySchema(Schema):
    """One diary item with its history and how the engine took it."""

    entry_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    deleted = fields.Boolean(required=True)
    conflict = fields.Boolean(required=True)
    grade = fields.String(required=True, allow_none=True)
    slot = fields.String(required=True, allow_none=True)
    edited = fields.Boolean(required=True)
    flags = fields.List(fields.String(), required=True)
    head = fields.Nested(EntryRevisionSchema, required=True)
    revisions = fields.List(fields.Nested(EntryRevisionSchema), required=True)


class QuarantineSchema(Schema):
    """A record that could not be read, as it came."""

    quarantine_id = fields.UUID(required=True)
    received_at = fields.AwareDateTime(required=True, format="iso")
    code = fields.String(required=True)
    where = fields.String(required=True)
    raw = fields.String(required=True)


class EntriesSchema(Schema):
    """The whole diary of an episode."""

    entries = fields.List(fields.Nested(EntrySchema), required=True)
    quarantine = fields.List(fields.Nested(QuarantineSchema), required=True)
