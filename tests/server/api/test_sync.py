"""One batch of diary records: each gets its own answer, and sending anything again changes nothing."""

import json
import random
from typing import Any
from uuid import uuid4

import pytest

from server.domain.flags import ROWS
from server.persistence.tables import AuditEvent, Entry, EntryRevision, Quarantine
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import HEADERS, PATIENT, Clinic, Phone, entry


def heads(clinic: Clinic) -> dict[str, dict[str, Any]]:
    return {str(row["id"]): row for row in store.of(clinic, Entry)}


def test_a_new_record_is_stored_with_the_clinics_next_number(clinic: Clinic, phone: Phone):
    first, second = phone.put(), phone.put(entry(pain=3))
    answer = phone.sync(first, second).json
    assert [result["status"] for result in answer["results"]] == ["stored", "stored"]
    assert [result["rev_id"] for result in answer["results"]] == [first["rev_id"], second["rev_id"]]
    numbers = [result["seq"] for result in answer["results"]]
    assert numbers[1] == numbers[0] + 1
    kept = {str(row["id"]): row for row in store.of(clinic, EntryRevision)}
    assert kept[first["rev_id"]]["body"] == first["body"]
    assert kept[first["rev_id"]]["recorded"] == first["recorded"]
    assert kept[first["rev_id"]]["change_seq"] == numbers[0]


def test_the_same_record_again_is_a_duplicate_with_its_first_number(clinic: Clinic, phone: Phone):
    record = phone.put()
    first = phone.sync(record).json["results"][0]
    again = phone.sync(record).json["results"][0]
    assert (again["status"], again["seq"]) == ("duplicate", first["seq"])
    assert phone.statuses(record, record, phone.put()) == ["duplicate", "duplicate", "stored"]
    fresh = phone.put()
    assert phone.statuses(fresh, fresh) == ["stored", "duplicate"]
    assert len(store.of(clinic, EntryRevision)) == 3


def test_the_same_id_with_other_content_is_rejected_and_the_first_stays(clinic: Clinic, phone: Phone):
    record = phone.put()
    phone.sync(record)
    changes: list[dict[str, Any]] = [
        {"body": entry(pain=9)},
        {"entry_id": str(uuid4())},
        {"parent_rev": str(uuid4())},
        {"op": "tombstone"},
        {
            "kind": "flag_report",
            "body": {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}]},
        },
    ]
    for change in changes:
        result = phone.sync(record | change).json["results"][0]
        assert result["status"] in {"rejected", "quarantined"}, change
        assert "seq" not in result
    assert phone.sync(record | changes[0]).json["results"][0]["problem"]["code"] == "rev-id-reused"
    assert [row["body"]["pain"] for row in store.of(clinic, EntryRevision)] == [2]
    assert {row["kind"] for row in store.of(clinic, Quarantine)} == {"rejected"}


def test_a_conflict_keeps_both_versions_and_says_so(clinic: Clinic, phone: Phone):
    first = phone.put()
    left, right = phone.edit(first, entry(pain=4)), phone.edit(first, entry(pain=5))
    assert phone.statuses(first) == ["stored"]
    assert phone.statuses(left) == ["stored"]
    assert phone.statuses(right) == ["stored_conflict"]
    head = heads(clinic)[first["entry_id"]]
    assert head["conflict"] is True
    assert str(head["head_revision_id"]) == max(left["rev_id"], right["rev_id"])
    assert len(store.of(clinic, EntryRevision)) == 3
    answer = clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"][0]
    assert answer["conflict"] is True
    assert {row["rev_id"] for row in answer["revisions"]} == {r["rev_id"] for r in (first, left, right)}


def test_a_deletion_sticks_whatever_comes_after_it(clinic: Clinic, phone: Phone):
    first = phone.put()
    gone = phone.remove(first)
    late = phone.edit(first, entry(pain=6))
    assert phone.statuses(first, gone) == ["stored", "stored"]
    assert phone.statuses(late) == ["stored_after_delete"]
    assert phone.statuses(phone.edit(late, entry(pain=7))) == ["stored_after_delete"]
    head = heads(clinic)[first["entry_id"]]
    assert head["deleted"] is True
    assert len(store.of(clinic, EntryRevision)) == 4
    detail = clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"][0]
    assert (detail["deleted"], detail["flags"]) == (True, ["conflict", "changed_after_delete"])


def test_a_deletion_that_arrives_first_still_deletes(clinic: Clinic, phone: Phone):
    first = phone.put()
    assert phone.statuses(phone.remove(first)) == ["stored"]
    assert phone.statuses(first) == ["stored_after_delete"]
    assert heads(clinic)[first["entry_id"]]["deleted"] is True


def test_a_child_may_come_before_its_parent(clinic: Clinic, phone: Phone):
    first = phone.put()
    second = phone.edit(first, entry(pain=5))
    third = phone.edit(second, entry(pain=6))
    assert phone.statuses(third) == ["stored"]
    assert phone.statuses(first) == ["stored"]
    assert str(heads(clinic)[first["entry_id"]]["head_revision_id"]) in {first["rev_id"], third["rev_id"]}
    assert phone.statuses(second) == ["stored"]
    head = heads(clinic)[first["entry_id"]]
    assert str(head["head_revision_id"]) == third["rev_id"]
    assert (head["conflict"], head["deleted"]) == (False, False)


def test_the_order_inside_a_batch_changes_nothing(clinic: Clinic):
    mixer = random.Random(7)
    ends = set()
    for _ in range(4):
        phone = clinic.phone(clinic.episode())
        first = phone.put(rev_id="00000000-0000-4000-8000-" + uuid4().hex[:12])
        edited = phone.edit(first, entry(pain=5))
        other, removed = phone.put(), phone.put()
        batch = [first, edited, other, removed, phone.remove(removed)]
        mixer.shuffle(batch)
        assert not {"rejected", "quarantined"} & set(phone.statuses(*batch))
        found = clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"]
        ends.add(tuple(sorted((row["head"]["op"], row["deleted"], len(row["revisions"])) for row in found)))
        shown = {row["entry_id"]: row["head"]["rev_id"] for row in found}
        assert shown[first["entry_id"]] == edited["rev_id"]
    assert len(ends) == 1


def test_another_patients_episode_or_entry_is_refused_and_stays_as_it_was(clinic: Clinic, phone: Phone):
    stranger = clinic.phone(clinic.episode())
    theirs = stranger.put()
    stranger.sync(theirs)
    intrusions = [
        phone.put(episode_id=stranger.episode_id),
        phone.put(entry_id=theirs["entry_id"]),
        phone.put(entry_id=theirs["entry_id"], episode_id=stranger.episode_id, parent_rev=theirs["rev_id"]),
        phone.put(episode_id=str(uuid4())),
        theirs,
        phone.remove(theirs) | {"episode_id": stranger.episode_id},
    ]
    good = phone.put()
    results = phone.sync(*intrusions, good).json["results"]
    assert [result["status"] for result in results] == ["rejected"] * 6 + ["stored"]
    assert heads(clinic)[theirs["entry_id"]]["deleted"] is False
    kept = {str(row["id"]) for row in store.of(clinic, EntryRevision)}
    assert kept == {theirs["rev_id"], good["rev_id"]}


def test_another_clinics_ids_are_refused_like_unknown_ones_and_may_be_used_anew(
    clinic: Clinic, phone: Phone, clock: SettableClock
):
    other = Clinic(clinic.app, clock(), name="Other")
    stranger = other.phone(other.episode())
    theirs = stranger.put()
    stranger.sync(theirs)
    foreign, unknown = phone.put(episode_id=stranger.episode_id), phone.put(episode_id=str(uuid4()))
    problems = [result["problem"] for result in phone.sync(foreign, unknown).json["results"]]
    assert problems[0] == problems[1] == {
        "code": "not-found",
        "detail": "This record does not belong to this phone's diary.",
    }  # fmt: skip
    same_ids = theirs | {"episode_id": phone.episode_id, "body": entry(pain=9)}
    assert phone.statuses(same_ids) == ["stored"], "an id in use elsewhere must not be noticeable"
    assert [row["body"]["pain"] for row in store.of(other, EntryRevision)] == [2]


def test_protected_fields_are_ignored_and_unknown_ones_kept_raw(clinic: Clinic, phone: Phone):
    body = entry() | {"mood": {"future": [1, "two", None]}, "clinic_id": str(uuid4()), "received_at": "1999"}
    record = phone.put(body, patient_id=str(uuid4()), clinic_id=str(uuid4()), status="seen", change_seq=-1)
    assert phone.statuses(record) == ["stored"]
    row = store.of(clinic, EntryRevision)[0]
    assert row["body"] == entry() | {"mood": {"future": [1, "two", None]}}
    assert row["clinic_id"] == clinic.clinic_id
    assert row["change_seq"] > 0
    assert row["received_at"].year == 2026


def test_a_clock_that_is_off_by_more_than_ten_minutes_is_flagged_and_the_record_stored(
    clinic: Clinic, phone: Phone
):
    def recorded(skew: int | None) -> dict[str, Any]:
        return phone.put()["recorded"] | {"skew_ms": skew}

    cases = [
        (600_000, "2026-03-02T08:00:00Z", False),
        (600_001, "2026-03-02T08:00:00Z", True),
        (-600_001, "2026-03-02T08:00:00Z", True),
        (0, "2027-03-02T08:00:00Z", False),
        (None, "2026-03-02T08:10:00Z", False),
        (None, "2026-03-02T08:10:01Z", True),
        (None, "2025-03-02T08:00:00Z", True),
    ]
    for skew, client_time, suspect in cases:
        record = phone.put(recorded=recorded(skew))
        assert phone.statuses(record, client_time=client_time) == ["stored"]
        kept = {str(row["id"]): row["clock_suspect"] for row in store.of(clinic, EntryRevision)}
        assert kept[record["rev_id"]] is suspect, (skew, client_time)
    listed = clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"]
    assert sum("clock_suspect" in row["flags"] for row in listed) == 4


def test_the_answer_carries_epoch_server_time_and_the_diary(phone: Phone):
    first, second = phone.sync().json, phone.sync(phone.put(), epoch=str(uuid4())).json
    assert first["epoch"] == second["epoch"] == second["diary"]["epoch"]
    assert first["server_time"].startswith("2026-03-02T08:00:00")
    assert second["diary"]["episodes"][0]["episode_id"] == phone.episode_id
    assert "Ann" not in json.dumps(second["diary"])
    assert "lidocaine" not in json.dumps(second["diary"])


def test_a_red_flag_is_told_to_the_clinic_in_the_same_answer(clinic: Clinic, phone: Phone):
    report = {
        "taken_at": entry()["taken_at"],
        "recorded_at": entry()["taken_at"],
        "reports": [{"code": next(iter(ROWS))}],
        "shown_level": "C",
    }
    result = phone.sync(phone.put(report, kind="flag_report")).json["results"][0]
    assert result["status"] == "stored"
    assert result["alert"]["level"] in {"E", "S", "N"}
    row = clinic.get("/episodes").json["episodes"][0]
    assert (row["open_alerts"], row["highest_alert"]) == (1, result["alert"]["level"])


def test_paging_over_more_than_two_hundred_changes_misses_nothing_and_repeats_nothing(phone: Phone):
    sent = [phone.put() for _ in range(230)]
    for start in range(0, 230, 100):
        assert set(phone.statuses(*sent[start : start + 100])) == {"stored"}
    got: list[str] = []
    cursor, more = None, True
    while more:
        page = phone.sync(cursor=cursor).json
        got += [change["rev_id"] for change in page["changes"]]
        cursor, more = page["cursor"], page["more"]
    assert got == [record["rev_id"] for record in sent]
    assert phone.sync(cursor=cursor).json["changes"] == []


def problem(answer: Any) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    return answer.status_code, answer.json["code"]


def test_a_batch_that_cannot_be_taken_as_a_whole_stores_nothing(clinic: Clinic, phone: Phone):
    good = phone.put()
    whole = {
        "protocol": 1,
        "epoch": None,
        "batch_id": str(uuid4()),
        "cursor": None,
        "client_time": "2026-03-02T08:00:00Z",
        "ops": [good],
    }

    def send(raw: bytes, kind: str = "application/json") -> tuple[int, str]:
        return problem(phone.client.post(f"{PATIENT}/sync", data=raw, content_type=kind, headers=HEADERS))

    text = json.dumps(whole).encode()
    many = json.dumps(whole | {"ops": [phone.put() for _ in range(101)]}).encode()
    wide = json.dumps(whole | {"padding": "x" * 257 * 1024}).encode()
    assert send(many) == (413, "too-large")
    assert send(wide) == (413, "too-large")
    assert send(text[:-1]) == (400, "invalid-json")
    assert send(b"") == (400, "invalid-json")
    assert send(text.replace(b'"cursor": null', b'"cursor": NaN')) == (400, "invalid-json")
    assert send(b"\xff\xfe" + text) == (400, "invalid-json")
    assert send(b"[" * 100_000) == (400, "invalid-json")
    assert send(b"[]") == (422, "invalid-request")
    assert send(text, "text/plain") == (415, "unsupported-type")
    assert send(text, "application/x-www-form-urlencoded") == (415, "unsupported-type")
    assert send(json.dumps(whole | {"protocol": 0}).encode()) == (426, "client-too-old")
    assert send(json.dumps(whole | {"protocol": 2}).encode()) == (426, "client-too-old")
    for missing in ("protocol", "batch_id", "client_time"):
        left = {key: value for key, value in whole.items() if key != missing}
        assert send(json.dumps(left).encode()) == (422, "invalid-request")
    assert store.of(clinic, EntryRevision) == store.of(clinic, Quarantine) == []
    assert not [row for row in store.of(clinic, AuditEvent) if row["action"] == "diary.sync"]
    assert phone.statuses(good) == ["stored"]


@pytest.mark.parametrize("size", [100])
def test_a_full_batch_is_stored_as_a_whole(clinic: Clinic, phone: Phone, size: int):
    assert phone.statuses(*[phone.put() for _ in range(size)]) == ["stored"] * size
    assert len(store.of(clinic, EntryRevision)) == size
