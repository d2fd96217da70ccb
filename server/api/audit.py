"""The audit trail for those who oversee a clinic."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.api.downloads import download
from server.schemas.audit import AuditFilterSchema, AuditPageSchema, AuditQuerySchema
from server.services import audit_trail

CSV = "text/csv"

blueprint = Blueprint("audit", __name__, description="The audit trail")


@blueprint.route("/audit")
class Trail(MethodView):
    """Who did what to which record."""

    @blueprint.arguments(AuditQuerySchema)
    @blueprint.response(200, AuditPageSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """A page, newest first."""
        return audit_trail.page(context.staff(), form, form["limit"], context.now())


@blueprint.route("/audit/table.csv")
class Table(MethodView):
    """The same as a file."""

    @blueprint.arguments(AuditFilterSchema)
    @blueprint.response(200, content_type=CSV)
    def post(self, form: dict[str, Any]) -> Response:
        """All rows that fit."""
        return download(audit_trail.table(context.staff(), form, context.now()), "audit.csv", CSV)
