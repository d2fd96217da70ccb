"""What messages to staff say: counts, levels and a link; never a name, never what a patient wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from server.notifications.port import Message

LEVELS: Final = {"E": "emergency", "S": "same-day call"}


def compose(message_id: UUID, kind: str, counts: Mapping[str, Any], clinic: str, public_url: str) -> Message:
    """The message as it is sent; the id stays the same however often that happens."""
    subject, lines = {"escalation": _escalation, "digest": _digest, "test": _test}[kind](counts, clinic)
    place = "/clinic/alerts" if kind == "escalation" else "/clinic"
    return Message(id=message_id, subject=subject, text="\n".join([*lines, f"{public_url}{place}", ""]))


def _escalation(counts: Mapping[str, Any], clinic: str) -> tuple[str, list[str]]:
    level = LEVELS[counts["level"]]
    return f"Afterblock: {level} alert not answered", [
        f'{clinic}: an alert of the level "{level}" has waited {counts["minutes"]} minutes and nobody has '
        "acknowledged it. Please look now:",
    ]


def _digest(counts: Mapping[str, Any], clinic: str) -> tuple[str, list[str]]:
    return "Afterblock: this morning", [
        clinic,
        "",
        f"Alerts open: {counts['alerts']} ({counts['unacknowledged']} not acknowledged)",
        f"Diaries silent for 24 hours in their first week: {counts['silent']}",
        f"Readings ready to be looked at: {counts['ready']}",
        "",
    ]


def _test(_counts: Mapping[str, Any], clinic: str) -> tuple[str, list[str]]:
    return "Afterblock: test message", [
        f"{clinic}: this is a test. You are an escalation contact: when nobody acknowledges an alert in "
        "time, you get a message like this one.",
    ]
