"""Which version of the criteria the clinic reads by."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.criteria import (
    ComparisonStepSchema,
    CriteriaChoiceSchema,
    CriteriaSchema,
    CriteriaStepSchema,
)
from server.services import criteria_choice

blueprint = Blueprint("criteria", __name__, description="The criteria of the clinic")


@blueprint.route("/criteria")
class Criteria(MethodView):
    """The choice."""

    @blueprint.response(200, CriteriaSchema)
    def get(self) -> dict[str, Any]:
        """What is in force, and what there is."""
        return criteria_choice.overview(context.staff(), context.now())

    @blueprint.arguments(CriteriaChoiceSchema)
    @blueprint.response(200, CriteriaSchema)
    def put(self, form: dict[str, Any]) -> dict[str, Any]:
        """Read by another version from now on (administrators)."""
        return criteria_choice.choose(context.staff(), form["criteria"], form["before"], context.now())


@blueprint.route("/criteria/comparison")
class Comparison(MethodView):
    """Before choosing."""

    @blueprint.arguments(CriteriaStepSchema)
    @blueprint.response(200, ComparisonStepSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """A step of what another version would change; stores nothing."""
        return criteria_choice.compare(context.staff(), form["criteria"], form["after"], context.now())
