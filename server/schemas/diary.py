"""What a phone sends and receives: operations on diary entries, and the answer to each."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from server.domain.codes import ACTIVITIES, SCALES, SEVERITIES, SIDE_EFFECTS, SKIPS
from server.domain.flags import ROWS
from server.schemas.fields import Language, Line, Moment, Real, Whole

MOST_OPERATIONS = 100
LONGEST_BODY = 16 * 1024
PROTOCOLS = (1,)
KINDS = ("entry", "flag_report", "impression", "flag_event")
FIRST_KINDS = ("entry", "flag_report")
"""What a phone that names no kinds can show: it is older than the others."""
GLUCOSE_UNITS = {"mg/dL": (10, 2000), "mmol/L": (0.5, 111)}
"""Units of blood sugar with the range a meter can show."""
MOST_KINDS = 20
LEVELS = ("E", "S", "N", "C")


class SideEffectSchema(Schema):
    """One side effect with its severity."""

    class Meta:
        unknown = EXCLUDE

    code = fields.String(required=True, validate=validate.OneOf(SIDE_EFFECTS))
    severity = fields.String(required=True, validate=validate.OneOf(SEVERITIES))


class IntakeSchema(Schema):
    """One analgesic taken."""

    class Meta:
        unknown = EXCLUDE

    drug = fields.String(required=True, validate=validate.Length(min=1, max=120))
    dose_mg = Real(allow_none=True, validate=validate.Range(min=0, min_inclusive=False))
    taken_at = Moment(allow_none=True)


class GlucoseSchema(Schema):
    """One blood sugar, in the unit of the patient's own meter."""

    class Meta:
        unknown = EXCLUDE

    value = Real(required=True)
    unit = fields.String(required=True, validate=validate.OneOf(tuple(GLUCOSE_UNITS)))

    @validates_schema(skip_on_field_errors=True)
    def _within_a_meter(self, data: dict[str, Any], **_: Any) -> None:
        low, high = GLUCOSE_UNITS[data["unit"]]
        if not low <= data["value"] <= high:
            raise ValidationError("No meter shows this value.", "value")


class EntryBodySchema(Schema):
    """One diary entry, with the keys of the diary format (`docs/diary.schema.json`)."""

    class Meta:
        unknown = EXCLUDE

    taken_at = Moment(required=True)
    recorded_at = Moment(allow_none=True)
    scale = fields.String(required=True, validate=validate.OneOf(SCALES))
    pain = Whole(required=True, allow_none=True, validate=validate.Range(0, 10))
    axial = Whole(allow_none=True, validate=validate.Range(0, 10))
    side_effects = fields.List(
        fields.Nested(SideEffectSchema), allow_none=True, validate=validate.Length(max=40)
    )
    analgesics = fields.List(fields.Nested(IntakeSchema), allow_none=True, validate=validate.Length(max=40))
    activity = fields.String(allow_none=True, validate=validate.OneOf(ACTIVITIES))
    stated_relief_percent = Real(allow_none=True, validate=validate.Range(0, 100))
    numb = fields.Boolean(allow_none=True, truthy={True}, falsy={False})
    weak = fields.Boolean(allow_none=True, truthy={True}, falsy={False})
    checkin_id = fields.String(allow_none=True, validate=validate.Length(max=80))
    skipped = fields.String(allow_none=True, validate=validate.OneOf(SKIPS))
    note = fields.String(allow_none=True, validate=validate.Length(max=2000))
    glucose = fields.Nested(GlucoseSchema, allow_none=True)
    proxy = fields.Boolean(
        allow_none=True,
        truthy={True},
        falsy={False},
        metadata={"description": "Somebody else wrote it down."},
    )

    @validates_schema(skip_on_field_errors=True)
    def _pain_or_reason(self, data: dict[str, Any], **_: Any) -> None:
        if (data["pain"] is None) != (data.get("skipped") is not None):
            raise ValidationError("Exactly one of a score and a reason for skipping is needed.", "pain")


class FlagSchema(Schema):
    """One symptom of the red-flag table with the answers its row asks for."""

    class Meta:
        unknown = "include"

    code = fields.String(required=True, validate=validate.OneOf(tuple(ROWS)))


class FlagReportBodySchema(Schema):
    """What the patient reported on the red-flag screen (no reports: "none of these"), and the level shown."""

    class Meta:
        unknown = EXCLUDE

    taken_at = Moment(required=True)
    recorded_at = Moment(allow_none=True)
    reports = fields.List(fields.Nested(FlagSchema), required=True, validate=validate.Length(max=40))
    shown_level = fields.String(allow_none=True, validate=validate.OneOf(LEVELS))
    proxy = fields.Boolean(allow_none=True, truthy={True}, falsy={False})


class ImpressionBodySchema(Schema):
    """The patient's impression of change since before the injection (PGIC)."""

    class Meta:
        unknown = EXCLUDE

    taken_at = Moment(required=True)
    recorded_at = Moment(allow_none=True)
    change = Whole(
        required=True,
        validate=validate.Range(1, 7),
        metadata={"description": "1 very much improved, 4 no change, 7 very much worse."},
    )
    slot = fields.String(allow_none=True, validate=validate.Length(max=20))
    proxy = fields.Boolean(allow_none=True, truthy={True}, falsy={False})


class FlagEventBodySchema(Schema):
    """What happened to a red flag on the phone: its advice was shown, or a call was begun."""

    class Meta:
        unknown = EXCLUDE

    taken_at = Moment(required=True)
    event = fields.String(required=True, validate=validate.OneOf(("shown", "called")))
    about = fields.UUID(required=True, metadata={"description": "The diary item that raised the flag."})
    level = fields.String(allow_none=True, validate=validate.OneOf(LEVELS))
    whom = fields.String(allow_none=True, validate=validate.OneOf(("emergency", "clinic")))


class RecordedSchema(Schema):
    """The phone's own account of the moment an entry was saved; kept as it was."""

    class Meta:
        unknown = EXCLUDE

    day = fields.Date(required=True)
    local = fields.NaiveDateTime(required=True, format="iso")
    offset_min = Whole(required=True, validate=validate.Range(-24 * 60, 24 * 60))
    zone = fields.String(required=True, validate=validate.Length(min=1, max=64))
    elapsed_ms = Whole(allow_none=True)
    skew_ms = Whole(allow_none=True)


class OperationSchema(Schema):
    """One change to one diary item. `rev_id` is made by the phone and makes re-sending harmless."""

    class Meta:
        unknown = EXCLUDE

    rev_id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True)
    episode_id = fields.UUID(required=True)
    parent_rev = fields.UUID(load_default=None, allow_none=True)
    op = fields.String(required=True, validate=validate.OneOf(("put", "tombstone")))
    kind = fields.String(load_default="entry", validate=validate.OneOf(KINDS))
    schema = Whole(load_default=1)
    recorded = fields.Nested(RecordedSchema, required=True)
    body = fields.Dict(
        keys=fields.String(),
        load_default=None,
        allow_none=True,
        metadata={
            "description": "For op put, by kind: the body of that kind.",
            "anyOf": [
                {"$ref": "#/components/schemas/EntryBody"},
                {"$ref": "#/components/schemas/FlagReportBody"},
                {"$ref": "#/components/schemas/ImpressionBody"},
                {"$ref": "#/components/schemas/FlagEventBody"},
                {"type": "null"},
            ],
        },
    )


class SyncRequestSchema(Schema):
    """A batch from one phone. Records are checked one by one, so that a bad one never blocks a good one."""

    class Meta:
        unknown = EXCLUDE

    protocol = Whole(required=True)
    epoch = fields.UUID(load_default=None, allow_none=True)
    batch_id = fields.UUID(required=True)
    cursor = Whole(load_default=None, allow_none=True, validate=validate.Range(0, 2**62))
    client_time = Moment(required=True)
    kinds = fields.List(
        fields.String(validate=validate.Length(max=40)),
        load_default=list(FIRST_KINDS),
        validate=validate.Length(max=MOST_KINDS),
        metadata={"description": "The kinds of diary items this phone can show; it is sent no others."},
    )
    ops = fields.List(
        fields.Raw(
            allow_none=True,
            metadata={
                "anyOf": [{"$ref": "#/components/schemas/Operation"}, {}],
                "description": "An Operation; anything else is quarantined, not refused.",
            },
        ),
        load_default=list,
        metadata={"maxItems": MOST_OPERATIONS},
    )


class ProblemOfRecordSchema(Schema):
    """Why a record was not taken as it is."""

    code = fields.String(required=True)
    detail = fields.String(required=True)


class ToldSchema(Schema):
    """That the clinic was told of a red flag, and when."""

    level = fields.String(required=True)
    told_at = fields.AwareDateTime(required=True, format="iso")


class ResultSchema(Schema):
    """The answer to one operation."""

    index = fields.Integer(required=True)
    rev_id = fields.String(required=True, allow_none=True)
    status = fields.String(
        required=True,
        validate=validate.OneOf(
            (
                "stored",
                "duplicate",
                "stored_conflict",
                "stored_after_delete",
                "quarantined",
                "rejected",
                "erased",
            )
        ),
    )
    seq = fields.Integer()
    problem = fields.Nested(ProblemOfRecordSchema)
    alert = fields.Nested(ToldSchema)


class ChangeSchema(Schema):
    """One revision the phone may not have."""

    seq = fields.Integer(required=True)
    kind = fields.String(required=True)
    entry_id = fields.UUID(required=True)
    rev_id = fields.UUID(required=True)
    parent_rev = fields.UUID(required=True, allow_none=True)
    episode_id = fields.UUID(required=True)
    op = fields.String(required=True)
    body = fields.Dict(required=True, allow_none=True)
    recorded = fields.Dict(required=True)
    received_at = fields.AwareDateTime(required=True, format="iso")
    by = fields.String(required=True)


class PhoneClinicSchema(Schema):
    """What the phone needs of the clinic, also offline."""

    name = fields.String(required=True)
    phone = fields.String(required=True)
    emergency_number = fields.String(required=True)
    zone = fields.String(required=True)
    accepted_texts = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        required=True,
        metadata={"description": "Versions of the safety texts a physician has accepted, by language."},
    )


class IndexPainSchema(Schema):
    """The named, sided pain the block tests."""

    site = fields.String(required=True, validate=validate.OneOf(("arm", "leg", "trunk")))
    side = fields.String(required=True, validate=validate.OneOf(("left", "right", "both")))


class PhoneBaselineSchema(Schema):
    """The pre-injection level as the phone may show it."""

    pain = fields.Integer(required=True, allow_none=True)
    locked = fields.Boolean(required=True)
    average = fields.Float(required=True, allow_none=True)


class PainkillerSchema(Schema):
    """A painkiller of the patient's own, for logging it with one tap."""

    drug = fields.String(required=True)
    mg_per_day = fields.Float(required=True)


class OfferedSchema(Schema):
    """Which of the optional check-ins the clinic's protocol offers."""

    offer_45 = fields.Boolean(required=True)
    evenings_before = fields.Boolean(required=True)
    impressions = fields.Boolean(required=True)


class PhoneEpisodeSchema(Schema):
    """One episode as the phone needs it: no drug is named, so that no effect is promised."""

    episode_id = fields.UUID(required=True)
    status = fields.String(required=True)
    region = fields.String(required=True)
    level = fields.String(required=True)
    side = fields.String(required=True)
    index_pain = fields.Nested(IndexPainSchema, required=True)
    zone = fields.String(required=True)
    performed_at = fields.String(required=True, allow_none=True)
    planned_on = fields.String(required=True, allow_none=True)
    window_minutes = fields.Integer(required=True)
    baseline = fields.Nested(PhoneBaselineSchema, required=True)
    diabetic = fields.Boolean(required=True, allow_none=True)
    painkillers = fields.List(fields.Nested(PainkillerSchema), required=True)
    protocol = fields.String(required=True)
    options = fields.Nested(OfferedSchema, required=True)
    ended_at = fields.String(required=True, allow_none=True)
    seen_seq = fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "A physician has read the diary up to this change number (`seq` of results and "
            "changes): entries with a number up to it are seen. Null while nobody has."
        },
    )
    acknowledged = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "When the clinic acknowledged a report of symptoms, by its `entry_id`."},
    )


class DiarySchema(Schema):
    """Everything a phone needs to keep the diary without a network."""

    device_id = fields.UUID(required=True)
    patient_ref = fields.String(required=True)
    epoch = fields.UUID(required=True)
    clinic = fields.Nested(PhoneClinicSchema, required=True)
    episodes = fields.List(fields.Nested(PhoneEpisodeSchema), required=True)


class SyncAnswerSchema(Schema):
    """The server's answer to a batch; it is sent after the commit."""

    epoch = fields.UUID(required=True)
    server_time = fields.AwareDateTime(required=True, format="iso")
    results = fields.List(fields.Nested(ResultSchema), required=True)
    changes = fields.List(fields.Nested(ChangeSchema), required=True)
    cursor = fields.Integer(required=True)
    more = fields.Boolean(required=True)
    diary = fields.Nested(DiarySchema, required=True)


class RedeemSchema(Schema):
    """Link and code of an invitation, with the phone's own key."""

    token = fields.String(required=True, validate=validate.Length(1, 200))
    code = fields.String(
        required=True, validate=validate.Regexp(r"\A[0-9]{6}\Z", error="Six digits are needed.")
    )
    device_key = fields.UUID(required=True)
    device_name = Line(120, load_default="Phone")
    language = Language(load_default="en")
    texts_version = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=64),
        metadata={"description": "Digest of the safety texts the phone shows in this language."},
    )


class EnrolledSchema(Schema):
    """The phone is in: its id, the server's epoch, and the diary to keep."""

    device_id = fields.UUID(required=True)
    epoch = fields.UUID(required=True)
    diary = fields.Nested(DiarySchema, required=True)
