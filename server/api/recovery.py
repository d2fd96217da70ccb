"""The recovery room: the day's injections, and what a nurse taps there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.recovery import (
    ComplicationTapSchema,
    InjectionTapSchema,
    RecoverySchema,
    SavedSchema,
    ScoreTapSchema,
)
from server.services import recovering, recovery

blueprint = Blueprint("recovery", __name__, description="The recovery room")


@blueprint.route("/recovery")
class Today(MethodView):
    """The day's injections."""

    @blueprint.response(200, RecoverySchema)
    def get(self) -> dict[str, Any]:
        """Those of the clinic's own day and those planned, with the scores of the first half hour."""
        return recovery.today(context.staff(), context.now())


@blueprint.route("/recovery/<uuid:episode_id>/scores")
class Score(MethodView):
    """Scores asked by staff."""

    @blueprint.arguments(ScoreTapSchema)
    @blueprint.response(200, SavedSchema)
    def post(self, form: dict[str, Any], episode_id: UUID) -> dict[str, str]:
        """Write one into the patient's diary, or correct the number of one that staff wrote."""
        return {"status": recovering.record_score(context.staff(), episode_id, form, context.now())}


@blueprint.route("/recovery/<uuid:episode_id>/injection")
class Injection(MethodView):
    """The end of the injection."""

    @blueprint.arguments(InjectionTapSchema)
    @blueprint.response(204)
    def post(self, form: dict[str, Any], episode_id: UUID) -> Response:
        """Confirm it: T0 is the tap, or the time picked."""
        recovering.confirm_injection(context.staff(), episode_id, form, context.now())
        return Response(status=204)


@blueprint.route("/recovery/<uuid:episode_id>/complications")
class Complication(MethodView):
    """Immediate complications."""

    @blueprint.arguments(ComplicationTapSchema)
    @blueprint.response(204)
    def post(self, form: dict[str, Any], episode_id: UUID) -> Response:
        """Note one, take one back, or say that there were none."""
        recovering.note_complication(context.staff(), episode_id, form, context.now())
        return Response(status=204)
