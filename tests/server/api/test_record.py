"""The procedure record in full: what goes in comes back, is versioned, and goes out in every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.conftest import SettableClock
from tests.factories.world import CLINIC, HEADERS, Clinic, procedure
from tests.server.exports.fhir_rules import assert_valid, resources

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TECHNIQUE: dict[str, Any] = {
    "further_levels": ["S1"],
    "guidance": "fluoroscopy",
    "contrast_spread": ["along_root", "epidural"],
}
BESIDE: dict[str, Any] = {
    "approach": "transforaminal",
    "risks": {
        "anticoagulant": "paused",
        "anticoagulant_drug": "apixaban",
        "diabetes": "insulin",
        "allergic": True,
        "allergies": "iodine contrast",
    },
    "complications": [
        {"code": "vasovagal", "at": "2026-03-02T08:05:00+01:00", "note": "lay down for ten minutes"}
    ],
    "questionnaires": [{"instrument": "odi", "on": "2026-03-01", "percent": 42.0}],
}


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


@pytest.fixture
def episode_id(clinic: Clinic) -> str:
    return clinic.episode(procedure=procedure(**TECHNIQUE), **BESIDE)


def correct(clinic: Clinic, episode_id: str, revision: int, **changes: Any) -> Any:
    record = {"status": "performed", "procedure": procedure(**TECHNIQUE), "baseline": {"pain": 7}}
    return clinic.client().put(
        f"{CLINIC}/episodes/{episode_id}",
        json=record | {"reason": "the day after", "revision": revision} | changes,
        headers=HEADERS,
    )


def test_the_whole_record_comes_back_as_it_was_entered(clinic: Clinic, episode_id: str):
    found = clinic.get(f"/episodes/{episode_id}").json
    assert {key: found[key] for key in BESIDE} == BESIDE
    assert {key: found["procedure"][key] for key in TECHNIQUE} == TECHNIQUE


def test_no_complication_is_not_the_same_as_none_recorded(clinic: Clinic):
    silent, none = clinic.episode(), clinic.episode(complications=[])
    assert clinic.get(f"/episodes/{silent}").json["complications"] is None
    assert clinic.get(f"/episodes/{none}").json["complications"] == []


def test_a_corrected_total_is_a_version_that_tells_both_figures_and_why(clinic: Clinic, episode_id: str):
    later = [*BESIDE["questionnaires"], {"instrument": "odi", "on": "2026-03-02", "percent": 18}]
    answer = correct(clinic, episode_id, 1, questionnaires=later)

    assert answer.status_code == 200, answer.text
    newest = answer.json["revisions"][0]
    assert newest["reason"] == "the day after"
    (change,) = newest["changes"]
    assert change["field"] == "questionnaires"
    assert [one["percent"] for one in change["after"]] == [42.0, 18.0]
    assert answer.json["risks"] == BESIDE["risks"], "what a correction does not name stays"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"risks": {"anticoagulant": "sometimes"}}, "/episode/risks/anticoagulant"),
        (
            {"risks": {"anticoagulant": "none", "anticoagulant_drug": "x"}},
            "/episode/risks/anticoagulant_drug",
        ),
        ({"risks": {"allergic": False, "allergies": "latex"}}, "/episode/risks/allergies"),
        ({"complications": [{"code": "bad luck"}]}, "/episode/complications/0/code"),
        (
            {"questionnaires": [{"instrument": "odi", "on": "2026-03-01", "percent": 101}]},
            "/episode/questionnaires/0/percent",
        ),
        (
            {"questionnaires": [{"instrument": "odi", "on": "2026-03-04", "percent": 10}]},
            "/episode/questionnaires/0/on",
        ),
        ({"procedure": procedure(guidance="a feeling")}, "/episode/procedure/guidance"),
    ],
)
def test_what_cannot_be_right_is_refused_where_it_stands(
    clinic: Clinic, changes: dict[str, Any], pointer: str
):
    form = {
        "patient": {"name": "Ann Example", "record_number": "77"},
        "episode": {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}} | changes,
    }
    answer = clinic.client().post(f"{CLINIC}/episodes", json=form, headers=HEADERS)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_tables_hold_it_and_a_deidentified_one_holds_no_free_text(clinic: Clinic, episode_id: str):
    row = table(clinic, episode_id)
    assert (row["guidance"], row["contrast_spread"]) == ("fluoroscopy", "along_root|epidural")
    assert (row["further_levels"], row["complications"]) == ("S1", "vasovagal")
    assert (row["anticoagulant"], row["anticoagulant_drug"]) == ("paused", "apixaban")
    assert json.loads(row["questionnaires"])[0]["percent"] == 42

    plain = table(clinic, episode_id, "?deidentified=true")
    assert (plain["anticoagulant_drug"], plain["allergies"]) == ("", "")
    assert (plain["diabetes"], plain["allergic"], plain["complications"]) == ("insulin", "true", "vasovagal")
    assert json.loads(plain["questionnaires"])[0]["on"] == "2000-12-31", "moved with every other date"


def table(clinic: Clinic, episode_id: str, query: str = "") -> dict[str, str]:
    answer = clinic.get(f"/episodes/{episode_id}/tables.zip{query}")
    content = zipfile.ZipFile(io.BytesIO(answer.data)).read("episodes.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    return row


def test_the_bundle_tells_it_and_stays_valid(clinic: Clinic, episode_id: str):
    found = json.loads(clinic.get(f"/episodes/{episode_id}/fhir.json").data)
    assert_valid(found)
    (block,) = resources(found, "Procedure")
    assert [one["text"] for one in block["bodySite"]] == ["L5 left nerve root", "S1 left nerve root"]
    assert block["complication"][0]["text"] == (
        "Vasovagal reaction at 2026-03-02T08:05:00+01:00: lay down for ten minutes"
    )
    assert {note["text"] for note in block["note"]} == {
        "Approach: transforaminal",
        "Guidance: fluoroscopy",
        "Contrast: along root, epidural",
    }
    told = {one["code"].get("text"): one for one in resources(found, "Observation")}
    assert told["Oswestry Disability Index"]["valueQuantity"]["value"] == 42
    assert told["Anticoagulant"]["valueCodeableConcept"]["coding"][0]["code"] == "paused"
    assert told["Known allergy"]["valueBoolean"] is True


WHOLE: dict[str, Any] = BESIDE | {
    "planned_on": "2026-03-01",
    "operator": "Dr Weber",
    "index_pain": {"site": "leg", "side": "left"},
    "procedure": procedure(
        **TECHNIQUE,
        anaesthetic=[
            {"drug": "lidocaine", "concentration_percent": 2, "volume_ml": 0.5, "adrenaline": True},
            {"drug": "bupivacaine", "concentration_percent": 0.25, "volume_ml": 0.3, "adrenaline": False},
        ],
        sedation=True,
        concordant_pain_provoked=True,
        provocable_before=False,
    ),
    "baseline": {
        "pain": 7,
        "recorded_at": "2026-03-02T07:45:00+01:00",
        "daily": [{"date": "2026-02-27", "average": 6.5}],
        "usual_analgesics": [{"drug": "ibuprofen", "mg_per_day": 1200}],
    },
    "events": [{"at": "2026-03-02T09:30:00+01:00", "kind": "surgery"}],
}
"""A value in every field there is."""


@pytest.mark.parametrize("status", ["performed", "planned"])
def test_every_field_comes_back_from_the_tables(app: Flask, clinic: Clinic, status: str):
    record = WHOLE | {"status": status}
    if status == "planned":
        record |= {"procedure": WHOLE["procedure"] | {"performed_at": None}, "planned_on": "2026-03-20"}
    before = clinic.get(f"/episodes/{(episode_id := clinic.episode(**record))}").json
    archive = clinic.get(f"/episodes/{episode_id}/tables.zip").data
    content = zipfile.ZipFile(io.BytesIO(archive)).read("episodes.csv")

    other = Clinic(app, NOW, "Other")
    for _ in range(2):
        report = send(other, content)
        assert [one for one in report["problems"] if one["error"]] == []
    assert report["counts"]["unchanged"] == 1, "the same file again changes nothing"

    after = other.get(f"/episodes/{episode_id}").json
    fields = ("status", "zone", "planned_on", "operator", "approach", "index_pain", "procedure", "baseline")
    for key in (*fields, "events", "risks", "complications", "questionnaires"):
        assert after[key] == before[key], key


def send(clinic: Clinic, content: bytes) -> dict[str, Any]:
    """The report after confirming what the first look said."""
    form = {"kind": "procedures", "content": b64encode(content).decode()}
    for _ in range(2):
        answer = clinic.client("admin").post(f"{CLINIC}/imports", json=form, headers=HEADERS)
        assert answer.status_code == 200, answer.text
        form["confirmed"] = answer.json["digest"]
    return dict(answer.json)


def test_an_older_file_that_knows_no_planned_day_is_not_at_odds_with_one(clinic: Clinic):
    episode_id = clinic.episode(**WHOLE)
    row = table(clinic, episode_id)
    without = {key: value for key, value in row.items() if key != "planned_on"}
    written = io.StringIO()
    csv.DictWriter(written, list(without)).writeheader()
    csv.DictWriter(written, list(without)).writerow(without)
    assert send(clinic, written.getvalue().encode())["counts"]["unchanged"] == 1
    moved = written.getvalue().replace("2026-02-27", "2026-02-26").encode()
    assert [one["code"] for one in send(clinic, moved)["problems"] if one["error"]] == ["exists-differently"]


def test_details_of_other_complications_are_named(clinic: Clinic):
    row = table(clinic, clinic.episode(**WHOLE)) | {"episode_id": "", "complications": "bleeding"}
    written = io.StringIO()
    csv.DictWriter(written, list(row)).writeheader()
    csv.DictWriter(written, list(row)).writerow(row)
    problems = send(clinic, written.getvalue().encode())["problems"]
    assert ("complication_details", "other-codes") in {(one["column"], one["code"]) for one in problems}


def test_a_planned_day_leaves_without_its_date(clinic: Clinic):
    plain = table(clinic, clinic.episode(**WHOLE), "?deidentified=true")
    assert plain["planned_on"] == "2000-12-31"
    assert json.loads(plain["complication_details"]) == [
        {"code": "vasovagal", "at": "2001-01-01T08:05:00+01:00"}
    ]
    coming = WHOLE | {"status": "planned", "procedure": procedure(None), "planned_on": "2026-03-20"}
    row = table(clinic, clinic.episode(**coming | {"complications": None}), "?deidentified=true")
    assert row["planned_on"] == "2001-01-01", "before an injection, the planned day is what counts from"
    assert "2026" not in json.dumps(row)


def test_the_bundle_tells_every_field(clinic: Clinic):
    found = json.loads(clinic.get(f"/episodes/{clinic.episode(**WHOLE)}/fhir.json").data)
    assert_valid(found)
    (block,), (planned,) = resources(found, "Procedure"), resources(found, "ServiceRequest")
    assert (planned["occurrenceDateTime"], planned["status"]) == ("2026-03-01", "completed")
    assert block["basedOn"] == [{"reference": f"urn:uuid:{planned['id']}"}]
    told = {one["code"]["text"]: one for one in resources(found, "Observation")}
    assert told["Sedation"]["valueBoolean"] is True
    assert told["Usual pain provoked by the needle"]["valueBoolean"] is True
    assert told["Pain could be provoked before the injection"]["valueBoolean"] is False
    evening = told["Average index pain of a day before"]
    assert (evening["effectiveDateTime"], evening["valueQuantity"]["value"]) == ("2026-02-27", 6.5)
    ended = told["What ended the reading of the diary"]
    assert ended["valueCodeableConcept"]["text"] == "Surgery"
    assert ended["effectiveDateTime"] == "2026-03-02T09:30:00+01:00"
    (usual,) = resources(found, "MedicationStatement")
    assert usual["medicationCodeableConcept"]["text"] == "ibuprofen"
    assert usual["dosage"][0]["doseAndRate"][0]["rateRatio"]["numerator"]["value"] == 1200


def test_a_planned_injection_has_its_day_and_an_active_request(clinic: Clinic):
    coming = clinic.episode(status="planned", procedure=procedure(None), planned_on="2026-03-20")
    found = json.loads(clinic.get(f"/episodes/{coming}/fhir.json").data)
    assert_valid(found)
    (planned,) = resources(found, "ServiceRequest")
    assert (planned["status"], planned["occurrenceDateTime"]) == ("active", "2026-03-20")


def test_no_steroid_given_is_told_and_nothing_where_it_is_not_recorded(clinic: Clinic):
    given, silent = procedure(steroid=None), procedure()
    del silent["steroid"]
    for record, told in ((given, True), (silent, False)):
        found = json.loads(clinic.get(f"/episodes/{clinic.episode(procedure=record)}/fhir.json").data)
        notes = [note["text"] for note in resources(found, "Procedure")[0].get("note", [])]
        assert ("Steroid: none was given" in notes) is told


def test_it_changes_no_reading(clinic: Clinic, episode_id: str):
    bare = clinic.episode()
    with_all = clinic.get(f"/episodes/{episode_id}/reading").json["reading"]
    without = clinic.get(f"/episodes/{bare}/reading").json["reading"]
    assert with_all | {"episode_id": ""} == without | {"episode_id": ""}
