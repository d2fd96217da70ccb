"""Text messages through an HTTP gateway, off by default; `docs/operations.md` has the protocol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import requests

from server.config import SmsSettings
from server.errors import DeliveryError, DeliveryRefusedError
from server.notifications.port import Message

PATIENCE = (5, 15)
"""Seconds to connect, and to wait for the answer."""
TRY_AGAIN = frozenset({401, 403, 404, 408, 409, 425, 429})
"""Refusals that are about the gateway and not about this number: somebody may mend them."""


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """Posts each message as JSON; its id goes along so that the gateway can drop a repeat."""

    settings: SmsSettings

    def send(self, address: str, message: Message, at: datetime) -> None:
        """Hand one message to the gateway, see `Port`."""
        with requests.Session() as session:
            session.trust_env = False  # no proxy and no .netrc of the machine: just what the settings say
            try:
                answer = session.post(
                    self.settings.url,
                    json={
                        "to": address,
                        "from": self.settings.sender,
                        "text": message.text,
                        "sent_at": at.isoformat(timespec="seconds"),
                    },
                    headers={
                        "Authorization": f"Bearer {self.settings.token}",
                        "Idempotency-Key": str(message.id),
                    },
                    timeout=PATIENCE,
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                raise DeliveryError("The SMS gateway cannot be reached now.") from error
        if answer.ok and not answer.is_redirect:
            return
        if 400 <= answer.status_code < 500 and answer.status_code not in TRY_AGAIN:
            raise DeliveryRefusedError("The SMS gateway does not take this number.")
        raise DeliveryError("The SMS gateway does not take the message now.")
