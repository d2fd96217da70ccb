"""A push from the worker to its check-in, through the real service worker; and what is said without one."""

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, CDPSession, Page, Worker, expect

from server.config import from_environment
from server.persistence.tables import PushSubscription, Reminder
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

UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
    kept = {"endpoint": browser.subscription["endpoint"], "keys": keys_of(browser)}
    pocket.add_init_script(FAKE % json.dumps(kept))
    phone = connect(stage, app, clinic, pocket)
    page = open_settings(phone)
    watch.screen(page, "reminders")
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_text("Notifications reach this phone.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    watch.screen(page, "reminders on")
    cdp = pocket.new_cdp_session(page)
    registrations = watch_registration(cdp)
    try_the_whole_way(page, app, stage, pushes, browser, cdp, registrations)
    watch.screen(page, "reminders tried")

    stage.go_to(T0 + timedelta(days=1, hours=12, minutes=1))  # 20:01 the day after
    phone.follow()
    tick(app, stage)
    [told] = pushed(pushes, browser, "checkin=d1")
    deliver(cdp, registrations[-1], stage, json.dumps(told))
    worker = pocket.service_workers[0]
    shown = "registration.getNotifications().then((all) => all.map((one) => [one.title, one.body, one.tag]))"
    poll(lambda: ("d1", "shown") in states(app, clinic), "the service worker told the server")
    assert ["Afterblock", "It is time for your check-in.", told["tag"]] in worker.evaluate(shown)

    deliver(cdp, registrations[-1], stage, json.dumps(told))
    page.wait_for_timeout(500)
    assert len(worker.evaluate(shown)) == 2, "a repeat replaces the first; the test's own stays"

    phone.go("Diary")
    worker.evaluate(
        "registration.getNotifications().then((all) =>"
        " self.dispatchEvent(new NotificationEvent('notificationclick',"
        f" {{ notification: all.find((one) => one.tag === '{told['tag']}') }})))"
    )
    expect(page).to_have_url(f"{stage.url}/?checkin=d1")
    expect(page.get_by_role("radiogroup", name="Left leg pain, on average")).to_be_visible()
    assert told["tag"] not in str(worker.evaluate(shown))
    ask_later(page)
    watch.screen(page, "snoozed")
    stage.go_to(T0 + timedelta(days=1, hours=12, minutes=17))
    tick(app, stage)
    first, later = pushed(pushes, browser, "checkin=d1")
    assert (first, later["tag"]) == (told, told["tag"]), "later, and in place of the first"
    another = pushes.browser("another")
    replace_subscription(worker, another)
    poll(lambda: endpoints(app, clinic) == [another.subscription["endpoint"]], "the worker told the new one")


def replace_subscription(worker: Worker, browser: Browser) -> None:
    """The browser gives the old one up by itself, with no page open that could notice."""
    made = {"endpoint": browser.subscription["endpoint"], "keys": keys_of(browser)}
    worker.evaluate(f"""() => {{
      const made = {{ toJSON: () => ({json.dumps(made)}) }};
      PushManager.prototype.subscribe = async () => made;
      PushManager.prototype.getSubscription = async () => null;
      self.dispatchEvent(new ExtendableEvent("pushsubscriptionchange"));
    }}""")


def keys_of(browser: Browser) -> dict[str, str]:
    return {name: browser.subscription[name] for name in ("p256dh", "auth")}


def endpoints(app: Flask, clinic: Clinic) -> list[str]:
    return [row["endpoint"] for row in rows(app, clinic.clinic_id, PushSubscription) if not row["dead_at"]]


def poll(holds: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until, what
        time.sleep(0.2)


def try_the_whole_way(
    page: Page,
    app: Flask,
    stage: Stage,
    pushes: PushService,
    browser: Browser,
    cdp: CDPSession,
    registrations: list[str],
) -> None:
    """A test reminder through queue, push service and service worker; the screen follows it."""
    page.get_by_role("button", name="Send a test reminder").click()
    expect(page.get_by_text("On its way.")).to_be_visible()
    tick(app, stage)
    expect(page.get_by_text("Sent. It should arrive within a minute.")).to_be_visible()
    [told] = pushed(pushes, browser, "/phone")
    deliver(cdp, registrations[-1], stage, json.dumps(told))
    expect(page.get_by_text("It has arrived on this phone. Reminders work.")).to_be_visible()


def pushed(pushes: PushService, browser: Browser, link: str) -> list[dict[str, Any]]:
    """What was pushed so far and leads there."""
    return [told for push in pushes.got if link in str(told := read(push.body, browser))]


def ask_later(page: Page) -> None:
    page.get_by_text("Remind me later").click()
    page.get_by_role("button", name="In 15 minutes").click()
    expect(page.get_by_text("You will be reminded at")).to_be_visible()


def read(body: bytes, browser: Browser) -> dict[str, Any]:
    """What was pushed; nothing in it says who, where, what or how much."""
    text = browser.read(body)
    words = UUID_TEXT.sub("", text).lower().replace("localhost", "")  # an id may hold any three letters
    for secret in ("Ada", "Lindgren", "Berlin", "leg", "L5", "lidocaine", "pain", "clinic"):
        assert secret.lower() not in words
    return dict(json.loads(text))


def test_where_push_is_not_to_be_had_the_screen_says_so_and_a_dead_one_is_told(
    stage: Stage, app: Flask, clinic: Clinic, open_context: OpenContext
):
    pocket, watch = open_context("phone", PHONE, kept=True, color_scheme="dark")
    pocket.grant_permissions(["notifications"], origin=stage.url)
    write_leaflet(app, clinic)
    phone = connect(stage, app, clinic, pocket)
    phone.go("This phone")
    phone.page.get_by_role("link", name="Read: after your injection").click()
    expect(phone.page.get_by_text("Do not drive until tomorrow.")).to_be_visible()
    expect(phone.page.get_by_text("Not yet reviewed by a clinic physician")).to_be_visible()
    watch.screen(phone.page, "leaflet")
    phone.go("Today")
    offer = phone.page.get_by_role("heading", name="Would you like to be reminded?")
    expect(offer).to_be_visible()
    watch.screen(phone.page, "offer of reminders")
    page = open_settings(phone)

    page.get_by_role("button", name="Turn on notifications").click()

    expect(page.get_by_text("Notifications cannot be had on this phone right now.")).to_be_visible(
        timeout=60_000
    )
    watch.screen(page, "reminders without push")
    page.get_by_role("button", name="Make an address to subscribe to").click()
    expect(page.get_by_text("Secret address.")).to_be_visible()
    watch.screen(page, "reminders with a calendar")
    phone.go("Today")
    expect(offer).to_be_hidden()


def write_leaflet(app: Flask, clinic: Clinic) -> None:
    """What the clinic's administrator types into the settings."""
    desk = app.test_client()
    assert sign_in(desk, clinic.admin, clinic.password).status_code == 200
    form = {"version": 0, "value": {"text": "Do not drive until tomorrow."}}
    answer = desk.put(f"{CLINIC}/settings/leaflets/en", json=form, headers=HEADERS)
    assert answer.status_code == 200, answer.text
