"""When the database refuses one record of a batch, that record alone is set aside."""

import json

from sqlalchemy import create_engine, text

from server.persistence.tables import Entry, EntryRevision, Quarantine
from tests.factories import store
from tests.factories.world import Clinic, Phone, entry

REFUSED = "refuse me"


def plant_refusal(owner_url: str) -> None:
    """Let the database refuse every revision whose body holds a certain note."""
    engine = create_engine(owner_url)
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(
                text(
                    "CREATE TRIGGER planted BEFORE INSERT ON entry_revision"
                    f" WHEN NEW.body LIKE '%{REFUSED}%' BEGIN SELECT RAISE(ABORT, 'planted'); END"
                )
            )
        else:
            connection.execute(
                text(f"ALTER TABLE entry_revision ADD CONSTRAINT planted CHECK (body NOT LIKE '%{REFUSED}%')")
            )
    engine.dispose()


def test_one_refused_record_is_set_aside_and_the_others_are_stored(clinic: Clinic, phone: Phone, config):
    plant_refusal(config.owner_database_url)
    good = [phone.put() for _ in range(3)]
    bad = phone.put(entry(note=REFUSED))
    poison = phone.put(entry(pain=11))
    answer = phone.sync(good[0], bad, good[1], poison, good[2]).json["results"]
    assert [row["status"] for row in answer] == ["stored", "quarantined", "stored", "quarantined", "stored"]
    assert answer[1]["problem"]["code"] == "not-storable"
    assert {str(row["id"]) for row in store.of(clinic, EntryRevision)} == {row["rev_id"] for row in good}
    kept = {str(row["id"]): json.loads(row["raw"]) for row in store.of(clinic, Quarantine)}
    assert kept.keys() == {bad["rev_id"], poison["rev_id"]}
    for key in ("rev_id", "entry_id", "episode_id", "parent_rev", "op", "kind", "body", "recorded"):
        assert kept[bad["rev_id"]][key] == bad[key]
    again = phone.sync(good[0], bad, good[1], poison, good[2]).json["results"]
    assert [row["status"] for row in again] == [
        "duplicate",
        "quarantined",
        "duplicate",
        "quarantined",
        "duplicate",
    ]
    assert [row["seq"] for row in again] == [row["seq"] for row in answer]


def test_later_versions_of_a_refused_record_still_find_their_place(clinic: Clinic, phone: Phone, config):
    plant_refusal(config.owner_database_url)
    first = phone.put(entry(note=REFUSED))
    child = phone.edit(first, entry(pain=4))
    other = phone.put(entry(note=REFUSED))
    results = phone.sync(first, child, other, phone.remove(other)).json["results"]
    assert [row["status"] for row in results] == ["quarantined", "stored", "quarantined", "stored"]
    heads = {str(row["id"]): row for row in store.of(clinic, Entry)}
    assert str(heads[first["entry_id"]]["head_revision_id"]) == child["rev_id"]
    assert heads[first["entry_id"]]["deleted"] is False
    assert heads[other["entry_id"]]["deleted"] is True
    assert phone.statuses(phone.put()) == ["stored"]
    shown = clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"]
    assert [row["deleted"] for row in shown] == [False, False, True]


def test_a_batch_of_nothing_but_refused_records_is_still_answered(clinic: Clinic, phone: Phone, config):
    plant_refusal(config.owner_database_url)
    flagged = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}], "note": REFUSED}
    batch = [phone.put(entry(note=REFUSED)), phone.put(flagged, kind="flag_report")]
    results = phone.sync(*batch).json["results"]
    assert [row["status"] for row in results] == ["quarantined", "quarantined"]
    assert store.of(clinic, Entry) == []
    assert clinic.get("/episodes").json["episodes"][0]["quarantined"] == 2
