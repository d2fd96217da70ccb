"""Every screen, light and dark, wide and narrow: axe finds nothing, and nothing scrolls sideways."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.e2e.browsers import LAPTOP, PHONE, SMALL_PHONE
from tests.e2e.clinic import Clinic
from tests.e2e.clinic_desk import ClinicDesk, Invitation
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.looks import check_looks
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.practice import Practice
from tests.e2e.stage import Stage
from tests.e2e.watch import Watch

T0 = MONDAY_MORNING + timedelta(minutes=20)
NAME = "Ada Lindgren"


def test_the_patients_way_in_and_what_follows_a_score(stage: Stage, open_context: OpenContext):
    """The screens that no address leads to; `test_every_screen` walks through the others."""
    practice = Practice.with_patient(stage)
    invitation = practice.invite()
    pocket, watch = open_context("phone", SMALL_PHONE, color_scheme="dark")
    phone = PatientPhone(pocket.new_page(), stage)
    walk_through_enrolment(phone, watch, invitation)
    phone.log(7)
    stage.go_to(T0 + timedelta(minutes=2))
    practice.confirm_injection(T0)
    stage.go_to(T0 + timedelta(minutes=60))
    phone.follow()
    walk_through_saving(phone, watch)
    walk_to_a_flag_in_an_entry(phone, watch)
    walk_to_an_emergency(phone, watch)


def walk_through_enrolment(phone: PatientPhone, watch: Watch, invitation: Invitation) -> None:
    code = invitation.code
    phone.open()
    expect(phone.page.get_by_role("heading", name="Welcome to Afterblock")).to_be_visible()
    watch.screen(phone.page, "without a diary")
    phone.open_link(invitation.link)
    watch.screen(phone.page, "code")
    with watch.refusing("/api/v1/patient/enrolment", 403):
        phone.type_code("000000" if code != "000000" else "000001")
        expect(phone.page.get_by_role("alert")).to_contain_text("4 tries left")
    watch.screen(phone.page, "wrong code")
    phone.type_code(code)
    phone.expect_connected()
    watch.screen(phone.page, "planned")


def walk_through_saving(phone: PatientPhone, watch: Watch) -> None:
    page = phone.page
    phone.begin()
    phone.choose(2)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    watch.screen(page, "saved")
    phone.go("Diary")
    page.get_by_role("button", name=re.compile("^Fill in from memory")).first.click()
    expect(page.get_by_text("From memory.")).to_be_visible()
    watch.screen(page, "from memory")


def walk_to_a_flag_in_an_entry(phone: PatientPhone, watch: Watch) -> None:
    """What a score comes to is said at once, and stays in sight on every screen until it is followed up."""
    page = phone.page
    phone.begin()
    phone.choose(10)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Call your clinic today")).to_be_visible()
    expect(page.get_by_text("Your clinic was told at")).to_be_visible()
    watch.screen(page, "a flag in an entry")
    page.get_by_role("button", name="Close").click()
    phone.go("Diary")
    open_flag = page.locator(".flagged")
    expect(open_flag.get_by_role("link", name=re.compile("^Call"))).to_be_visible()
    watch.screen(page, "a flag that is open")
    page.reload()
    open_flag.get_by_role("button", name="Check now").click()
    page.get_by_role("button", name="Yes", exact=True).click()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Something feels wrong")).to_be_visible()
    expect(open_flag).to_have_count(0)


def walk_to_an_emergency(phone: PatientPhone, watch: Watch) -> None:
    page = phone.page
    page.get_by_role("button", name="Something feels wrong").click()
    page.get_by_role("button", name="An arm or a leg is weak or numb").click()
    expect(page.get_by_role("button", name="Not sure")).to_be_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("button", name=re.compile("Trouble breathing, a swollen face")).click()
    expect(page.get_by_role("heading", name="Get emergency help now")).to_be_visible()
    expect(page.get_by_text("Your clinic was told at")).to_be_visible()
    watch.screen(page, "emergency")


def test_the_clinics_screens(stage: Stage, clinic: Clinic, open_context: OpenContext):
    context, watch = open_context("laptop", LAPTOP)
    desk = ClinicDesk(context.new_page(), stage)
    walk_to_the_worklist(desk, watch, clinic)
    invitation = walk_through_enrolling(desk, watch)
    pocket, _ = open_context("phone", PHONE)
    phone = PatientPhone(pocket.new_page(), stage)
    phone.connect(invitation.link, invitation.code)
    phone.log(7)
    phone.expect_all_received()
    desk.open_episode(NAME)
    check_looks(watch, desk.page, "planned episode")
    desk.sign_out()
    stage.go_to(T0 + timedelta(minutes=2))
    desk.sign_in(clinic.physician, clinic.password)
    desk.open_episode(NAME)
    desk.confirm_injection("09:20", "Injection done")
    expect(desk.page.get_by_role("region", name="Answers")).to_be_visible()
    desk.sign_out()
    for minutes, score in ((30, 3), (60, 2), (120, 1), (180, 1)):
        stage.go_to(T0 + timedelta(minutes=minutes))
        phone.follow()
        phone.log(score)
        phone.expect_all_received()
    desk.sign_in(clinic.physician, clinic.password)
    walk_through_reading(desk, watch)
    walk_through_settings(desk, watch, clinic)


def walk_to_the_worklist(desk: ClinicDesk, watch: Watch, clinic: Clinic) -> None:
    page = desk.page
    page.goto(f"{desk.url}/clinic")
    expect(page.get_by_role("heading", name="Clinic sign-in")).to_be_visible()
    check_looks(watch, page, "sign-in")
    page.get_by_label("E-mail").fill(clinic.physician)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_looks(watch, page, "wrong password")
    desk.sign_in(clinic.physician, clinic.password)
    check_looks(watch, page, "empty worklist")


def walk_through_enrolling(desk: ClinicDesk, watch: Watch) -> Invitation:
    page = desk.page
    desk.open_enrolment_form()
    check_looks(watch, page, "enrolment form")
    page.get_by_role("button", name="Enrol and connect the phone").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_looks(watch, page, "enrolment form with problems")
    desk.fill_enrolment_form(NAME, "R-1001")
    desk.send_enrolment_form()
    check_looks(watch, page, "QR picture")
    invitation = desk.take_invitation()
    check_looks(watch, page, "code")
    page.get_by_role("button", name="Back to the link").click()
    check_looks(watch, page, "link")
    return invitation


def walk_through_reading(desk: ClinicDesk, watch: Watch) -> None:
    page = desk.page
    check_looks(watch, page, "worklist")
    desk.open_episode(NAME)
    expect(desk.chart()).to_be_visible()
    check_looks(watch, page, "episode")
    open_reasons(page)
    check_looks(watch, page, "episode with reasons")
    desk.chart().locator("[data-entry]").first.focus()
    check_looks(watch, page, "entry in the chart")
    page.get_by_role("link", name="Correct").click()
    expect(page.get_by_role("heading", name="Correct the record")).to_be_visible()
    check_looks(watch, page, "correction")


def open_reasons(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Why")).first.click()
    expect(page.get_by_role("button", name=re.compile("^Close")).first).to_be_visible()


def walk_through_settings(desk: ClinicDesk, watch: Watch, clinic: Clinic) -> None:
    desk.sign_out()
    desk.sign_in(clinic.admin, clinic.password)
    desk.page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    expect(desk.page.get_by_role("heading", name="Clinic settings")).to_be_visible()
    check_looks(watch, desk.page, "settings")
