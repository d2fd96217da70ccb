"""The bundle of one episode: every resource once, references inside it only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.exports.fhir import beside, diary, impressions, procedure, reading, recorded
from server.exports.fhir.reading import SignOff
from server.exports.fhir.resources import Resource, instant, made_id
from server.exports.record import Record

__all__ = ["SignOff", "bundle"]


def bundle(record: Record, clinic: str, now: datetime, signed: SignOff | None = None) -> dict[str, Any]:
    """A collection of Patient, Procedure with what was given, QuestionnaireResponse, Observation,
    DiagnosticReport, Provenance, and what was planned or usually taken. `signed` makes the report final."""
    patient = procedure.patient_of(record)
    planned = procedure.planned_of(record, patient)
    block = procedure.procedure_of(record, patient, planned)
    found: list[Resource] = [patient, *planned, block, *procedure.administrations(record, patient, block)]
    found += diary.baseline(record, patient, block)
    found += recorded.observations(record, patient, block)
    found += beside.observations(record, patient, block)
    written: dict[str, list[Resource]] = {"phone": [], "import": [], "staff": []}
    pains: dict[str, str] = {}
    for item, response in diary.responses(record, patient, block):
        seen = list(diary.observations(record, item, response))
        pains[item.head.entry_id] = seen[0]["id"]
        written.setdefault(item.head.source, []).extend((response, *seen))
        found += [response, *seen]
    for item, given in impressions.responses(record, patient, block):
        both = (given, impressions.seen(item, given))
        written.setdefault(item.head.source, []).extend(both)
        found += both
    results = list(reading.findings(record, patient, block, pains))
    if (report := reading.report(record, patient, block, results, signed)) is not None:
        results.append(report)
    found += results
    found += reading.provenances(record, patient, clinic, written, results, now)
    return {
        "resourceType": "Bundle",
        "id": made_id(record.id, "bundle"),
        "type": "collection",
        "timestamp": instant(now),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in found],
    }
