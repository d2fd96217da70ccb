"""The safety texts: a physician reads and accepts them; a phone says which language it shows."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.safety_texts import (
    AcceptLeafletSchema,
    AcceptTextsSchema,
    ChosenLanguageSchema,
    PhoneLeafletsSchema,
    SafetyTextsSchema,
)
from server.services import leaflets, safety_texts

blueprint = Blueprint("safety-texts", __name__, description="Safety texts and their acceptance")
language_blueprint = Blueprint("language", __name__, description="The patient's language")


@blueprint.route("/safety-texts")
class SafetyTexts(MethodView):
    """What patients read in danger."""

    @blueprint.response(200, SafetyTextsSchema)
    def get(self) -> dict[str, Any]:
        """All languages with their texts, and who has accepted them."""
        return safety_texts.overview(context.staff(), context.config())


@blueprint.route("/safety-texts/acceptances")
class Acceptance(MethodView):
    """A physician's acceptance of one language."""

    @blueprint.arguments(AcceptTextsSchema)
    @blueprint.response(200, SafetyTextsSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """Accept texts, criteria set and emergency number as they were read (physicians)."""
        return safety_texts.accept(context.staff(), **form, config=context.config(), now=context.now())


@blueprint.route("/safety-texts/leaflet-acceptances")
class LeafletAcceptance(MethodView):
    """A physician's acceptance of the clinic's own leaflet in one language."""

    @blueprint.arguments(AcceptLeafletSchema)
    @blueprint.response(200, SafetyTextsSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """Accept the leaflet as it was read (physicians); phones show it from then on."""
        leaflets.accept(context.staff(), **form, now=context.now())
        return safety_texts.overview(context.staff(), context.config())


@language_blueprint.route("/leaflets")
class Leaflets(MethodView):
    """What the clinic wants its patients to read."""

    @language_blueprint.response(200, PhoneLeafletsSchema)
    def get(self) -> dict[str, Any]:
        """The leaflets that may be shown, in every language there is one."""
        return leaflets.leaflets_of(context.phone(), context.config())


@language_blueprint.route("/language")
class PatientLanguage(MethodView):
    """The language this patient reads."""

    @language_blueprint.arguments(ChosenLanguageSchema)
    @language_blueprint.response(204)
    def put(self, form: dict[str, Any]) -> Response:
        """Choose the language of reminders and leaflets too."""
        safety_texts.choose_language(
            context.phone(), form["language"], form["texts_version"], context.config(), context.now()
        )
        return Response(status=204)
