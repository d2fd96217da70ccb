"""The clinic's queue of red flags: reading it, and what staff do with an alert."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.alert import (
    AlertLoadSchema,
    AlertQuerySchema,
    AlertQueueSchema,
    AttemptSchema,
    NewOwnerSchema,
    OneAlertSchema,
    OutcomeSchema,
)
from server.schemas.staff import EmptySchema
from server.services import alert_load, alert_queue, answering

blueprint = Blueprint("alerts", __name__, description="Red flags that wait for the clinic")


@blueprint.route("/alerts")
class Queue(MethodView):
    """All alerts of the clinic."""

    @blueprint.arguments(AlertQuerySchema, location="query")
    @blueprint.response(200, AlertQueueSchema)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """What waits, by level and due time; or what was closed, newest first."""
        return alert_queue.page(context.staff(), **query, now=context.now())


@blueprint.route("/alerts/load")
class Load(MethodView):
    """The load alerts make."""

    @blueprint.response(200, AlertLoadSchema)
    def get(self) -> dict[str, Any]:
        """Alerts per 100 diary entries of the last weeks, and how fast they were answered."""
        return alert_load.load(context.staff(), context.now())


@blueprint.route("/alerts/<uuid:alert_id>")
class Alert(MethodView):
    """One alert."""

    @blueprint.response(200, OneAlertSchema)
    def get(self, alert_id: UUID) -> dict[str, Any]:
        """The alert with everything that happened to it."""
        return alert_queue.one(context.staff(), alert_id, context.now())


@blueprint.route("/alerts/<uuid:alert_id>/acknowledge")
class Acknowledgement(MethodView):
    """Having seen it."""

    @blueprint.arguments(EmptySchema)
    @blueprint.response(200, OneAlertSchema)
    def post(self, _form: dict[str, Any], alert_id: UUID) -> dict[str, Any]:
        """Take the alert; its timer and its escalation end."""
        answering.acknowledge(context.staff(), alert_id, context.now())
        return alert_queue.one(context.staff(), alert_id, context.now())


@blueprint.route("/alerts/<uuid:alert_id>/owner")
class Owner(MethodView):
    """Who looks after it."""

    @blueprint.arguments(NewOwnerSchema)
    @blueprint.response(200, OneAlertSchema)
    def put(self, form: dict[str, Any], alert_id: UUID) -> dict[str, Any]:
        """Take it over, or hand it to a colleague."""
        answering.hand_over(context.staff(), alert_id, form["owner_id"], context.now())
        return alert_queue.one(context.staff(), alert_id, context.now())


@blueprint.route("/alerts/<uuid:alert_id>/attempts")
class Attempts(MethodView):
    """Trying to reach the patient."""

    @blueprint.arguments(AttemptSchema)
    @blueprint.response(200, OneAlertSchema)
    def post(self, form: dict[str, Any], alert_id: UUID) -> dict[str, Any]:
        """Note that the patient was not reached; the alert stays open."""
        answering.note_attempt(context.staff(), alert_id, form["note"], context.now())
        return alert_queue.one(context.staff(), alert_id, context.now())


@blueprint.route("/alerts/<uuid:alert_id>/outcome")
class Outcome(MethodView):
    """What came of it."""

    @blueprint.arguments(OutcomeSchema)
    @blueprint.response(200, OneAlertSchema)
    def put(self, form: dict[str, Any], alert_id: UUID) -> dict[str, Any]:
        """Close the alert with an outcome; again, to correct it."""
        answering.close(context.staff(), alert_id, form["outcome"], form["note"], context.now())
        return alert_queue.one(context.staff(), alert_id, context.now())
