"""Codes of the bundle: LOINC and SNOMED CT where a source confirmed them, else the product's own system."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from server.charts.words import SIDE_EFFECTS, plain

Coding = dict[str, str]

LOINC: Final = "http://loinc.org"
SNOMED: Final = "http://snomed.info/sct"
UCUM: Final = "http://unitsofmeasure.org"
ABSENT: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
AGENT: Final = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
OWN: Final = "urn:afterblock:codes"
"""The product's own codes: `urn:afterblock:codes:<list>`; the lists are those of the diary format."""

PAIN: Final = MappingProxyType(
    {
        "system": LOINC,
        "code": "72514-3",
        "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
    }
)
"""As used by HL7 Belgium and ANS France; the score goes as a number, never as an answer code."""

SYMPTOMS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "nausea": ("422587007", "Nausea"),
        "headache": ("25064002", "Headache"),
        "lightheadedness": ("386705008", "Lightheadedness"),
        "flushing": ("238810007", "Flushing"),
        "itching": ("418363000", "Itching of skin"),
    }
)
"""SNOMED CT codes seen in published value sets. Injection-site and radicular pain have none that fits."""

ABSENT_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {"asleep": "temp-unknown", "nothing_to_report": "asked-declined", "other": "asked-unknown"}
)
"""Why a score is missing; a missing score is never 0."""


def own(kind: str, code: str, display: str | None = None) -> Coding:
    """A code of the product's own list."""
    return {"system": f"{OWN}:{kind}", "code": code, "display": display or plain(code, {})}


def concept(*codings: Mapping[str, str], text: str | None = None) -> dict[str, Any]:
    """Codings that mean the same, with the words people read."""
    found: dict[str, Any] = {"coding": [dict(coding) for coding in codings]}
    return found | ({"text": text} if text else {})


def symptom(code: str) -> dict[str, Any]:
    """A side effect: its confirmed code first, the product's own beside it."""
    words = plain(code, SIDE_EFFECTS)
    mine = own("side-effect", code, words)
    if code not in SYMPTOMS:
        return concept(mine, text=words)
    number, display = SYMPTOMS[code]
    return concept({"system": SNOMED, "code": number, "display": display}, mine, text=words)


def site(index_pain: Mapping[str, Any]) -> dict[str, Any]:
    """Where the index pain is felt, with its side."""
    where, side = str(index_pain["site"]), str(index_pain["side"])
    words = f"both {where}s" if side == "both" else f"{side} {where}"
    return concept(own("body-site", f"{where}-{side}", words), text=words)


def spine(region: str | None) -> dict[str, Any]:
    """Where axial pain is felt."""
    words = "neck" if region == "cervical" else "back"
    return concept(own("body-site", words, words), text=words)
