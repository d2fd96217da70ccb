"""The root passport: all blocks of one patient side by side, every number opened."""

from __future__ import annotations

from marshmallow import Schema, fields

from server.schemas.episode import FigureSchema


class BlockSchema(Schema):
    """One block with what its reading says, and who signed it."""

    episode_id = fields.String(required=True)
    root = fields.String(required=True)
    on = fields.String(required=True)
    anaesthetic = fields.String(required=True)
    steroid = fields.String(required=True, allow_none=True)
    verdict = fields.String(required=True)
    confirmed_relief_percent = fields.Float(required=True, allow_none=True)
    steroid_status = fields.String(required=True)
    headline = fields.String(required=True, allow_none=True)
    days = fields.Float(required=True, allow_none=True)
    censored = fields.Boolean(required=True, allow_none=True)
    shape = fields.String(required=True)
    grade = fields.String(required=True)
    sign_state = fields.String(required=True, metadata={"description": "unsigned, signed or reopened."})
    conclusion = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    signed = fields.String(required=True, metadata={"description": "Read by whom, when, on which version."})
    figures = fields.List(fields.Nested(FigureSchema), required=True)


class RootSchema(Schema):
    """What the blocks of one root say together."""

    root = fields.String(required=True, allow_none=True)
    standing = fields.String(required=True)
    grade = fields.String(required=True, allow_none=True)
    sentence = fields.String(required=True)
    source = fields.String(required=True, allow_none=True)
    caveats = fields.List(fields.String(), required=True)
    episode_ids = fields.List(fields.String(), required=True)
    figure = fields.Nested(FigureSchema, required=True)


class DiscordanceSchema(Schema):
    """Two answers that do not go together."""

    episode_ids = fields.List(fields.String(), required=True)
    sentence = fields.String(required=True)


class PairSchema(Schema):
    """Two blocks of one root with different anaesthetics."""

    episode_ids = fields.List(fields.String(), required=True)
    category = fields.String(required=True)
    reasons = fields.List(fields.String(), required=True)
    figure = fields.Nested(FigureSchema, required=True)


class SessionsSchema(Schema):
    """How often one region was injected."""

    region = fields.String(required=True, allow_none=True)
    in_12_months = fields.Integer(required=True)
    most_in_12_months = fields.Integer(required=True)
    dates = fields.List(fields.String(), required=True)
    figures = fields.List(fields.Nested(FigureSchema), required=True)


class RepeatItemSchema(Schema):
    """One thing a payer's rule asks for: met, not_met, unknown, or not_applicable."""

    kind = fields.String(required=True)
    state = fields.String(required=True)
    sentence = fields.String(required=True)
    source = fields.String(required=True, allow_none=True)
    figure = fields.Nested(FigureSchema, required=True)


class RepeatSchema(Schema):
    """One payer's rule about the block a repeat would be of."""

    episode_id = fields.String(required=True)
    about = fields.String(required=True)
    rule = fields.String(required=True)
    source = fields.String(required=True)
    status = fields.String(required=True)
    items = fields.List(fields.Nested(RepeatItemSchema), required=True)


class PassportSchema(Schema):
    """All blocks of one patient side by side."""

    name = fields.String(required=True)
    record_number = fields.String(required=True)
    today = fields.String(required=True)
    caution = fields.String(required=True)
    unread = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"description": "How many of the blocks are signed."})
    blocks = fields.List(fields.Nested(BlockSchema), required=True)
    grid = fields.List(fields.Nested(RootSchema), required=True)
    discordances = fields.List(fields.Nested(DiscordanceSchema), required=True)
    pairs = fields.List(fields.Nested(PairSchema), required=True)
    sessions = fields.List(fields.Nested(SessionsSchema), required=True)
    repeat = fields.List(fields.Nested(RepeatSchema), required=True)
