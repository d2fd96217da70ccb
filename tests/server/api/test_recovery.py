"""The recovery room: scores that staff tap stand in the patient's diary, and the phone goes on from there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from server.persistence.tables import AuditEvent, EntryRevision
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, Clinic, entry, procedure, sign_in

T0 = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PLANNED: dict[str, Any] = {"status": "planned", "procedure": procedure(None), "baseline": {}}


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(T0)
    return Clinic(app, T0)


def tap(pain: int, mark: str = "m15", **changes: Any) -> dict[str, Any]:
    return {"rev_id": str(uuid4()), "entry_id": str(uuid4()), "mark": mark, "pain": pain} | changes


def send(clinic: Clinic, path: str, form: dict[str, Any]) -> Any:
    return clinic.client("nurse").post(f"{CLINIC}/recovery/{path}", json=form, headers=HEADERS)


def score(clinic: Clinic, episode_id: str, form: dict[str, Any]) -> Any:
    return send(clinic, f"{episode_id}/scores", form)


def confirm(clinic: Clinic, episode_id: str, **changes: Any) -> Any:
    return send(clinic, f"{episode_id}/injection", {"change_id": str(uuid4())} | changes)


def row(clinic: Clinic, episode_id: str) -> dict[str, Any]:
    found = clinic.get("/recovery", "nurse").json["episodes"]
    return next(one for one in found if one["episode_id"] == episode_id)


def pains(clinic: Clinic, episode_id: str) -> dict[str, int | None]:
    return {mark: one and one["pain"] for mark, one in row(clinic, episode_id)["scores"].items()}


def test_from_the_trolley_to_the_phone_one_timeline(clinic: Clinic, clock: SettableClock):
    episode_id = clinic.episode(**PLANNED)
    clock.set(T0 - timedelta(minutes=10))
    assert score(clinic, episode_id, tap(7, "pre")).json == {"status": "stored"}
    clock.set(T0)
    assert confirm(clinic, episode_id).status_code == 204
    for minutes in (10, 16):
        clock.set(T0 + timedelta(minutes=minutes))
        clinic.get("/recovery", "nurse")  # the tablet looks now and then, which keeps its session
    score(clinic, episode_id, tap(3))
    clock.set(T0 + timedelta(minutes=30))
    score(clinic, episode_id, tap(2, "m30"))

    assert pains(clinic, episode_id) == {"pre": 7, "m15": 3, "m30": 2}
    sign_in(clinic.client(), clinic.email("physician"))
    found = clinic.get(f"/episodes/{episode_id}/entries").json["entries"]
    told = [(one["slot"], one["grade"], one["head"]["by"]) for one in found]
    assert told == [(None, "before", "staff"), ("m15", "on_time", "staff"), ("m30", "on_time", "staff")]
    reading = clinic.get(f"/episodes/{episode_id}/reading").json["reading"]
    assert reading["baseline"]["pre"] == 7
    assert reading["anaesthetic"]["first_50_minutes"] == 16

    phone = clinic.phone(episode_id)
    changes = phone.sync(client_time=clock().isoformat()).json["changes"]
    assert [(one["body"]["pain"], one["by"]) for one in changes] == [(7, "staff"), (3, "staff"), (2, "staff")]
    assert phone.statuses(phone.put(entry("2026-03-02T10:00:00+01:00", 1)), client_time=clock().isoformat())
    assert len(clinic.get(f"/episodes/{episode_id}/entries").json["entries"]) == 4


def test_a_tap_sent_again_after_a_lost_answer_is_one_score(clinic: Clinic, clock: SettableClock):
    episode_id = clinic.episode()
    clock.set(T0 - timedelta(minutes=44))
    again = tap(3)
    assert score(clinic, episode_id, again).json == {"status": "stored"}
    clock.set(T0 - timedelta(minutes=40))
    assert score(clinic, episode_id, again | {"waited_ms": 240_000}).json == {"status": "duplicate"}
    (found,) = clinic.get(f"/episodes/{episode_id}/entries").json["entries"]
    assert len(found["revisions"]) == 1

    other = score(clinic, episode_id, again | {"pain": 8})
    assert (other.status_code, other.json["code"]) == (409, "rev-id-reused")


def test_a_tap_that_waited_for_the_network_keeps_its_moment(clinic: Clinic, clock: SettableClock):
    episode_id = clinic.episode()  # T0 at 7:00 UTC
    clock.set(T0 - timedelta(minutes=38))
    score(clinic, episode_id, tap(3, waited_ms=6 * 60_000))
    (found,) = clinic.get(f"/episodes/{episode_id}/entries").json["entries"]
    assert found["head"]["body"]["taken_at"] == "2026-03-02T08:16:00+01:00"
    assert (found["slot"], found["grade"]) == ("m15", "on_time")


def test_a_colleagues_tap_is_entered_under_the_own_name_and_says_so_in_the_trail(clinic: Clinic):
    episode_id = clinic.episode(**PLANNED)
    for form, colleagues in ((tap(7, "pre"), False), (tap(6, "pre", taken_over=True), True)):
        assert score(clinic, episode_id, form).json == {"status": "stored"}
        rows = [row for row in store.of(clinic, AuditEvent) if row["action"] == "recovery.take-over"]
        assert bool(rows) is colleagues
    assert str(rows[0]["target_id"]) == episode_id
    authors = {row["clinician_id"] for row in store.of(clinic, EntryRevision)}
    assert authors == {rows[0]["actor_id"]}


def test_a_score_from_paper_is_late_and_says_so(clinic: Clinic, clock: SettableClock):
    episode_id = clinic.episode()
    clock.set(T0 - timedelta(minutes=20))
    score(clinic, episode_id, tap(4, at_mark=True))
    (found,) = clinic.get(f"/episodes/{episode_id}/entries").json["entries"]
    assert found["head"]["body"]["taken_at"] == "2026-03-02T08:15:00+01:00"
    assert (found["slot"], found["grade"]) == ("m15", "late")

    ahead = score(clinic, clinic.episode(), tap(4, "m30", at_mark=True, waited_ms=3_000_000))
    assert (ahead.status_code, ahead.json["code"]) == (409, "not-given-yet")
    early = score(clinic, clinic.episode(), tap(4, "m30", at_mark=True, waited_ms=20 * 60_000))
    assert (early.status_code, early.json["errors"][0]["pointer"]) == (422, "/at_mark")


def test_a_mistyped_number_is_a_new_version_and_a_patients_own_is_not_touched(
    clinic: Clinic, clock: SettableClock
):
    episode_id = clinic.episode()
    clock.set(T0 - timedelta(minutes=44))
    first = tap(8)
    score(clinic, episode_id, first)
    second = tap(3, entry_id=first["entry_id"], parent_rev=first["rev_id"])
    assert score(clinic, episode_id, second).json == {"status": "stored"}
    (found,) = clinic.get(f"/episodes/{episode_id}/entries").json["entries"]
    assert [version["body"]["pain"] for version in found["revisions"]] == [8, 3]
    assert len({version["body"]["taken_at"] for version in found["revisions"]}) == 1
    stale = tap(5, entry_id=first["entry_id"], parent_rev=first["rev_id"])
    assert score(clinic, episode_id, stale).json["code"] == "conflict"

    phone = clinic.phone(episode_id)
    own = phone.put(entry("2026-03-02T08:30:00+01:00", 2))
    phone.sync(own, client_time=clock().isoformat())
    theirs = score(clinic, episode_id, tap(9, "m30", entry_id=own["entry_id"], parent_rev=own["rev_id"]))
    assert (theirs.status_code, theirs.json["code"]) == (409, "not-yours")


def test_the_injection_locks_the_baseline_and_comes_before_the_first_score(
    clinic: Clinic, clock: SettableClock
):
    episode_id = clinic.episode(**PLANNED)
    assert score(clinic, episode_id, tap(3)).json["code"] == "not-given-yet"
    assert confirm(clinic, episode_id).status_code == 204
    clock.set(T0 + timedelta(minutes=2))
    assert score(clinic, episode_id, tap(7, "pre")).json["code"] == "baseline-locked"
    before = tap(7, "pre", waited_ms=180_000)
    assert score(clinic, episode_id, before).json == {"status": "stored"}, "tapped in time, sent late"


def test_t0_is_the_tap_or_the_time_picked_and_set_once(clinic: Clinic, clock: SettableClock):
    tapped, picked = clinic.episode(**PLANNED), clinic.episode(**PLANNED)
    change = {"change_id": str(uuid4())}
    clock.set(T0 + timedelta(minutes=5))
    assert confirm(clinic, tapped, waited_ms=300_000, **change).status_code == 204
    assert confirm(clinic, tapped, waited_ms=300_000, **change).status_code == 204, "sent again"
    assert confirm(clinic, picked, performed_at="2026-03-02T08:50:00+01:00").status_code == 204
    found = clinic.get(f"/episodes/{tapped}").json
    assert (found["performed_at"], found["revision"]) == ("2026-03-02T09:00:00+01:00", 2)
    assert found["revisions"][0]["reason"] == "Injection confirmed in the recovery room"
    assert row(clinic, picked)["performed_at"] == "2026-03-02T08:50:00+01:00"
    assert confirm(clinic, tapped).json["code"] == "already-given"
    ahead = confirm(clinic, clinic.episode(**PLANNED), performed_at="2026-03-02T12:00:00+01:00")
    assert ahead.status_code == 422


@pytest.mark.parametrize(
    ("picked", "status"),
    [
        ("2001-03-02T08:50:00+01:00", 422),
        ("2026-02-28T23:50:00+01:00", 422),
        ("2026-03-01T00:10:00+01:00", 204),
    ],
)
def test_the_injection_is_confirmed_on_its_day_or_the_next(clinic: Clinic, picked: str, status: int):
    answer = confirm(clinic, clinic.episode(**PLANNED), performed_at=picked)
    assert answer.status_code == status
    if status == 422:
        assert answer.json["errors"][0]["pointer"] == "/performed_at"


def test_complications_are_noted_one_by_one(clinic: Clinic):
    episode_id = clinic.episode()

    def note(code: str | None, **changes: Any) -> Any:
        form = {"change_id": str(uuid4()), "code": code} | changes
        assert send(clinic, f"{episode_id}/complications", form).status_code == 204
        return row(clinic, episode_id)["complications"]

    assert row(clinic, episode_id)["complications"] is None
    assert note(None) == []
    assert [one["code"] for one in note("vasovagal")] == ["vasovagal"]
    assert [one["code"] for one in note("bleeding")] == ["vasovagal", "bleeding"]
    assert [one["code"] for one in note("vasovagal", present=False)] == ["bleeding"]
    assert note("bleeding", present=False) is None, "not recorded is not none"


def test_the_day_is_the_clinics_own_and_holds_what_is_planned(clinic: Clinic, clock: SettableClock):
    late = procedure("2026-03-01T23:30:00Z")  # half past midnight in Berlin
    yesterday = clinic.episode(procedure=procedure("2026-03-01T22:30:00Z"))
    after_midnight, planned = clinic.episode(procedure=late), clinic.episode(**PLANNED)
    found = clinic.get("/recovery", "nurse").json
    assert (found["day"], found["zone"]) == ("2026-03-02", "Europe/Berlin")
    shown = [one["episode_id"] for one in found["episodes"]]
    assert yesterday not in shown
    assert set(shown) == {after_midnight, planned}


def test_a_cancelled_block_takes_nothing(clinic: Clinic):
    episode_id = clinic.episode(**PLANNED | {"status": "cancelled"})
    for answer in (score(clinic, episode_id, tap(3, "pre")), confirm(clinic, episode_id)):
        assert (answer.status_code, answer.json["code"]) == (409, "cancelled")
