"""Web push: encrypted for one browser (RFC 8291), signed by the server (VAPID), gone after its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import requests
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from server.config import PushSettings
from server.errors import DeliveryError, DeliveryRefusedError
from server.notifications.hosts import (
    HTTPS_PORT,
    PinnedSession,
    Resolve,
    addresses_of,
    public_address,
    split_allowed,
)

PATIENCE = (5, 15)
"""Seconds to connect, and to wait for the answer."""
SIGNED_FOR = timedelta(hours=12)
GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Target:
    """Where one browser takes pushes, and the keys it reads them with."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Pusher:
    """Sends pushes to the services on the allow list."""

    settings: PushSettings
    resolve: Resolve = addresses_of

    def send(self, target: Target, payload: str, *, topic: str, expires_at: datetime, at: datetime) -> None:
        """Hand one push over. Raises `DeliveryRefusedError` for a browser that is gone, else `DeliveryError`.

        A push service that still holds one of the same topic replaces it; after `expires_at` it drops it.
        """
        parts = split_allowed(target.endpoint, self.settings.hosts)
        if parts is None:
            raise DeliveryRefusedError("This push service is not on the list.", code="push-host")
        port = parts.port or HTTPS_PORT
        with PinnedSession(parts, public_address(str(parts.hostname), port, self.resolve)) as session:
            try:
                webpush(
                    {"endpoint": target.endpoint, "keys": {"p256dh": target.p256dh, "auth": target.auth}},
                    payload,
                    vapid_private_key=Vapid02.from_pem(self.settings.key.encode()),
                    vapid_claims={
                        "sub": self.settings.contact,
                        "exp": str(int((at + SIGNED_FOR).timestamp())),
                        "aud": f"{parts.scheme}://{parts.netloc}",
                    },
                    ttl=max(0, int((expires_at - at).total_seconds())),
                    headers={"Topic": topic, "Urgency": "high"},
                    timeout=PATIENCE,
                    requests_session=session,
                )
            except WebPushException as error:
                if error.response is None:  # it came to no request: the keys are none
                    raise DeliveryRefusedError("The browser's keys cannot be used.") from error
                if error.response.status_code in GONE:
                    raise DeliveryRefusedError("This browser takes no pushes any more.") from error
                raise DeliveryError("The push service does not take it now.") from error
            except requests.RequestException as error:
                raise DeliveryError("The push service cannot be reached now.") from error
            except ValueError as error:
                raise DeliveryRefusedError("The browser's keys cannot be used.") from error
