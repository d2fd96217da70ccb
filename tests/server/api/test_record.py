"""The procedure record in full: what goes in comes back, is versioned, and goes out in every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
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
    assert block["complication"][0]["text"] == "Vasovagal reaction: lay down for ten minutes"
    assert {note["text"] for note in block["note"]} == {
        "Approach: transforaminal",
        "Guidance: fluoroscopy",
        "Contrast: along root, epidural",
    }
    told = {one["code"].get("text"): one for one in resources(found, "Observation")}
    assert told["Oswestry Disability Index"]["valueQuantity"]["value"] == 42
    assert told["Anticoagulant"]["valueCodeableConcept"]["coding"][0]["code"] == "paused"
    assert told["Known allergy"]["valueBoolean"] is True


def test_it_changes_no_reading(clinic: Clinic, episode_id: str):
    bare = clinic.episode()
    with_all = clinic.get(f"/episodes/{episode_id}/reading").json["reading"]
    without = clinic.get(f"/episodes/{bare}/reading").json["reading"]
    assert with_all | {"episode_id": ""} == without | {"episode_id": ""}
