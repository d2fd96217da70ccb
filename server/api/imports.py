"""Taking in files of patients, procedures and paper diaries."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.errors import TooLargeError
from server.imports.sheet import MOST_BYTES
from server.schemas.importing import LARGEST_REQUEST, ImportReportSchema, ImportSchema
from server.services import importing

blueprint = Blueprint("imports", __name__, description="Files that come in")


def _allow_a_file() -> None:
    """A file may be larger than what everybody else sends; a larger one is told what to do."""
    if (request.content_length or 0) > LARGEST_REQUEST:
        raise TooLargeError(
            f"A file may have up to {MOST_BYTES // 2**20} MB. Split it and import the parts one by one."
        )
    request.max_content_length = LARGEST_REQUEST


blueprint.before_request(_allow_a_file)


@blueprint.route("/imports")
class Imports(MethodView):
    """One file at a time."""

    @blueprint.arguments(ImportSchema)
    @blueprint.response(200, ImportReportSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """A report line by line; with the digest of that report, all of the file is stored, or nothing."""
        file = importing.File(form["kind"], form["content"], form["mapping"], form["zone"])
        return importing.run(context.staff(), file, context.now(), confirmed=form["confirmed"]).told()
