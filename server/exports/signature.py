"""A physician's sign-off in words, for the page, the record and the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from server.exports.dates import local

UNSIGNED: Final = "Preliminary: not signed by a physician"
REOPENED: Final = "Re-opened: the reading has changed since it was signed"

CONCLUSIONS: Final[Mapping[str, str]] = {
    "consistent": "Consistent with {root} as the source; this does not prove it.",
    "argues_against": "Argues against {root} as the source.",
    "undecided": "Neither supports nor argues against {root} as the source.",
    "not_readable": "This block gives no answer about {root}.",
}
"""A physician's conclusion in the product's words: it rules out more readily than it proves."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The newest sign-off of a reading; `holds` until later entries change what was signed."""

    by: str
    at: datetime
    data_version: int
    criteria: str
    conclusion: str
    note: str | None
    holds: bool


def statement(by: str, at: datetime, data_version: int, criteria: str, zone: str) -> str:
    """Who read what, and when."""
    return f"Read by {by}, {local(at, zone)}, on data version {data_version}, criteria {criteria}"


def concluded(conclusion: str, procedure: Mapping[str, Any]) -> str:
    """The conclusion about this root as one sentence."""
    return CONCLUSIONS[conclusion].format(root=str(procedure.get("level") or "this root"))


def status(signature: Signature | None, zone: str) -> str:
    """One line for the head of a page: signed by whom, re-opened, or not signed."""
    if signature is None:
        return UNSIGNED
    if not signature.holds:
        return f"{REOPENED} by {signature.by}, {local(signature.at, zone)}"
    return _statement(signature, zone)


def paragraph(signature: Signature | None, procedure: Mapping[str, Any], zone: str) -> str:
    """The sign-off as sentences for the record: what the physician concludes, and on what."""
    if signature is None:
        return f"{UNSIGNED}."
    told = f"{_statement(signature, zone)}: {concluded(signature.conclusion, procedure)}"
    if signature.note:
        told += f" {_sentence(signature.note)}"
    return told if signature.holds else f"{REOPENED}. {told}"


def _statement(signature: Signature, zone: str) -> str:
    return statement(signature.by, signature.at, signature.data_version, signature.criteria, zone)


def _sentence(note: str) -> str:
    plain = " ".join(note.split())
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."
