"""A record nobody can use is kept as it came for staff, and never costs a good one its place."""

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from server.persistence.tables import AuditEvent, EntryRevision, Quarantine
from tests.factories import store
from tests.factories.world import HEADERS, PATIENT, Clinic, Phone, entry
from tests.server.api import poison


def test_every_kind_of_poison_is_kept_raw_and_the_good_records_beside_it_stored(clinic: Clinic, phone: Phone):
    mixer = random.Random(11)
    waiting = list(poison.operations(phone).items())
    assert len(waiting) > 110
    good: list[dict[str, Any]] = []
    while waiting:
        bad, waiting = waiting[: (size := mixer.randint(1, 3))], waiting[size:]
        fine = [phone.put() for _ in range(2)]
        good += fine
        batch = [("good", record) for record in fine] + bad
        mixer.shuffle(batch)
        answer = phone.sync(*[record for _, record in batch])
        assert answer.status_code == 200, (answer.text, [name for name, _ in bad])
        for (name, record), result in zip(batch, answer.json["results"], strict=True):
            assert result["status"] == ("stored" if name == "good" else "quarantined"), (name, result)
            if name != "good":
                assert result["problem"]["code"]
                assert isinstance(result["seq"], int)
                named = record.get("rev_id") if isinstance(record, dict) else None
                assert result["rev_id"] == (named if isinstance(named, str) else None)
    assert {str(row["id"]) for row in store.of(clinic, EntryRevision)} == {op["rev_id"] for op in good}
    kept = [json.loads(row["raw"]) for row in store.of(clinic, Quarantine)]
    for name, record in poison.operations(phone).items():
        same = [raw for raw in kept if _alike(raw, record)]
        assert same, name


def _alike(raw: Any, record: Any) -> bool:
    """Whether both are the same but for the ids that are made anew each time."""
    if not isinstance(raw, dict) or not isinstance(record, dict):
        return bool(raw == record and type(raw) is type(record))
    fresh = {"rev_id", "entry_id"}
    return {k: v for k, v in raw.items() if k not in fresh} == {
        k: v for k, v in record.items() if k not in fresh
    } and raw.keys() == record.keys()


def _batches(records: list[Any], size: int) -> Iterator[list[Any]]:
    feed = iter(records)
    while batch := list(itertools.islice(feed, size)):
        yield batch


def test_sending_poison_again_is_answered_the_same_and_kept_once(clinic: Clinic, phone: Phone):
    records = list(poison.operations(phone).values())
    first = [phone.sync(*batch).json["results"] for batch in _batches(records, 50)]
    kept = len(store.of(clinic, Quarantine))
    again = [phone.sync(*batch).json["results"] for batch in _batches(records, 50)]
    assert again == first
    assert len(store.of(clinic, Quarantine)) == kept


def test_the_same_poison_twice_in_one_batch_is_kept_once(clinic: Clinic, phone: Phone):
    named = phone.put(entry(pain=11))
    assert phone.statuses(named, None, None, named) == ["quarantined"] * 4
    assert len(store.of(clinic, Quarantine)) == 2


def test_an_id_that_was_quarantined_cannot_be_used_for_something_else(clinic: Clinic, phone: Phone):
    bad = phone.put(entry(pain=11))
    phone.sync(bad)
    assert phone.statuses(bad | {"body": entry(pain=1)}) == ["rejected"]
    assert phone.statuses(bad | {"body": entry(pain=12)}) == ["rejected"]
    other = phone.put()
    phone.sync(other)
    assert phone.statuses(other | {"body": entry(pain=12)}) == ["rejected"]
    assert phone.statuses(phone.put(entry(pain=12)) | {"rev_id": bad["rev_id"]}) == ["rejected"]
    kinds = [row["kind"] for row in store.of(clinic, Quarantine)]
    assert (kinds.count("quarantined"), kinds.count("rejected")) == (1, 4), "staff see what was refused, too"


def test_two_patients_with_the_same_nameless_poison_each_have_it_kept(clinic: Clinic, phone: Phone):
    other = clinic.phone(clinic.episode())
    assert phone.statuses("garbage") == other.statuses("garbage") == ["quarantined"]
    assert len({row["patient_id"] for row in store.of(clinic, Quarantine)}) == 2


def test_numbers_too_large_for_any_machine_spoil_their_own_record_only(clinic: Clinic, phone: Phone):
    digits = "9" * 5000
    for spoilt in (
        f'"pain":{digits}',
        f'"pain":2,"future":{digits}',
        '"pain":1e999',
        '"pain":2,"dose":-1e999',
    ):
        bad = phone.put()
        text = json.dumps(batch(bad, good := phone.put())).replace('"pain": 2', spoilt, 1)
        answer = phone.client.post(
            f"{PATIENT}/sync", data=text, content_type="application/json", headers=HEADERS
        )
        assert answer.status_code == 200, (spoilt[:30], answer.text)
        statuses = {result["rev_id"]: result["status"] for result in answer.json["results"]}
        assert statuses[good["rev_id"]] == "stored"
        assert statuses[bad["rev_id"]] in {"quarantined", "stored"}
        kept = [row["raw"] for row in store.of(clinic, Quarantine)] + [
            json.dumps(row["body"]) for row in store.of(clinic, EntryRevision)
        ]
        assert any(spoilt.rpartition(":")[2] in text for text in kept), "what was sent is kept"


def batch(*ops: Any) -> dict[str, Any]:
    return {"protocol": 1, "batch_id": str(uuid4()), "client_time": "2026-03-02T08:00:00Z", "ops": list(ops)}


def test_deep_nesting_spoils_its_own_record_or_the_batch_but_nothing_breaks(clinic: Clinic, phone: Phone):
    for depth in (100, 400, 700, 800, *range(840, 1000, 6), 2000, 20_000):
        good = phone.put()
        deep = "[" * depth + "]" * depth
        text = json.dumps(batch("deep", good)).replace('"deep"', deep)
        answer = phone.client.post(
            f"{PATIENT}/sync", data=text, content_type="application/json", headers=HEADERS
        )
        if answer.status_code == 200:
            assert [result["status"] for result in answer.json["results"]] == ["quarantined", "stored"]
        else:
            assert (answer.status_code, answer.json["code"]) == (400, "invalid-json"), depth
            assert phone.statuses(good) == ["stored"]
    detail = clinic.get(f"/episodes/{phone.episode_id}/entries")
    assert detail.status_code == 200


def test_staff_see_what_was_kept_with_the_patients_diary(clinic: Clinic, phone: Phone):
    bad = phone.put(entry(pain=11))
    phone.sync(bad, "garbage")
    found = clinic.get(f"/episodes/{phone.episode_id}/entries").json
    assert found["entries"] == []
    assert {(row["code"], row["where"]) for row in found["quarantine"]} == {
        ("invalid", "/body/pain"),
        ("not-an-object", "/"),
    }
    assert bad in [json.loads(row["raw"]) for row in found["quarantine"]]
    assert clinic.get("/episodes").json["episodes"][0]["quarantined"] == 1
    synced = [row["detail"] for row in store.of(clinic, AuditEvent) if row["action"] == "diary.sync"]
    assert "garbage" not in json.dumps(synced)
