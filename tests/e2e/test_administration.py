"""An administrator and an auditor at a desk: people come and go, and the trail shows it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsers import LAPTOP, SMALL_PHONE
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.conftest import OpenContext
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.e2e.watch import Watch
from tests.factories.world import PASSWORD

OWN = "quite a long password"


def go(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Administration").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_person_comes_works_and_goes(stage: Stage, ward: Ward, open_context: OpenContext):
    ward.clinic.client("admin")
    context, watch = open_context("desk", LAPTOP)
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    desk.sign_in(ward.clinic.email("admin"), PASSWORD)
    page.get_by_role("link", name="Settings").click()
    go(page, "People")
    watch.screen(page, "people")
    watch.keyboard(page, "people")
    page.get_by_role("button", name="Add a person").click()
    page.get_by_role("button", name="Add and make a one-time password").click()
    expect(page.get_by_text("Choose the role.")).to_be_visible()
    watch.screen(page, "adding, refused")
    watch.keyboard(page, "adding, refused")
    page.get_by_label("Name", exact=True).fill("Eva Stein")
    page.get_by_label("E-mail").fill("eva@clinic.example")
    desk.choose("Role", "Nurse")
    page.keyboard.press("Enter")
    given = page.locator("output.one-time").inner_text()
    watch.screen(page, "the one-time password")
    page.get_by_role("button", name="Close").click()
    row = page.get_by_role("row").filter(has_text="Eva Stein")
    expect(row).to_contain_text("one-time password, until")

    eva, eyes = open_context("eva", SMALL_PHONE)
    theirs = eva.new_page()
    choose_a_password(ClinicDesk(theirs, stage), eyes, given)
    expect(theirs.get_by_role("link", name="Recovery room")).to_be_visible()
    expect(theirs.get_by_role("link", name="Settings")).to_have_count(0)

    row.get_by_role("button", name="Deactivate").click()
    expect(row).to_contain_text("not since")
    with (
        eyes.refusing("/alerts", 401),
        eyes.refusing("/alerts/load", 401),
        eyes.refusing("/inbox/count", 401),
    ):
        theirs.get_by_role("link", name="Alerts").click()
        expect(theirs.get_by_role("heading", name="Please sign in again")).to_be_visible()

    own = page.get_by_role("row").filter(has_text="Admin of Clinic")
    path = f"/staff/{ward.admin_id()}/active"
    with watch.refusing(path, 409):
        own.get_by_role("button", name="Deactivate").click()
        expect(page.get_by_role("alert")).to_contain_text("A clinic needs an administrator")
    watch.screen(page, "the last administrator")


def choose_a_password(desk: ClinicDesk, eyes: object, given: str) -> None:
    page = desk.page
    page.goto(f"{desk.url}/clinic")
    page.get_by_label("E-mail").fill("eva@clinic.example")
    page.get_by_label("Password").fill(given)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Choose your password")).to_be_visible()
    page.get_by_label("One-time password").fill(given)
    page.get_by_label("New password").fill(OWN)
    page.get_by_label("Once more").fill(OWN + "?")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_text("The two are not the same.")).to_be_visible()
    eyes.screen(page, "choosing a password")  # type: ignore[attr-defined]
    page.get_by_label("Once more").fill(OWN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Worklist")).to_be_visible()


def test_an_auditor_reads_the_trail_by_keyboard(stage: Stage, ward: Ward, open_context: OpenContext):
    ward.clinic.episode(record_number="4711")
    ward.clinic.client("auditor")
    context, watch = open_context("desk", LAPTOP, color_scheme="dark")
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    desk.sign_in(ward.clinic.email("auditor"), PASSWORD)
    expect(page.get_by_role("link", name="Enrol")).to_have_count(0)
    page.get_by_role("link", name="Audit trail").focus()
    page.keyboard.press("Enter")
    rows = page.get_by_role("table", name="Audit trail").get_by_role("row")
    expect(rows.filter(has_text="Enrolled an episode")).to_have_count(1)
    watch.screen(page, "the trail")
    watch.keyboard(page, "the trail")
    page.get_by_label("Patient's record number").fill("nobody")
    with watch.refusing("/audit", 404):
        page.keyboard.press("Enter")
        expect(page.get_by_text("No patient has this record number.")).to_be_visible()
    page.get_by_label("Patient's record number").fill("4711")
    page.keyboard.press("Enter")
    expect(rows.filter(has_text="Signed in")).to_have_count(0)
    expect(rows.filter(has_text="Entered a patient")).to_have_count(1)
    page.get_by_label("Action").select_option(label="Enrolled an episode")
    expect(rows).to_have_count(2)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    assert saved.value.suggested_filename == "audit.csv"
    assert "episode.create" in saved.value.path().read_text()
    page.get_by_role("navigation", name="Administration").get_by_role("link", name="People").click()
    expect(page.get_by_role("table", name="People")).to_be_visible()
    expect(page.get_by_role("button", name="Add a person")).to_have_count(0)
    watch.screen(page, "people, read only")


def test_protocols_criteria_and_phones(stage: Stage, ward: Ward, open_context: OpenContext):
    episode_id = ward.clinic.episode(record_number="4711")
    ward.clinic.phone(episode_id)
    ward.clinic.invite(episode_id)
    ward.clinic.client("admin")
    context, watch = open_context("desk", LAPTOP)
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    desk.sign_in(ward.clinic.email("admin"), PASSWORD)
    page.get_by_role("link", name="Settings").click()

    go(page, "Protocols")
    part = page.get_by_role("form", name="Lumbar and sacral, with steroid")
    part.get_by_label("A score at 45 minutes").uncheck()
    part.get_by_role("radio", name="to week 12").click()
    part.get_by_role("button", name="Save").click()
    expect(part).to_contain_text("Version 1")
    set_usual_drugs(part)
    expect(part).to_contain_text("Version 2")
    watch.screen(page, "protocols")
    watch.keyboard(page, "protocols")
    fill_the_drugs_in(page, watch)
    page.get_by_role("link", name="Settings").click()

    go(page, "Criteria")
    row = page.get_by_role("row").filter(has_text="yeom-70/1")
    row.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("status").filter(has_text="1 reading compared:")).to_be_visible()
    watch.screen(page, "criteria compared")
    watch.keyboard(page, "criteria compared")
    page.get_by_role("button", name="Read by yeom-70/1 from now on").click()
    expect(row).to_contain_text("in force")

    go(page, "Phones")
    page.get_by_label("Name or record number").fill("4711")
    page.keyboard.press("Enter")
    patient = page.get_by_role("row").filter(has_text="Ann Example")
    expect(patient).to_have_count(1)
    watch.screen(page, "phones")
    watch.keyboard(page, "phones")
    patient.get_by_role("button", name="End it").click()
    expect(patient.get_by_role("button", name="End it")).to_have_count(0)
    patient.get_by_role("button", name="Disconnect A phone").click()
    watch.screen(page, "disconnecting")
    watch.keyboard(page, "disconnecting")
    patient.get_by_role("button", name="Replaced: keep its entries").click()
    expect(patient).to_contain_text("disconnected")
    assert ward.clinic.get(f"/episodes/{episode_id}").json["devices"][0]["revoked_at"] is not None

    desk.open_enrolment_form()
    desk.fill_enrolment_form("Ada Lindgren", "R-1")
    expect(page.locator("summary", has_text="Protocol")).to_contain_text("Lumbar and sacral, with steroid")
    desk.send_enrolment_form()
    rows = desk.ask("/episodes?limit=5")["episodes"]
    new = next(one for one in rows if one["patient"]["name"] == "Ada Lindgren")
    assert desk.ask(f"/episodes/{new['episode_id']}")["protocol"] == "lumbar-steroid/2"


def set_usual_drugs(part: Locator) -> None:
    part.get_by_text("Usual drugs: none set").click()
    part.get_by_label("Anaesthetic", exact=True).last.select_option(label="Lidocaine")
    part.get_by_label("Strength").fill("two")
    expect(part.get_by_text("Enter a number, such as 0.5.")).to_be_visible()
    expect(part.get_by_role("button", name="Save")).to_be_disabled()
    part.get_by_label("Strength").fill("2")
    part.get_by_label("Volume").fill("0,5")
    part.get_by_label("Which steroid").select_option(label="Dexamethasone")
    part.get_by_label("Dose").fill("10")
    expect(part.get_by_text("Usual drugs: lidocaine 2 % 0.5 mL + dexamethasone 10 mg")).to_be_visible()
    part.get_by_role("button", name="Save").click()


def fill_the_drugs_in(page: Page, watch: Watch) -> None:
    """With one tap, never without it, and never over what is typed unless one says so."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Enrol").click()
    drug, volume = page.get_by_label("Anaesthetic", exact=True).last, page.get_by_label("Volume")
    usual = page.get_by_role("group", name="Usual drugs").get_by_role("button")
    expect(usual).to_have_text(re.compile("lidocaine 2 % 0.5 mL . dexamethasone 10 mg"))
    expect(drug).to_have_value("")
    usual.click()
    expect(drug).to_have_value("lidocaine")
    expect(page.get_by_label("Dose")).to_have_value("10")
    watch.screen(page, "drugs filled in")
    volume.fill("1")
    page.once("dialog", lambda dialog: dialog.dismiss())
    usual.click()
    expect(volume).to_have_value("1")
    page.once("dialog", lambda dialog: dialog.accept())
    usual.click()
    expect(volume).to_have_value("0.5")
    page.get_by_role("radio", name="Cervical").click()
    expect(usual).to_have_count(0)
    page.get_by_role("button", name="Start over").click()
