"""What a bundle must keep to: the R4 JSON schema, the R4B models, and references that lead somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from jsonschema import Draft6Validator

SCHEMA = Path(__file__).parents[2] / "data" / "fhir-r4.schema.json"

Json = dict[str, Any]


@cache
def validator() -> Draft6Validator:
    return Draft6Validator(json.loads(SCHEMA.read_text()))


def resources(bundle: Json, kind: str) -> list[Json]:
    found = (entry["resource"] for entry in bundle["entry"])
    return [resource for resource in found if resource["resourceType"] == kind]


def assert_valid(bundle: Json) -> None:
    """The schema knows required codes and unknown fields, the models what must be there and what a choice
    allows; neither knows whether a reference leads anywhere."""
    for entry in bundle["entry"]:
        one = {"resourceType": "Bundle", "type": "collection", "entry": [entry]}
        errors = [error.message[:300] for error in validator().iter_errors(one)]
        assert errors == [], entry["resource"]
    Bundle.model_validate(bundle)
    known = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(known) == len(set(known)), "each resource stands there once"
    for reference in _references(bundle):
        assert reference in known, reference
    for entry in bundle["entry"]:
        assert entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}"


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
