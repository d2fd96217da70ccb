"""The HTTP surface: one table audience -> prefix and blueprints, behind one guard."""

from __future__ import annotations

from functools import partial

from flask import Flask

from server.api import context, documentation, errors, guards
from server.api.alerts import blueprint as alerts
from server.api.audit import blueprint as audit
from server.api.blueprint import Api, Blueprint
from server.api.cohort import blueprint as cohort
from server.api.colleagues import blueprint as staff
from server.api.criteria import blueprint as criteria
from server.api.episodes import blueprint as episodes
from server.api.exports import blueprint as exports
from server.api.health import blueprint as health
from server.api.imports import blueprint as imports
from server.api.inbox import blueprint as inbox
from server.api.patient import blueprint as diary
from server.api.patient import enrolment_blueprint as enrolment
from server.api.phones import blueprint as phones
from server.api.recovery import blueprint as recovery
from server.api.reminders import blueprint as reminders
from server.api.reminders import calendar_blueprint as calendar
from server.api.reports import blueprint as reports
from server.api.safety_texts import blueprint as safety_texts
from server.api.safety_texts import language_blueprint as language
from server.api.sessions import blueprint as sessions
from server.api.sessions import clinic_blueprint as clinic
from server.api.settings import blueprint as settings
from server.api.sign_off import blueprint as sign_off
from server.clock import Clock
from server.config import Config
from server.schemas.diary import (
    EntryBodySchema,
    FlagEventBodySchema,
    FlagReportBodySchema,
    ImpressionBodySchema,
    OperationSchema,
)

AUDIENCES: dict[str, tuple[str, tuple[Blueprint, ...]]] = {
    "public": ("", (health, calendar)),
    "patient": ("/api/v1/patient", (enrolment, diary, language, reminders)),
    "clinic": (
        "/api/v1/clinic",
        (
            *(
                sessions,
                clinic,
                safety_texts,
                episodes,
                sign_off,
                inbox,
                reports,
                exports,
                imports,
                cohort,
                alerts,
                settings,
            ),
            *(recovery, staff, audit, criteria, phones),
        ),
    ),
}
"""Who calls -> where, and what is there; `server.security.access` says who may call each route."""


def install(app: Flask, config: Config, clock: Clock) -> None:
    """Register all routes on the app."""
    app.config.update(
        API_TITLE="Afterblock",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    context.install(app, config, clock)
    guards.install(app)
    errors.install(app)
    surface = Api(app)
    bodies = (EntryBodySchema, FlagReportBodySchema, ImpressionBodySchema, FlagEventBodySchema)
    for shape in (OperationSchema, *bodies):
        # Records are checked one by one, so no route names these shapes; the document does.
        name = shape.__name__.removesuffix("Schema")
        surface.describe_later(partial(surface.spec.components.schema, name, schema=shape))
    for prefix, blueprints in AUDIENCES.values():
        for blueprint in blueprints:
            surface.register_blueprint(blueprint, url_prefix=prefix)
    documentation.install(app)
