"""Columns of what stands beside the injection: risks, immediate complications, questionnaires."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from server.exports.record import Record
from server.exports.table import Column

NO_COMPLICATION = "none"


def beside() -> Iterator[Column]:
    """The columns in the order of the record."""
    yield Column(
        "anticoagulant", "none, paused, continued; empty: not recorded", "code", _risk("anticoagulant")
    )
    yield Column(
        "anticoagulant_drug",
        "As staff wrote it; left out of a de-identified file",
        "text",
        _risk("anticoagulant_drug"),
    )
    yield Column("diabetes", "none, without_insulin, insulin", "code", _risk("diabetes"))
    yield Column("allergic", "Whether any allergy is known", "true/false", _risk("allergic"))
    yield Column(
        "allergies", "As staff wrote them; left out of a de-identified file", "text", _risk("allergies")
    )
    yield Column(
        "complications",
        "Immediate complications, separated by |; none: there were none; empty: not recorded",
        "list",
        _complications,
    )
    yield Column(
        "complication_details",
        "The same with their times and notes, as JSON; empty where none has any. No notes in a "
        "de-identified file",
        "JSON",
        _details,
    )
    yield Column(
        "questionnaires", "Totals of ODI and NDI in percent with their day, as JSON", "JSON", _questionnaires
    )


def _risk(key: str) -> Callable[[Record], Any]:
    return lambda record: (record.record.get("risks") or {}).get(key)


def _complications(record: Record) -> str | None:
    found = record.record.get("complications")
    if found is None:
        return None
    return "|".join(one["code"] for one in found) or NO_COMPLICATION


def _details(record: Record) -> str | None:
    found = record.record.get("complications") or []
    told = any(one.get("at") or one.get("note") for one in found)
    return json.dumps(found, ensure_ascii=False) if told else None


def _questionnaires(record: Record) -> str | None:
    found = record.record.get("questionnaires")
    return json.dumps(found) if found else None
