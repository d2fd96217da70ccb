"""Exports of a large clinic: memory stays small, and each piece is sent as soon as it is made."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import insert

from server.persistence.db import transaction
from server.persistence.queries import episodes
from server.persistence.tables import Entry, EntryRevision, Episode, Patient
from server.security.actors import System
from server.services import exporting, staff
from server.services.review import reread
from tests.conftest import SettableClock

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
T0 = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ENTRIES = 12
PAGE = 13
MEGABYTE = 1024 * 1024


def fill(clinic_id: UUID, count: int) -> None:
    """Episodes with a diary each, put in without the services, for the sake of time."""
    record = {
        "procedure": {"performed_at": T0.isoformat(), "region": "lumbar", "level": "L5", "side": "left"},
        "baseline": {"pain": 7},
        "events": [],
        "index_pain": {"site": "leg", "side": "left"},
        "operator": None,
        "approach": None,
    }
    own = {"clinic_id": clinic_id}
    place = {"zone": "UTC", "region": "lumbar", "level": "L5", "side": "left", "protocol": "snrb-default/1"}
    state = {"status": "performed", "performed_at": T0, "created_at": NOW, "change_seq": 1}
    with transaction(clinic_id) as session:
        for _ in range(count):
            patient, episode = uuid4(), uuid4()
            names = {"name": "N", "record_number": str(patient), "search_text": "n", "created_at": NOW}
            rows = [_entry(own, patient, episode, minute) for minute in range(ENTRIES)]
            session.execute(insert(Patient), [own | {"id": patient} | names])
            whole = own | {"id": episode, "patient_id": patient, "record": record} | place | state
            session.execute(insert(Episode), [whole])
            session.execute(insert(Entry), [entry for entry, _ in rows])
            session.execute(insert(EntryRevision), [revision for _, revision in rows])


def _entry(own: dict, patient: UUID, episode: UUID, place: int) -> tuple[dict, dict]:
    entry, revision = uuid4(), uuid4()
    at = (T0 + timedelta(hours=place)).isoformat()
    shared = own | {"episode_id": episode, "patient_id": patient, "kind": "entry", "change_seq": place}
    body = {"taken_at": at, "scale": "now", "pain": place % 10, "note": "n" * 500}
    sent = {"op": "put", "body": body, "recorded": {}, "fingerprint": "f", "status": "stored"}
    return (
        shared | {"id": entry, "head_revision_id": revision},
        shared | {"id": revision, "entry_id": entry, "received_at": NOW} | sent,
    )


def peak_of(export: Callable[[], Iterator[bytes]]) -> tuple[float, int, int]:
    """Highest memory in MB while all pieces pass by, their number and their size."""
    tracemalloc.start()
    try:
        count = size = 0
        for piece in export():
            count, size = count + 1, size + len(piece)
        return tracemalloc.get_traced_memory()[1] / MEGABYTE, count, size
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", ["tables", "diaries"])
def test_five_times_the_clinic_takes_no_more_memory(
    app: Flask, clock: SettableClock, form: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(exporting, "PAGE", PAGE)
    with app.app_context():
        small, large = (staff.add_clinic(name, "+1", "112", "UTC", NOW) for name in ("Small", "Large"))
        # Two pages for the small one: while the next is read, the last one is still there.
        for clinic_id, count in ((small, 2 * PAGE), (large, 10 * PAGE)):
            fill(clinic_id, count)
            read_all(clinic_id)
        export = getattr(exporting, form)

        little, few, less = peak_of(lambda: export(System(small), None, NOW))
        much, many, more = peak_of(lambda: export(System(large), None, NOW))

    assert more > 3 * less
    assert many > few
    assert much < little * 1.3 + 1


def read_all(clinic_id: UUID) -> None:
    with transaction(clinic_id) as session:
        for episode_id in episodes.ids_after(session, clinic_id, None, 10_000):
            episode = episodes.episode_for_update(session, clinic_id, episode_id)
            assert episode is not None
            reread(session, episode, NOW)
