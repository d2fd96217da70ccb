"""A physician signs the reading on the screen; later entries re-open it; everybody sees who signed what."""

import json
from datetime import timedelta
from typing import Any

import pytest

from server.persistence.tables import AuditEvent, SignOff
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, Phone, entry, procedure

HOURS = [("08:15", 2), ("08:30", 2), ("09:00", 3), ("10:00", 3)]


@pytest.fixture
def scored(clinic: Clinic, phone: Phone, clock: SettableClock) -> Phone:
    """A phone whose diary relieves well in the diagnostic window, read when that is over."""
    wait(clinic, clock, hours=4)
    for at, pain in HOURS:
        send(phone, clock, phone.put(entry(f"2026-03-02T{at}:00+01:00", pain)))
    return phone


def wait(clinic: Clinic, clock: SettableClock, **span: float) -> None:
    clock.set(clock() + timedelta(**span))
    clinic.sign_in_again()


def send(phone: Phone, clock: SettableClock, *ops: dict[str, Any]) -> None:
    assert set(phone.statuses(*ops, client_time=clock().isoformat())) <= {"stored"}


def state(clinic: Clinic, phone: Phone, role: str = "physician") -> dict[str, Any]:
    answer = clinic.get(f"/episodes/{phone.episode_id}/sign-off", role)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def sign(clinic: Clinic, phone: Phone, seen: dict[str, Any], **changes: Any) -> Any:
    before = None if seen["signed"] is None else seen["signed"]["number"]
    form = {"version": seen["version"], "read_at": seen["read_at"], "signed_number": before}
    form |= {"conclusion": "consistent"} | changes
    return clinic.client().post(f"{CLINIC}/episodes/{phone.episode_id}/sign-off", json=form, headers=HEADERS)


def evening(day: int, pain: int) -> dict[str, Any]:
    at = f"2026-03-{2 + day:02}T21:00:00+01:00"
    return entry(at, pain, scale="average_24h")


def test_a_second_signature_on_what_was_seen_unsigned_is_refused(clinic: Clinic, scored: Phone):
    seen = state(clinic, scored)
    assert sign(clinic, scored, seen, conclusion="undecided").status_code == 200
    again = sign(clinic, scored, seen, conclusion="consistent")
    assert (again.status_code, again.json["code"]) == (409, "signed-meanwhile")
    told = state(clinic, scored)
    assert (told["signed"]["conclusion"], len(told["history"])) == ("undecided", 1)
    assert sign(clinic, scored, told, conclusion="consistent").status_code == 200, "once it was seen"
    assert len(store.of(clinic, SignOff)) == 2


def test_the_software_suggests_and_the_physician_decides(clinic: Clinic, scored: Phone):
    seen = state(clinic, scored)
    assert (seen["state"], seen["suggested"], seen["signed"]) == ("unsigned", "consistent", None)
    assert [one["code"] for one in seen["conclusions"]] == [
        "consistent",
        "argues_against",
        "undecided",
        "not_readable",
    ]
    assert "does not prove" in seen["conclusions"][0]["sentence"]

    told = sign(clinic, scored, seen, conclusion="undecided", note="Leg numb, but walked little.").json

    signed = told["signed"]
    assert (told["state"], signed["conclusion"], signed["note"]) == (
        "signed",
        "undecided",
        "Leg numb, but walked little.",
    )
    assert signed["statement"] == (
        f"Read by Physician of Clinic, 2 Mar 2026, 13:00, on data version {seen['version']}, "
        "criteria snrb-default/1"
    )
    assert told == state(clinic, scored, "nurse")


def test_nobody_signs_what_has_changed_since_they_looked(clinic: Clinic, scored: Phone, clock: SettableClock):
    seen = state(clinic, scored)
    send(scored, clock, scored.put(entry("2026-03-02T11:00:00+01:00", 6)))
    answer = sign(clinic, scored, seen)
    assert (answer.status_code, answer.json["code"]) == (409, "reading-changed")
    assert store.of(clinic, SignOff) == []
    assert sign(clinic, scored, state(clinic, scored)).status_code == 200


@pytest.mark.parametrize("role", ["nurse", "admin", "auditor"])
def test_only_a_physician_signs(clinic: Clinic, scored: Phone, role: str):
    seen = state(clinic, scored)
    form = {"version": seen["version"], "read_at": seen["read_at"], "conclusion": "consistent"}
    answer = clinic.client(role).post(
        f"{CLINIC}/episodes/{scored.episode_id}/sign-off", json=form, headers=HEADERS
    )
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


def test_later_entries_re_open_it_and_are_named(clinic: Clinic, scored: Phone, clock: SettableClock):
    sign(clinic, scored, state(clinic, scored))
    wait(clinic, clock, days=4)
    calm = [scored.put(evening(day, 3)) for day in (1, 2, 3)]
    send(scored, clock, *calm)

    seen = state(clinic, scored)

    assert seen["state"] == "reopened"
    moved = {change["answer"]: change for change in seen["changes"]}
    assert (moved["steroid"]["before"], moved["steroid"]["cause"]) == ("pending", "entries")
    assert set(moved["steroid"]["entries"]) <= {op["entry_id"] for op in calm}
    assert moved["steroid"]["was"] != moved["steroid"]["reads"]
    assert [step["kind"] for step in seen["history"]] == ["reopened", "signed"]
    assert seen["history"][0]["changes"][0]["title"]

    again = sign(clinic, scored, seen, note="Steroid works.").json
    assert (again["state"], again["changes"]) == ("signed", [])
    assert [step["kind"] for step in again["history"]] == ["signed", "reopened", "signed"]
    actions = [row["action"] for row in store.of(clinic, AuditEvent)]
    assert actions.count("sign-off.sign") == 2
    assert actions.count("sign-off.reopen") == 1


def test_an_edited_score_re_opens_it(clinic: Clinic, phone: Phone, clock: SettableClock):
    wait(clinic, clock, hours=4)
    ops = [phone.put(entry(f"2026-03-02T{at}:00+01:00", pain)) for at, pain in HOURS]
    send(phone, clock, *ops)
    sign(clinic, phone, state(clinic, phone))
    edits = [phone.edit(op, entry(op["body"]["taken_at"], 7)) for op in ops]
    send(phone, clock, *edits)
    seen = state(clinic, phone)
    moved = {change["answer"]: change for change in seen["changes"]}
    assert seen["state"] == "reopened"
    assert (moved["anaesthetic"]["before"], moved["anaesthetic"]["after"]) == ("positive", "negative")
    named = set(moved["anaesthetic"]["entries"])
    assert named
    assert named <= {op["entry_id"] for op in ops}


def test_a_correction_of_the_record_re_opens_it(clinic: Clinic, scored: Phone):
    sign(clinic, scored, state(clinic, scored))
    record = {"status": "performed", "procedure": procedure(sedation=True), "baseline": {"pain": 7}}
    at = f"{CLINIC}/episodes/{scored.episode_id}"
    form = record | {"reason": "sedation was given", "revision": 1}
    assert clinic.client().put(at, json=form, headers=HEADERS).status_code == 200
    seen = state(clinic, scored)
    assert (seen["state"], seen["changes"][0]["cause"]) == ("reopened", "record")


def test_the_phone_learns_up_to_which_change_the_diary_was_read(
    clinic: Clinic, scored: Phone, clock: SettableClock
):
    def told() -> int | None:
        return scored.client.get(f"{PATIENT}/diary").json["episodes"][0]["seen_seq"]

    assert told() is None
    seen = state(clinic, scored)
    sign(clinic, scored, seen)
    assert told() == seen["version"]
    answer = scored.sync(
        scored.put(entry("2026-03-02T11:00:00+01:00", 3)), client_time=clock().isoformat()
    ).json
    assert answer["diary"]["episodes"][0]["seen_seq"] < answer["results"][0]["seq"]


def test_page_text_and_bundle_tell_whether_and_by_whom_it_is_signed(
    clinic: Clinic, scored: Phone, clock: SettableClock
):
    at = f"/episodes/{scored.episode_id}"

    def report(query: str = "") -> dict[str, Any]:
        entries = clinic.get(f"{at}/fhir.json{query}").json["entry"]
        return next(e["resource"] for e in entries if e["resource"]["resourceType"] == "DiagnosticReport")

    assert "not signed by a physician" in clinic.get(f"{at}/report-text").json["text"]
    assert report()["status"] == "preliminary"
    sign(clinic, scored, state(clinic, scored), note="Walked stairs without pain")
    text = clinic.get(f"{at}/report-text").json["text"]
    assert "Read by Physician of Clinic" in text
    assert "Consistent with L5 as the source; this does not prove it. Walked stairs without pain." in text
    assert (report()["status"], report()["resultsInterpreter"]) == (
        "final",
        [{"display": "Physician of Clinic"}],
    )
    nameless = clinic.get(f"{at}/fhir.json?deidentified=true").text
    assert "Physician of Clinic" not in nameless
    assert "stairs" not in nameless
    assert "2026" not in json.dumps(report("?deidentified=true"))
    wait(clinic, clock, days=4)
    send(scored, clock, *[scored.put(evening(day, 3)) for day in (1, 2, 3)])
    assert "Re-opened" in clinic.get(f"{at}/report-text").json["text"]
    assert report()["status"] == "preliminary"


def test_the_passport_shows_who_concluded_what_and_that_it_was_reopened(
    clinic: Clinic, scored: Phone, clock: SettableClock
):
    patient = clinic.get(f"/episodes/{scored.episode_id}").json["patient"]["patient_id"]
    at = f"/patients/{patient}/passport"
    assert clinic.get(at).json["status"] == "Preliminary: 0 of 1 blocks signed by a physician"
    assert sign(clinic, scored, state(clinic, scored), note="Leg numb").status_code == 200
    told = clinic.get(at).json
    (block,) = told["blocks"]
    assert (told["status"], block["sign_state"]) == ("Signed by a physician: the only block", "signed")
    assert (block["note"], block["conclusion"]) == (
        "Leg numb",
        "Consistent with L5 as the source; this does not prove it.",
    )
    assert "Read by Physician of Clinic" in block["signed"]
    assert block["signed"] in clinic.get(f"{at}-text").json["text"]

    wait(clinic, clock, days=4)
    send(scored, clock, *(scored.put(evening(day, 3)) for day in (1, 2, 3)))
    told = clinic.get(at).json
    assert told["blocks"][0]["sign_state"] == "reopened"
    assert told["status"].endswith("1 re-opened by later changes")
    assert "Re-opened: the reading has changed" in clinic.get(f"{at}-text").json["text"]
    known = {one["entry_id"] for one in clinic.get(f"/episodes/{scored.episode_id}/entries").json["entries"]}
    behind = told["blocks"][0]["figures"][0]["counted"]
    assert behind
    assert {one["entry_id"] for one in behind} <= known
