"""What a patient's phone may ask: enrol, synchronise, see its own diary, sign out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify, make_response
from flask.views import MethodView

from server.api import context, cookies
from server.api.blueprint import Blueprint
from server.api.downloads import PDF, download
from server.schemas.diary import (
    DiarySchema,
    EnrolledSchema,
    RedeemSchema,
    SyncAnswerSchema,
    SyncRequestSchema,
)
from server.schemas.report import OwnPageQuerySchema
from server.services import diary, enrolment, patient_pages, phone

enrolment_blueprint = Blueprint("enrolment", __name__, description="Bringing a phone in")
blueprint = Blueprint("diary", __name__, description="The patient's own diary")


@enrolment_blueprint.route("/enrolment")
class Redeem(MethodView):
    """Link and code become an enrolled phone."""

    @enrolment_blueprint.arguments(RedeemSchema)
    @enrolment_blueprint.response(201, EnrolledSchema)
    def post(self, form: dict[str, Any]) -> Response:
        """Redeem an invitation: exactly one phone wins, five wrong codes end it."""
        device, token = enrolment.redeem(
            form["token"],
            form["code"],
            enrolment.Joining(
                str(form["device_key"]), form["device_name"], form["language"], form["texts_version"]
            ),
            context.config(),
            context.now(),
        )
        known = phone.diary_of(device, context.now())
        answer = {"device_id": device.device_id, "epoch": known["epoch"], "diary": known}
        response = make_response(jsonify(EnrolledSchema().dump(answer)), 201)
        cookies.mark_connected(response)
        cookies.give(response, "device", token, cookies.DEVICE_LIFETIME)
        return response


@blueprint.route("/sync")
class Sync(MethodView):
    """The one way diary entries travel."""

    @blueprint.arguments(SyncRequestSchema)
    @blueprint.response(200, SyncAnswerSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """Store a batch, one answer a record, and return what the phone does not have yet."""
        return diary.synchronise(
            context.phone(),
            protocol=form["protocol"],
            cursor=form["cursor"],
            client_time=form["client_time"],
            ops=form["ops"],
            kinds=form["kinds"],
            now=context.now(),
        )


@blueprint.route("/diary")
class Diary(MethodView):
    """The snapshot a phone keeps."""

    @blueprint.response(200, DiarySchema)
    def get(self) -> dict[str, Any]:
        """The clinic's numbers and the patient's episodes."""
        return phone.diary_of(context.phone(), context.now())


@blueprint.route("/episodes/<uuid:episode_id>/page.pdf")
class OwnPage(MethodView):
    """The diary on one page, for the patient to keep or show."""

    @blueprint.arguments(OwnPageQuerySchema, location="query")
    @blueprint.response(200, content_type=PDF)
    def get(self, query: dict[str, Any], episode_id: UUID) -> Response:
        """Their own curve and scores, once the first hours are over."""
        page = patient_pages.own_page(
            context.phone(), episode_id, query["language"], query["paper"], context.now()
        )
        return download(page.pdf, page.name, PDF)


@blueprint.route("/device")
class OwnDevice(MethodView):
    """This phone."""

    @blueprint.response(204)
    def delete(self) -> Response:
        """Take this phone off the diary."""
        enrolment.sign_out(context.phone(), context.now())
        response = Response(status=204)
        cookies.take(response, "device")
        return response
