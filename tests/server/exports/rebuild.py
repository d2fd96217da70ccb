"""Diaries built again from the CSV files alone, to hold the files to what they claim to carry."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime, timedelta, timezone
from typing import Any

from server.exports.cells import unsafe

Json = dict[str, Any]
Row = dict[str, str]


def files(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name).decode("utf-8-sig") for name in opened.namelist()}


def rows(text: str) -> list[Row]:
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    return [{key: unsafe(value) for key, value in row.items()} for row in found]


def diaries(archive: bytes) -> dict[str, Json]:
    """The diary of every episode that has a reading, by episode."""
    found = files(archive)
    entries: dict[str, list[Json]] = {}
    for row in rows(found["entries.csv"]):
        entries.setdefault(row["episode_id"], []).append(_entry(row))
    return {
        row["episode_id"]: _diary(row, entries.get(row["episode_id"], []))
        for row in rows(found["episodes.csv"])
        if row["criteria"]
    }


def moment(row: Row, name: str) -> str | None:
    local, offset, utc = (row[f"{name}_{way}"] for way in ("local", "offset_min", "utc"))
    if not local:
        assert not offset
        assert not utc
        return None
    at = datetime.fromisoformat(local).replace(tzinfo=timezone(timedelta(minutes=int(offset))))
    assert at == datetime.fromisoformat(utc), "the three ways of telling a time agree"
    return at.isoformat()


def _known(found: Json) -> Json:
    return {key: value for key, value in found.items() if value is not None}


def _number(text: str) -> float | int | None:
    return None if text == "" else float(text) if "." in text or "e" in text else int(text)


def _truth(text: str) -> bool | None:
    return {"": None, "true": True, "false": False}[text]


def _entry(row: Row) -> Json:
    effects = [part.split(":") for part in row["side_effects"].split("|") if part]
    return _known(
        {
            "id": row["entry_id"],
            "taken_at": moment(row, "taken"),
            "recorded_at": moment(row, "recorded"),
            "scale": row["scale"],
            "axial": _number(row["axial"]),
            "skipped": row["skipped"] or None,
            "activity": row["activity"] or None,
            "stated_relief_percent": _number(row["stated_relief_percent"]),
            "numb": _truth(row["numb"]),
            "weak": _truth(row["weak"]),
            "checkin_id": row["checkin_id"] or None,
            "clock_suspect": _truth(row["clock_suspect"]),
            "side_effects": [{"code": code, "severity": severity} for code, severity in effects] or None,
            "analgesics": json.loads(row["analgesics"]) if row["analgesics"] else None,
        }
    ) | {"pain": _number(row["pain"])}


def _diary(row: Row, entries: list[Json]) -> Json:
    procedure = _known(
        {
            "performed_at": moment(row, "t0"),
            **{key: row[key] or None for key in ("region", "level", "side", "indication")},
            **{
                key: _truth(row[key]) for key in ("sedation", "concordant_pain_provoked", "provocable_before")
            },
        }
    )
    lists = {
        key: row[key].split("|")
        for key in ("anaesthetic", "concentration_percent", "volume_ml", "adrenaline")
    }
    procedure["anaesthetic"] = [
        _known(
            {
                "drug": drug,
                "concentration_percent": _number(
                    lists["concentration_percent"][place] if row["concentration_percent"] else ""
                ),
                "volume_ml": _number(lists["volume_ml"][place] if row["volume_ml"] else ""),
                "adrenaline": _truth(lists["adrenaline"][place].lower() if row["adrenaline"] else ""),
            }
        )
        for place, drug in enumerate(lists["anaesthetic"])
        if drug
    ]
    if row["steroid"] == "none":
        procedure["steroid"] = None
    elif row["steroid"]:
        procedure["steroid"] = _known({"drug": row["steroid"], "dose_mg": _number(row["steroid_dose_mg"])})
    baseline = {
        "pain": _number(row["baseline_pain"]),
        "daily": json.loads(row["baseline_daily"]) if row["baseline_daily"] else None,
        "usual_analgesics": json.loads(row["usual_analgesics"]) if row["usual_analgesics"] else None,
    }
    return _known({"zone": row["zone"] or None}) | {
        "episode_id": row["episode_id"],
        "as_of": row["read_at_utc"],
        "procedure": procedure,
        "baseline": _known(baseline),
        "entries": entries,
        "events": json.loads(row["events"]) if row["events"] else [],
    }
