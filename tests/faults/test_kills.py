"""A server killed at any moment loses nothing it acknowledged, stores nothing twice and no half batch."""

import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from server.config import Config
from server.persistence.tables import AuditEvent, EntryRevision
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.racing import times
from tests.factories.world import Clinic
from tests.faults.process import NetworkPhone, Server

KILLS = times(6, 250)
"""On each of the two databases."""


@pytest.fixture
def server(config: Config, tmp_path: Path) -> Iterator[Server]:
    """The server on the test's database, stopped in the end whatever happens."""
    running = Server(config, tmp_path)
    yield running
    running.kill()


def keep_saving(phone: NetworkPhone, stop: threading.Event, failures: list[BaseException]) -> None:
    """One phone's day: save, send, and send again what was not acknowledged."""
    mixer = random.Random(phone.episode_id)
    try:
        while not stop.is_set():
            for _ in range(mixer.randint(1, 4)):
                phone.save(mixer.randint(0, 10))
            phone.send()
        until = time.monotonic() + 30
        while phone.outbox and time.monotonic() < until:
            phone.send(100)
    except BaseException as error:
        failures.append(error)


def test_killed_at_random_moments_nothing_acknowledged_is_lost_and_nothing_stored_twice(
    app: Flask, server: Server, clock: SettableClock
):
    clock.set(datetime.now(UTC))
    clinic = Clinic(app, clock())
    episodes = [clinic.episode() for _ in range(3)]
    invitations = [clinic.invite(episode) for episode in episodes]
    server.start()
    phones = [
        NetworkPhone.enrol(server.port, invitation, episode)
        for invitation, episode in zip(invitations, episodes, strict=True)
    ]
    stop, failures = threading.Event(), []
    threads = [threading.Thread(target=keep_saving, args=(phone, stop, failures)) for phone in phones]
    for thread in threads:
        thread.start()
    mixer = random.Random(5)
    for _ in range(KILLS):
        time.sleep(mixer.uniform(0.05, 0.6))
        server.kill()
        server.start()
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [phone.outbox for phone in phones] == [[], [], []]
    assert any(phone.unsure for phone in phones), "at least one answer was cut off"
    assert {status for phone in phones for status in phone.refused} == set()
    check(clinic, phones)


def check(clinic: Clinic, phones: list[NetworkPhone]) -> None:
    """Everything acknowledged is there once, and every stored batch has its audit row and all its records."""
    revisions = store.of(clinic, EntryRevision)
    kept = [str(row["id"]) for row in revisions]
    acked = {rev_id for phone in phones for rev_id in phone.acked}
    assert len(acked) >= 5 * len(phones)
    assert sorted(kept) == sorted(acked), "lost, unexpected or stored twice"
    synced = [row for row in store.of(clinic, AuditEvent) if row["action"] == "diary.sync"]
    stored = [rev_id for row in synced for rev_id in row["detail"]["revisions"]]
    assert sorted(stored) == sorted(kept), "a record without its audit row, or the other way round"
    moments: dict[object, set[str]] = {}
    for row in revisions:
        moments.setdefault((row["device_id"], row["received_at"]), set()).add(str(row["id"]))
    batches = [set(row["detail"]["revisions"]) for row in synced if row["detail"]["revisions"]]
    assert sorted(map(sorted, batches)) == sorted(map(sorted, moments.values())), "half a batch"
    rows = clinic.get("/episodes?limit=200").json["episodes"]
    assert sum(row["entries"] for row in rows) == len(kept)
