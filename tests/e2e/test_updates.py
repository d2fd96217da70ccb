"""New versions of the app on a phone: never under an open form, never half, and taken away if need be."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import PHONE
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.release import Releases
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.e2e.watch import Watch

LOOK_FOR_NEWER = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update().catch(() => undefined);
  const made = registration.installing;
  const settled = (done) => () => made.state !== 'installing' && done();
  if (made) await new Promise((done) => made.addEventListener('statechange', settled(done)));
  return registration.waiting !== null;
}"""
WAITS = "async () => (await navigator.serviceWorker.getRegistration()).waiting !== null"
SHELLS = "async () => (await caches.keys()).filter((name) => name.startsWith('afterblock-shell-')).length"
REGISTRATIONS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
PUT_AWAY = """(state) => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


@dataclass
class Running:
    """The product on a release of its own, and a phone with it."""

    stage: Stage
    ward: Ward
    phone: PatientPhone
    watch: Watch
    releases: Releases
    episode: str


@pytest.fixture
def running(own_stage: Stage, open_context: OpenContext, tmp_path: Path) -> Running:
    """A connected phone on the first release, its shell stored."""
    releases = Releases(tmp_path / "published")
    releases.publish("first")
    own_stage.environment["AFTERBLOCK_PWA"] = str(releases.folder)
    own_stage.go_to(MONDAY_MORNING - timedelta(minutes=45))
    own_stage.start()
    ward = Ward(own_stage)
    episode = ward.episode()
    pocket, watch = open_context("phone", PHONE)
    phone = ward.connect(pocket.new_page(), episode)
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.open("/today")
    return Running(own_stage, ward, phone, watch, releases, episode)


def release_of(page: Page) -> str:
    return page.locator("meta[name=release]").get_attribute("content") or ""


def wait_until_nothing_is_left(page: Page) -> None:
    for _ in range(100):
        if page.evaluate(REGISTRATIONS) == 0 and page.evaluate(SHELLS) == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the stored app is still on the phone")


def test_a_new_version_waits_for_an_open_form_and_then_takes_over(running: Running):
    phone, watch, stage = running.phone, running.watch, running.stage
    page = phone.page
    phone.begin()
    phone.choose(4)
    running.releases.publish("second")
    assert page.evaluate(LOOK_FOR_NEWER)
    page.evaluate(PUT_AWAY, "hidden")
    page.evaluate(PUT_AWAY, "visible")
    assert page.evaluate(WAITS), "an open form is never interrupted"
    assert page.get_by_role("radio", name="4 of 10").first.is_checked()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    phone.leave_saved()
    phone.go("This phone")
    expect(page.get_by_text("A new version is ready.")).to_be_visible()
    assert release_of(page) == "first"
    page.evaluate(PUT_AWAY, "hidden")
    expect(page.locator("meta[name=release][content=second]")).to_be_attached()
    assert page.evaluate(SHELLS) == 2, "the version before stays for pages that are open in it"
    phone.expect_all_received()
    with watch.without_server():
        stage.kill()
        phone.open("/today")
        phone.expect_connected()
        assert release_of(page) == "second"
        stage.start()
    assert running.ward.pains(running.episode) == [4]


def test_a_version_that_does_not_arrive_whole_is_not_installed(running: Running):
    phone, watch, stage = running.phone, running.watch, running.stage
    page = phone.page
    running.releases.publish("second", broken=True)
    # The browser says on the console that a file is not the one that was built.
    with watch.expecting("integrity"):
        assert not page.evaluate(LOOK_FOR_NEWER)
    with watch.without_server():
        stage.kill()
        phone.open("/today")
        phone.expect_connected()
        phone.log(5)
        phone.expect_waiting(1)
        assert release_of(page) == "first"


def test_the_operator_can_take_the_shell_off_phones_and_never_the_diary(running: Running):
    phone, watch, stage = running.phone, running.watch, running.stage
    page = phone.page
    with watch.without_server():
        stage.kill()
        phone.log(5)
        phone.expect_waiting(1)
        stage.environment["OFFLINE_SHELL"] = "off"
        stage.start()
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    wait_until_nothing_is_left(page)
    phone.expect_all_received()
    phone.open("/today")
    phone.expect_connected()
    phone.log(6)
    phone.expect_all_received()
    assert running.ward.pains(running.episode) == [5, 6]
