"""Two clinics side by side: no answer of one ever holds a word of the other."""

from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import SettableClock
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, Phone, entry, procedure

MARK = "Kanarienvogel"


def furnished(app: Flask, clock: SettableClock, name: str, mark: str) -> tuple[Clinic, Phone]:
    """A clinic with a marked word in every field that takes one."""
    clinic = Clinic(app, clock(), name=name)
    form = {
        "patient": {"name": f"{mark} name", "record_number": f"{mark}-4711", "born_on": "1960-02-29"},
        "episode": {
            "status": "performed",
            "procedure": procedure(level=f"L5 {mark[:9]}"),
            "baseline": {"pain": 7, "usual_analgesics": [{"drug": f"{mark} usual", "mg_per_day": 100}]},
            "operator": f"{mark} operator",
            "approach": f"{mark} approach",
        },
    }
    made = clinic.client().post(f"{CLINIC}/episodes", json=form, headers=HEADERS)
    assert made.status_code == 201, made.text
    phone = clinic.phone(made.json["episode_id"])
    noted = phone.put(entry(note=f"{mark} note", analgesics=[{"drug": f"{mark} drug"}]))
    flagged = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}], "extra": f"{mark} extra"}
    bad = phone.put(entry(pain=11, note=f"{mark} bad"))
    assert phone.statuses(noted, phone.put(flagged, kind="flag_report"), bad) == [
        "stored",
        "stored",
        "quarantined",
    ]
    clinic.client().put(
        f"{CLINIC}/episodes/{phone.episode_id}",
        json=form["episode"] | {"reason": f"{mark} reason", "revision": 1},
        headers=HEADERS,
    )
    return clinic, phone


def every_answer(clinic: Clinic, phone: Phone, foreign: list[str]) -> list[TestResponse]:
    """All that a clinic and its phone can get, asked for by own ids, foreign ids and searches."""
    staff = clinic.client()
    paths = [
        "/session",
        "/settings",
        "/episodes",
    ]
    for id_ in [phone.episode_id, *foreign]:
        paths += [f"/episodes/{id_}{part}" for part in ("", "/reading", "/chart.svg", "/entries")]
    answers = [staff.get(f"{CLINIC}{path}") for path in paths]
    search = f"{CLINIC}/episodes/search"
    answers += [staff.post(search, json={"search": words}, headers=HEADERS) for words in (MARK, "4711")]
    for id_ in foreign:
        answers.append(staff.post(f"{CLINIC}/episodes/{id_}/enrolment", json={"kind": "qr"}, headers=HEADERS))
        answers.append(staff.post(f"{CLINIC}/alerts/{id_}/acknowledge", json={}, headers=HEADERS))
        answers.append(staff.delete(f"{CLINIC}/devices/{id_}", json={"reason": "lost"}, headers=HEADERS))
        answers.append(phone.sync(phone.put(episode_id=id_)))
    answers.append(phone.client.get(f"{PATIENT}/diary"))
    answers.append(phone.sync(phone.put(), cursor=0))
    return answers


def ids_in(value: Any) -> set[str]:
    """Every id in an answer that belongs to its clinic."""
    if isinstance(value, dict):
        own = {str(item) for key, item in value.items() if key.endswith("_id") and isinstance(item, str)}
        return own.union(*map(ids_in, value.values())) if value else own
    if isinstance(value, list):
        return set().union(*map(ids_in, value)) if value else set()
    return set()


def test_no_answer_of_one_clinic_holds_a_word_or_an_id_of_the_other(app: Flask, clock: SettableClock):
    north, north_phone = furnished(app, clock, "North", f"North{MARK}")
    south, south_phone = furnished(app, clock, "South", f"South{MARK}")
    secret = set()
    for path in (
        "/session",
        "/episodes",
        f"/episodes/{south_phone.episode_id}",
        f"/episodes/{south_phone.episode_id}/entries",
    ):
        secret |= ids_in(south.get(path).json)
    assert len(secret) > 6
    answers = every_answer(north, north_phone, sorted(secret))
    text = "\n".join(answer.text for answer in answers)
    assert f"North{MARK}" in text, "the marks do show up where they belong"
    assert f"South{MARK}" not in text
    for answer in answers:
        for id_ in secret:
            assert id_ not in answer.text or answer.status_code != 200, id_
        if answer.status_code >= 400:
            assert not any(id_ in answer.text for id_ in secret), "no echo of what was asked for"
    assert north.get("/episodes").json["total"] == 1
    assert south_phone.statuses(south_phone.put()) == ["stored"], (
        "a foreign clinic could not take the phone off"
    )
    assert str(uuid4()) not in text
