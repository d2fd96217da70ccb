"""Signing in and out, and the clinic's settings."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, make_response
from flask.views import MethodView

from server.api import context, cookies
from server.api.blueprint import Blueprint
from server.schemas.colleagues import OwnPasswordSchema
from server.schemas.staff import SettingsSchema, SignedInSchema, SignInSchema
from server.security.actors import Staff
from server.services import clinic, colleagues
from server.services import staff as staff_service

blueprint = Blueprint("sessions", __name__, description="Signing in")
clinic_blueprint = Blueprint("clinic", __name__, description="The clinic's settings")


def _signed_in(staff: Staff) -> dict[str, Any]:
    return {"clinician": staff, "clinic": clinic.settings(staff)}


@blueprint.route("/session", endpoint="SignIn", methods=["POST"])
class SignIn(MethodView):
    """Opening a session."""

    @blueprint.arguments(SignInSchema)
    @blueprint.response(200, SignedInSchema)
    def post(self, form: dict[str, Any]) -> Response:
        """Check e-mail and password; the session travels in a cookie no script can read."""
        staff, token = staff_service.sign_in(form["email"], form["password"], context.config(), context.now())
        response = make_response(jsonify(SignedInSchema().dump(_signed_in(staff))))
        cookies.give(response, "session", token)
        return response


@blueprint.route("/session", endpoint="Session", methods=["GET", "DELETE"])
class Session(MethodView):
    """The open session."""

    @blueprint.response(200, SignedInSchema)
    def get(self) -> dict[str, Any]:
        """Who is signed in."""
        return _signed_in(context.staff())

    @blueprint.response(204)
    def delete(self) -> Response:
        """Sign out at once."""
        staff_service.sign_out(context.staff(), context.now())
        response = Response(status=204)
        cookies.take(response, "session")
        return response


@blueprint.route("/session/password")
class Password(MethodView):
    """One's own password."""

    @blueprint.arguments(OwnPasswordSchema)
    @blueprint.response(204)
    def put(self, form: dict[str, Any]) -> Response:
        """Choose another one; all other sessions of the same person end."""
        colleagues.choose_password(context.staff(), form["old"], form["new"], context.now())
        return Response(status=204)


@clinic_blueprint.route("/settings")
class Settings(MethodView):
    """Name, numbers and zone of the clinic."""

    @clinic_blueprint.response(200, SettingsSchema)
    def get(self) -> dict[str, Any]:
        """The settings."""
        return clinic.settings(context.staff())

    @clinic_blueprint.arguments(SettingsSchema)
    @clinic_blueprint.response(200, SettingsSchema)
    def put(self, form: dict[str, Any]) -> dict[str, Any]:
        """Replace the settings (administrators)."""
        return clinic.change_settings(context.staff(), form, context.now())
