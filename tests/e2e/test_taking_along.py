"""What comes in as files and goes out again: import, episode, passport, cohort, a patient's own page."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsers import LAPTOP, PHONE
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.looks import check_sizes
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.e2e.watch import Watch
from tests.factories.world import PASSWORD

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def press(control: Locator) -> None:
    """By keyboard alone."""
    control.focus()
    control.press("Enter")


def file_of(page: Page, control: Locator) -> tuple[str, bytes]:
    """What a control hands to the browser as a download."""
    with page.expect_download() as waiting:
        press(control)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def look_at(page: Page, kind: str, name: str, mapping: str | None = None) -> None:
    page.get_by_role("radio", name=kind).press("Space")
    page.get_by_label("CSV file").set_input_files(EXAMPLES / name)
    page.get_by_label("Mapping file").set_input_files([EXAMPLES / mapping] if mapping else [])
    press(page.get_by_role("button", name=re.compile("^Look")))


def test_files_come_in_are_read_and_go_out_again(stage: Stage, ward: Ward, open_context: OpenContext):
    for role in ("physician", "admin"):
        ward.clinic.client(role)
    context, watch = open_context("laptop", LAPTOP, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    desk.sign_in(ward.clinic.email("admin"), PASSWORD)
    import_files(page, watch)
    desk.sign_out()
    desk.sign_in(ward.clinic.email("physician"), PASSWORD)
    page.get_by_role("link", name="Example One").last.click()
    expect(page.get_by_role("heading", level=1, name="Example One")).to_be_visible()
    expect(page.get_by_text("from paper").first).to_be_visible()
    take_the_episode(page)
    compare_the_blocks(page, watch)
    add_up_the_readings(page, watch)


def import_files(page: Page, watch: Watch) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Enrol").click()
    page.get_by_role("link", name="Import from a file").click()
    expect(page.get_by_role("heading", level=1, name="Import")).to_be_visible()
    look_at(page, "Paper diaries", "paper-diary.csv")
    remarks = page.get_by_role("region", name="Remarks about lines")
    expect(remarks).to_contain_text("The file has no column “taken_local” or “taken_date”")
    expect(page.get_by_text("3 errors keep this file out. Nothing was stored.")).to_be_visible()
    check_sizes(watch, page, "a file with errors")
    for kind, name, mapping, told in (
        ("Patients and procedures", "procedures.csv", None, "3 new injections and 2 new patients stored."),
        (
            "Paper diaries",
            "paper-diary.csv",
            "paper-diary.mapping.json",
            "8 new entries in 2 diaries stored.",
        ),
    ):
        look_at(page, kind, name, mapping)
        expect(page.get_by_role("heading", name="Ready to store")).to_be_visible()
        press(page.get_by_role("button", name="Store all of it"))
        expect(page.get_by_text(told)).to_be_visible()
    check_sizes(watch, page, "a file that was stored")
    look_at(page, "Paper diaries", "paper-diary.csv", "paper-diary.mapping.json")
    expect(page.get_by_role("heading", name="Nothing new")).to_be_visible()
    press(page.get_by_role("link", name="Worklist"))


def take_the_episode(page: Page) -> None:
    record = page.get_by_role("group", name="For the record")
    name, report = file_of(page, record.get_by_role("link", name="Report, A4"))
    assert (name, report[:5]) == ("outcome-2026-01-12-l5left.pdf", b"%PDF-")
    assert file_of(page, record.get_by_role("link", name="Letter"))[1][:5] == b"%PDF-"
    assert file_of(page, record.get_by_role("link", name="CSV"))[1][:2] == b"PK"
    assert b'"Bundle"' in file_of(page, record.get_by_role("link", name="FHIR"))[1]
    assert file_of(page, record.get_by_role("link", name="For the patient"))[1][:5] == b"%PDF-"
    press(record.get_by_role("button", name="Copy text"))
    expect(record.get_by_role("button", name="Copied")).to_be_visible()
    assert "L5" in page.evaluate("navigator.clipboard.readText()")


def compare_the_blocks(page: Page, watch: Watch) -> None:
    press(page.get_by_role("link", name="Root passport"))
    expect(page.get_by_role("heading", level=1, name="Root passport")).to_be_visible()
    expect(page.locator(".chart-drawing svg")).to_be_visible()
    expect(page.get_by_text("does not prove it")).to_be_visible()
    expect(page.get_by_text("of at most 4 sessions in the 12 months to 2 Mar 2026")).to_be_visible()
    check_sizes(watch, page, "passport")
    open_the_comparison(page)
    check_sizes(watch, page, "passport, opened")
    assert file_of(page, page.get_by_role("link", name="PDF, A4"))[1][:5] == b"%PDF-"
    name, picture = file_of(page, page.get_by_role("link", name="SVG"))
    assert (name, picture[:4]) == ("root-passport.svg", b"<svg")
    press(page.get_by_role("button", name="Copy text"))
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "Root passport, 2 Mar 2026" in page.evaluate("navigator.clipboard.readText()")


def open_the_comparison(page: Page) -> None:
    """A standing, a cell, the sessions and the evidence open with Enter; Escape gives the focus back."""
    standing = page.get_by_role("button", name=re.compile("L5 left$"))
    press(standing)
    expect(page.get_by_text("One readable block without relief argues against its root")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("One readable block without relief argues against its root")).to_be_hidden()
    expect(standing).to_be_focused()
    press(page.get_by_role("button", name="confidence, block 1"))
    expect(page.get_by_text("A: at least 80 % of 4 or more due check-ins")).to_be_visible()
    press(page.get_by_role("button", name=re.compile(": sessions, ")))
    expect(page.get_by_text("Source: Medicare LCD L33906")).to_be_visible()
    press(page.get_by_role("button", name="Lasting relief, aetna-0722/1"))
    expect(page.get_by_text("Source: Aetna Clinical Policy Bulletin 0722")).to_be_visible()


def add_up_the_readings(page: Page, watch: Watch) -> None:
    press(page.get_by_role("navigation", name="Main").get_by_role("link", name="Cohort"))
    matched = page.get_by_role("status").filter(has_text="readings")
    expect(matched).to_contain_text("3 of 3 readings")
    expect(page.locator(".cohort-figure svg")).to_be_visible()
    check_sizes(watch, page, "cohort")
    page.get_by_label("Compare by").select_option("region")
    expect(page.get_by_role("rowheader", name="Cervical").first).to_be_visible()
    check_sizes(watch, page, "cohort by region")
    menu = page.locator("summary", has_text="Level")
    press(menu)
    page.get_by_role("checkbox", name="L5").press("Space")
    expect(matched).to_contain_text("1 of 3 readings")
    watch.screen(page, "a filter that is open")
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="L5")).to_be_hidden()
    expect(menu).to_be_focused()
    press(page.get_by_role("button", name="Clear filters"))
    expect(matched).to_contain_text("3 of 3 readings")
    name, table = file_of(page, page.get_by_role("button", name="Responders as CSV"))
    assert (name, b"complete_case_percent" in table) == ("cohort-responders.csv", True)
    name, picture = file_of(page, page.get_by_role("button", name=re.compile("as SVG")))
    assert (name, picture[:4]) == ("cohort-relief.svg", b"<svg")
    press(page.locator("summary", has_text="All data"))
    assert file_of(page, page.get_by_role("link", name="CSV, de-identified"))[1][:2] == b"PK"
    page.keyboard.press("Escape")
    page.locator("summary", has_text="Operator").press("Enter")
    page.get_by_role("checkbox", name="Dr Example").press("Space")
    expect(page.get_by_text("Fewer than five readings fit.")).to_be_visible()
    check_sizes(watch, page, "too few to be shown")


def test_a_patient_takes_the_own_page_along(stage: Stage, ward: Ward, open_context: OpenContext):
    episode_id = ward.episode()
    pocket, watch = open_context("phone", PHONE)
    phone = ward.connect(pocket.new_page(), episode_id)
    stage.go_to(MONDAY_MORNING + timedelta(minutes=30))
    phone.follow()
    phone.log(3)
    phone.go("This phone")
    get = phone.page.get_by_role("button", name="Get the page")
    expect(get).to_be_hidden()
    stage.go_to(MONDAY_MORNING + timedelta(hours=26))
    phone.follow()
    phone.page.get_by_role("navigation").get_by_role("link", name="Today").click()
    phone.log(4)
    phone.expect_all_received()
    phone.go("This phone")
    expect(get).to_be_visible()
    watch.screen(phone.page, "this phone")
    name, page = file_of(phone.page, get)
    assert (name, page[:5]) == ("diary-en.pdf", b"%PDF-")
