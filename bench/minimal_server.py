"""The smallest honest sync server with the same parts, as the yardstick for ours.

A token looked up in the database, every field of every record checked by marshmallow, one SELECT of
known ids, one executemany insert, one answer per record, one durable transaction per batch. It keeps no
revisions, conflicts, audit, quarantine, alerts or readings.
"""

import hashlib
import json
import os
from datetime import UTC, datetime

from flask import Flask, request
from marshmallow import EXCLUDE, Schema, fields, validate
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    select,
)

metadata = MetaData()
devices = Table(
    "device", metadata, Column("token", String, primary_key=True), Column("patient", String, nullable=False)
)
records = Table(
    "record",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("rev_id", String, nullable=False, unique=True),
    Column("patient", String, nullable=False, index=True),
    Column("entry_id", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("received_at", String, nullable=False),
)


class SideEffect(Schema):
    code = fields.String(required=True)
    severity = fields.String(required=True, validate=validate.OneOf(["mild", "moderate", "severe"]))


class Body(Schema):
    class Meta:
        unknown = EXCLUDE

    taken_at = fields.AwareDateTime(required=True)
    recorded_at = fields.AwareDateTime(required=True)
    scale = fields.String(required=True, validate=validate.OneOf(["now", "average_24h", "worst_24h"]))
    pain = fields.Integer(required=True, strict=True, allow_none=True, validate=validate.Range(0, 10))
    side_effects = fields.List(fields.Nested(SideEffect))
    activity = fields.String(validate=validate.OneOf(["rest", "usual", "provoking"]))


class Recorded(Schema):
    day = fields.Date(required=True)
    local = fields.NaiveDateTime(required=True)
    offset_min = fields.Integer(required=True)
    zone = fields.String(required=True)
    elapsed_ms = fields.Integer(allow_none=True)
    skew_ms = fields.Integer(allow_none=True)


class Operation(Schema):
    rev_id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True)
    episode_id = fields.UUID(required=True)
    parent_rev = fields.UUID(allow_none=True)
    op = fields.String(required=True, validate=validate.OneOf(["put", "tombstone"]))
    kind = fields.String(required=True)
    schema = fields.Integer(required=True)
    recorded = fields.Nested(Recorded, required=True)
    body = fields.Nested(Body, allow_none=True)


class Batch(Schema):
    class Meta:
        unknown = EXCLUDE

    ops = fields.List(fields.Nested(Operation), required=True, validate=validate.Length(max=100))


def make_engine(url: str) -> Engine:
    """An engine as durable as the product's: on SQLite WAL, FULL and BEGIN IMMEDIATE."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def configure(connection, _record):
            connection.isolation_level = None
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def begin(connection):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def create_app() -> Flask:
    app = Flask(__name__)
    engine, schema = make_engine(os.environ["DATABASE_URL"]), Batch()

    @app.get("/healthz")
    def healthy():
        return {"status": "ok"}

    @app.post("/api/v1/patient/sync")
    def sync():
        raw = request.get_json()
        schema.load(raw)
        with engine.begin() as connection:
            token = request.cookies.get("device", "")
            patient = connection.execute(select(devices.c.patient).where(devices.c.token == token)).scalar()
            if patient is None:
                return {"title": "Unknown device"}, 401
            return store(connection, patient, raw["ops"])

    return app


def store(connection, patient: str, operations: list[dict]):
    """Insert what is new; answer stored, duplicate or rejected for each operation."""
    ids = [operation["rev_id"] for operation in operations]
    known = dict(
        connection.execute(select(records.c.rev_id, records.c.digest).where(records.c.rev_id.in_(ids)))
        .tuples()
        .all()
    )
    now, rows, results = datetime.now(UTC).isoformat(), [], []
    for operation in operations:
        body = json.dumps(operation["body"])
        digest = hashlib.sha256(body.encode()).hexdigest()
        earlier = known.get(operation["rev_id"])
        if earlier is None:
            rows.append(
                {"rev_id": operation["rev_id"], "patient": patient, "entry_id": operation["entry_id"]}
                | {"digest": digest, "body": body, "received_at": now}
            )
        status = "stored" if earlier is None else "duplicate" if earlier == digest else "rejected"
        results.append({"rev_id": operation["rev_id"], "status": status})
    if rows:
        connection.execute(insert(records), rows)
    return {"results": results}
