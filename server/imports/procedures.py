"""Patients and procedures, one line each, in the columns of the exported `episodes.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from server.domain.codes import ANAESTHETICS, INDICATIONS, REGIONS, SIDES, STEROIDS
from server.domain.record_codes import CONTRAST_SPREADS, GUIDANCE
from server.exports.beside import NO_COMPLICATION
from server.imports.cells import Cells

Json = dict[str, Any]

NEEDED: Final = ("record_number", "region", "level", "side")
_COLUMNS: Final = {
    "patient/name": "name",
    "patient/record_number": "record_number",
    "patient/born_on": "born_on",
    "procedure/performed_at": "t0_local",
    "procedure/steroid/dose_mg": "steroid_dose_mg",
    "baseline/pain": "baseline_pain",
    "baseline/recorded_at": "baseline_recorded_at",
    "baseline/daily": "baseline_daily",
    "baseline/usual_analgesics": "usual_analgesics",
    "index_pain/site": "index_pain_site",
    "index_pain/side": "index_pain_side",
}
"""Where a field of the form came from, when the column has another name."""
_STATUSES: Final = ("planned", "performed", "closed", "cancelled")


@dataclass(frozen=True, slots=True)
class Procedure:
    """One line: the form of a new episode, and the id the file gives it, if it does."""

    line: int
    episode_id: str | None
    form: Json
    """`patient` and `episode`, as the form for a new episode has them."""


def read_procedure(cells: Cells) -> Procedure:
    """The form a line fills in."""
    for column in NEEDED:
        cells.needed(column)
    performed_at, planned_on = cells.moment("t0"), cells.day("planned_on")
    status = cells.code("status", _STATUSES) or ("performed" if performed_at else "planned")
    record: Json = {
        "status": status,
        "zone": cells.zone,
        "planned_on": None if planned_on is None else planned_on.isoformat(),
        "operator": cells.text("operator"),
        "approach": cells.text("approach"),
        "procedure": _procedure(cells, performed_at),
        "baseline": _baseline(cells),
        "events": cells.json("events") or [],
        **_beside(cells),
    }
    site, side = cells.text("index_pain_site"), cells.text("index_pain_side")
    if site and side:
        record["index_pain"] = {"site": site, "side": side}
    patient = {"name": cells.text("name"), "record_number": cells.text("record_number")}
    born = cells.day("born_on")
    if born is not None:
        patient["born_on"] = born.isoformat()
    return Procedure(cells.line, cells.text("episode_id"), {"patient": patient, "episode": record})


def column_of(pointer: str) -> str | None:
    """The column a field of the form came from."""
    path = pointer.strip("/").removeprefix("episode/")
    for place, column in _COLUMNS.items():
        if path == place or path.startswith(f"{place}/"):
            return column
    parts = [part for part in path.split("/") if not part.isdigit()]
    if not parts or parts == ["patient"]:
        return None
    if parts[:2] == ["procedure", "anaesthetic"] and len(parts) > 2:
        return "anaesthetic" if parts[2] == "drug" else parts[2]
    return parts[1] if parts[0] in {"procedure", "risks"} and len(parts) > 1 else parts[0]


def _procedure(cells: Cells, performed_at: str | None) -> Json:
    found = {
        "performed_at": performed_at,
        "region": cells.code("region", REGIONS),
        "level": cells.text("level"),
        "side": cells.code("side", SIDES),
        "indication": cells.code("indication", INDICATIONS),
        "guidance": cells.code("guidance", GUIDANCE),
        "further_levels": cells.words("further_levels") or None,
        "contrast_spread": [
            one for one in cells.words("contrast_spread") if _known(cells, one, CONTRAST_SPREADS)
        ]
        or None,
        "anaesthetic": _anaesthetics(cells) or None,
        "sedation": cells.truth("sedation"),
        "concordant_pain_provoked": cells.truth("concordant_pain_provoked"),
        "provocable_before": cells.truth("provocable_before"),
    }
    told = {key: value for key, value in found.items() if value is not None}
    return told | _steroid(cells)


def _known(cells: Cells, code: str, allowed: tuple[str, ...]) -> bool:
    if code in allowed:
        return True
    cells.say("contrast_spread", "unknown-code", f"“{code}” is not known here. Use {', '.join(allowed)}.")
    return False


def _steroid(cells: Cells) -> Json:
    """Nothing where it is not recorded, null where none was given."""
    drug = cells.code("steroid", ("none", *STEROIDS))
    if drug is None:
        return {}
    if drug == "none":
        return {"steroid": None}
    dose = cells.number("steroid_dose_mg")
    return {"steroid": {"drug": drug} if dose is None else {"drug": drug, "dose_mg": dose}}


def _anaesthetics(cells: Cells) -> list[Json]:
    """The drugs of a mixture with their concentrations and volumes, in the same order."""
    drugs = cells.words("anaesthetic")
    beside = {key: cells.words(key) for key in ("concentration_percent", "volume_ml", "adrenaline")}
    for key, told in beside.items():
        if told and len(told) != len(drugs):
            sentence = f"{len(drugs)} anaesthetics and {len(told)} values here: one for each, parted by |."
            cells.say(key, "list-length", sentence)
            beside[key] = []
    found = []
    for place, drug in enumerate(drugs):
        if drug.casefold() not in ANAESTHETICS:
            sentence = f"“{drug}” is not known here. Use {', '.join(ANAESTHETICS)}."
            cells.say("anaesthetic", "unknown-code", sentence)
            continue
        part: Json = {"drug": drug.casefold()}
        for key in ("concentration_percent", "volume_ml"):
            text = beside[key][place] if beside[key] else ""
            value = cells.number_of(key, text) if text else None
            part |= {} if value is None else {key: value}
        with_adrenaline = beside["adrenaline"][place].casefold() if beside["adrenaline"] else ""
        part |= {"adrenaline": with_adrenaline == "true"} if with_adrenaline in {"true", "false"} else {}
        found.append(part)
    return found


def _baseline(cells: Cells) -> Json:
    found = {
        "pain": cells.number("baseline_pain"),
        "recorded_at": cells.text("baseline_recorded_at"),
        "daily": cells.json("baseline_daily"),
        "usual_analgesics": cells.json("usual_analgesics"),
    }
    return {key: value for key, value in found.items() if value is not None}


def _beside(cells: Cells) -> Json:
    """Risks, complications and questionnaires, where they are recorded."""
    risks = {
        "anticoagulant": cells.text("anticoagulant"),
        "anticoagulant_drug": cells.text("anticoagulant_drug"),
        "diabetes": cells.text("diabetes"),
        "allergic": cells.truth("allergic"),
        "allergies": cells.text("allergies"),
    }
    told = {key: value for key, value in risks.items() if value is not None}
    found: Json = {"risks": told} if told else {}
    codes = cells.words("complications")
    if codes:
        found["complications"] = _detailed(cells, [code for code in codes if code != NO_COMPLICATION])
    questionnaires = cells.json("questionnaires")
    return found | ({} if questionnaires is None else {"questionnaires": questionnaires})


def _detailed(cells: Cells, codes: list[str]) -> list[Json]:
    """Complications with their times and notes, where the file tells them and they are the same ones."""
    details = cells.json("complication_details")
    if details is None:
        return [{"code": code} for code in codes]
    if not isinstance(details, list) or not all(isinstance(one, dict) for one in details):
        cells.say("complication_details", "not-a-list", "This cell is not as exported. Leave it empty.")
        return []
    if [one.get("code") for one in details] != codes:
        sentence = "These are others than under complications. Correct one of both, or leave this cell empty."
        cells.say("complication_details", "other-codes", sentence)
    return details


COLUMNS: Final = (
    *("episode_id", "record_number", "name", "born_on", "status", "zone", "planned_on"),
    *("t0_local", "t0_offset_min", "t0_utc", "t0_date", "t0_time"),
    *("region", "level", "side", "indication", "guidance", "further_levels", "contrast_spread"),
    *("anaesthetic", "concentration_percent", "volume_ml", "adrenaline", "steroid", "steroid_dose_mg"),
    *("sedation", "concordant_pain_provoked", "provocable_before", "approach", "operator"),
    *("index_pain_site", "index_pain_side", "baseline_pain", "baseline_recorded_at", "baseline_daily"),
    *("usual_analgesics", "events", "anticoagulant", "anticoagulant_drug", "diabetes", "allergic"),
    *("allergies", "complications", "complication_details", "questionnaires"),
)
"""Every column that is read; others are left aside."""
