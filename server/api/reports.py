"""Pages and texts for the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.api.downloads import PDF, download
from server.schemas.passport import PassportSchema
from server.schemas.report import OverlayQuerySchema, OwnPageQuerySchema, PaperQuerySchema, TextSchema
from server.services import passports, patient_pages, reports
from server.services.reports import Page

blueprint = Blueprint("reports", __name__, description="Readings on paper and as text")


@blueprint.route("/episodes/<uuid:episode_id>/report.pdf")
class EpisodeReport(MethodView):
    """The episode on one page."""

    @blueprint.arguments(PaperQuerySchema, location="query")
    @blueprint.response(200, content_type=PDF)
    def get(self, query: dict[str, Any], episode_id: UUID) -> Response:
        """The chart, the four answers and the quality of the data as tagged PDF."""
        return as_file(reports.episode_report(context.staff(), episode_id, query["paper"], context.now()))


@blueprint.route("/episodes/<uuid:episode_id>/report-text")
class EpisodeText(MethodView):
    """The episode in a paragraph."""

    @blueprint.response(200, TextSchema)
    def get(self, episode_id: UUID) -> dict[str, str]:
        """Plain text to paste into the record."""
        return {"text": reports.episode_text(context.staff(), episode_id, context.now())}


@blueprint.route("/episodes/<uuid:episode_id>/patient-page.pdf")
class PatientPage(MethodView):
    """The patient's own page, to hand out."""

    @blueprint.arguments(OwnPageQuerySchema, location="query")
    @blueprint.response(200, content_type=PDF)
    def get(self, query: dict[str, Any], episode_id: UUID) -> Response:
        """Their curve and scores in plain words and their language, as tagged PDF."""
        page = patient_pages.own_page(
            context.staff(), episode_id, query["language"], query["paper"], context.now()
        )
        return as_file(page)


@blueprint.route("/patients/<uuid:patient_id>/passport")
class Comparison(MethodView):
    """All blocks of one patient."""

    @blueprint.response(200, PassportSchema)
    def get(self, patient_id: UUID) -> dict[str, Any]:
        """Root x response, pairs with different anaesthetics, sessions, and the evidence for a repeat."""
        return passports.comparison(context.staff(), patient_id, context.now())


@blueprint.route("/patients/<uuid:patient_id>/passport.svg")
class Overlay(MethodView):
    """All blocks in one picture."""

    @blueprint.arguments(OverlayQuerySchema, location="query")
    @blueprint.response(200, content_type="image/svg+xml")
    def get(self, query: dict[str, Any], patient_id: UUID) -> Response:
        """The scores of each block from its own T0."""
        picture = passports.overlay(context.staff(), patient_id, **query, now=context.now())
        return Response(picture, content_type="image/svg+xml; charset=utf-8")


@blueprint.route("/patients/<uuid:patient_id>/passport-text")
class PassportText(MethodView):
    """All blocks in a few lines."""

    @blueprint.response(200, TextSchema)
    def get(self, patient_id: UUID) -> dict[str, str]:
        """Plain text to paste into the record; it names no patient."""
        return {"text": passports.text(context.staff(), patient_id, context.now())}


@blueprint.route("/patients/<uuid:patient_id>/passport.pdf")
class PassportPage(MethodView):
    """All blocks on one page."""

    @blueprint.arguments(PaperQuerySchema, location="query")
    @blueprint.response(200, content_type=PDF)
    def get(self, query: dict[str, Any], patient_id: UUID) -> Response:
        """The passport as tagged PDF."""
        return as_file(passports.page(context.staff(), patient_id, query["paper"], context.now()))


def as_file(page: Page) -> Response:
    """The page as a download."""
    return download(page.pdf, page.name, PDF)
