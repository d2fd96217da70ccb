"""Beside the injection: complications on the procedure, risks and questionnaires as observations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server.exports.fhir.codes import CATEGORY, UCUM, concept, own
from server.exports.fhir.resources import Resource, made_id, reference, resource, time
from server.exports.record import Json, Record

COMPLICATIONS: Final = {
    "vasovagal": "Vasovagal reaction",
    "vascular_puncture": "Vascular puncture",
    "dural_puncture": "Dural puncture",
    "bleeding": "Bleeding",
    "allergic_reaction": "Allergic reaction",
    "toxicity": "Local anaesthetic toxicity",
    "blood_pressure": "Blood pressure out of range",
    "lasting_paraesthesia": "Lasting paraesthesia",
    "unexpected_weakness": "Unexpected weakness",
    "stopped_early": "Injection stopped early",
    "other": "Other",
}
INSTRUMENTS: Final = {"odi": "Oswestry Disability Index", "ndi": "Neck Disability Index"}
RISKS: Final = {"anticoagulant": "Anticoagulant", "diabetes": "Diabetes", "allergic": "Known allergy"}
_SURVEY: Final = [concept({"system": CATEGORY, "code": "survey", "display": "Survey"})]


def complications(record: Record) -> list[dict[str, Any]] | None:
    """For the procedure; `none` is told as such, and nothing while nobody recorded it."""
    found = record.record.get("complications")
    if found is None:
        return None
    told = [
        concept(own("complication", one["code"], COMPLICATIONS[one["code"]]), text=_text(one))
        for one in found
    ]
    return told or [concept(own("complication", "none", "None"), text="None")]


def _text(complication: Json) -> str:
    """With its time and note, for which a complication of R4 has no fields."""
    words, at, note = COMPLICATIONS[complication["code"]], complication.get("at"), complication.get("note")
    timed = f"{words} at {time(at)}" if at else words
    return f"{timed}: {note}" if note else timed


def observations(record: Record, patient: Resource, procedure: Resource) -> Iterator[Resource]:
    """Risks as they were before the injection, and each questionnaire's total."""
    shared = {"status": "final", "subject": reference(patient), "partOf": [reference(procedure)]}
    risks = record.record.get("risks") or {}
    for key, words in RISKS.items():
        if risks.get(key) is not None:
            yield resource(
                "Observation",
                made_id(record.id, "risk", key),
                code=concept(own("risk", key, words), text=words),
                **_risk(key, risks),
                **shared,
            )
    for place, total in enumerate(record.record.get("questionnaires") or []):
        yield _total(record, place, total, shared)


def _risk(key: str, risks: Json) -> Json:
    if key == "allergic":
        note = risks.get("allergies")
        return {"valueBoolean": risks[key], "note": [{"text": note}] if note else None}
    drug = risks.get("anticoagulant_drug") if key == "anticoagulant" else None
    value = concept(own(key, risks[key]))
    return {"valueCodeableConcept": value, "note": [{"text": drug}] if drug else None}


def _total(record: Record, place: int, total: Json, shared: dict[str, Any]) -> Resource:
    words = INSTRUMENTS[total["instrument"]]
    return resource(
        "Observation",
        made_id(record.id, "questionnaire", str(place)),
        category=_SURVEY,
        code=concept(own("instrument", total["instrument"], words), text=words),
        effectiveDateTime=time(total["on"]),
        valueQuantity={"value": total["percent"], "unit": "%", "system": UCUM, "code": "%"},
        **shared,
    )
