"""The injection: who had it, what was done, and each drug that was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from server.charts.words import anaesthetics, plain
from server.exports.fhir import beside
from server.exports.fhir.codes import UCUM, concept, own
from server.exports.fhir.resources import Resource, made_id, reference, resource, time
from server.exports.record import Json, Record

STATUSES: Final = {
    "planned": "preparation",
    "performed": "completed",
    "closed": "completed",
    "cancelled": "not-done",
}
ORDERS: Final = {
    "planned": "active",
    "performed": "completed",
    "closed": "completed",
    "cancelled": "revoked",
}
NUMBERS: Final = "urn:afterblock:record-number"


def patient_of(record: Record) -> Resource:
    """The patient."""
    person = record.person
    return resource(
        "Patient",
        person.id,
        identifier=[{"system": NUMBERS, "value": person.record_number}],
        name=[{"text": person.name}] if person.name else None,
        birthDate=None if person.born_on is None else person.born_on.isoformat(),
    )


def planned_of(record: Record, patient: Resource) -> list[Resource]:
    """The day it was planned for, which a procedure of R4 has no field for: the request it is based on."""
    planned_on = record.record.get("planned_on")
    if not planned_on:
        return []
    return [
        resource(
            "ServiceRequest",
            made_id(record.id, "planned"),
            status=ORDERS[record.status],
            intent="plan",
            code=_code(),
            subject=reference(patient),
            occurrenceDateTime=planned_on,
            bodySite=_roots(record.procedure),
        )
    ]


def procedure_of(record: Record, patient: Resource, planned: Sequence[Resource]) -> Resource:
    """The injection; its id is the episode's."""
    given, operator = record.procedure, record.record.get("operator")
    performed, indication = given.get("performed_at"), given.get("indication")
    return resource(
        "Procedure",
        record.id,
        status=STATUSES[record.status],
        basedOn=[reference(request) for request in planned],
        code=_code(),
        subject=reference(patient),
        performedDateTime=time(performed) if performed else None,
        performer=[{"actor": {"display": operator}}] if operator else None,
        reasonCode=[concept(own("indication", indication))] if indication else None,
        bodySite=_roots(given),
        complication=beside.complications(record),
        note=[{"text": text} for text in _notes(record)],
    )


def _code() -> Json:
    return concept(own("procedure", "selective-nerve-root-block"), text="Selective nerve root block")


def _roots(given: Json) -> list[Json]:
    return [_root(given, level) for level in (given.get("level"), *(given.get("further_levels") or ()))]


def _root(given: Json, level: str | None) -> Json:
    """A de-identified export may not tell which root it was."""
    if level is None:
        return concept(own("laterality", given["side"]), text=f"{given['side']} nerve root")
    root = f"{level} {given['side']}"
    return concept(
        own("root", f"{given['region']}-{''.join(level.split())}-{given['side']}", root),
        own("laterality", given["side"]),
        text=f"{root} nerve root",
    )


def _notes(record: Record) -> Iterator[str]:
    """How it was done, where the format has no field for it."""
    given = record.procedure
    if record.record.get("approach"):
        yield f"Approach: {record.record['approach']}"
    if given.get("guidance"):
        yield f"Guidance: {plain(given['guidance'], {})}"
    if given.get("contrast_spread"):
        yield f"Contrast: {', '.join(plain(code, {}) for code in given['contrast_spread'])}"
    if "steroid" in given and given["steroid"] is None:
        yield "Steroid: none was given"


def administrations(record: Record, patient: Resource, procedure: Resource) -> Iterator[Resource]:
    """One resource for each drug of a performed injection."""
    if procedure["status"] != "completed":
        return
    shared = {"status": "completed", "subject": reference(patient), "partOf": [reference(procedure)]}
    shared |= {"effectiveDateTime": procedure["performedDateTime"]}
    for place, part in enumerate(anaesthetics(record.procedure)):
        medicine = concept(own("anaesthetic", part["drug"]), text=_anaesthetic(part))
        dosage = _dosage(part.get("volume_ml"), "mL", _anaesthetic(part))
        yield _given(record, f"anaesthetic{place}", medicine, dosage, shared)
    steroid = record.procedure.get("steroid")
    if steroid:
        medicine = concept(own("steroid", steroid["drug"]), text=steroid["drug"])
        yield _given(record, "steroid", medicine, _dosage(steroid.get("dose_mg"), "mg", None), shared)


def _given(
    record: Record, name: str, medicine: Json, dosage: Json | None, shared: dict[str, Any]
) -> Resource:
    return resource(
        "MedicationAdministration",
        made_id(record.id, name),
        medicationCodeableConcept=medicine,
        dosage=dosage,
        **shared,
    )


def _anaesthetic(part: Json) -> str:
    strength = f" {part['concentration_percent']:g} %" if part.get("concentration_percent") else ""
    return f"{part['drug']}{strength}{' with adrenaline' if part.get('adrenaline') else ''}"


def _dosage(amount: float | None, unit: str, text: str | None) -> Json | None:
    if amount is None:
        return None
    dose = {"value": amount, "unit": unit, "system": UCUM, "code": unit}
    return ({"text": text} if text else {}) | {"dose": dose}
