"""The sign-off of a reading: where it stands, and a physician's decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.sign_off import SignOffSchema, SignSchema
from server.services import signing

blueprint = Blueprint("sign-off", __name__, description="Readings signed by physicians")


@blueprint.route("/episodes/<uuid:episode_id>/sign-off")
class SignOff(MethodView):
    """The decision on one episode's reading."""

    @blueprint.response(200, SignOffSchema)
    def get(self, episode_id: UUID) -> dict[str, Any]:
        """Its state, its history, and which answers moved since."""
        return signing.view(context.staff(), episode_id, context.now())

    @blueprint.arguments(SignSchema)
    @blueprint.response(200, SignOffSchema)
    def post(self, form: dict[str, Any], episode_id: UUID) -> dict[str, Any]:
        """Sign the reading that was seen, with an own conclusion (physicians)."""
        return signing.sign(context.staff(), episode_id, form, context.now())
