"""Is the process alive, and can it serve?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, request
from flask.views import MethodView
from marshmallow import Schema, fields

from server.api import context
from server.api.blueprint import Blueprint
from server.errors import NotFoundError
from server.security.tokens import same
from server.services import health, metrics, queueing

blueprint = Blueprint("health", __name__, description="For load balancers and monitors")


class StateSchema(Schema):
    """One word."""

    status = fields.String(required=True)


class ReadySchema(StateSchema):
    """Whether requests can be served, and how the worker keeps up."""

    queue_age_seconds = fields.Float(
        allow_none=True,
        metadata={"description": "How long the oldest reminder has waited; null: no worker yet."},
    )
    queue_length = fields.Integer(required=True)
    staff_queue_age_seconds = fields.Float(
        allow_none=True,
        metadata={"description": "The same for escalations and digests to staff."},
    )
    staff_queue_length = fields.Integer(required=True)
    worker_seen_seconds_ago = fields.Float(allow_none=True)


@blueprint.route("/healthz")
class Health(MethodView):
    """Alive."""

    @blueprint.response(200, StateSchema)
    def get(self) -> dict[str, str]:
        """Answer as long as the process runs."""
        return {"status": "ok"}


@blueprint.route("/readyz")
class Readiness(MethodView):
    """Ready."""

    @blueprint.response(200, ReadySchema)
    def get(self) -> dict[str, Any]:
        """Answer when the database is there and has the newest schema; 503 otherwise.

        A late queue is told of and no reason to stop serving: that would help no reminder.
        """
        health.check()
        found = queueing.queue(context.now())
        return {
            "status": "ready",
            "queue_age_seconds": _seconds(found.age),
            "queue_length": found.waiting,
            "staff_queue_age_seconds": _seconds(found.staff_age),
            "staff_queue_length": found.staff_waiting,
            "worker_seen_seconds_ago": _seconds(found.worker_seen),
        }


@blueprint.route("/metrics")
class Metrics(MethodView):
    """For Prometheus."""

    @blueprint.response(200, content_type=metrics.CONTENT_TYPE)
    def get(self) -> Response:
        """Gauges of the reminders' queue, for whoever has the token of the settings; 404 otherwise."""
        token = context.config().metrics_token
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token or not same(given, token):
            raise NotFoundError("There is nothing at this address.")
        return Response(metrics.written(queueing.queue(context.now())), content_type=metrics.CONTENT_TYPE)


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()
