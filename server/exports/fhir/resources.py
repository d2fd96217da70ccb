"""Building resources: ids that stay the same from export to export, and references inside the bundle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

Resource = dict[str, Any]

_NAMES: Final = UUID("6f0b8a52-6f6d-5b3e-9a67-3f4f1d2c7e10")
"""Namespace of the ids that are made from others."""


def made_id(*parts: str) -> str:
    """The id of a resource that follows from another one."""
    return str(uuid5(_NAMES, "/".join(parts)))


def resource(kind: str, id_: str, **values: Any) -> Resource:
    """A resource without what is not known."""
    return {"resourceType": kind, "id": id_} | {
        key.rstrip("_"): value for key, value in values.items() if value is not None and value not in ([], {})
    }


def reference(to: Mapping[str, Any] | str) -> dict[str, str]:
    """A reference inside the bundle."""
    return {"reference": f"urn:uuid:{to if isinstance(to, str) else to['id']}"}


def time(text: str) -> str:
    """A time as FHIR writes it."""
    return text.upper()


def instant(at: datetime) -> str:
    """A moment as FHIR writes it."""
    return at.isoformat(timespec="seconds")
