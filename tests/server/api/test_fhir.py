"""The FHIR bundle: valid, complete, and field by field what the diary says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from server.exports import fhir
from server.persistence.db import transaction
from server.persistence.queries import exports
from server.services.exporting import record_of
from server.services.review import CRITERIA
from tests.conftest import SettableClock
from tests.factories.world import Clinic, Phone, entry, procedure
from tests.server.exports.fhir_rules import assert_valid, resources

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SCORES = {"2026-03-02T08:15:00+01:00": 3, "2026-03-02T08:30:00+01:00": 0, "2026-03-02T09:00:00+01:00": 2}
LOINC = "72514-3"


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    phone = clinic.phone(clinic.episode(operator="Dr Weber", approach="transforaminal", record_number="4711"))
    first = phone.put(
        entry("2026-03-02t08:45:00z", 1, axial=2, side_effects=effects("nausea", "increased_radicular_pain"))
    )
    gone = phone.put(entry("2026-03-02T08:50:00+01:00", 9))
    ops = [
        *(phone.put(entry(at, pain)) for at, pain in SCORES.items()),
        first,
        phone.edit(
            first, entry("2026-03-02T09:45:00+01:00", 2, note="better <b>", numb=True, activity="provoking")
        ),
        gone,
        phone.remove(gone),
        phone.put(entry("2026-03-02T10:00:00+01:00", None, skipped="asleep")),
        phone.put(
            entry(
                "2026-03-03T20:30:00+01:00",
                4,
                scale="average_24h",
                analgesics=[{"drug": "ibuprofen", "dose_mg": 400}],
            )
        ),
        phone.put({"taken_at": "2026-03-02T09:00:00+01:00", "reports": []}, kind="flag_report"),
    ]
    assert set(phone.statuses(*ops, client_time=NOW.isoformat())) == {"stored"}
    return phone


def effects(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "severity": "mild"} for code in codes]


def bundle(clinic: Clinic, episode_id: str, query: str = "") -> dict[str, Any]:
    answer = clinic.get(f"/episodes/{episode_id}/fhir.json{query}")
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/fhir+json"
    found = dict(json.loads(answer.data))
    assert_valid(found)
    return found


def pains(found: dict[str, Any], text: str = "Index pain") -> list[dict[str, Any]]:
    return [
        one
        for one in resources(found, "Observation")
        if one["code"].get("text") == text and one["code"]["coding"][0]["code"] == LOINC
    ]


def test_the_bundle_holds_what_happened_and_is_valid(clinic: Clinic, phone: Phone):
    found = bundle(clinic, phone.episode_id)

    assert (found["resourceType"], found["type"]) == ("Bundle", "collection")
    (patient,) = resources(found, "Patient")
    assert patient["identifier"][0]["value"] == "4711"
    assert patient["name"] == [{"text": "Ann Example"}]
    (block,) = resources(found, "Procedure")
    assert (block["id"], block["status"]) == (phone.episode_id, "completed")
    assert block["performedDateTime"] == "2026-03-02T08:00:00+01:00"
    assert block["bodySite"][0]["text"] == "L5 left nerve root"
    assert block["bodySite"][0]["coding"][1]["code"] == "left"
    assert block["performer"][0]["actor"]["display"] == "Dr Weber"
    drugs = resources(found, "MedicationAdministration")
    assert [one["medicationCodeableConcept"]["text"] for one in drugs] == ["lidocaine 2 %", "dexamethasone"]
    doses = [one["dosage"]["dose"] for one in drugs]
    assert [(dose["value"], dose["code"]) for dose in doses] == [(0.5, "mL"), (10, "mg")]
    assert len(resources(found, "QuestionnaireResponse")) == 6, "one for each entry that counts"


def test_scores_times_and_sides_are_those_of_the_diary_field_by_field(clinic: Clinic, phone: Phone):
    found = bundle(clinic, phone.episode_id)
    heads = {
        item["entry_id"]: item
        for item in clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"]
        if item["kind"] == "entry" and not item["deleted"]
    }
    seen = pains(found)
    assert len(seen) == len(heads) == 6
    for one in seen:
        item = heads[one["derivedFrom"][0]["reference"].removeprefix("urn:uuid:")]
        body = item["head"]["body"]
        assert datetime.fromisoformat(one["effectiveDateTime"]) == datetime.fromisoformat(
            body["taken_at"].upper()
        )
        assert datetime.fromisoformat(one["issued"]) == datetime.fromisoformat(body["recorded_at"].upper())
        assert one.get("valueInteger") == body["pain"]
        assert ("dataAbsentReason" in one) is (body["pain"] is None)
        assert one["bodySite"]["text"] == "left leg"
        assert one["code"]["coding"][1]["code"] == body["scale"]
        assert one["method"]["text"] == "Reported by the patient"
        assert one["status"] == ("amended" if item["edited"] else "final")


def test_a_missing_score_is_absent_with_its_reason_and_a_score_of_nothing_is_zero(
    clinic: Clinic, phone: Phone
):
    seen = pains(bundle(clinic, phone.episode_id))
    absent = [one for one in seen if "dataAbsentReason" in one]
    assert [one["dataAbsentReason"]["coding"][0]["code"] for one in absent] == ["temp-unknown"]
    assert "valueInteger" not in absent[0]
    assert [
        one["valueInteger"] for one in seen if one["effectiveDateTime"] == "2026-03-02T08:30:00+01:00"
    ] == [0]


def test_side_effects_have_confirmed_codes_and_local_ones_where_none_is(clinic: Clinic):
    phone = clinic.phone(clinic.episode())
    told = effects("nausea", "increased_radicular_pain", "nausea")
    phone.statuses(phone.put(entry(side_effects=told)), client_time=NOW.isoformat())

    found = bundle(clinic, phone.episode_id)

    symptoms = [
        one
        for one in resources(found, "Observation")
        if one["code"]["coding"][-1]["system"] == "urn:afterblock:codes:side-effect"
    ]
    systems = [[coding["system"] for coding in one["code"]["coding"]] for one in symptoms]
    own = "urn:afterblock:codes:side-effect"
    assert systems == [["http://snomed.info/sct", own], [own], ["http://snomed.info/sct", own]]
    assert {one["valueCodeableConcept"]["text"] for one in symptoms} == {"mild"}


def test_an_impression_of_change_is_an_answer_and_an_observation(clinic: Clinic):
    phone = clinic.phone(clinic.episode())
    told = {"taken_at": "2026-03-03T20:30:00+01:00", "change": 2, "slot": "d14-pgic"}
    withdrawn = phone.put(told | {"change": 7}, kind="impression")
    gone = phone.remove(withdrawn) | {"kind": "impression"}
    phone.statuses(phone.put(told, kind="impression"), withdrawn, gone, client_time=NOW.isoformat())

    found = bundle(clinic, phone.episode_id)

    (given,) = resources(found, "QuestionnaireResponse")
    assert [item["linkId"] for item in given["item"]] == ["taken_at", "change"]
    (seen,) = (one for one in resources(found, "Observation") if "Impression" in one["code"]["text"])
    assert (seen["valueInteger"], seen["interpretation"][0]["text"]) == (2, "Much improved")
    assert seen["effectiveDateTime"] == told["taken_at"]
    assert seen["derivedFrom"] == [{"reference": f"urn:uuid:{given['id']}"}]
    targets = [target for one in resources(found, "Provenance") for target in one["target"]]
    assert {"reference": f"urn:uuid:{seen['id']}"} in targets


def test_the_reading_is_preliminary_until_a_physician_signs_it(app: Flask, clinic: Clinic, phone: Phone):
    (report,) = resources(bundle(clinic, phone.episode_id), "DiagnosticReport")
    assert report["status"] == "preliminary"
    assert "resultsInterpreter" not in report
    assert "a positive block alone does not prove it" in report["conclusion"]
    with app.app_context(), transaction(clinic.clinic_id) as session:
        (found,) = exports.page(session, clinic.clinic_id, [UUID(phone.episode_id)], CRITERIA)
        record = record_of(found, NOW)
    signed = fhir.bundle(record, "Clinic", NOW, fhir.SignOff("Dr Weber", NOW, "L5 is the source."))
    assert_valid(signed)
    (report,) = resources(signed, "DiagnosticReport")
    assert (report["status"], report["resultsInterpreter"]) == ("final", [{"display": "Dr Weber"}])
    assert report["conclusion"].startswith("L5 is the source. ")


def test_findings_lead_to_the_scores_they_rest_on(clinic: Clinic, phone: Phone):
    found = bundle(clinic, phone.episode_id)
    reading = clinic.get(f"/episodes/{phone.episode_id}/reading").json["reading"]
    verdict = next(
        one for one in resources(found, "Observation") if one["code"]["coding"][0]["code"] == "verdict"
    )
    assert verdict["valueCodeableConcept"]["coding"][0]["code"] == reading["anaesthetic"]["verdict"]
    by_id = {f"urn:uuid:{one['id']}": one for one in pains(found)}
    entries = {
        by_id[ref["reference"]]["derivedFrom"][0]["reference"].removeprefix("urn:uuid:")
        for ref in verdict["derivedFrom"]
    }
    assert entries == set(reading["evidence"]["anaesthetic"])
    makers = {one["agent"][0]["type"]["coding"][0]["code"]: one for one in resources(found, "Provenance")}
    assert set(makers) == {"author", "assembler"}
    assert makers["assembler"]["agent"][0]["who"]["display"].endswith(reading["criteria"])


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_an_injection_that_was_not_done_has_no_drugs_and_no_report(clinic: Clinic, status: str):
    found = bundle(clinic, clinic.episode(status=status, procedure=procedure(None)))
    assert (
        resources(found, "Procedure")[0]["status"]
        == {"planned": "preparation", "cancelled": "not-done"}[status]
    )
    for kind in ("MedicationAdministration", "DiagnosticReport", "Observation", "Provenance"):
        assert resources(found, kind) == []


def test_a_de_identified_bundle_names_nobody(clinic: Clinic, phone: Phone):
    found = bundle(clinic, phone.episode_id, "?deidentified=true")
    text = json.dumps(found)
    for hidden in ("Ann", "4711", "Weber", "better", phone.episode_id, "transforaminal"):
        assert hidden not in text, hidden
    assert {one["effectiveDateTime"][:4] for one in pains(found)} == {"2001"}
