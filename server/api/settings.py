"""The clinic's settings for its administrator, and each clinician's own digest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.views import MethodView

from server.api import context
from server.api.blueprint import Blueprint
from server.domain.protocol import TEMPLATES
from server.schemas.settings import (
    ChannelsChangeSchema,
    ContactsChangeSchema,
    DigestSchema,
    HoursChangeSchema,
    LeafletChangeSchema,
    PartSchema,
    PartsSchema,
    ProtocolChangeSchema,
    ProtocolsSchema,
    StaffMessagesSchema,
    VersionsSchema,
)
from server.schemas.staff import EmptySchema
from server.services import digests, protocols, settings, staff_messages

blueprint = Blueprint("settings", __name__, description="What a clinic has chosen, with every version of it")

_NAMES = ", ".join(f'"{template}"' for template in TEMPLATES)


def _change(part: str, form: dict[str, Any]) -> dict[str, Any]:
    return settings.change(context.staff(), part, form["value"], form["version"], context.now())


@blueprint.route("/settings/parts")
class Parts(MethodView):
    """All parts."""

    @blueprint.response(200, PartsSchema)
    def get(self) -> dict[str, Any]:
        """Opening hours, contacts, channels and leaflets as they are in force."""
        return settings.parts(context.staff(), context.now())


@blueprint.route("/settings/parts/<part>/versions")
class Versions(MethodView):
    """What it said then."""

    @blueprint.response(200, VersionsSchema)
    def get(self, part: str) -> dict[str, Any]:
        """Every version of one part, newest first."""
        return settings.versions(context.staff(), part, context.now())


@blueprint.route("/settings/hours")
class Hours(MethodView):
    """Opening hours and holidays."""

    @blueprint.arguments(HoursChangeSchema)
    @blueprint.response(200, PartSchema)
    def put(self, form: dict[str, Any]) -> dict[str, Any]:
        """Change them; open reports for the next working day are due anew."""
        return _change("hours", form)


@blueprint.route("/settings/contacts")
class Contacts(MethodView):
    """Who is told when nobody acknowledges an alert."""

    @blueprint.arguments(ContactsChangeSchema)
    @blueprint.response(200, PartSchema)
    def put(self, form: dict[str, Any]) -> dict[str, Any]:
        """Change the list or its order."""
        return _change("contacts", form)


@blueprint.route("/settings/contacts/<uuid:contact_id>/test")
class ContactTest(MethodView):
    """A test message."""

    @blueprint.arguments(EmptySchema)
    @blueprint.response(202, StaffMessagesSchema)
    def post(self, _form: dict[str, Any], contact_id: UUID) -> dict[str, Any]:
        """Send one to every address of a contact; the list of messages tells what became of it."""
        return staff_messages.send_test(context.staff(), contact_id, context.now())


@blueprint.route("/settings/messages")
class Messages(MethodView):
    """Messages to staff."""

    @blueprint.response(200, StaffMessagesSchema)
    def get(self) -> dict[str, Any]:
        """The newest ones, and where each stands."""
        return staff_messages.recent(context.staff(), context.now())


@blueprint.route("/settings/channels")
class Channels(MethodView):
    """How patients are reminded."""

    @blueprint.arguments(ChannelsChangeSchema)
    @blueprint.response(200, PartSchema)
    def put(self, form: dict[str, Any]) -> dict[str, Any]:
        """Change the order of channels."""
        return _change("channels", form)


@blueprint.route("/settings/leaflets/<any(en, es, de, ar):language>")
class Leaflet(MethodView):
    """The clinic's own words to patients."""

    @blueprint.arguments(LeafletChangeSchema)
    @blueprint.response(200, PartSchema)
    def put(self, form: dict[str, Any], language: str) -> dict[str, Any]:
        """Change the text of one language."""
        return _change(f"leaflet-{language}", form)


@blueprint.route("/protocols")
class Protocols(MethodView):
    """The protocols episodes are enrolled with."""

    @blueprint.response(200, ProtocolsSchema)
    def get(self) -> dict[str, Any]:
        """Those in force, with their versions."""
        return protocols.in_force(context.staff())


@blueprint.route(f"/settings/protocols/<any({_NAMES}):template>")
class Protocol(MethodView):
    """One protocol."""

    @blueprint.arguments(ProtocolChangeSchema)
    @blueprint.response(200, PartSchema)
    def put(self, form: dict[str, Any], template: str) -> dict[str, Any]:
        """A new version, for episodes enrolled from now on; running ones keep theirs."""
        return _change(f"protocol-{template}", form)


@blueprint.route("/digest")
class Digest(MethodView):
    """The morning digest of whoever is signed in."""

    @blueprint.response(200, DigestSchema)
    def get(self) -> dict[str, Any]:
        """When it comes."""
        return digests.choice(context.staff())

    @blueprint.arguments(DigestSchema)
    @blueprint.response(200, DigestSchema)
    def put(self, form: dict[str, Any]) -> dict[str, Any]:
        """Choose a time, or none."""
        return digests.choose(context.staff(), form["at"], context.now())
