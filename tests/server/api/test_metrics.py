"""Metrics are for whoever has the token, and tell nothing of patients."""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from server.config import Config
from server.services import queueing, ticking
from tests.conftest import SettableClock
from tests.factories.alarms import contact, name_contacts
from tests.factories.world import CLINIC, HEADERS, Clinic

TOKEN = "a token for the monitor"


def test_without_a_token_in_the_settings_there_is_nothing(app: Flask):
    client = app.test_client()

    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer x"}):
        assert client.get("/metrics", headers=headers).status_code == 404


def test_the_token_opens_the_queues_age(make_app: Callable[..., Flask], config: Config, clock: SettableClock):
    app = make_app(replace(config, metrics_token=TOKEN), clock=clock)
    with app.app_context():
        queueing.report_queue(clock())
    clock.advance(seconds=90)
    client = app.test_client()

    assert client.get("/metrics", headers={"Authorization": "Bearer wrong \u00e4"}).status_code == 404
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    lines = answer.text.splitlines()
    assert "afterblock_queue_age_seconds 90.0" in lines
    assert "afterblock_worker_seen_seconds 90.0" in lines
    assert "afterblock_queue_length 0.0" in lines
    assert "afterblock_staff_queue_age_seconds 90.0" in lines
    assert "afterblock_staff_queue_length 0.0" in lines


def test_a_message_to_staff_that_does_not_go_out_grows_old(app: Flask, config: Config, clock: SettableClock):
    clinic = Clinic(app, clock())
    someone = contact("Dr Who", "who@clinic.example")
    assert name_contacts(clinic, someone).status_code == 200
    address = f"{CLINIC}/settings/contacts/{someone['contact_id']}/test"
    assert clinic.client("admin").post(address, json={}, headers=HEADERS).status_code == 202
    clock.advance(minutes=10)
    with app.app_context():
        ticking.send_to_staff(config, clock)  # this installation has no mail server
        queueing.report_queue(clock())
    clock.advance(seconds=30)

    told = app.test_client().get("/readyz").json

    assert told is not None
    assert (told["staff_queue_length"], told["staff_queue_age_seconds"]) == (1, 630)
    assert (told["queue_length"], told["queue_age_seconds"]) == (0, 30)
