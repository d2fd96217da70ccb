"""Random schedules of phones that save, edit, delete, lose answers, repeat, split and mix up what they send.

Two clinics with two patients each, one phone a patient; in the end phone, server and audit say the same.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from server.domain.revisions import Version, choose_head
from server.persistence.tables import AuditEvent, Entry, EntryRevision
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.racing import times
from tests.factories.world import Clinic, Phone, entry

OPENED = {"stored", "stored_conflict", "stored_after_delete", "duplicate"}


@dataclass
class Model:
    """What one phone knows: what it made, what was acknowledged, what it has been told."""

    phone: Phone
    made: list[dict[str, Any]] = field(default_factory=list)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    arrived: set[str] = field(default_factory=set)
    acked: set[str] = field(default_factory=set)
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    cursor: int | None = None


class World:
    """Two clinics on one server, made once for all schedules of a run; every schedule gets new patients."""

    def __init__(self, app: Flask, clock: SettableClock) -> None:
        self.clinics = [Clinic(app, clock(), name=name) for name in ("North", "South")]

    def phones(self) -> list[tuple[Clinic, Model]]:
        return [(clinic, Model(clinic.phone(clinic.episode()))) for clinic in self.clinics for _ in range(2)]


class Schedule(RuleBasedStateMachine):
    """One random schedule."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.phones = self.world.phones()
        self.mixer = random.Random(len(self.phones))

    who = st.integers(0, 3)
    pain = st.integers(0, 10)

    @rule(who=who, pain=pain)
    def save(self, who: int, pain: int) -> None:
        _, model = self.phones[who]
        self._make(model, model.phone.put(entry(pain=pain)))

    @rule(who=who, pain=pain, which=st.integers(0, 50))
    def edit(self, who: int, pain: int, which: int) -> None:
        _, model = self.phones[who]
        if model.made:
            self._make(model, model.phone.edit(model.made[which % len(model.made)], entry(pain=pain)))

    @rule(who=who, which=st.integers(0, 50))
    def delete(self, who: int, which: int) -> None:
        _, model = self.phones[who]
        if model.made:
            self._make(model, model.phone.remove(model.made[which % len(model.made)]))

    @rule(who=who, answer_lost=st.booleans(), size=st.integers(1, 8), shuffle=st.booleans())
    def send(self, who: int, answer_lost: bool, size: int, shuffle: bool) -> None:
        _, model = self.phones[who]
        batch = model.outbox[:size]
        if shuffle:
            self.mixer.shuffle(batch)
        self._exchange(model, batch, answer_lost=answer_lost)

    @rule(who=who, which=st.integers(0, 50), times_sent=st.integers(1, 3))
    def replay(self, who: int, which: int, times_sent: int) -> None:
        _, model = self.phones[who]
        if model.made:
            record = model.made[which % len(model.made)]
            self._exchange(model, [record] * times_sent, answer_lost=False)

    @rule(who=who, other=who, which=st.integers(0, 50))
    def intrude(self, who: int, other: int, which: int) -> None:
        """A phone sends another patient's record as it is, and claims its entry for its own episode."""
        (_, mine), (_, theirs) = self.phones[who], self.phones[other]
        if who == other or not theirs.made:
            return
        record = theirs.made[which % len(theirs.made)]
        answer = mine.phone.sync(record)
        assert [row["status"] for row in answer.json["results"]] == ["rejected"]

    def _make(self, model: Model, record: dict[str, Any]) -> None:
        model.made.append(record)
        model.outbox.append(record)

    def _exchange(self, model: Model, batch: list[dict[str, Any]], *, answer_lost: bool) -> None:
        answer = model.phone.sync(*batch, cursor=model.cursor)
        assert answer.status_code == 200, answer.text
        sent = {record["rev_id"] for record in batch}
        for result in answer.json["results"]:
            assert result["status"] in OPENED, result
            if result["status"] == "duplicate":
                assert result["rev_id"] in model.arrived
            elif result["rev_id"] in model.arrived:
                raise AssertionError("stored a second time")
            model.arrived.add(result["rev_id"])
        if answer_lost:
            return
        model.acked |= sent
        model.outbox = [record for record in model.outbox if record["rev_id"] not in sent]
        for change in answer.json["changes"]:
            assert change["rev_id"] not in model.told, "told twice"
            model.told[change["rev_id"]] = change
        assert answer.json["cursor"] >= (model.cursor or 0)
        model.cursor = answer.json["cursor"]

    @invariant()
    def nothing_foreign_was_told(self) -> None:
        for _, model in self.phones:
            assert model.told.keys() <= {record["rev_id"] for record in model.made}

    def teardown(self) -> None:
        for _, model in self.phones:
            while model.outbox:
                self._exchange(model, model.outbox[:100], answer_lost=False)
        for clinic in self.world.clinics:
            self._compare(clinic, [model for owner, model in self.phones if owner is clinic])

    def _compare(self, clinic: Clinic, models: list[Model]) -> None:
        revisions = store.of(clinic, EntryRevision)
        heads = {str(row["id"]): row for row in store.of(clinic, Entry)}
        audited = [
            rev_id
            for row in store.of(clinic, AuditEvent)
            if row["action"] == "diary.sync"
            for rev_id in row["detail"]["revisions"]
        ]
        for model in models:
            mine = [row for row in revisions if str(row["episode_id"]) == model.phone.episode_id]
            ids = [str(row["id"]) for row in mine]
            assert sorted(ids) == sorted(record["rev_id"] for record in model.made), "lost or foreign"
            assert model.acked <= set(ids)
            assert all(audited.count(rev_id) == 1 for rev_id in ids)
            for entry_id in {str(row["entry_id"]) for row in mine}:
                self._compare_head(heads[entry_id], [r for r in mine if str(r["entry_id"]) == entry_id])
            self._compare_views(model, heads)

    @staticmethod
    def _compare_head(head: dict[str, Any], revisions: list[dict[str, Any]]) -> None:
        wanted = choose_head(
            Version(row["id"], row["parent_id"], row["op"] == "tombstone") for row in reversed(revisions)
        )
        assert (head["head_revision_id"], head["deleted"], head["conflict"]) == (
            wanted.revision,
            wanted.deleted,
            wanted.conflict,
        )

    @staticmethod
    def _compare_views(model: Model, heads: dict[str, dict[str, Any]]) -> None:
        """A phone that starts from nothing sees exactly the server's entries."""
        told: list[dict[str, Any]] = []
        cursor, more = None, True
        while more:
            page = model.phone.sync(cursor=cursor).json
            told += page["changes"]
            cursor, more = page["cursor"], page["more"]
        assert sorted(row["rev_id"] for row in told) == sorted(record["rev_id"] for record in model.made)
        for entry_id in {row["entry_id"] for row in told}:
            versions = [
                Version(
                    UUID(row["rev_id"]), row["parent_rev"] and UUID(row["parent_rev"]), row["op"] != "put"
                )
                for row in told
                if row["entry_id"] == entry_id
            ]
            assert choose_head(versions).revision == heads[entry_id]["head_revision_id"]


@pytest.fixture
def world(app: Flask, clock: SettableClock) -> World:
    return World(app, clock)


def test_after_any_schedule_phone_server_and_audit_say_the_same(world: World):
    schedule = type("SeededSchedule", (Schedule,), {"world": world})
    run_state_machine_as_test(
        schedule,
        settings=settings(
            max_examples=times(12, 1_500),
            stateful_step_count=30,
            deadline=None,
            derandomize=times(1, 0) == 1,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_an_id_made_by_one_phone_is_no_key_to_anothers_diary(world: World):
    (_, first), (_, second) = world.phones()[:2]
    record = first.phone.put(rev_id=str(uuid4()))
    assert first.phone.statuses(record) == ["stored"]
    for change in ({}, {"episode_id": second.phone.episode_id}):
        assert second.phone.statuses(record | change) == ["rejected"]
