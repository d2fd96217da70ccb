"""A physician's minute with one patient: signed by keyboard, re-opened by the diary, on three sizes."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsers import LAPTOP
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.conftest import OpenContext
from tests.e2e.looks import check_sizes
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.factories.world import PASSWORD, Phone, entry

INFECTION = "Temperature of 38.0 °C or more"
AFTERNOON = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)


def scores(phone: Phone, *drawn: tuple[str, int], scale: str = "now") -> list[dict[str, Any]]:
    return [phone.put(entry(f"2026-03-{at}:00+01:00", pain, scale=scale)) for at, pain in drawn]


def send(stage: Stage, phone: Phone, *ops: dict[str, Any]) -> None:
    assert set(phone.statuses(*ops, client_time=stage.now().isoformat())) == {"stored"}


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def test_a_reading_is_signed_by_keyboard_and_re_opened_by_the_diary(
    stage: Stage, ward: Ward, open_context: OpenContext
):
    phone = ward.clinic.phone(ward.episode())
    stage.go_to(AFTERNOON)
    send(stage, phone, *scores(phone, ("02T08:15", 2), ("02T08:30", 2), ("02T09:00", 3), ("02T10:00", 3)))
    context, watch = open_context("laptop", LAPTOP, reduced_motion="reduce")
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    ward.clinic.sign_in_again()
    desk.sign_in(ward.clinic.email("physician"), PASSWORD)
    page.set_viewport_size({"width": 1366, "height": 768})
    desk.open_episode("Ann Example")
    panel = page.get_by_role("region", name="Sign-off")
    expect(panel).to_contain_text("not signed")
    expect(page.get_by_text("a positive block alone does not prove it")).to_be_visible()
    assert_in_one_view(page, panel)
    check_sizes(watch, page, "not signed")
    open_what_stands_beside(page)
    check_sizes(watch, page, "opened by keyboard")
    open_numbers(page)
    check_sizes(watch, page, "another line")
    page.get_by_role("button", name="Back to the clinic's line").click()
    expect(panel).to_be_visible()

    panel.get_by_role("radio", name="Consistent").focus()
    press(page, "ArrowRight ArrowRight Tab")
    page.keyboard.type("Numb, but walked little")
    press(page, "Tab Enter")
    expect(panel).to_contain_text("Neither supports nor argues against L5 as the source.")
    expect(panel).to_contain_text("Read by Physician of Clinic")
    check_sizes(watch, page, "signed")

    page.goto("about:blank")
    stage.go_to(AFTERNOON + timedelta(days=4))
    evenings = scores(phone, ("03T21:00", 3), ("04T21:00", 3), ("05T21:00", 3), scale="average_24h")
    send(stage, phone, *evenings)
    desk.sign_in(ward.clinic.email("physician"), PASSWORD)
    desk.open_episode("Ann Example")
    expect(panel).to_contain_text("Before: Undecided signed 2 Mar 2026")
    sign = panel.get_by_role("button", name="Sign", exact=True).bounding_box()
    assert sign is not None
    assert sign["y"] + sign["height"] <= 768, "the new decision is on the first screen"
    panel.get_by_text("Before:").click()
    expect(panel).to_contain_text("Neither supports nor argues against L5 as the source.")
    panel.get_by_text("answers moved:").click()
    moved = page.get_by_role("list", name="What moved since it was signed")
    expect(moved).to_contain_text("Steroid onset: pending → responded")
    moved.get_by_text("Steroid onset:").click()
    expect(moved).to_contain_text("Moved by")
    check_sizes(watch, page, "re-opened")
    panel.get_by_text("History").click()
    expect(panel).to_contain_text("Re-opened 6 Mar")


def open_what_stands_beside(page: Page) -> None:
    """Thresholds, a count and the grade of confidence, opened with Enter and closed with Escape."""
    answer = page.get_by_role("article").filter(has_text="Anaesthetic phase")
    why = answer.get_by_role("button", name="Anaesthetic phase")
    why.press("Enter")
    expect(answer).to_contain_text("Measured by criteria snrb-default/1")
    expect(answer).to_contain_text("Positive from 50 % relief in two successive scores on. Datta 2013")
    press(page, "Escape")
    expect(why).to_be_focused()
    expect(answer.get_by_text("Measured by criteria")).to_be_hidden()

    detail = page.locator("#figure-detail")
    expected = page.get_by_role("button", name="expected")
    expected.press("Enter")
    expect(detail).to_contain_text("Ono 2019")
    expect(detail).to_be_in_viewport(ratio=1)
    expect(detail).to_contain_text("First hours: 7 due, 4 on time and 3 missing")
    press(page, "Escape")
    expect(expected).to_be_focused()
    expect(detail).to_be_hidden()
    page.get_by_role("button", name="on time").press("Enter")
    expect(detail).to_contain_text("Counts 4 entries: Mon 2 Mar, 08:15")
    expect(page.locator("tr.is-evidence")).to_have_count(4)
    page.get_by_role("button", name="confidence").press("Enter")
    expect(detail).to_contain_text("B: at least 60 % on time")
    expect(detail).to_contain_text("Adherence: 5 of 8 due check-ins on time")


def open_numbers(page: Page) -> None:
    """A number with its rule, source and entries, then the verdict under a stricter line."""
    answer = page.get_by_role("article").filter(has_text="Anaesthetic phase")
    expect(answer).to_contain_text("Positive")
    page.get_by_role("button", name="Confirmed relief").click()
    detail = page.locator("#figure-detail")
    expect(detail).to_contain_text("two successive readable scores")
    expect(detail).to_contain_text("Source: Datta 2013")
    expect(detail.get_by_role("button").first).to_have_text("Mon 2 Mar, 08:15")
    answer.get_by_role("button", name="75 %: ").click()
    expect(page.get_by_text("Not saved.")).to_be_visible()
    expect(answer).to_contain_text("Equivocal")
    expect(page.get_by_role("region", name="Sign-off")).to_have_count(0)


def assert_in_one_view(page: Page, panel: Any) -> None:
    """Chart, answers and sign-off share the first screen of a laptop."""
    assert page.evaluate("scrollY") == 0
    for part in (page.locator(".chart-card"), page.get_by_role("region", name="Answers"), panel):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 768, part


def patients(rows: Locator) -> Locator:
    """The links that open an episode; beside them stands one to the patient's passport."""
    return rows.get_by_role("rowheader").get_by_role("link")


def test_the_worklist_is_walked_by_keyboard_and_renews_itself(
    stage: Stage, ward: Ward, open_context: OpenContext
):
    stage.go_to(AFTERNOON)
    phone = ward.clinic.phone(ward.episode())
    ward.clinic.episode(operator="Dr Adler")
    context, watch = open_context("laptop", LAPTOP, reduced_motion="reduce")
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    desk.sign_in(ward.clinic.email("physician"), PASSWORD)
    table = page.get_by_role("table", name="Episodes")
    ready = table.get_by_role("rowgroup", name="Ready to read")
    expect(patients(ready)).to_have_count(2)
    check_sizes(watch, page, "groups")

    flag = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}]}
    send(stage, phone, phone.put(flag, kind="flag_report"))
    page.clock.fast_forward(6_000)
    expect(patients(table.get_by_role("rowgroup", name="Red flags"))).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("A new red flag is in the worklist.")
    check_sizes(watch, page, "a red flag")

    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Operator").select_option("Dr Adler")
    expect(patients(table)).to_have_count(1)
    check_sizes(watch, page, "filtered")
    page.get_by_role("button", name="Clear filters").click()
    expect(patients(table)).to_have_count(2)
    page.get_by_role("heading", name="Worklist").focus()
    press(page, "j j")
    expect(patients(ready)).to_be_focused()
    press(page, "k")
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1, name="Ann Example")).to_be_visible()
    assert page.url.endswith(phone.episode_id)


def test_a_nurse_puts_a_record_right_and_settles_two_versions(
    stage: Stage, ward: Ward, open_context: OpenContext
):
    phone = ward.clinic.phone(ward.episode())
    first = phone.put(entry(pain=3))
    send(stage, phone, first)
    edits = [phone.edit(first, entry(pain=pain)) for pain in (4, 6)]
    assert phone.statuses(*edits, phone.put(entry(pain=12))) == ["stored", "stored_conflict", "quarantined"]
    ward.clinic.client("nurse")
    context, watch = open_context("laptop", LAPTOP, reduced_motion="reduce")
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    desk.sign_in(ward.clinic.email("nurse"), PASSWORD)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox 2 waiting").click()
    check_sizes(watch, page, "inbox")

    page.get_by_role("listitem").filter(has_text="Unreadable").get_by_role("button", name="Look").click()
    expect(page.get_by_label("Record as received")).to_contain_text('"pain": 12')
    page.get_by_role("button", name="Dismiss").focus()
    press(page, "Enter")
    expect(page.get_by_text("Say why, in a few words.")).to_be_visible()
    check_sizes(watch, page, "a record")
    page.get_by_label("Pain", exact=True).fill("2")
    page.get_by_label("Reason").fill("She meant 2; called her.")
    page.get_by_role("button", name="Write into the diary").focus()
    press(page, "Enter")
    expect(page.get_by_role("status").first).to_have_text("Written into the diary.")

    page.get_by_role("listitem").filter(has_text="Two versions").get_by_role("button", name="Look").click()
    versions = page.get_by_role("group", name="Which version is right?")
    check_sizes(watch, page, "versions")
    versions.get_by_role("radio", name="4/10").check()
    page.get_by_label("Reason").fill("Two phones at once; 4 is right.")
    page.get_by_role("button", name=re.compile("Let this version count|Leave the one")).first.click()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    assert sorted(ward.pains(phone.episode_id)) == [2, 4]


def test_a_nurse_puts_a_report_and_an_impression_right(stage: Stage, ward: Ward, open_context: OpenContext):
    phone = ward.clinic.phone(ward.episode())
    report = {"taken_at": entry()["taken_at"], "reports": [{"code": "fever?"}]}
    sent = [phone.put(report, kind="flag_report"), phone.put(report | {"change": 8}, kind="impression")]
    assert phone.statuses(*sent) == ["quarantined", "quarantined"]
    ward.clinic.client("nurse")
    context, watch = open_context("laptop", LAPTOP, reduced_motion="reduce")
    page = context.new_page()
    ClinicDesk(page, stage).sign_in(ward.clinic.email("nurse"), PASSWORD)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox 2 waiting").click()

    look_at(page, '"flag_report"')
    expect(page.get_by_role("button", name="Write into the diary")).to_have_count(0)
    page.get_by_role("checkbox", name=INFECTION).check()
    check_sizes(watch, page, "a report put right")
    write_into_the_diary(page)
    look_at(page, '"impression"')
    page.get_by_label("Change since before the injection").select_option(label="much improved")
    check_sizes(watch, page, "an impression put right")
    write_into_the_diary(page)
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Alerts").click()
    expect(page.get_by_role("main")).to_contain_text(INFECTION)


def look_at(page: Page, sign: str) -> None:
    """Open the waiting record that holds a text."""
    record, waiting = page.get_by_label("Record as received"), page.get_by_role("list", name="Waiting")
    expect(waiting).to_be_visible()
    for item in waiting.get_by_role("listitem").all():
        item.get_by_role("button", name="Look").click()
        expect(record).to_be_visible()
        if sign in record.inner_text():
            return
        item.get_by_role("button", name="Close").click()
    raise AssertionError(sign)


def write_into_the_diary(page: Page) -> None:
    items = page.get_by_role("list", name="Waiting").get_by_role("listitem")
    before = items.count()
    page.get_by_label("Reason").fill("Called her.")
    page.get_by_role("button", name="Write into the diary").click()
    expect(items).to_have_count(before - 1)
