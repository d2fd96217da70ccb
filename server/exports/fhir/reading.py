"""The reading: its findings as observations, the report that holds them, and where everything came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.exports import summary
from server.exports.fhir.codes import AGENT, UCUM, concept, own
from server.exports.fhir.resources import Resource, instant, made_id, reference, resource
from server.exports.record import Json, Record


@dataclass(frozen=True, slots=True)
class SignOff:
    """A physician's recorded decision on a reading; without one the report is preliminary."""

    by: str
    at: datetime
    conclusion: str


def findings(
    record: Record, patient: Resource, procedure: Resource, pains: Mapping[str, str]
) -> Iterator[Resource]:
    """What the engine found, each with the scores it rests on; `pains` are their ids by entry."""
    reading = record.reading
    if reading is None:
        return
    evidence = reading["evidence"]
    status, steroid, duration = reading["anaesthetic"], reading["steroid"], reading["duration"]
    categories = (
        ("verdict", status["verdict"], evidence["anaesthetic"]),
        ("flare", reading["flare"]["status"], evidence["flare"]),
        ("steroid", steroid["status"], evidence["onset"]),
        ("shape", reading["shape"], ()),
        ("confidence", reading["confidence"]["grade"], ()),
    )
    for key, code, entries in categories:
        yield _finding(
            record,
            patient,
            procedure,
            key,
            _from(entries, pains),
            valueCodeableConcept=concept(own(key, code)),
        )
    onset = steroid["onset_day"]
    if onset is not None:
        days = _days(onset["estimate"], onset["low"], onset["high"])
        yield _finding(record, patient, procedure, "onset_day", _from(evidence["onset"], pains), **days)
    for line in ("L50", "L30"):
        length = duration[line]
        if length is not None:
            days = _days(length["days"], length["low"], length["high"])
            yield _finding(record, patient, procedure, line, _from(evidence["loss"], pains), **days)


def _from(entries: Sequence[str], pains: Mapping[str, str]) -> list[dict[str, str]]:
    return [reference(pains[entry]) for entry in entries if entry in pains]


def _days(value: float, low: float, high: float | None) -> dict[str, Any]:
    """An estimate with its interval, which is open where the end was not seen."""

    def quantity(days: float) -> Json:
        return {"value": days, "unit": "days", "system": UCUM, "code": "d"}

    interval = {"low": quantity(min(low, value)), "text": "interval of the estimate"}
    if high is not None:
        interval["high"] = quantity(max(high, value))
    return {"valueQuantity": quantity(value), "referenceRange": [interval]}


def _finding(
    record: Record,
    patient: Resource,
    procedure: Resource,
    key: str,
    derived: list[dict[str, str]],
    **value: Any,
) -> Resource:
    reading = record.reading or {}
    return resource(
        "Observation",
        made_id(record.id, "finding", key),
        status="preliminary",
        code=concept(own("finding", key), text=f"Reading of the diary: {key.replace('_', ' ')}"),
        subject=reference(patient),
        partOf=[reference(procedure)],
        effectiveDateTime=procedure["performedDateTime"],
        issued=None if record.read_at is None else instant(record.read_at),
        method=concept(own("criteria", str(reading.get("criteria")), str(reading.get("criteria")))),
        derivedFrom=derived,
        **value,
    )


def report(
    record: Record,
    patient: Resource,
    procedure: Resource,
    results: Sequence[Resource],
    signed: SignOff | None,
) -> Resource | None:
    """The signed reading, or the reading that waits for a signature."""
    reading = record.reading
    if reading is None or record.read_at is None:
        return None
    words = summary.paragraph(reading, record.procedure)
    return resource(
        "DiagnosticReport",
        made_id(record.id, "report"),
        status="preliminary" if signed is None else "final",
        code=concept(
            own("report", "nerve-root-block-outcome"), text="Outcome of a selective nerve root block"
        ),
        subject=reference(patient),
        effectivePeriod={"start": procedure["performedDateTime"], "end": instant(record.read_at)},
        issued=instant(record.read_at if signed is None else signed.at),
        resultsInterpreter=None if signed is None else [{"display": signed.by}],
        result=[reference(result) for result in results],
        conclusion=words if signed is None else f"{signed.conclusion} {words}",
    )


def provenances(
    record: Record,
    patient: Resource,
    clinic: str,
    written: Mapping[str, Sequence[Resource]],
    read: Sequence[Resource],
    now: datetime,
) -> Iterator[Resource]:
    """Who wrote the diary, by the way it came in, and what made the reading from it."""
    for source, targets in written.items():
        if targets:
            who = {"display": clinic} if source == "staff" else reference(patient)
            agents = [_agent("author", who)]
            if source != "phone":
                agents.append(_agent("enterer", {"display": clinic}))
            yield _provenance(record, source, targets, agents, now)
    if read:
        criteria = str((record.reading or {}).get("criteria"))
        engine = _agent("assembler", {"display": f"Afterblock, criteria {criteria}"})
        version = {"system": "urn:afterblock:data-version", "value": str(record.change)}
        entity = [{"role": "source", "what": {"identifier": version}}]
        yield _provenance(record, "reading", read, [engine], now) | {"entity": entity}


def _agent(kind: str, who: Mapping[str, str]) -> Json:
    return {"type": concept({"system": AGENT, "code": kind}), "who": dict(who)}


def _provenance(
    record: Record, name: str, targets: Sequence[Resource], agents: Sequence[Json], now: datetime
) -> Resource:
    return resource(
        "Provenance",
        made_id(record.id, "provenance", name),
        target=[reference(target) for target in targets],
        recorded=instant(now),
        activity=concept(own("source", name), text=f"diary, {name}" if name != "reading" else "reading"),
        agent=list(agents),
    )
