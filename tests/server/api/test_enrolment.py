"""Bringing a phone in: link plus code, exactly one phone, nothing burnt by those who only look."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from server.persistence.tables import AuditEvent, Device, Enrolment
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.racing import at_once, times
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, Phone


@pytest.fixture
def episode(clinic: Clinic) -> str:
    return clinic.episode()


def stranger(clinic: Clinic, episode: str) -> Phone:
    return Phone(clinic.app.test_client(), episode)


def outcome(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json.get("code", "")


def wrong(invitation: dict[str, Any], step: int = 1) -> str:
    return f"{(int(invitation['code']) + step) % 1_000_000:06d}"


def test_link_and_code_make_a_phone_that_can_keep_the_diary(clinic: Clinic, episode: str):
    invitation = clinic.invite(episode)
    assert clinic.get("/episodes").json["episodes"][0]["device"] == "invited"
    phone = stranger(clinic, episode)
    answer = phone.enrol(invitation)
    assert answer.status_code == 201
    assert answer.json["diary"]["episodes"][0]["episode_id"] == episode
    assert answer.json["epoch"] == answer.json["diary"]["epoch"]
    mark, device = answer.headers.getlist("Set-Cookie")
    assert mark.startswith("afterblock-connected=1;")
    assert "HttpOnly" not in mark
    assert "HttpOnly" in device
    assert phone.client.get(f"{PATIENT}/diary").json == answer.json["diary"]
    assert phone.statuses(phone.put()) == ["stored"]
    detail = clinic.get(f"/episodes/{episode}").json
    assert detail["device"] == "enrolled"
    assert [device["device_id"] for device in detail["devices"]] == [answer.json["device_id"]]


def test_of_phones_racing_for_one_invitation_exactly_one_wins(clinic: Clinic, episode: str):
    for round_ in range(times(8, 400)):
        invitation = clinic.invite(episode)
        phones = [stranger(clinic, episode) for _ in range(3)]
        answers = at_once([partial(phone.enrol, invitation) for phone in phones])
        assert sorted(outcome(answer) for answer in answers) == [
            (201, ""),
            (409, "enrolment-used"),
            (409, "enrolment-used"),
        ]
        assert len(store.of(clinic, Device)) == round_ + 1


def test_five_wrong_codes_kill_an_invitation_and_the_right_one_no_longer_helps(clinic: Clinic, episode: str):
    invitation = clinic.invite(episode)
    phone = stranger(clinic, episode)
    for left in (4, 3, 2, 1):
        answer = phone.enrol(invitation, wrong(invitation))
        assert outcome(answer) == (403, "enrolment-code-wrong")
        assert answer.json["attempts_left"] == left
    assert outcome(phone.enrol(invitation, wrong(invitation))) == (410, "enrolment-dead")
    assert outcome(phone.enrol(invitation)) == (410, "enrolment-dead")
    assert store.of(clinic, Device) == []
    assert store.of(clinic, Enrolment)[0]["wrong_codes"] == 5


def test_guesses_made_in_parallel_are_evaluated_five_times_at_most(clinic: Clinic, episode: str):
    for _ in range(rounds := times(2, 50)):
        invitation = clinic.invite(episode)
        guesses = [
            partial(stranger(clinic, episode).enrol, invitation, wrong(invitation, step))
            for step in range(1, 13)
        ]
        codes = [outcome(answer) for answer in at_once(guesses)]
        assert codes.count((403, "enrolment-code-wrong")) == 4
        assert codes.count((410, "enrolment-dead")) == 8
        assert outcome(stranger(clinic, episode).enrol(invitation)) == (410, "enrolment-dead")
    refused = [row for row in store.of(clinic, AuditEvent) if row["action"] == "enrolment.wrong-code"]
    assert len(refused) == 5 * rounds, "five evaluated guesses for each invitation"


def test_a_code_on_the_screen_lasts_15_minutes_and_a_sent_link_a_day(
    clinic: Clinic, episode: str, clock: SettableClock
):
    for kind, minutes in (("qr", 15), ("link", 24 * 60)):
        invitation = clinic.invite(episode, kind)
        clock.advance(minutes=minutes, seconds=-1)
        assert outcome(stranger(clinic, episode).enrol(invitation, wrong(invitation)))[0] == 403
        clock.advance(seconds=1)
        assert outcome(stranger(clinic, episode).enrol(invitation)) == (410, "enrolment-expired")
        clock.advance(minutes=-minutes)


def test_a_new_invitation_ends_the_one_before(clinic: Clinic, episode: str):
    first, second = clinic.invite(episode), clinic.invite(episode, "link")
    assert outcome(stranger(clinic, episode).enrol(first)) == (410, "enrolment-expired")
    assert outcome(stranger(clinic, episode).enrol(second)) == (201, "")


def test_a_lost_answer_may_be_claimed_again_by_the_same_phone_for_ten_minutes(
    clinic: Clinic, episode: str, clock: SettableClock
):
    invitation = clinic.invite(episode)
    phone = stranger(clinic, episode)
    first = phone.enrol(invitation).json["device_id"]
    other = stranger(clinic, episode)
    assert outcome(other.enrol(invitation)) == (409, "enrolment-used")
    clock.advance(minutes=10)
    lost = Phone(clinic.app.test_client(), episode, phone.key)
    assert (
        outcome(Phone(clinic.app.test_client(), episode, phone.key).enrol(invitation, wrong(invitation)))[0]
        == 409
    )
    again = lost.enrol(invitation)
    assert (again.status_code, again.json["device_id"]) == (201, first)
    assert lost.client.get(f"{PATIENT}/diary").status_code == 200
    assert outcome(phone.client.get(f"{PATIENT}/diary")) == (401, "session-ended"), "one credential at a time"
    clock.advance(seconds=1)
    assert outcome(lost.enrol(invitation)) == (409, "enrolment-used")
    assert len(store.of(clinic, Device)) == 1


def test_a_phone_taken_off_meanwhile_cannot_come_back_through_its_lost_answer(clinic: Clinic, episode: str):
    invitation = clinic.invite(episode)
    phone = stranger(clinic, episode)
    device = phone.enrol(invitation).json["device_id"]
    clinic.client().delete(f"{CLINIC}/devices/{device}", json={"reason": "lost"}, headers=HEADERS)
    assert outcome(phone.enrol(invitation)) == (409, "enrolment-used")


def test_links_nobody_made_are_unknown(clinic: Clinic, episode: str):
    known = clinic.invite(episode)["link"].partition("#")[2]
    other_end = known[:-4] + ("AAAA" if not known.endswith("AAAA") else "BBBB")
    for token in ("x", "%", "Ä", "\ud800", "a" * 200, known[:-2], known + "AA", other_end, str(uuid4())):
        answer = clinic.app.test_client().post(
            f"{PATIENT}/enrolment",
            json={"token": token, "code": "123456", "device_key": str(uuid4())},
            headers=HEADERS,
        )
        assert outcome(answer) == (404, "enrolment-unknown"), token
    assert store.of(clinic, Enrolment)[0]["wrong_codes"] == 0


def test_those_who_only_look_at_a_link_burn_nothing(clinic: Clinic, episode: str):
    """Previews, prefetches and mail scanners see a page; a browser never sends them the fragment."""
    invitation = clinic.invite(episode, "link")
    address, _, token = invitation["link"].partition("#")
    path = address.partition("localhost")[2]
    before = store.of(clinic, Enrolment)
    visitor = clinic.app.test_client()
    for method in ("GET", "HEAD", "OPTIONS"):
        for headers in (
            {},
            {"Accept": "text/html"},
            {"Sec-Purpose": "prefetch;prerender"},
            {"Purpose": "prefetch"},
            {"User-Agent": "WhatsApp/2.23"},
        ):
            for place in (
                path,
                f"{path}?{token}",
                f"{PATIENT}/enrolment",
                f"{PATIENT}/enrolment?token={token}",
            ):
                visitor.open(place, method=method, headers=headers)
    for form in (
        {"token": token},
        {"token": token, "code": ""},
        {"token": token, "device_key": str(uuid4())},
    ):
        assert visitor.post(f"{PATIENT}/enrolment", json=form, headers=HEADERS).status_code == 422
        assert visitor.post(f"{PATIENT}/enrolment", data=form).status_code == 403
        assert visitor.post(f"{PATIENT}/enrolment", json=form).status_code == 403
    assert visitor._cookies == {}
    assert store.of(clinic, Enrolment) == before
    assert outcome(stranger(clinic, episode).enrol(invitation)) == (201, "")


def test_the_link_carries_its_token_in_the_fragment_only_and_nothing_keeps_either(
    capfd: pytest.CaptureFixture[str], clinic: Clinic, episode: str
):
    invitation = clinic.invite(episode)
    address, _, token = invitation["link"].partition("#")
    assert address == "http://localhost/enrol"
    assert len(token) == 54
    phone = stranger(clinic, episode)
    phone.enrol(invitation, wrong(invitation))
    answer = phone.enrol(invitation)
    cookie = phone.client.get_cookie("afterblock-device")
    assert cookie is not None
    kept = store.everything(clinic)
    logged = "".join(capfd.readouterr())
    for secret in (token, invitation["code"], cookie.value, phone.key):
        assert secret not in kept
        assert secret not in logged
    assert token not in answer.text
    assert cookie.value not in answer.text


def test_the_picture_shows_the_link_and_never_the_code(clinic: Clinic, episode: str):
    invitation = clinic.invite(episode)
    assert invitation["qr_svg"].startswith("<svg")
    assert invitation["code"] not in invitation["qr_svg"]
    assert invitation["code"] not in invitation["link"]
    assert "style=" not in invitation["qr_svg"]


def test_a_lost_phone_is_told_to_wipe_itself_and_stores_nothing_more(clinic: Clinic, episode: str):
    phone = clinic.phone(episode)
    device = clinic.get(f"/episodes/{episode}").json["devices"][0]["device_id"]
    path = f"{CLINIC}/devices/{device}"
    assert clinic.client().delete(path, json={"reason": "lost"}, headers=HEADERS).status_code == 204
    for answer in (phone.sync(phone.put()), phone.client.get(f"{PATIENT}/diary")):
        assert outcome(answer) == (403, "device-revoked")
        assert (answer.json["action"], answer.json["device_id"]) == ("wipe", device)
    assert clinic.get(f"/episodes/{episode}").json["entries"] == 0
    assert clinic.get(f"/episodes/{episode}").json["device"] == "none"
    again = clinic.client().delete(path, json={"reason": "replaced"}, headers=HEADERS)
    assert again.status_code == 204
    assert phone.sync().json["action"] == "wipe", "a lost phone stays lost"


def test_a_replaced_phone_is_not_told_to_wipe(clinic: Clinic, episode: str):
    phone = clinic.phone(episode)
    device = clinic.get(f"/episodes/{episode}").json["devices"][0]["device_id"]
    clinic.client().delete(f"{CLINIC}/devices/{device}", json={"reason": "replaced"}, headers=HEADERS)
    answer = phone.sync(phone.put())
    assert outcome(answer) == (403, "device-revoked")
    assert answer.json["action"] != "wipe"


def test_signing_a_phone_out_is_real_and_leaves_the_diary(clinic: Clinic, episode: str):
    phone = clinic.phone(episode)
    phone.sync(phone.put())
    cookie = phone.client.get_cookie("afterblock-device")
    assert cookie is not None
    answer = phone.client.delete(f"{PATIENT}/device", headers=HEADERS)
    assert answer.status_code == 204
    assert phone.client.get_cookie("afterblock-device") is None
    phone.client.set_cookie("afterblock-device", cookie.value)
    assert outcome(phone.sync(phone.put())) == (403, "device-revoked")
    assert clinic.get(f"/episodes/{episode}").json["entries"] == 1
    assert stranger(clinic, episode).enrol(clinic.invite(episode)).status_code == 201


@pytest.mark.parametrize("field", ["token", "code", "device_key"])
def test_a_missing_or_odd_field_is_pointed_at(app: Flask, field: str):
    form = {"token": "x", "code": "123456", "device_key": str(uuid4())}
    for value in (None, 7, [], {"a": 1}, "", "12345\n", "１２３４５６", "x" * 300):
        answer = app.test_client().post(f"{PATIENT}/enrolment", json=form | {field: value}, headers=HEADERS)
        if field == "token" and value in ("12345\n", "１２３４５６"):
            assert answer.status_code == 404
            continue
        assert outcome(answer) == (422, "invalid-request"), value
        assert [error["pointer"] for error in answer.json["errors"]] == [f"/{field}"]
        assert not isinstance(value, str) or not value or value not in answer.text
