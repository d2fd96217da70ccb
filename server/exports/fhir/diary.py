"""The diary: each entry as the answers given, and each score and symptom as an observation of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from server.exports.fhir.codes import (
    ABSENT,
    ABSENT_REASONS,
    CATEGORY,
    PAIN,
    concept,
    own,
    site,
    spine,
    symptom,
)
from server.exports.fhir.resources import Resource, instant, made_id, reference, resource, time
from server.exports.record import Item, Json, Record

QUESTIONNAIRE: Final = "urn:afterblock:questionnaire:diary-entry|1"
_SURVEY: Final = [concept({"system": CATEGORY, "code": "survey", "display": "Survey"})]
METHOD: Final = concept(own("method", "patient-reported"), text="Reported by the patient")


def responses(record: Record, patient: Resource, procedure: Resource) -> Iterator[tuple[Item, Resource]]:
    """The answers of each entry that counts; the id is the entry's."""
    for item in items_of_kind(record, "entry"):
        answers = _answers(item.head.body or {})
        yield item, response(item, QUESTIONNAIRE, answers, patient, procedure)


def items_of_kind(record: Record, kind: str) -> Iterator[Item]:
    """The items of a kind that count, each with a body."""
    for item in record.items:
        if item.head.body is not None and not item.deleted and item.head.kind == kind:
            yield item


def response(
    item: Item, questionnaire: str, answers: Iterable[Json], patient: Resource, procedure: Resource
) -> Resource:
    """What the patient answered, as it stands now."""
    return resource(
        "QuestionnaireResponse",
        item.head.entry_id,
        identifier={"system": "urn:afterblock:revision", "value": item.head.revision_id},
        questionnaire=questionnaire,
        status="amended" if item.edited else "completed",
        subject=reference(patient),
        partOf=[reference(procedure)],
        authored=_recorded(item),
        source=reference(patient),
        item=list(answers),
    )


def _recorded(item: Item) -> str | None:
    """When it was saved: the phone's word, else when it arrived."""
    body = item.head.body or {}
    if body.get("recorded_at"):
        return time(body["recorded_at"])
    return None if item.head.received_at is None else instant(item.head.received_at)


def _answers(body: Json) -> Iterator[Json]:
    yield answer("taken_at", {"valueDateTime": time(body["taken_at"])})
    yield answer("scale", {"valueCoding": own("scale", body["scale"])})
    for key in ("pain", "axial"):
        if body.get(key) is not None:
            yield answer(key, {"valueInteger": int(body[key])})
    for key in ("skipped", "activity"):
        if body.get(key):
            yield answer(key, {"valueCoding": own(key, body[key])})
    for key in ("numb", "weak"):
        if body.get(key) is not None:
            yield answer(key, {"valueBoolean": body[key]})
    if body.get("stated_relief_percent") is not None:
        yield answer("stated_relief_percent", {"valueDecimal": body["stated_relief_percent"]})
    for effect in body.get("side_effects") or []:
        severity = {"linkId": "severity", "answer": [{"valueCoding": own("severity", effect["severity"])}]}
        coding = own("side-effect", effect["code"])
        yield {"linkId": "side_effect", "answer": [{"valueCoding": coding, "item": [severity]}]}
    for intake in body.get("analgesics") or []:
        yield _intake(intake)
    if body.get("note"):
        yield answer("note", {"valueString": body["note"]})


def answer(key: str, value: Json) -> Json:
    """One answer of a questionnaire."""
    return {"linkId": key, "answer": [value]}


def _intake(intake: Json) -> Json:
    dose = {"value": intake["dose_mg"], "unit": "mg"} if intake.get("dose_mg") else None
    more = [answer("dose", {"valueQuantity": dose})] if dose else []
    if intake.get("taken_at"):
        more.append(answer("taken_at", {"valueDateTime": time(intake["taken_at"])}))
    drug: dict[str, Any] = {"valueString": intake["drug"]}
    return {"linkId": "analgesic", "answer": [drug | ({"item": more} if more else {})]}


def baseline(record: Record, patient: Resource, procedure: Resource) -> Iterator[Resource]:
    """The score before the injection, which staff or the phone recorded."""
    found = (record.diary or {}).get("baseline") or {}
    if found.get("pain") is None or "performedDateTime" not in procedure:
        return
    yield resource(
        "Observation",
        made_id(record.id, "baseline"),
        status="final",
        category=_SURVEY,
        code=concept(PAIN, own("scale", "baseline"), text="Index pain before the injection"),
        subject=reference(patient),
        partOf=[reference(procedure)],
        effectiveDateTime=time(found.get("recorded_at") or procedure["performedDateTime"]),
        valueInteger=int(found["pain"]),
        bodySite=site(record.record["index_pain"]),
        method=METHOD,
    )


def observations(record: Record, item: Item, response: Resource) -> Iterator[Resource]:
    """The scores and side effects of one entry."""
    body = item.head.body or {}
    yield _pain(item, response, "pain", site(record.record["index_pain"]), body)
    if body.get("axial") is not None:
        yield _pain(item, response, "axial", spine(record.procedure.get("region")), body)
    for place, effect in enumerate(body.get("side_effects") or []):
        yield observation(
            item,
            response,
            f"effect{place}/{effect['code']}",
            code=symptom(effect["code"]),
            valueCodeableConcept=concept(own("severity", effect["severity"]), text=effect["severity"]),
        )


def _pain(item: Item, response: Resource, key: str, where: Json, body: Json) -> Resource:
    score = body.get(key)
    return observation(
        item,
        response,
        key,
        code=concept(PAIN, own("scale", body["scale"]), text=f"{'Index' if key == 'pain' else 'Axial'} pain"),
        valueInteger=None if score is None else int(score),
        dataAbsentReason=None if score is not None else _absent(body.get("skipped")),
        bodySite=where,
        method=METHOD,
    )


def _absent(skipped: str | None) -> Json:
    code = ABSENT_REASONS.get(skipped or "", "unknown")
    return concept({"system": ABSENT, "code": code}, text=(skipped or "unknown").replace("_", " "))


def observation(item: Item, response: Resource, name: str, **values: Any) -> Resource:
    """`effective` is the moment described, `issued` when it was saved."""
    return resource(
        "Observation",
        made_id(item.head.entry_id, name),
        status="amended" if item.edited else "final",
        category=_SURVEY,
        subject=response["subject"],
        partOf=response["partOf"],
        performer=[response["source"]],
        effectiveDateTime=time((item.head.body or {})["taken_at"]),
        issued=response["authored"],
        derivedFrom=[reference(response)],
        **values,
    )
