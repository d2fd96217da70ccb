"""The phone on its own: a store emptied, two tabs, a portal in between, a connection the clinic ended."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.browsers import PHONE
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.holding import Holding
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.e2e.watch import Watch

SYNC = "**/api/v1/patient/sync"
ENROLMENT = "**/api/v1/patient/enrolment"
SESSION_ENDED = {
    "type": "about:blank",
    "title": "session ended",
    "status": 401,
    "detail": "",
    "code": "session-ended",
}
COUNT_ROWS = """async (table) => {
  const opened = indexedDB.open('afterblock');
  await new Promise((done) => { opened.onsuccess = done; });
  const asked = opened.result.transaction(table).objectStore(table).getAll();
  await new Promise((done) => { asked.onsuccess = done; });
  opened.result.close();
  return asked.result.length;
}"""

Connected = tuple[PatientPhone, Watch, str]


@pytest.fixture
def connected(stage: Stage, ward: Ward, open_context: OpenContext) -> Connected:
    """A phone half an hour after its patient's injection, with one score that arrived."""
    stage.go_to(MONDAY_MORNING - timedelta(minutes=30))
    episode = ward.episode()
    pocket, watch = open_context("phone", PHONE)
    phone = ward.connect(pocket.new_page(), episode)
    phone.log(3)
    phone.expect_all_received()
    return phone, watch, episode


@contextmanager
def cut_off(
    phone: PatientPhone, watch: Watch, answer: Callable[[Route], None] = lambda route: route.abort()
) -> Iterator[None]:
    """Inside, uploads do not reach the clinic."""
    with watch.without_server():
        phone.page.context.route(SYNC, answer)
        yield
        phone.page.context.unroute(SYNC)


def later(stage: Stage, phone: PatientPhone, **passed: float) -> None:
    stage.go_to(stage.now() + timedelta(**passed))
    phone.follow()


def test_a_store_the_browser_emptied_fills_itself_again(connected: Connected, ward: Ward):
    phone, _, episode = connected
    page = phone.page
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": phone.origin, "storageTypes": "indexeddb"}
    )
    page.reload()
    phone.expect_connected()
    phone.go("Today")
    expect(page.get_by_role("heading", name="Your diary was fetched again")).to_be_visible()
    assert page.evaluate(COUNT_ROWS, "revisions") == 1
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="Your diary was fetched again")).not_to_be_visible()
    phone.log(4)
    phone.expect_all_received()
    assert ward.pains(episode) == [3, 4]


def test_two_tabs_are_one_diary(connected: Connected, ward: Ward, stage: Stage):
    phone, watch, episode = connected
    other = PatientPhone(phone.page.context.new_page(), stage)
    other.open("/today")
    other.expect_connected()
    with cut_off(phone, watch):
        for tab, score in ((phone, 5), (other, 6), (phone, 7)):
            later(stage, tab, minutes=7)
            tab.log(score)
        phone.expect_waiting(3)
        other.expect_waiting(3)
    for tab in (phone, other):
        later(stage, tab, minutes=6)
    phone.expect_all_received()
    other.expect_all_received()
    assert ward.pains(episode) == [3, 5, 6, 7]


@pytest.mark.parametrize("status", [200, 302, 401])
def test_a_portal_in_between_is_no_clinic(connected: Connected, ward: Ward, stage: Stage, status: int):
    phone, watch, episode = connected
    page = phone.page
    portal = {"status": status, "content_type": "text/html", "body": "<h1>Welcome to the hotel</h1>"}
    if status == 302:
        portal["headers"] = {"Location": "/"}
    with (
        watch.refusing("/api/v1/patient/sync", status),
        cut_off(phone, watch, lambda route: route.fulfill(**portal)),
    ):
        later(stage, phone, minutes=7)
        phone.log(5)
        phone.expect_waiting(1)
        phone.go("This phone")
        page.get_by_role("button", name="Send now").click()
        expect(
            page.get_by_text("This network does not reach your clinic.").or_(
                page.get_by_text("No network right now.")
            )
        ).to_be_visible()
        phone.expect_waiting(1)
    phone.send_now()
    assert ward.pains(episode) == [3, 5]


def test_an_ended_session_pauses_the_upload_and_never_the_diary(
    connected: Connected, ward: Ward, stage: Stage
):
    phone, watch, episode = connected
    page = phone.page
    ended = {"status": 401, "content_type": "application/problem+json", "body": json.dumps(SESSION_ENDED)}
    with (
        watch.refusing("/api/v1/patient/sync", 401),
        cut_off(phone, watch, lambda route: route.fulfill(**ended)),
    ):
        for score in (5, 6):
            later(stage, phone, minutes=7)
            phone.log(score)
        expect(page.get_by_role("link", name=re.compile("^Reconnect"))).to_be_visible()
        phone.go("This phone")
        expect(page.get_by_text("You can go on saving.")).to_be_visible()
        assert exported(page) == [5, 6]
    again = ward.clinic.invite(episode)
    phone.open_link(again["link"])
    phone.type_code(again["code"])
    phone.expect_all_received()
    assert ward.pains(episode) == [3, 5, 6]


FULL = """() => {
  IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); };
}"""


def exported(page: Page) -> list[Any]:
    """The scores in the file of unsent entries."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy of unsent entries").first.click()
    content = json.loads(Path(download.value.path()).read_text())
    assert content["format"] == "afterblock-unsent/1"
    return [operation["body"]["pain"] for operation in content["ops"]]


def test_an_entry_the_phone_cannot_keep_can_be_saved_as_a_file(
    connected: Connected, ward: Ward, stage: Stage
):
    phone, watch, _ = connected
    page = phone.page
    with cut_off(phone, watch):
        later(stage, phone, minutes=7)
        phone.log(5)
        later(stage, phone, minutes=7)
        phone.begin()
        phone.choose(6)
        page.evaluate(FULL)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("alert")).to_be_visible()
        watch.screen(page, "a save that failed")
        assert exported(page) == [5, 6]


DOES_NOT_OPEN = """
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (name, ...version) {
    if (version.length > 0) throw new DOMException('damaged', 'UnknownError');
    return open.call(this, name);
  };
"""


def test_a_store_that_does_not_open_gives_its_unsent_entries_as_a_file(
    connected: Connected, ward: Ward, stage: Stage
):
    phone, watch, _ = connected
    page = phone.page
    with cut_off(phone, watch):
        later(stage, phone, minutes=7)
        phone.log(5)
        page.context.add_init_script(DOES_NOT_OPEN)
        page.reload()
        expect(page.get_by_role("heading", name="The diary could not be opened")).to_be_visible()
        watch.screen(page, "a store that does not open")
        assert exported(page) == [5]
        page.get_by_role("button", name=re.compile("^Something feels wrong")).click()
        expect(page.get_by_role("heading", name="What do you notice?")).to_be_visible()


def test_a_replaced_phone_keeps_what_it_has_for_a_file(connected: Connected, ward: Ward, stage: Stage):
    phone, watch, episode = connected
    ward.revoke(episode, "replaced")
    with watch.refusing("/api/v1/patient/sync", 403), watch.refusing("/api/v1/patient/language", 403):
        later(stage, phone, minutes=7)
        phone.log(5)
        phone.go("This phone")
        expect(phone.page.get_by_text("Your clinic has disconnected this phone.")).to_be_visible()
        assert exported(phone.page) == [5]


def test_a_lost_phone_deletes_its_diary(connected: Connected, ward: Ward, stage: Stage):
    phone, watch, episode = connected
    ward.revoke(episode, "lost")
    with watch.refusing("/api/v1/patient/sync", 403), watch.refusing("/api/v1/patient/language", 403):
        later(stage, phone, minutes=7)
        expect(phone.page.get_by_role("heading", name="Welcome to Afterblock")).to_be_visible()
    for table in ("revisions", "outbox", "meta", "drafts", "aside"):
        assert phone.page.evaluate(COUNT_ROWS, table) == 0, table


WATCH_BADGE = """() => {
  const show = async (count) => { document.documentElement.dataset.badge = String(count); };
  Object.assign(navigator, { setAppBadge: show, clearAppBadge: () => show(0) });
}"""


def test_an_entry_that_waits_for_a_day_says_so_on_the_icon_and_on_today(
    connected: Connected, ward: Ward, stage: Stage
):
    phone, watch, episode = connected
    page = phone.page
    page.evaluate(WATCH_BADGE)
    with cut_off(phone, watch):
        later(stage, phone, minutes=7)
        phone.log(5)
        expect(page.locator("html")).to_have_attribute("data-badge", "1")
        later(stage, phone, hours=24, minutes=5)
        phone.go("Today")
        expect(page.get_by_role("heading", name="Entries have waited for more than a day")).to_be_visible()
        watch.screen(page, "waiting for a day")
        assert exported(page) == [5]
    phone.go("This phone")
    phone.send_now()
    expect(page.locator("html")).to_have_attribute("data-badge", "0")
    assert ward.pains(episode) == [3, 5]


def test_signing_out_sends_what_is_left_and_then_leaves_nothing(
    connected: Connected, ward: Ward, stage: Stage
):
    phone, watch, episode = connected
    page = phone.page
    with cut_off(phone, watch):
        later(stage, phone, minutes=7)
        phone.log(5)
        phone.expect_waiting(1)
    phone.go("This phone")
    page.get_by_role("button", name="Sign out of this phone").click()
    expect(page.get_by_role("dialog").get_by_text("Your clinic has received everything.")).to_be_visible()
    page.get_by_role("button", name="Sign out and delete").click()
    expect(page.get_by_text("This phone is signed out.")).to_be_visible()
    assert ward.pains(episode) == [3, 5]
    assert [page.evaluate(COUNT_ROWS, table) for table in ("revisions", "outbox", "meta", "drafts")] == [
        0,
        0,
        0,
        0,
    ]
    assert "afterblock-connected" not in page.evaluate("document.cookie")
    page.reload()
    expect(page.get_by_role("heading", name="Welcome to Afterblock")).to_be_visible()


def test_a_second_patient_never_sees_the_first_ones_diary(connected: Connected, ward: Ward, stage: Stage):
    phone, watch, first = connected
    page = phone.page
    with cut_off(phone, watch):
        later(stage, phone, minutes=7)
        phone.log(5)
        second = ward.episode()
        walk_on_while_connecting(phone, ward.clinic.invite(second))
        expect(page.get_by_text("No entries yet.")).to_be_visible()
    assert page.url.endswith("/history"), "nobody is led away from where they went meanwhile"
    phone.log(8)
    phone.expect_all_received()
    phone.go("This phone")
    expect(page.get_by_text("Unsent entries of another diary on this phone: 1")).to_be_visible()
    watch.screen(page, "another diary's entries")
    assert exported(page) == [5]
    assert (ward.pains(first), ward.pains(second)) == ([3], [8])


def walk_on_while_connecting(phone: PatientPhone, invitation: dict[str, Any]) -> None:
    """Connect once more, and go to the diary before the clinic has answered."""
    holding = Holding(phone.page.context, ENROLMENT)
    phone.open_link(invitation["link"])
    phone.type_code(invitation["code"])
    asked = holding.take(phone.page)
    phone.go("Diary")
    expect(phone.page.get_by_role("heading", name="Diary", exact=True)).to_be_visible()
    asked.continue_()
    phone.page.context.unroute(ENROLMENT)
