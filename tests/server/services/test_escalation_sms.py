"""Escalations as text messages, through the documented HTTP adapter to a gateway that really listens."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from server.config import Config
from server.notifications.sms import SmsGateway
from server.persistence.tables import StaffMessage
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.alarms import contact, name_contacts, report, work
from tests.factories.world import Clinic
from tests.server.notifications.gateway import Gateway, running_gateway

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST, SECOND = "+49151000001", "+49151000002"


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with running_gateway() as server:
        yield server


class Night:
    """An emergency that nobody acknowledges, and the worker."""

    def __init__(self, app: Flask, clock: SettableClock, config: Config, gateway: Gateway) -> None:
        clock.set(NOW)
        self.app, self.config, self.gateway = app, config, gateway
        self.clinic = Clinic(app, NOW)
        listed = [contact(f"Dr {number}", None, phone=number) for number in (FIRST, SECOND)]
        assert name_contacts(self.clinic, *listed).status_code == 200
        self.phone = self.clinic.phone(self.clinic.episode())
        report(self.phone, "allergy", NOW)

    def tick(self, minutes: float) -> list[str]:
        """The worker's round; returns whom the gateway was asked to tell by now."""
        ports = {"sms": SmsGateway(self.gateway.settings())}
        work(self.app, self.clinic, ports, self.config, NOW + timedelta(minutes=minutes))
        return [body["to"] for _, body in self.gateway.posted]


@pytest.fixture
def night(app: Flask, clock: SettableClock, config: Config, gateway: Gateway) -> Night:
    return Night(app, clock, config, gateway)


def test_the_contacts_are_told_one_after_the_other_and_nothing_of_the_patient(night: Night):
    assert night.tick(14.9) == []
    assert night.tick(15) == night.tick(29.9) == [FIRST]
    assert night.tick(30) == [FIRST, SECOND]

    headers, body = night.gateway.posted[0]
    assert headers["Authorization"] == "Bearer a token"
    assert "emergency" in body["text"]
    for secret in ("Ann", "Example", "allergy", "breath", night.phone.episode_id):
        assert secret not in str(body)


def test_a_gateway_in_trouble_delays_and_the_message_keeps_its_id(night: Night):
    night.gateway.status = 503
    night.tick(15)
    night.gateway.status = 202
    night.tick(16)

    keys = [headers["Idempotency-Key"] for headers, _ in night.gateway.posted]
    assert len(keys) == 2
    assert keys[0] == keys[1]
    [message] = store.of(night.clinic, StaffMessage)
    assert (message["status"], message["attempts"]) == ("sent", 2)


def test_a_number_that_is_refused_passes_the_turn_at_once(night: Night):
    night.gateway.status = 422
    night.tick(15)
    night.gateway.status = 202
    assert night.tick(15.2) == [FIRST, SECOND]
    first, second = sorted(store.of(night.clinic, StaffMessage), key=lambda row: row["created_at"])
    assert (first["status"], second["status"]) == ("dropped", "sent")
