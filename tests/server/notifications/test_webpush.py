"""Pushes against a service on loopback: readable by the browser alone, signed, and only where allowed."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from py_vapid import Vapid02

from server.config import PUSH_HOSTS, PushSettings
from server.errors import DeliveryError, DeliveryRefusedError
from server.notifications.hosts import public_address, split_allowed
from server.notifications.webpush import Pusher, Target
from tests.factories.pushes import Browser, PushService, decoded, running_push_service

NOW = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
PAYLOAD = json.dumps({"body": "It is time for your check-in."})


def new_key() -> str:
    vapid = Vapid02()
    vapid.generate_keys()
    return vapid.private_pem().decode()


SETTINGS = PushSettings(new_key(), "mailto:it@clinic.example", ("localhost",))


@pytest.fixture
def service() -> Iterator[PushService]:
    with running_push_service() as running:
        yield running


def send(browser: Browser, pusher: Pusher | None = None, **changes: str) -> None:
    given = {**browser.subscription, **changes}
    (pusher or Pusher(SETTINGS)).send(
        Target(**given), PAYLOAD, topic="a" * 32, expires_at=NOW + timedelta(hours=4), at=NOW
    )


def test_only_the_browser_can_read_it_and_it_ends_with_its_check_in(service: PushService):
    browser = service.browser()

    send(browser)

    [push] = service.got
    assert browser.read(push.body) == PAYLOAD
    assert b"check-in" not in push.body
    assert push.headers["ttl"] == str(4 * 3600)
    assert push.headers["topic"] == "a" * 32
    assert push.headers["content-encoding"] == "aes128gcm"
    assert push.headers["host"] == f"localhost:{service.server_port}"


def test_the_signature_is_the_servers_for_this_service_and_for_hours_only(service: PushService):
    send(service.browser())

    scheme, _, rest = service.got[0].headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert parts["k"] == SETTINGS.public_key
    head, claims, signature = parts["t"].split(".")
    read = json.loads(decoded(claims))
    assert read["aud"] == f"http://localhost:{service.server_port}"
    assert read["sub"] == "mailto:it@clinic.example"
    assert 0 < int(read["exp"]) - time.time() <= 24 * 3600  # the library puts its own time for a past one
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
    raw = decoded(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(der, f"{head}.{claims}x".encode(), ec.ECDSA(SHA256()))


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_told_as_such(service: PushService, status: int):
    service.status = status
    with pytest.raises(DeliveryRefusedError):
        send(service.browser())


@pytest.mark.parametrize("status", [301, 302, 307, 400, 403, 413, 429, 500, 503])
def test_any_other_trouble_is_worth_another_try_and_no_redirect_is_followed(
    service: PushService, status: int
):
    service.status = status
    with pytest.raises(DeliveryError) as raised:
        send(service.browser())
    assert not isinstance(raised.value, DeliveryRefusedError)
    assert len(service.got) == 1


def test_keys_that_are_none_are_refused(service: PushService):
    with pytest.raises(DeliveryRefusedError):
        send(service.browser(), p256dh="AAAA")
    assert service.got == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0", "::1",
     "fe80::1", "fd00::1", "::ffff:127.0.0.1", "224.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
     "64:ff9b:1::8e:1", "2002:7f00:1::1", "2002:c0a8:101::1", "::7f00:1"],
)  # fmt: skip
def test_a_listed_name_that_leads_inside_is_not_called(service: PushService, address: str):
    pusher = Pusher(replace(SETTINGS, hosts=PUSH_HOSTS), resolve=lambda _host, _port: [address])

    with pytest.raises(DeliveryError):
        send(Browser("https://fcm.googleapis.com/fcm/send/abc"), pusher)
    assert service.connections == 0


@pytest.mark.parametrize("address", ["142.250.1.1", "2a00:1450:4001:80b::200a", "64:ff9b::8efa:101"])
def test_a_public_address_may_be_called_also_through_a_translating_network(address: str):
    assert public_address("fcm.googleapis.com", 443, lambda _host, _port: [address]) == address


def test_one_inside_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(DeliveryError):
        public_address("fcm.googleapis.com", 443, lambda _host, _port: ["142.250.1.1", "127.0.0.1"])


def test_a_name_is_looked_up_once_so_that_a_second_answer_cannot_lead_elsewhere(service: PushService):
    """The host does not exist; that it is reached at all shows that the checked address is the one called."""
    answers = [["127.0.0.1"], ["192.0.2.1"]]
    pusher = Pusher(replace(SETTINGS, hosts=("localhost",)), resolve=lambda _host, _port: answers.pop(0))

    send(service.browser(), pusher)

    assert len(service.got) == 1
    assert len(answers) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://user:pw@fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/abc",
        "https://evilpush.apple.com/abc",
        "https://push.apple.com/abc",
        "https://127.0.0.1/abc",
        "https://localhost/abc",
        "https://[::1]/abc",
        "https://evil.example/?fcm.googleapis.com",
        "https://evil.example#.push.apple.com",
        "https://fcm.googleapis.com",
        "ftp://fcm.googleapis.com/abc",
        "https://[broken/abc",
        "https://fcm.googleapis.com:port/abc",
    ],
)
def test_addresses_that_are_not_on_the_list(url: str):
    assert split_allowed(url, PUSH_HOSTS) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-par02p.notify.windows.com/w/?token=abc",
    ],
)
def test_the_browsers_own_services_are(url: str):
    assert split_allowed(url, PUSH_HOSTS) is not None
