"""What a clinic's readings say together."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.api.downloads import download
from server.schemas.cohort import (
    CohortChannelsSchema,
    CohortQuerySchema,
    CohortSchema,
    CohortTableQuerySchema,
    FigureQuerySchema,
)
from server.services import cohort

CSV = "text/csv"
SVG = "image/svg+xml"

blueprint = Blueprint("cohort", __name__, description="All readings of a clinic together")


@blueprint.route("/cohort")
class View(MethodView):
    """Curves, responders, phases, side effects and adherence."""

    @blueprint.arguments(CohortQuerySchema)
    @blueprint.response(200, CohortSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """The answer to a filter; a POST, so that no name stands in an address or a log."""
        return cohort.view(context.staff(), cohort.question_of(form), context.now())


@blueprint.route("/cohort/channels")
class Channels(MethodView):
    """Adherence by the channel of the reminders."""

    @blueprint.arguments(CohortQuerySchema)
    @blueprint.response(200, CohortChannelsSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """Reminders sent, seen and answered, and the diaries that none reached."""
        return cohort.channels(context.staff(), cohort.question_of(form), context.now())


@blueprint.route("/cohort/survival.svg")
class Figure(MethodView):
    """How long relief lasted, as a picture."""

    @blueprint.arguments(FigureQuerySchema)
    @blueprint.response(200, content_type=SVG)
    def post(self, form: dict[str, Any]) -> Response:
        """Kaplan-Meier curves with bands and numbers at risk."""
        picture = cohort.figure(context.staff(), cohort.question_of(form), form["theme"], context.now())
        return download(picture, "relief.svg", f"{SVG}; charset=utf-8")


@blueprint.route("/cohort/table.csv")
class Table(MethodView):
    """One table of the answer."""

    @blueprint.arguments(CohortTableQuerySchema)
    @blueprint.response(200, content_type=CSV)
    def post(self, form: dict[str, Any]) -> Response:
        """Responders, survival, phases, side effects or adherence as CSV."""
        text = cohort.table(context.staff(), cohort.question_of(form), form["table"], context.now())
        return download(text, f"{form['table']}.csv", f"{CSV}; charset=utf-8")
