"""The SMS adapter against a gateway on loopback that speaks the documented protocol."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from server.config import SmsSettings
from server.errors import DeliveryError, DeliveryRefusedError
from server.notifications.port import Message
from server.notifications.sms import SmsGateway
from tests.server.notifications.gateway import Gateway, running_gateway

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
MESSAGE = Message(UUID("00000000-0000-4000-8000-000000000001"), "unused", "Please open your diary.")


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with running_gateway() as server:
        yield server


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
