"""Reminders for the patient's phone: choices, subscription, what was shown, later please, the calendar."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.schemas.reminder import (
    ChoicesSchema,
    KnownChoicesSchema,
    PresenceSchema,
    ReminderStateSchema,
    SnoozedSchema,
    SnoozeSchema,
)
from server.schemas.staff import EmptySchema
from server.services import confirming, reminder_choices
from server.services.reminder_calendar import calendar_of, calendar_of_phone

blueprint = Blueprint("reminders", __name__, description="How and when a patient is reminded")
calendar_blueprint = Blueprint("calendar", __name__, description="Check-ins as a calendar")

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@blueprint.route("/reminders")
class Choices(MethodView):
    """What the patient chose."""

    @blueprint.response(200, KnownChoicesSchema)
    def get(self) -> dict[str, Any]:
        """Times, channels and addresses, and what is known of each channel."""
        return reminder_choices.choices_of(context.phone(), context.config(), context.now())

    @blueprint.arguments(ChoicesSchema)
    @blueprint.response(200, KnownChoicesSchema)
    def put(self, form: dict[str, Any]) -> dict[str, Any]:
        """New choices; what is still to come is planned anew."""
        return reminder_choices.choose(context.phone(), form, context.config(), context.now())


@blueprint.route("/reminders/presence")
class Presence(MethodView):
    """This phone."""

    @blueprint.arguments(PresenceSchema)
    @blueprint.response(200, KnownChoicesSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """The app was opened: in which zone, and where it takes pushes."""
        return reminder_choices.check_in(context.phone(), form, context.config(), context.now())


@blueprint.route("/reminders/calendar")
class CalendarAddress(MethodView):
    """The calendar's secret address."""

    @blueprint.arguments(EmptySchema)
    @blueprint.response(200, KnownChoicesSchema)
    def post(self, _form: dict[str, Any]) -> dict[str, Any]:
        """Make one, or a new one in place of the old, which then stops working."""
        return reminder_choices.renew_calendar(context.phone(), context.config(), context.now())


@blueprint.route("/reminders/calendar.ics")
class CalendarFile(MethodView):
    """The check-ins to come as a file."""

    @blueprint.response(200, content_type=CALENDAR_TYPE)
    def get(self) -> Response:
        """To be imported once."""
        text = calendar_of_phone(context.phone(), context.config(), context.now())
        headers = {"Content-Disposition": 'attachment; filename="check-ins.ics"'}
        return Response(text, content_type=CALENDAR_TYPE, headers=headers)


@blueprint.route("/reminders/test")
class Test(MethodView):
    """Trying the whole way."""

    @blueprint.arguments(EmptySchema)
    @blueprint.response(201, ReminderStateSchema)
    def post(self, _form: dict[str, Any]) -> dict[str, Any]:
        """A test reminder through the same queue as all others."""
        phone, now = context.phone(), context.now()
        return confirming.state_of(phone, confirming.send_test(phone, context.config(), now), now)


@blueprint.route("/reminders/snooze")
class Snooze(MethodView):
    """Later please."""

    @blueprint.arguments(SnoozeSchema)
    @blueprint.response(200, SnoozedSchema)
    def post(self, form: dict[str, Any]) -> dict[str, Any]:
        """Ask again in a while, inside the check-in's time."""
        return {"at": confirming.snooze(context.phone(), **form, now=context.now())}


@blueprint.route("/reminders/<uuid:reminder_id>")
class State(MethodView):
    """One reminder."""

    @blueprint.response(200, ReminderStateSchema)
    def get(self, reminder_id: UUID) -> dict[str, Any]:
        """How far it has come."""
        return confirming.state_of(context.phone(), reminder_id, context.now())


@blueprint.route("/reminders/<uuid:reminder_id>/shown")
class Shown(MethodView):
    """The phone's word that a reminder is on its screen."""

    @blueprint.arguments(EmptySchema)
    @blueprint.response(204)
    def post(self, _form: dict[str, Any], reminder_id: UUID) -> None:
        """Nothing more is tried."""
        confirming.confirm(context.phone(), reminder_id, "shown", context.now())


@blueprint.route("/reminders/<uuid:reminder_id>/clicked")
class Clicked(MethodView):
    """The phone's word that a reminder was opened."""

    @blueprint.arguments(EmptySchema)
    @blueprint.response(204)
    def post(self, _form: dict[str, Any], reminder_id: UUID) -> None:
        """Kept beside when it was shown."""
        confirming.confirm(context.phone(), reminder_id, "clicked", context.now())


@calendar_blueprint.route("/calendar/<token>.ics")
class Feed(MethodView):
    """The check-ins to come, for a calendar that subscribes to the secret address."""

    @calendar_blueprint.response(200, content_type=CALENDAR_TYPE)
    def get(self, token: str) -> Response:
        """Neither name nor clinic, neither body part nor drug: times and one sentence."""
        return Response(calendar_of(token, context.config(), context.now()), content_type=CALENDAR_TYPE)
