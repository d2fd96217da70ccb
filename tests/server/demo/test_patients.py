"""The demo's patients are lifelike, repeatable, plausible in time, and show what they are there to show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from server.demo.cast import CAST, Intended
from server.demo.clinic import SEED
from server.demo.fill import TOGETHER, fill
from server.demo.patients import DemoPatient, demo_patients
from server.domain.criteria import find_criteria
from server.domain.diary import parse_episode
from server.domain.entry_flags import flags_in_entry
from server.domain.flags import triage
from server.domain.reading import read, to_json
from server.domain.revisions import Version, choose_head
from server.schemas.episode import NewEpisodeSchema
from server.services.operations import Operation, Unreadable, read_operation

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
MOMENTS = [
    NOW,
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),  # the night the clocks go forward in Berlin
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # and back
    datetime(2027, 1, 1, 23, 5, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
]
SEEDS = [1, 2, 3, SEED]
EVERY = [(now, seed) for now in MOMENTS for seed in SEEDS]


def by_key(now: datetime = NOW, seed: int = 1) -> dict[str, DemoPatient]:
    return {patient.key: patient for patient in demo_patients(now, seed)}


def standing(patient: DemoPatient) -> list[dict[str, Any]]:
    """The usable entries as the server holds them at last: heads that are not deleted."""
    operations = [one.operation for one in patient.sent if one.operation["kind"] == "entry"]
    found = []
    for entry_id in dict.fromkeys(one["entry_id"] for one in operations):
        versions = {one["rev_id"]: one for one in operations if one["entry_id"] == entry_id}
        head = choose_head(
            Version(one["rev_id"], one["parent_rev"], one["op"] == "tombstone") for one in _as_ids(versions)
        )
        body = versions[str(head.revision)]["body"]
        if not head.deleted and (body["pain"] or 0) <= 10:
            found.append(body | {"id": entry_id})
    return found


def _as_ids(versions: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        one | {"rev_id": UUID(one["rev_id"]), "parent_rev": one["parent_rev"] and UUID(one["parent_rev"])}
        for one in versions.values()
    ]


def moment(body: dict[str, Any], key: str) -> datetime:
    return datetime.fromisoformat(body[key])


def test_the_same_moment_and_seed_make_the_same_patients() -> None:
    assert demo_patients(NOW, 7) == demo_patients(NOW, 7)
    assert demo_patients(NOW, 7) != demo_patients(NOW, 8)


def test_every_shape_and_every_pending_state_has_its_patient() -> None:
    shapes = {role.intended.shape for role in CAST}

    assert shapes == {
        None,
        "pending",
        "not_readable",
        "prolonged",
        "flare_then_relief",
        "anaesthetic_then_steroid",
        "delayed_steroid_only",
        "anaesthetic_only",
        "none",
    }
    assert len({role.key for role in CAST}) == len(CAST)
    assert len({role.name for role in CAST if role.again is None}) == sum(role.again is None for role in CAST)


def test_another_block_belongs_to_somebody_who_had_one_before() -> None:
    before: dict[str, Any] = {}
    for role in CAST:
        if role.again is not None:
            first = before[role.again]
            assert (role.name, role.born_on) == (first.name, first.born_on)
            assert (role.days_ago or 0) < (first.days_ago or 0)
        before[role.key] = role


def test_the_names_are_clearly_invented() -> None:
    assert all(role.name.endswith(" Demo") for role in CAST)


@pytest.mark.parametrize(("now", "seed"), EVERY)
def test_nothing_happens_in_the_future_or_before_the_patient_is_entered(now: datetime, seed: int) -> None:
    for patient in demo_patients(now, seed):
        assert patient.entered_at <= now
        for one in patient.sent:
            body = one.operation["body"]
            assert patient.entered_at + timedelta(minutes=4) < one.recorded_at <= now, patient.key
            if body is not None:
                assert moment(body, "taken_at") <= moment(body, "recorded_at"), patient.key


@pytest.mark.parametrize(("now", "seed"), EVERY)
def test_every_record_but_the_broken_one_is_one_the_server_takes(now: datetime, seed: int) -> None:
    for patient in demo_patients(now, seed):
        form = {"patient": patient.patient, "episode": patient.episode}
        assert NewEpisodeSchema().validate(form) == {}, patient.key
        read = [
            read_operation(one.operation | {"episode_id": one.operation["rev_id"]}) for one in patient.sent
        ]
        broken = [one for one in read if isinstance(one, Unreadable)]
        assert len(broken) == (1 if patient.key == "quarantined" else 0), patient.key
        assert len({one.revision_id for one in read if isinstance(one, Operation)}) == len(read) - len(broken)


@pytest.mark.parametrize(("now", "seed"), EVERY)
def test_only_the_patient_with_a_red_flag_has_one(now: datetime, seed: int) -> None:
    for patient in demo_patients(now, seed):
        t0 = patient.episode["procedure"].get("performed_at")
        others: list[tuple[float, dict[str, Any]]] = []
        raised = []
        for body in sorted(standing(patient), key=lambda one: moment(one, "taken_at")):
            since = moment(body, "taken_at") - datetime.fromisoformat(t0 or body["taken_at"])
            hours = since.total_seconds() / 3600 if t0 else -1.0
            raised += flags_in_entry(
                body,
                hours,
                patient.episode["baseline"].get("pain"),
                patient.episode["procedure"]["region"],
                others,
            )
            others.append((hours, body))
        assert raised == [], patient.key
        flags = [one.operation["body"] for one in patient.sent if one.operation["kind"] == "flag_report"]
        assert [body["shown_level"] for body in flags] == (["E"] if patient.key == "red_flag" else [])
        for body in flags:
            assert triage(body["reports"], 40.0, "lumbar").level == body["shown_level"]


@pytest.mark.parametrize(("now", "seed"), EVERY)
def test_the_engine_reads_from_each_diary_what_it_is_there_to_show(now: datetime, seed: int) -> None:
    for patient in demo_patients(now, seed):
        if patient.intended.shape is None:
            assert "performed_at" not in patient.episode["procedure"]
            continue
        diary = {
            "episode_id": patient.key,
            "zone": patient.episode["zone"],
            "as_of": now.isoformat(),
            "procedure": patient.episode["procedure"],
            "baseline": patient.episode["baseline"],
            "entries": standing(patient),
        }
        reading = to_json(read(parse_episode(diary), find_criteria("snrb-default/1")))
        found = Intended(
            reading["anaesthetic"]["verdict"],
            reading["flare"]["status"],
            reading["steroid"]["status"],
            reading["shape"],
        )
        assert found == patient.intended, patient.key


def test_the_long_diary_ends_its_relief_near_the_day_it_was_meant_to() -> None:
    patient = by_key()["flare_then_relief"]
    role = next(role for role in CAST if role.key == patient.key)

    assert role.course.loss_day is not None
    evenings = [body["pain"] for body in standing(patient) if body["scale"] == "average_24h"]
    assert role.course.average(24 * (role.course.loss_day + 10)) > role.course.baseline * 0.8
    assert min(evenings) <= 2 < evenings[-1]


def test_the_long_diary_holds_late_back_filled_edited_and_deleted_entries() -> None:
    patient = by_key()["flare_then_relief"]
    operations = [one.operation for one in patient.sent]

    assert sum(one["parent_rev"] is not None and one["op"] == "put" for one in operations) == 2
    assert sum(one["op"] == "tombstone" for one in operations) == 1
    delays = [
        moment(body, "recorded_at") - moment(body, "taken_at")
        for demo in demo_patients(NOW, 1)
        for body in standing(demo)
    ]
    assert sum(delay > timedelta(hours=12) for delay in delays) >= 3


def test_steps_of_all_patients_are_taken_in_the_order_of_their_times() -> None:
    patients = demo_patients(NOW, 1)
    taken: list[datetime] = []
    arrived: dict[str, list[Any]] = {}

    def enter(form: dict[str, Any], at: datetime) -> Any:
        taken.append(at)
        name = form["patient"]["name"] if "patient" in form else form["patient_id"]
        return f"{name} {form['episode']['procedure']['level']} {len(taken)}", name

    def connect(episode_id: Any, at: datetime) -> Any:
        def send(operations: list[dict[str, Any]], at: datetime) -> None:
            taken.append(at)
            assert len(operations) <= 100
            assert {one["episode_id"] for one in operations} == {episode_id}
            arrived.setdefault(episode_id, []).extend(one["rev_id"] for one in operations)

        return send

    signed: list[str] = []

    def sign(episode_id: Any, at: datetime) -> None:
        taken.append(at)
        signed.append(episode_id)

    ids = fill(patients, enter, connect, sign)

    assert taken == sorted(taken)
    assert set(ids) == {patient.key for patient in patients}
    for patient in patients:
        assert arrived.get(str(ids[patient.key]), []) == [one.operation["rev_id"] for one in patient.sent]
        assert signed.count(str(ids[patient.key])) == len(patient.signed_at)


def test_a_batch_holds_what_was_saved_within_a_short_while() -> None:
    patient = by_key()["anaesthetic_only"]
    spans: list[timedelta] = []
    saved = {one.operation["rev_id"]: one.recorded_at for one in patient.sent}

    def send(operations: list[dict[str, Any]], at: datetime) -> None:
        times = [saved[one["rev_id"]] for one in operations]
        spans.extend(after - before for before, after in pairwise(times))
        assert max(times) <= at

    fill(
        [patient],
        lambda form, at: ("an episode", "somebody"),  # type: ignore[arg-type,return-value]
        lambda episode_id, at: send,
        lambda episode_id, at: None,
    )

    assert spans
    assert max(spans) <= TOGETHER
