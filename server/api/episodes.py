"""Episodes for staff: the list, one in detail, its reading, chart and entries, and phones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.episode import (
    ChartQuerySchema,
    CorrectionSchema,
    EntriesSchema,
    EpisodeDetailSchema,
    EpisodeListSchema,
    EpisodeQuerySchema,
    EpisodeSearchSchema,
    FilterChoicesSchema,
    NewEpisodeAnswerSchema,
    NewEpisodeSchema,
    PulseSchema,
    ReadingQuerySchema,
    ReadingSchema,
)
from server.schemas.staff import InvitationSchema, InviteSchema, RevokeSchema
from server.services import enrolment, episodes, presentation, worklist
from server.services.entries import diary_of
from server.services.review import reading_of

blueprint = Blueprint("episodes", __name__, description="Injections and their diaries")


@blueprint.route("/episodes")
class Episodes(MethodView):
    """The list of episodes."""

    @blueprint.arguments(EpisodeQuerySchema, location="query")
    @blueprint.response(200, EpisodeListSchema)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """A page of episodes, group by group in the order of the day."""
        return worklist.page(context.staff(), query, context.now())

    @blueprint.arguments(NewEpisodeSchema)
    @blueprint.response(201, NewEpisodeAnswerSchema)
    def post(self, form: dict[str, Any]) -> dict[str, UUID]:
        """Enter a patient, known or new, and an injection."""
        episode_id, patient_id = episodes.create(context.staff(), form, context.now())
        return {"episode_id": episode_id, "patient_id": patient_id}


@blueprint.route("/episodes/search")
class Search(MethodView):
    """Finding episodes by what staff know of a patient."""

    @blueprint.arguments(EpisodeSearchSchema)
    @blueprint.response(200, EpisodeListSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """A page of episodes that fit; a POST, so that no name stands in an address or a log."""
        return worklist.page(context.staff(), form, context.now())


@blueprint.route("/episodes/pulse")
class Pulse(MethodView):
    """Whether the list has changed."""

    @blueprint.response(200, PulseSchema)
    def get(self) -> dict[str, str]:
        """A word that changes whenever the list does; cheap enough to be asked every few seconds."""
        return {"pulse": worklist.pulse(context.staff(), context.now())}


@blueprint.route("/episodes/choices")
class FilterChoices(MethodView):
    """What the list can be filtered by."""

    @blueprint.response(200, FilterChoicesSchema)
    def get(self) -> dict[str, list[str]]:
        """Levels, sides, operators, agents and indications that occur."""
        return worklist.choices(context.staff())


@blueprint.route("/episodes/<uuid:episode_id>")
class Episode(MethodView):
    """One episode."""

    @blueprint.response(200, EpisodeDetailSchema)
    def get(self, episode_id: UUID) -> dict[str, Any]:
        """The record with its versions, phones and alerts."""
        return worklist.detail(context.staff(), episode_id, context.now())

    @blueprint.arguments(CorrectionSchema)
    @blueprint.response(200, EpisodeDetailSchema)
    def put(self, form: dict[str, Any], episode_id: UUID) -> dict[str, Any]:
        """A new version of the record, with the reason; confirms or corrects T0."""
        episodes.correct(context.staff(), episode_id, form, context.now())
        return worklist.detail(context.staff(), episode_id, context.now())


@blueprint.route("/episodes/<uuid:episode_id>/enrolment")
class Invitation(MethodView):
    """Inviting the patient's phone."""

    @blueprint.arguments(InviteSchema)
    @blueprint.response(201, InvitationSchema)
    def post(self, form: dict[str, Any], episode_id: UUID) -> dict[str, Any]:
        """A new link with its QR code, and six digits to be told by another route."""
        invitation = enrolment.invite(
            context.staff(), episode_id, form["kind"], context.config(), context.now()
        )
        return presentation.with_qr(invitation)


@blueprint.route("/episodes/<uuid:episode_id>/reading")
class Reading(MethodView):
    """What the engine made of the diary."""

    @blueprint.arguments(ReadingQuerySchema, location="query")
    @blueprint.response(200, ReadingSchema)
    def get(self, query: dict[str, Any], episode_id: UUID) -> dict[str, Any]:
        """The reading, the four answers in words, and every number with its rule, source and entries."""
        found = reading_of(context.staff(), episode_id, context.now())
        return presentation.in_words(found, query["criteria"])


@blueprint.route("/episodes/<uuid:episode_id>/chart.svg")
class Chart(MethodView):
    """The phase chart."""

    @blueprint.arguments(ChartQuerySchema, location="query")
    @blueprint.response(200, content_type="image/svg+xml")
    def get(self, query: dict[str, Any], episode_id: UUID) -> Response:
        """The whole course as one picture."""
        picture = presentation.as_chart(reading_of(context.staff(), episode_id, context.now()), **query)
        return Response(picture, content_type="image/svg+xml; charset=utf-8")


@blueprint.route("/episodes/<uuid:episode_id>/entries")
class Entries(MethodView):
    """The diary behind the reading."""

    @blueprint.response(200, EntriesSchema)
    def get(self, episode_id: UUID) -> dict[str, Any]:
        """All entries with their versions, and the records that could not be read."""
        return diary_of(context.staff(), episode_id, context.now())


@blueprint.route("/devices/<uuid:device_id>")
class Device(MethodView):
    """One enrolled phone."""

    @blueprint.arguments(RevokeSchema)
    @blueprint.response(204)
    def delete(self, form: dict[str, Any], device_id: UUID) -> None:
        """Disconnect the phone; a lost one wipes itself at its next contact."""
        enrolment.revoke(context.staff(), device_id, form["reason"], context.now())
