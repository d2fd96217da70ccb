"""The SMS adapter against a gateway on loopback that speaks the documented protocol."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest

from server.config import SmsSettings
from server.errors import DeliveryError, DeliveryRefusedError
from server.notifications.port import Message
from server.notifications.sms import SmsGateway

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
MESSAGE = Message(UUID("00000000-0000-4000-8000-000000000001"), "unused", "Please open your diary.")


class Gateway(ThreadingHTTPServer):
    """Keeps what was posted; answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 202
        self.posted: list[tuple[dict[str, str], dict[str, Any]]] = []

    def settings(self) -> SmsSettings:
        return SmsSettings(f"http://127.0.0.1:{self.server_port}/send", "a token", "Afterblock")


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.posted.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_gateway_gets_what_the_protocol_says(gateway: Gateway):
    SmsGateway(gateway.settings()).send("+4930123456", MESSAGE, NOW)

    [(headers, body)] = gateway.posted
    assert body == {
        "to": "+4930123456",
        "from": "Afterblock",
        "text": "Please open your diary.",
        "sent_at": "2026-03-02T19:00:00+00:00",
    }
    assert headers["Authorization"] == "Bearer a token"
    assert headers["Idempotency-Key"] == str(MESSAGE.id)


def test_a_number_the_gateway_does_not_take_is_refused_for_good(gateway: Gateway):
    gateway.status = 422

    with pytest.raises(DeliveryRefusedError):
        SmsGateway(gateway.settings()).send("+4930123456", MESSAGE, NOW)


@pytest.mark.parametrize("status", [302, 401, 429, 500, 503])
def test_any_other_trouble_is_worth_another_try(gateway: Gateway, status: int):
    gateway.status = status

    with pytest.raises(DeliveryError) as raised:
        SmsGateway(gateway.settings()).send("+4930123456", MESSAGE, NOW)
    assert not isinstance(raised.value, DeliveryRefusedError)
    assert len(gateway.posted) == 1, "a redirect is not followed"


def test_a_gateway_that_is_away_is_worth_another_try():
    with pytest.raises(DeliveryError):
        SmsGateway(SmsSettings("http://127.0.0.1:1/", "a token")).send("+4930123456", MESSAGE, NOW)


def test_settings_do_not_show_the_token(gateway: Gateway):
    assert "a token" not in repr(gateway.settings())
