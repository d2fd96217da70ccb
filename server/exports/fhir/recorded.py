"""What staff recorded of the injection itself, of the week before it, and of what ended its reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from server.exports.fhir.codes import CATEGORY, PAIN, UCUM, concept, own, site
from server.exports.fhir.resources import Resource, made_id, reference, resource, time
from server.exports.record import Json, Record

TOLD: Final = {
    "sedation": "Sedation",
    "concordant_pain_provoked": "Usual pain provoked by the needle",
    "provocable_before": "Pain could be provoked before the injection",
}
EVENTS: Final = {"repeat": "Repeat injection", "surgery": "Surgery"}
_SURVEY: Final = [concept({"system": CATEGORY, "code": "survey", "display": "Survey"})]


def observations(record: Record, patient: Resource, procedure: Resource) -> Iterator[Resource]:
    """Yes and no as recorded, evening averages before, usual analgesics, and what ended the reading."""
    shared: Json = {"subject": reference(patient), "partOf": [reference(procedure)]}
    if procedure["status"] == "completed":
        yield from _told(record, procedure["performedDateTime"], shared)
    for day in record.record["baseline"].get("daily") or []:
        yield _evening(record, day, shared)
    for place, usual in enumerate(record.record["baseline"].get("usual_analgesics") or []):
        yield _usual(record, place, usual, shared)
    for place, event in enumerate(record.record.get("events") or []):
        yield _event(record, place, event, shared)


def _told(record: Record, at: str, shared: Json) -> Iterator[Resource]:
    for key, words in TOLD.items():
        if record.procedure.get(key) is not None:
            yield resource(
                "Observation",
                made_id(record.id, "told", key),
                status="final",
                code=concept(own("procedure-finding", key.replace("_", "-"), words), text=words),
                effectiveDateTime=at,
                valueBoolean=record.procedure[key],
                **shared,
            )


def _evening(record: Record, day: Json, shared: Json) -> Resource:
    """An average is a number with a fraction, so it stands as a quantity."""
    return resource(
        "Observation",
        made_id(record.id, "before", day["date"]),
        status="final",
        category=_SURVEY,
        code=concept(PAIN, own("scale", "average_24h"), text="Average index pain of a day before"),
        effectiveDateTime=day["date"],
        valueQuantity={"value": day["average"], "unit": "{score}", "system": UCUM, "code": "{score}"},
        bodySite=site(record.record["index_pain"]),
        **shared,
    )


def _usual(record: Record, place: int, usual: Json, shared: Json) -> Resource:
    """A medicine taken anyway, with what a day holds of it."""
    rate: dict[str, Any] = {
        "numerator": {"value": usual["mg_per_day"], "unit": "mg", "system": UCUM, "code": "mg"},
        "denominator": {"value": 1, "unit": "day", "system": UCUM, "code": "d"},
    }
    return resource(
        "MedicationStatement",
        made_id(record.id, "usual", str(place)),
        status="active",
        medicationCodeableConcept={"text": usual["drug"]},
        dosage=[{"text": f"{usual['mg_per_day']:g} mg per day", "doseAndRate": [{"rateRatio": rate}]}],
        subject=shared["subject"],
    )


def _event(record: Record, place: int, event: Json, shared: Json) -> Resource:
    """No procedure of its own: where it was done here, it has a bundle of its own and would count twice."""
    words = EVENTS[event["kind"]]
    return resource(
        "Observation",
        made_id(record.id, "event", str(place)),
        status="final",
        code=concept(own("event", "ended-by"), text="What ended the reading of the diary"),
        effectiveDateTime=time(event["at"]),
        valueCodeableConcept=concept(own("event", event["kind"], words), text=words),
        **shared,
    )
