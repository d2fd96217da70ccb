"""Metrics are for whoever has the token, and tell nothing of patients."""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from server.config import Config
from server.services import queueing
from tests.conftest import SettableClock

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
