from datetime import UTC, datetime

import pytest
from flask import Flask

from server.persistence.tables import AuditEvent
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, entry, procedure
from tests.server.exports import pdf

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


def logged(clinic: Clinic) -> str:
    """An episode with a few scores; returns its id."""
    phone = clinic.phone(clinic.episode(operator="Dr Weber", approach="transforaminal"))
    scores = {"08:15": 2, "08:30": 1, "09:00": 1, "10:00": 3}
    ops = [phone.put(entry(f"2026-03-02T{at}:00+01:00", pain)) for at, pain in scores.items()]
    assert set(phone.statuses(*ops, client_time=NOW.isoformat())) == {"stored"}
    return phone.episode_id


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_the_report_is_a_page_of_the_stored_reading(clinic: Clinic, paper: str, width: int):
    episode_id = logged(clinic)

    answer = clinic.get(f"/episodes/{episode_id}/report.pdf?paper={paper}")

    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=outcome-2026-03-02-l5left.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    pdf.assert_accessible(answer.data)
    assert round(pdf.opened(answer.data).pages[0].mediabox.width) == width
    said, reading = pdf.words(answer.data), clinic.get(f"/episodes/{episode_id}/reading").json
    for words in ("Ann Example", "Dr Weber", "L5 left", reading["caution"], reading["shape_sentence"]):
        assert words in said
    for part in reading["answers"]:
        assert part["sentence"] in said


def test_the_text_for_the_record_says_what_the_screen_says(clinic: Clinic):
    episode_id = logged(clinic)

    text = clinic.get(f"/episodes/{episode_id}/report-text").json["text"]

    reading = clinic.get(f"/episodes/{episode_id}/reading").json
    assert all(part["sentence"].rstrip(".") in text for part in reading["answers"])
    assert reading["caution"] in text
    assert "Ann Example" not in text


def test_what_cannot_be_read_yet_has_no_page(clinic: Clinic):
    episode_id = clinic.episode(baseline={})
    for part in ("report.pdf", "report-text"):
        answer = clinic.get(f"/episodes/{episode_id}/{part}")
        assert (answer.status_code, answer.json["code"]) == (409, "not-readable-yet")


def test_another_size_of_paper_is_refused(clinic: Clinic):
    answer = clinic.get(f"/episodes/{logged(clinic)}/report.pdf?paper=a0")
    assert answer.status_code == 422


def test_the_passport_compares_the_blocks_of_one_patient(clinic: Clinic):
    first = logged(clinic)
    detail = clinic.get(f"/episodes/{first}").json["patient"]
    record = {
        "status": "performed",
        "procedure": procedure("2026-03-02T07:00:00+01:00", level="S1"),
        "baseline": {},
    }
    form = {"patient_id": detail["patient_id"], "episode": record}
    assert clinic.client().post(f"{CLINIC}/episodes", json=form, headers=HEADERS).status_code == 201
    at = f"/patients/{detail['patient_id']}/passport"

    told = clinic.get(at).json
    page, picture = clinic.get(f"{at}.pdf?paper=letter"), clinic.get(f"{at}.svg?theme=dark&layout=narrow")
    text = clinic.get(f"{at}-text").json["text"]

    assert [block["episode_id"] for block in told["blocks"]] == [first]
    assert told["unread"] == 1
    assert told["sessions"][0]["in_12_months"] == 1, "two injections of one day are one session"
    pdf.assert_accessible(page.data)
    assert "Ann Example" in pdf.words(page.data)
    assert "<svg" in picture.text
    assert (told["name"], told["record_number"]) == ("Ann Example", detail["record_number"])
    assert told["caution"] in text
    assert told["grid"][0]["sentence"] in text
    assert "Ann Example" not in text
    actions = [row["action"] for row in store.of(clinic, AuditEvent) if row["target_kind"] == "patient"]
    assert actions.count("passport.view") == 2
    assert actions.count("report.passport") == 2


def test_a_patient_without_a_reading_has_no_passport_page(clinic: Clinic):
    episode_id = clinic.episode(baseline={})
    patient = clinic.get(f"/episodes/{episode_id}").json["patient"]["patient_id"]
    assert clinic.get(f"/patients/{patient}/passport").json["blocks"] == []
    answer = clinic.get(f"/patients/{patient}/passport.pdf")
    assert (answer.status_code, answer.json["code"]) == (409, "not-readable-yet")


def test_a_patient_gets_the_own_page_only_when_scores_may_be_seen(clinic: Clinic, clock: SettableClock):
    phone = clinic.phone(clinic.episode())
    stranger = clinic.phone(clinic.episode())
    phone.statuses(phone.put(entry("2026-03-02T08:30:00+01:00", 1)), client_time=NOW.isoformat())
    at = f"/episodes/{phone.episode_id}"

    clock.set(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    early = phone.client.get(f"{PATIENT}{at}/page.pdf", headers=HEADERS)
    assert (early.status_code, early.json["code"]) == (409, "scores-hidden")
    assert clinic.get(f"{at}/patient-page.pdf").json["code"] == "scores-hidden"

    clock.set(datetime(2026, 3, 3, 8, 0, tzinfo=UTC))
    clinic.sign_in_again()
    own = phone.client.get(f"{PATIENT}{at}/page.pdf?language=de&paper=letter", headers=HEADERS)
    assert own.content_type == "application/pdf"
    pdf.assert_accessible(own.data)
    assert "Mein Schmerztagebuch" in pdf.words(own.data)
    assert own.headers["Content-Disposition"] == "attachment; filename=diary-de.pdf"
    assert "My pain diary" in pdf.words(clinic.get(f"{at}/patient-page.pdf", "nurse").data)
    assert stranger.client.get(f"{PATIENT}{at}/page.pdf", headers=HEADERS).status_code == 404
    assert phone.client.get(f"{PATIENT}{at}/page.pdf?language=xx", headers=HEADERS).status_code == 422
    actions = [row["action"] for row in store.of(clinic, AuditEvent)]
    assert actions.count("report.patient") == 2
    empty = f"{PATIENT}/episodes/{stranger.episode_id}/page.pdf"
    assert stranger.client.get(empty, headers=HEADERS).json["code"] == "not-readable-yet"
