"""The people of the clinic: adding, changing, letting out and in again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.colleagues import (
    ActiveSchema,
    ColleagueChangeSchema,
    ColleagueSchema,
    ColleaguesSchema,
    NewColleagueSchema,
    OneTimeSchema,
)
from server.schemas.staff import EmptySchema
from server.services import colleagues

blueprint = Blueprint("staff", __name__, description="The people of the clinic")


@blueprint.route("/staff")
class Everybody(MethodView):
    """All of them."""

    @blueprint.response(200, ColleaguesSchema)
    def get(self) -> dict[str, Any]:
        """Those who may sign in by name, then those who may not."""
        return colleagues.everybody(context.staff(), context.now())

    @blueprint.arguments(NewColleagueSchema)
    @blueprint.response(201, OneTimeSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """Add somebody; the answer holds their one-time password, once."""
        return colleagues.add(context.staff(), **form, now=context.now())


@blueprint.route("/staff/<uuid:clinician_id>")
class Colleague(MethodView):
    """One of them."""

    @blueprint.arguments(ColleagueChangeSchema)
    @blueprint.response(200, ColleagueSchema)
    def put(self, form: dict[str, Any], clinician_id: UUID) -> dict[str, Any]:
        """Another name or role, in force with the next request."""
        return colleagues.change(context.staff(), clinician_id, **form, now=context.now())


@blueprint.route("/staff/<uuid:clinician_id>/active")
class Active(MethodView):
    """Whether one of them may sign in."""

    @blueprint.arguments(ActiveSchema)
    @blueprint.response(200, ColleagueSchema)
    def put(self, form: dict[str, Any], clinician_id: UUID) -> dict[str, Any]:
        """Let somebody in again, or out: sessions end at once."""
        return colleagues.set_active(context.staff(), clinician_id, active=form["active"], now=context.now())


@blueprint.route("/staff/<uuid:clinician_id>/one-time-password")
class OneTimePassword(MethodView):
    """Signing in after a password was forgotten."""

    @blueprint.arguments(EmptySchema)
    @blueprint.response(201, OneTimeSchema)
    def post(self, _form: dict[str, Any], clinician_id: UUID) -> dict[str, Any]:
        """A new one-time password; the old one and all sessions end."""
        return colleagues.reset(context.staff(), clinician_id, context.now())
