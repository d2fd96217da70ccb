"""Every patient of the demo goes out in every form, and reads the same when it comes back."""

from __future__ import annotations

import json
from base64 import b64encode

from flask import Flask
from sqlalchemy import select

from server.config import Config
from server.demo.clinic import build
from server.domain.criteria import DEFAULT
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from server.persistence.db import transaction
from server.persistence.tables import Reading
from server.services.analysis import analyse
from tests.conftest import SettableClock
from tests.factories.world import Clinic
from tests.server.demo.test_fill import CLINIC, HEADERS, NOW
from tests.server.exports import pdf, rebuild
from tests.server.exports.fhir_rules import assert_valid, resources

TIMES = {"as_of", "next_read_at"}


def test_what_goes_out_of_the_demo_comes_back_as_the_same_readings(
    app: Flask, config: Config, clock: SettableClock
) -> None:
    """One long story, because filling the demo takes longest."""
    clock.set(NOW)
    with app.app_context():
        passwords = build(config, NOW)
    client = app.test_client()
    sign_in = {"email": "physician@demo.example", "password": passwords["physician@demo.example"]}
    assert client.post(f"{CLINIC}/session", json=sign_in, headers=HEADERS).status_code == 200
    listed = client.get(f"{CLINIC}/episodes?limit=200").json["episodes"]
    ids = {row["episode_id"] for row in listed if row["verdict"] is not None}
    assert len(ids) >= 12
    shown = {one: client.get(f"{CLINIC}/episodes/{one}/reading").json["reading"] for one in ids}

    lines = client.get(f"{CLINIC}/exports/diaries.jsonl").data.splitlines()
    assert {found["episode_id"]: found for found in map(_read, lines)} == shown

    archive = client.get(f"{CLINIC}/exports/tables.zip").data
    again = {
        key: to_json(read(parse_episode(diary), DEFAULT)) for key, diary in rebuild.diaries(archive).items()
    }
    assert {key: _timeless(found) for key, found in again.items()} == {
        key: _timeless(found) for key, found in shown.items()
    }

    taken_in = _into_another_clinic(app, rebuild.files(archive))
    assert {key: _timeless(found) for key, found in taken_in.items()} == {
        key: _timeless(found) for key, found in shown.items()
    }

    for one in ids:
        bundle = json.loads(client.get(f"{CLINIC}/episodes/{one}/fhir.json").data)
        assert_valid(bundle)
        _assert_same_scores(client.get(f"{CLINIC}/episodes/{one}/entries").json["entries"], bundle)
        page = client.get(f"{CLINIC}/episodes/{one}/report.pdf").data
        assert len(pdf.opened(page).pages) == 1
        assert shown[one]["criteria"] in pdf.words(page)


def _into_another_clinic(app: Flask, files: dict[str, str]) -> dict[str, dict[str, object]]:
    """The readings of a clinic that takes the exported files in, each of them twice."""
    other = Clinic(app, NOW, "Other")
    admin = other.client("admin")
    for kind, name in (("procedures", "episodes.csv"), ("diary", "entries.csv")):
        form = {"kind": kind, "content": b64encode(files[name].encode()).decode()}
        report = admin.post(f"{CLINIC}/imports", json=form, headers=HEADERS).json
        assert [one for one in report["problems"] if one["error"]] == []
        for changes in (True, False):
            stored = admin.post(
                f"{CLINIC}/imports", json=form | {"confirmed": report["digest"]}, headers=HEADERS
            ).json
            assert stored["stored"]
            assert (stored["counts"]["new"] > 0) is changes
            assert (stored["counts"]["unchanged"] > 0) is not changes
    with app.app_context(), transaction(other.clinic_id) as session:
        return {str(row.episode_id): row.body for row in session.scalars(select(Reading))}


def _read(line: bytes) -> dict[str, object]:
    return dict(json.loads(next(analyse([line], DEFAULT)).text))


def _timeless(reading: dict[str, object]) -> dict[str, object]:
    """Tables tell moments in UTC, which is written otherwise and means the same."""
    return {key: value for key, value in reading.items() if key not in TIMES}


def _assert_same_scores(entries: list[dict], bundle: dict) -> None:
    told = {
        item["entry_id"]: item["head"]["body"]
        for item in entries
        if item["kind"] == "entry" and not item["deleted"]
    }
    seen = {
        one["derivedFrom"][0]["reference"].removeprefix("urn:uuid:"): one
        for one in resources(bundle, "Observation")
        if one["code"].get("text") == "Index pain" and "derivedFrom" in one
    }
    assert told.keys() == seen.keys()
    for key, body in told.items():
        assert seen[key].get("valueInteger") == body["pain"]
        assert seen[key]["effectiveDateTime"] == body["taken_at"]
