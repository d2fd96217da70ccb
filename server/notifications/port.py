"""What every way of reaching a person by address has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell one person. It never carries health data: mail servers and lock screens see it."""

    id: UUID
    """The same message sent again has the same id, so that a repeat is known as one."""
    subject: str
    text: str
    html: str | None = None


class Port(Protocol):
    """A channel to an address.

    `send` returns when the channel has taken the message over. It raises `DeliveryError` when trying again
    may help and `DeliveryRefusedError` when it will not.
    """

    def send(self, address: str, message: Message, at: datetime) -> None:
        """Hand over one message; `at` is the present time."""
