"""The injection itself: when and where it was, and what was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from server.domain.codes import ANAESTHETICS, INDICATIONS, REGIONS, SIDES, STEROIDS
from server.domain.instants import Instant
from server.domain.values import Number, amount, answer, choice, mapping, moment, required, text


@dataclass(frozen=True, slots=True)
class Anaesthetic:
    """One part of the local anaesthetic given."""

    drug: str = "unknown"
    concentration_percent: Number | None = None
    volume_ml: Number | None = None
    adrenaline: bool | None = None


@dataclass(frozen=True, slots=True)
class Steroid:
    """The steroid given."""

    drug: str = "unknown"
    dose_mg: Number | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """The injection; `performed_at` is T0. Absent answers are None."""

    performed_at: Instant
    anaesthetics: tuple[Anaesthetic, ...]
    steroid: Steroid | Literal["none", "unknown"]
    region: str | None = None
    level: str | None = None
    side: str | None = None
    indication: str | None = None
    sedation: bool | None = None
    concordant_pain_provoked: bool | None = None
    provocable_before: bool | None = None


def parse_procedure(raw: Mapping[str, Any]) -> Procedure:
    """Read the procedure from its JSON object. DiaryError paths start at the procedure."""

    def coded(key: str, codes: tuple[str, ...]) -> str | None:
        return None if raw.get(key) is None else choice(raw[key], key, codes)

    def answered(key: str) -> bool | None:
        return None if raw.get(key) is None else answer(raw[key], key)

    return Procedure(
        performed_at=moment(required(raw, "performed_at"), "performed_at"),
        anaesthetics=_anaesthetics(raw.get("anaesthetic")),
        steroid=_steroid(raw),
        region=coded("region", REGIONS),
        level=None if raw.get("level") is None else text(raw["level"], "level"),
        side=coded("side", SIDES),
        indication=coded("indication", INDICATIONS),
        sedation=answered("sedation"),
        concordant_pain_provoked=answered("concordant_pain_provoked"),
        provocable_before=answered("provocable_before"),
    )


def _anaesthetics(raw: object) -> tuple[Anaesthetic, ...]:
    if isinstance(raw, list | tuple):
        parts = [_anaesthetic(part, f"anaesthetic[{place}]") for place, part in enumerate(raw)]
        return tuple(parts) or (Anaesthetic(),)
    return (Anaesthetic() if raw is None else _anaesthetic(raw, "anaesthetic"),)


def _anaesthetic(raw: object, path: str) -> Anaesthetic:
    given = mapping(raw, path)
    drug, adrenaline = given.get("drug"), given.get("adrenaline")
    concentration, volume = given.get("concentration_percent"), given.get("volume_ml")
    return Anaesthetic(
        "unknown" if drug is None else choice(drug, f"{path}.drug", ANAESTHETICS),
        None if concentration is None else amount(concentration, f"{path}.concentration_percent"),
        None if volume is None else amount(volume, f"{path}.volume_ml"),
        None if adrenaline is None else answer(adrenaline, f"{path}.adrenaline"),
    )


def _steroid(procedure: Mapping[str, Any]) -> Steroid | Literal["none", "unknown"]:
    """None was given when the key is null; nobody knows when the key is absent."""
    if "steroid" not in procedure:
        return "unknown"
    if procedure["steroid"] is None:
        return "none"
    given = mapping(procedure["steroid"], "steroid")
    drug, dose = given.get("drug"), given.get("dose_mg")
    return Steroid(
        "unknown" if drug is None else choice(drug, "steroid.drug", STEROIDS),
        None if dose is None else amount(dose, "steroid.dose_mg"),
    )
