"""Is the process alive, and can it serve?"""

from __future__ import annotations

from flask.views import MethodView
from marshmallow import Schema, fields

from server.api.blueprint import Blueprint
from server.services import health

blueprint = Blueprint("health", __name__, description="For load balancers and monitors")


class StateSchema(Schema):
    """One word."""

    status = fields.String(required=True)


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

    @blueprint.response(200, StateSchema)
    def get(self) -> dict[str, str]:
        """Answer when the database is there and has the newest schema; 503 otherwise."""
        health.check()
        return {"status": "ready"}
