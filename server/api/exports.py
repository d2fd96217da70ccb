"""Data as files: tables and diaries, of one episode or of the whole clinic, sent while they are made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.api.downloads import download
from server.schemas.report import ExportQuerySchema
from server.services import exporting

ZIP = "application/zip"
FHIR = "application/fhir+json"
LINES = "application/x-ndjson"

blueprint = Blueprint("exports", __name__, description="Data as files")


@blueprint.route("/exports/tables.zip")
class ClinicTables(MethodView):
    """All episodes as tables."""

    @blueprint.arguments(ExportQuerySchema, location="query")
    @blueprint.response(200, content_type=ZIP)
    def get(self, query: dict[str, Any]) -> Response:
        """Entries, episodes and revisions as CSV with a codebook."""
        return taken(exporting.tables, query, "afterblock.zip", ZIP)


@blueprint.route("/exports/diaries.jsonl")
class ClinicDiaries(MethodView):
    """All diaries."""

    @blueprint.arguments(ExportQuerySchema, location="query")
    @blueprint.response(200, content_type=LINES)
    def get(self, query: dict[str, Any]) -> Response:
        """One diary a line, as `afterblock analyse` reads them."""
        return taken(exporting.diaries, query, "diaries.jsonl", LINES)


@blueprint.route("/episodes/<uuid:episode_id>/tables.zip")
class EpisodeTables(MethodView):
    """One episode as tables."""

    @blueprint.arguments(ExportQuerySchema, location="query")
    @blueprint.response(200, content_type=ZIP)
    def get(self, query: dict[str, Any], episode_id: UUID) -> Response:
        """Entries, the episode and revisions as CSV with a codebook."""
        return taken(exporting.tables, query, "episode.zip", ZIP, episode_id)


@blueprint.route("/episodes/<uuid:episode_id>/diary.jsonl")
class EpisodeDiary(MethodView):
    """One diary."""

    @blueprint.arguments(ExportQuerySchema, location="query")
    @blueprint.response(200, content_type=LINES)
    def get(self, query: dict[str, Any], episode_id: UUID) -> Response:
        """The diary as `afterblock analyse` reads it."""
        return taken(exporting.diaries, query, "diary.jsonl", LINES, episode_id)


@blueprint.route("/episodes/<uuid:episode_id>/fhir.json")
class EpisodeBundle(MethodView):
    """One episode for other systems."""

    @blueprint.arguments(ExportQuerySchema, location="query")
    @blueprint.response(200, content_type=FHIR)
    def get(self, query: dict[str, Any], episode_id: UUID) -> Response:
        """A FHIR R4 Bundle of the injection, the diary and the reading."""
        found = exporting.bundle_of(context.staff(), episode_id, _secret(query), context.now())
        return download(json.dumps(found, ensure_ascii=False), "bundle.fhir.json", FHIR)


def _secret(query: dict[str, Any]) -> str | None:
    return context.config().secret_key if query["deidentified"] else None


def taken(
    make: Callable[..., Iterator[bytes]],
    query: dict[str, Any],
    name: str,
    content_type: str,
    only: UUID | None = None,
) -> Response:
    """What an export makes of `only` one episode, or of the whole clinic, as a download."""
    return download(make(context.staff(), _secret(query), context.now(), only), name, content_type)
