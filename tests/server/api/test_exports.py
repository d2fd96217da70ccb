"""What goes out as files: whole, safe, audited, and the same when it comes back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from server.domain.criteria import DEFAULT
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from server.persistence.tables import AuditEvent, Reading
from server.services.analysis import analyse
from server.services.exporting import TABLES
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import Clinic, Phone, entry, procedure
from tests.server.exports import rebuild
from tests.server.exports.fhir_rules import assert_valid

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    """A diary with an edit, a deletion, a skip, medicines and a note."""
    record = {"operator": "Dr Weber", "approach": "=cmd|'/c calc'!A1", "procedure": procedure(level="L5")}
    phone = clinic.phone(clinic.episode(record_number="MRN-4711", **record))
    first = phone.put(entry("2026-03-02T08:15:00+01:00", 3, note="=2+3 seen by Mrs Secret"))
    gone = phone.put(entry("2026-03-02T08:50:00+01:00", 9))
    ops = [
        first,
        phone.put(
            entry("2026-03-02T08:30:00+01:00", 1, side_effects=[{"code": "nausea", "severity": "mild"}])
        ),
        gone,
        phone.put(entry("2026-03-02T09:00:00+01:00", 2, analgesics=[{"drug": "@ibuprofen", "dose_mg": 400}])),
        phone.put(entry("2026-03-02T10:00:00+01:00", None, skipped="asleep")),
        phone.put(entry("2026-03-03T20:00:00+02:00", 4, scale="average_24h", axial=0, numb=False)),
        phone.edit(first, entry("2026-03-02T08:15:00+01:00", 2, recorded_at="2026-03-02T08:20:00+01:00")),
        phone.remove(gone),
        phone.put(
            {"taken_at": "2026-03-02T09:00:00+01:00", "reports": [{"code": "infection"}]}, kind="flag_report"
        ),
    ]
    assert set(phone.statuses(*ops, client_time=NOW.isoformat())) == {"stored"}
    return phone


def exported(clinic: Clinic, path: str) -> bytes:
    answer = clinic.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.data


def stored_reading(clinic: Clinic, episode_id: str) -> dict[str, Any]:
    return dict(clinic.get(f"/episodes/{episode_id}/reading").json["reading"])


def test_the_archive_holds_every_entry_version_and_episode_with_what_columns_mean(
    clinic: Clinic, phone: Phone
):
    files = rebuild.files(exported(clinic, "/exports/tables.zip"))

    assert set(files) == {"README.txt", "codebook.csv", *(table.name for table in TABLES)}
    entries = rebuild.rows(files["entries.csv"])
    assert [row["pain"] for row in entries] == ["2", "1", "2", "", "4"]
    assert [row["edited"] for row in entries] == ["true", "false", "false", "false", "false"]
    assert {row["source"] for row in entries} == {"phone"}
    assert entries[3]["skipped"] == "asleep", "a missing score is empty, never 0"
    evening = entries[4]
    assert (evening["taken_utc"], evening["taken_local"], evening["taken_offset_min"]) == (
        "2026-03-03T18:00:00Z", "2026-03-03T20:00:00", "120",
    )  # fmt: skip
    assert (evening["slot"], evening["axial"], evening["numb"]) == ("d1", "0", "false")
    assert len(rebuild.rows(files["revisions.csv"])) == 9
    (episode,) = rebuild.rows(files["episodes.csv"])
    assert (episode["record_number"], episode["name"], episode["level"]) == ("MRN-4711", "Ann Example", "L5")
    assert (episode["pain_pre"], episode["pain_m15"], episode["pain_h2"]) == ("7", "2", "")
    assert episode["verdict"] == stored_reading(clinic, phone.episode_id)["anaesthetic"]["verdict"]
    told = {(row["file"], row["column"]) for row in rebuild.rows(files["codebook.csv"])}
    assert told == {(t.name, c.name) for t in TABLES for c in t.columns}
    for name in (table.name for table in TABLES):
        columns = files[name].splitlines()[0].split(",")
        assert len(columns) == len(set(columns))
        assert all((name, column) in told for column in columns)
    assert "Clinic" in files["README.txt"]


def test_no_cell_is_taken_for_a_formula(clinic: Clinic, phone: Phone):
    files = rebuild.files(exported(clinic, f"/episodes/{phone.episode_id}/tables.zip"))
    assert "'=cmd|'/c calc'!A1" in files["episodes.csv"]
    for name, text in files.items():
        for line in text.splitlines():
            assert not line.startswith(("=", "+", "-", "@")), name
            assert not any(f",{sign}" in line.replace(f",{sign}1", "") for sign in ("=", "+", "@")), name
            assert ',"=' not in line
            assert ',"@' not in line


def test_a_de_identified_archive_names_nobody_and_keeps_every_interval(clinic: Clinic, phone: Phone):
    known = exported(clinic, "/exports/tables.zip")
    plain = exported(clinic, "/exports/tables.zip?deidentified=true")
    again = exported(clinic, "/exports/tables.zip?deidentified=true")

    files = rebuild.files(plain)
    assert rebuild.rows(files["entries.csv"]) == rebuild.rows(rebuild.files(again)["entries.csv"])
    everything = "\n".join(files.values())
    for row in store.of(clinic, AuditEvent):
        assert str(row["target_id"]) not in everything
    hidden = (
        "Ann Example",
        "MRN-4711",
        "Secret",
        "Weber",
        "calc",
        "2026",
        "Europe",
        phone.episode_id,
        "Clinic",
    )
    assert [word for word in hidden if word in everything] == []
    before, after = (rebuild.rows(rebuild.files(found)["entries.csv"]) for found in (known, plain))
    kept = ("minutes_since_t0", "pain", "slot", "grade", "taken_offset_min", "side_effects")
    assert [[row[key] for key in kept] for row in before] == [[row[key] for key in kept] for row in after]
    (episode,) = rebuild.rows(files["episodes.csv"])
    assert episode["t0_local"] == "2001-01-01T08:00:00"


def typed_by_people(clinic: Clinic) -> Phone:
    """An injection with a name in its level, and medicines on no list."""
    usual = [{"drug": name, "mg_per_day": 400} for name in ("Ibuprofen", "Dr Miller's drops", "Anna mix")]
    made = procedure(level="Dr Miller 71", further_levels=["S1", "seen by Anna"])
    phone = clinic.phone(clinic.episode(procedure=made, baseline={"pain": 7, "usual_analgesics": usual}))
    took = entry(pain=4, analgesics=[{"drug": "Anna mix", "dose_mg": 800}, {"drug": "Zoe's tea"}])
    assert phone.statuses(phone.put(took), client_time=NOW.isoformat()) == ["stored"]
    return phone


def test_a_de_identified_export_tells_levels_and_medicines_of_a_list_only(clinic: Clinic):
    at = f"/episodes/{typed_by_people(clinic).episode_id}"
    files = rebuild.files(exported(clinic, f"{at}/tables.zip?deidentified=true"))
    line = exported(clinic, f"{at}/diary.jsonl?deidentified=true").decode()
    bundle = exported(clinic, f"{at}/fhir.json?deidentified=true").decode()
    everything = "\n".join((*files.values(), line, bundle))
    assert [word for word in ("Miller", "Anna", "Zoe", "71 ") if word in everything] == []
    (episode,) = rebuild.rows(files["episodes.csv"])
    assert (episode["level"], episode["further_levels"]) == ("", "S1")
    assert json.loads(episode["usual_analgesics"]) == [
        {"drug": name, "mg_per_day": 400} for name in ("Ibuprofen", "other 2", "other")
    ]
    (taken,) = rebuild.rows(files["entries.csv"])
    assert json.loads(taken["analgesics"]) == [{"drug": "other", "dose_mg": 800}, {"drug": "other 3"}]
    assert_valid(json.loads(bundle))
    assert not next(analyse([line.encode().strip()], DEFAULT)).failed


def moments(text: str) -> set[str]:
    return set(re.findall(r"\d{4}-\d{2}-\d{2}", text))


def test_a_de_identified_export_tells_no_moment_that_gives_the_move_away(
    clinic: Clinic, phone: Phone, clock: SettableClock
):
    """Made on two far days, it is the same file: nothing in it counts from the day of the export."""
    made: list[dict[str, str]] = []
    for later in (timedelta(days=500), timedelta(days=563, hours=5)):
        clock.set(NOW + later)
        clinic.sign_in_again()
        clinic.episode()  # the clinic's change numbers move on
        at = f"/episodes/{phone.episode_id}"
        archive = exported(clinic, f"{at}/tables.zip?deidentified=true")
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            assert {one.date_time[0] for one in opened.infolist()} == {2001}
        files = rebuild.files(archive)
        for way in ("diary.jsonl", "fhir.json"):
            files[way] = exported(clinic, f"{at}/{way}?deidentified=true").decode()
        made.append(files)
    assert made[0] == made[1]
    revisions = rebuild.rows(made[0]["revisions.csv"])
    assert [row["change"] for row in revisions] == [str(place) for place in range(1, len(revisions) + 1)]
    assert {row["received_utc"] for row in revisions} == {""}
    assert {day[:4] for text in made[0].values() for day in moments(text)} <= {"2001", "2002"}
    assert_valid(json.loads(made[0]["fhir.json"]))
    (read_later,) = rebuild.diaries(archive).values()
    found = to_json(read(parse_episode(read_later), DEFAULT))
    assert found["data"] == stored_reading(clinic, phone.episode_id)["data"]


def test_a_de_identified_diary_can_be_read_without_telling_whose_it_is(clinic: Clinic, phone: Phone):
    line = exported(clinic, "/exports/diaries.jsonl?deidentified=true")
    found = json.loads(next(analyse([line.strip()], DEFAULT)).text)
    real = stored_reading(clinic, phone.episode_id)
    assert found["anaesthetic"]["verdict"] == real["anaesthetic"]["verdict"]
    assert found["data"] == real["data"]
    assert b"2026" not in line
    assert b"Secret" not in line


def test_what_is_exported_reads_the_same_when_it_comes_back(clinic: Clinic, phone: Phone):
    other = clinic.phone(clinic.episode(procedure=procedure(steroid=None, anaesthetic=[])))
    other.statuses(other.put(entry()), client_time=NOW.isoformat())
    clinic.episode(status="planned", procedure=procedure(None))

    lines = exported(clinic, "/exports/diaries.jsonl").splitlines()
    archive = exported(clinic, "/exports/tables.zip")

    kept = {str(row["episode_id"]): row["body"] for row in store.of(clinic, Reading)}
    assert len(kept) == 2
    from_lines = {
        found["episode_id"]: found for found in (json.loads(a.text) for a in analyse(lines, DEFAULT))
    }
    from_tables = {
        key: to_json(read(parse_episode(diary), DEFAULT)) for key, diary in rebuild.diaries(archive).items()
    }
    assert from_lines == kept
    assert {key: without_as_of(found) for key, found in from_tables.items()} == {
        key: without_as_of(found) for key, found in kept.items()
    }


def without_as_of(reading: dict[str, Any]) -> dict[str, Any]:
    """The tables tell moments in UTC, which is written otherwise and means the same."""
    return {key: value for key, value in reading.items() if key not in {"as_of", "next_read_at"}}


def test_one_episode_goes_out_alone(clinic: Clinic, phone: Phone):
    clinic.phone(clinic.episode())
    archive = exported(clinic, f"/episodes/{phone.episode_id}/tables.zip")
    assert {row["episode_id"] for row in rebuild.rows(rebuild.files(archive)["entries.csv"])} == {
        phone.episode_id
    }
    lines = exported(clinic, f"/episodes/{phone.episode_id}/diary.jsonl").splitlines()
    assert [json.loads(line)["episode_id"] for line in lines] == [phone.episode_id]
    unread = clinic.episode(baseline={})
    answer = clinic.get(f"/episodes/{unread}/diary.jsonl")
    assert (answer.status_code, answer.json["code"]) == (409, "not-readable-yet")


def test_every_page_that_goes_out_is_audited_by_its_episodes(clinic: Clinic, phone: Phone):
    others = {clinic.episode() for _ in range(3)}
    exported(clinic, "/exports/tables.zip?deidentified=true")
    rows = [row for row in store.of(clinic, AuditEvent) if row["action"].startswith("export.")]
    assert sorted(row["action"] for row in rows) == [
        "export.entries",
        "export.episodes",
        "export.impressions",
        "export.revisions",
    ]
    for row in rows:
        assert set(row["detail"]["episodes"]) == others | {phone.episode_id}
        assert row["detail"]["deidentified"] is True


def test_an_empty_clinic_has_empty_tables(clinic: Clinic):
    files = rebuild.files(exported(clinic, "/exports/tables.zip"))
    assert rebuild.rows(files["entries.csv"]) == []
    assert exported(clinic, "/exports/diaries.jsonl") == b""
