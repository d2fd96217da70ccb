"""What the administrator sees of messages to staff, and the test message to a contact."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from server.errors import NotFoundError
from server.persistence.db import transaction
from server.persistence.queries import messages
from server.persistence.tables import StaffMessage
from server.security.actors import Staff
from server.services.auditing import audit
from server.services.outbox import addresses, put
from server.services.settings import value_of

SHOWN: Final = 20


def send_test(staff: Staff, contact_id: UUID, now: datetime) -> dict[str, Any]:
    """Queue a test message to every address of a contact. Raises `NotFoundError`."""
    with transaction(staff.clinic_id) as session:
        listed = value_of(session, staff.clinic_id, "contacts")["contacts"]
        contact = next((one for one in listed if one["contact_id"] == str(contact_id)), None)
        if contact is None:
            raise NotFoundError("There is no such contact.")
        made = [
            put(session, staff.clinic_id, "test", f"test:{uuid4()}", contact["name"], target, now)
            for target in addresses(contact)
        ]
        audit(session, staff, "message.test", "contact", contact_id, now)
        return {"messages": [_told(message) for message in made]}


def recent(staff: Staff, now: datetime) -> dict[str, Any]:
    """The newest messages to staff, and where each stands."""
    with transaction(staff.clinic_id) as session:
        audit(session, staff, "messages.list", "clinic", staff.clinic_id, now)
        return {"messages": [_told(row) for row in messages.newest(session, staff.clinic_id, SHOWN)]}


def _told(row: StaffMessage) -> dict[str, Any]:
    names = ("kind", "recipient", "channel", "status", "attempts", "problem", "created_at", "next_attempt_at",
             "sent_at")  # fmt: skip
    return {"message_id": row.id} | {name: getattr(row, name) for name in names}
