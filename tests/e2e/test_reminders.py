"""A push from the worker to its check-in, through the real service worker; and what is said without one."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from server.config import from_environment
from server.persistence.tables import Reminder
from server.services import ticking
from tests.e2e.browsers import PHONE
from tests.e2e.clinic import Clinic
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage
from tests.factories.pushes import Browser, PushService, running_push_service
from tests.factories.store import rows
from tests.factories.world import CLINIC, HEADERS, procedure, sign_in

T0 = MONDAY_MORNING - timedelta(hours=1)  # 8:00 in Berlin, as the factory's injection
FAKE = """
  const made = %s;
  made.toJSON = () => ({ endpoint: made.endpoint, keys: made.keys });
  made.unsubscribe = async () => { localStorage.removeItem("test-subscribed"); return true; };
  PushManager.prototype.subscribe = async function (options) {
    localStorage.setItem("test-subscribed", btoa(String.fromCharCode(...options.applicationServerKey)));
    return made;
  };
  PushManager.prototype.getSubscription = async () => (localStorage.getItem("test-subscribed") ? made : null);
"""
"""Chromium cannot subscribe without its vendor's service: the subscription is the test's, all else real."""


@pytest.fixture
def pushes() -> Iterator[PushService]:
    with running_push_service() as service:
        yield service


@pytest.fixture
def app(stage: Stage) -> Flask:
    """The product in this process, for the worker's part."""
    return stage.app


def invite(app: Flask, clinic: Clinic) -> dict[str, Any]:
    desk = app.test_client()
    assert sign_in(desk, clinic.physician, clinic.password).status_code == 200
    record = {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}}
    form = {"patient": {"name": "Ada Lindgren", "record_number": "R-1"}, "episode": record}
    episode = desk.post(f"{CLINIC}/episodes", json=form, headers=HEADERS).json["episode_id"]
    return dict(
        desk.post(f"{CLINIC}/episodes/{episode}/enrolment", json={"kind": "qr"}, headers=HEADERS).json
    )


def connect(stage: Stage, app: Flask, clinic: Clinic, pocket: BrowserContext) -> PatientPhone:
    invitation = invite(app, clinic)
    phone = PatientPhone(pocket.new_page(), stage)
    phone.connect(invitation["link"], invitation["code"])
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    return phone


def open_settings(phone: PatientPhone) -> Page:
    phone.go("This phone")
    phone.page.get_by_role("link", name="Set up reminders").click()
    expect(phone.page.get_by_role("heading", name="Reminders", exact=True)).to_be_visible()
    return phone.page


def tick(app: Flask, stage: Stage) -> None:
    with app.app_context():
        ticking.tick(from_environment(stage.environment), stage.now())


def deliver(cdp: CDPSession, registration: str, stage: Stage, text: str) -> None:
    cdp.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": stage.url, "registrationId": registration, "data": text},
    )


def watch_registration(cdp: CDPSession) -> list[str]:
    found: list[str] = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    cdp.send("ServiceWorker.enable")
    return found


def states(app: Flask, clinic: Clinic) -> list[tuple[str, str]]:
    return [(row["slot"], row["state"]) for row in rows(app, clinic.clinic_id, Reminder)]


def test_a_push_is_shown_reported_and_opens_the_right_check_in(
    stage: Stage, app: Flask, clinic: Clinic, pushes: PushService, open_context: OpenContext
):
    browser = pushes.browser()
    pocket, watch = open_context("phone", PHONE, kept=True)
    pocket.grant_permissions(["notifications"], origin=stage.url)
    kept = browser.subscription
    keys = {"p256dh": kept["p256dh"], "auth": kept["auth"]}
    pocket.add_init_script(FAKE % json.dumps({"endpoint": kept["endpoint"], "keys": keys}))
    phone = connect(stage, app, clinic, pocket)
    page = open_settings(phone)
    watch.screen(page, "reminders")
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_text("Notifications reach this phone.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    watch.screen(page, "reminders on")

    stage.go_to(T0 + timedelta(days=1, hours=12, minutes=1))  # 20:01 the day after
    phone.follow()
    tick(app, stage)
    [push] = pushes.got
    told = read(push.body, browser)
    cdp = pocket.new_cdp_session(page)
    registrations = watch_registration(cdp)
    page.wait_for_timeout(500)
    deliver(cdp, registrations[-1], stage, json.dumps(told))
    worker = pocket.service_workers[0]
    shown = "registration.getNotifications().then((all) => all.map((one) => [one.title, one.body, one.tag]))"
    for _ in range(50):
        if ("d1", "shown") in states(app, clinic):
            break
        page.wait_for_timeout(200)
    assert worker.evaluate(shown) == [["Afterblock", "It is time for your check-in.", told["tag"]]]
    assert ("d1", "shown") in states(app, clinic), "the service worker told the server"

    deliver(cdp, registrations[-1], stage, json.dumps(told))
    page.wait_for_timeout(500)
    assert len(worker.evaluate(shown)) == 1, "a repeat replaces the first"

    phone.go("Diary")
    worker.evaluate(
        "registration.getNotifications().then((all) =>"
        " self.dispatchEvent(new NotificationEvent('notificationclick', { notification: all[0] })))"
    )
    expect(page).to_have_url(f"{stage.url}/?checkin=d1")
    expect(page.get_by_role("radiogroup", name="Left leg pain, on average")).to_be_visible()
    assert worker.evaluate(shown) == []


def read(body: bytes, browser: Browser) -> dict[str, Any]:
    """What was pushed; nothing in it says who, where, what or how much."""
    text = browser.read(body)
    for secret in ("Ada", "Lindgren", "Berlin", "leg", "L5", "lidocaine", "pain", "clinic"):
        assert secret.lower() not in text.lower().replace("localhost", "")
    return dict(json.loads(text))


def test_where_push_is_not_to_be_had_the_screen_says_so_and_a_dead_one_is_told(
    stage: Stage, app: Flask, clinic: Clinic, open_context: OpenContext
):
    pocket, watch = open_context("phone", PHONE, kept=True, color_scheme="dark")
    pocket.grant_permissions(["notifications"], origin=stage.url)
    phone = connect(stage, app, clinic, pocket)
    page = open_settings(phone)

    page.get_by_role("button", name="Turn on notifications").click()

    expect(page.get_by_text("Notifications cannot be had on this phone right now.")).to_be_visible(
        timeout=60_000
    )
    watch.screen(page, "reminders without push")
    page.get_by_role("button", name="Make an address to subscribe to").click()
    expect(page.get_by_text("Secret address.")).to_be_visible()
    watch.screen(page, "reminders with a calendar")
