"""Patients' phones and channels, and the end of an invitation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.phones import PhoneSearchSchema, PhonesSchema
from server.services import phones

blueprint = Blueprint("phones", __name__, description="Patients' phones and channels")


@blueprint.route("/phones")
class Phones(MethodView):
    """Who is reached how."""

    @blueprint.arguments(PhoneSearchSchema)
    @blueprint.response(200, PhonesSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """A page of patients with phones, open invitations and channels."""
        return phones.page(context.staff(), **form, now=context.now())


@blueprint.route("/enrolments/<uuid:enrolment_id>")
class Enrolment(MethodView):
    """One invitation."""

    @blueprint.response(204)
    def delete(self, enrolment_id: UUID) -> Response:
        """End it: link and code open nothing any more."""
        phones.revoke_invitation(context.staff(), enrolment_id, context.now())
        return Response(status=204)
