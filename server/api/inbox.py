"""The staff inbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.inbox import (
    InboxConflictSchema,
    InboxCountSchema,
    InboxDecisionSchema,
    InboxRecordSchema,
    InboxSchema,
)
from server.services import inbox

blueprint = Blueprint("inbox", __name__, description="Records that wait for a decision of staff")


@blueprint.route("/inbox")
class Inbox(MethodView):
    """What waits."""

    @blueprint.response(200, InboxSchema)
    def get(self) -> dict[str, Any]:
        """Quarantined and rejected records and competing versions, the oldest first."""
        return inbox.page(context.staff(), context.now())


@blueprint.route("/inbox/count")
class Count(MethodView):
    """How much waits."""

    @blueprint.response(200, InboxCountSchema)
    def get(self) -> dict[str, int]:
        """The number beside the inbox in the bar."""
        return {"open": inbox.waiting(context.staff())}


@blueprint.route("/inbox/records/<uuid:record_id>")
class Record(MethodView):
    """One record."""

    @blueprint.response(200, InboxRecordSchema)
    def get(self, record_id: UUID) -> dict[str, Any]:
        """The record exactly as it came."""
        return inbox.record(context.staff(), record_id, context.now())

    @blueprint.arguments(InboxDecisionSchema)
    @blueprint.response(204)
    def post(self, form: dict[str, Any], record_id: UUID) -> None:
        """Write it into the diary in corrected form, or dismiss it; with a reason (physicians, nurses)."""
        inbox.decide_record(context.staff(), record_id, form, context.now())


@blueprint.route("/inbox/conflicts/<uuid:entry_id>")
class Conflict(MethodView):
    """One diary item whose versions compete."""

    @blueprint.response(200, InboxConflictSchema)
    def get(self, entry_id: UUID) -> dict[str, Any]:
        """All its versions."""
        return inbox.conflict(context.staff(), entry_id, context.now())

    @blueprint.arguments(InboxDecisionSchema)
    @blueprint.response(204)
    def post(self, form: dict[str, Any], entry_id: UUID) -> None:
        """Let a further version count, or leave the one that counts (physicians, nurses)."""
        inbox.decide_conflict(context.staff(), entry_id, form, context.now())
