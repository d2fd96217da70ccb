"""Every screen, light and dark, wide and narrow: axe finds nothing, and nothing scrolls sideways."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import LAPTOP, PHONE, SMALL_PHONE
from tests.e2e.clinic import Clinic
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage
from tests.e2e.watch import Watch

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # screens do not depend on it
T0 = MONDAY_MORNING + timedelta(minutes=20)
NAME = "Ada Lindgren"


@ON_SQLITE
@pytest.mark.parametrize(("device", "scheme"), [(PHONE, "light"), (SMALL_PHONE, "dark")], ids=["360", "320"])
def test_the_patients_screens(
    stage: Stage, clinic: Clinic, open_context: OpenContext, device: dict[str, Any], scheme: str
):
    laptop, _ = open_context("laptop", LAPTOP)
    desk = ClinicDesk(laptop.new_page(), stage)
    desk.sign_in(clinic.physician, clinic.password)
    desk.open_enrolment_form()
    desk.fill_enrolment_form(NAME, "R-1001")
    desk.send_enrolment_form()
    invitation = desk.take_invitation()
    desk.sign_out()

    pocket, watch = open_context("phone", device, color_scheme=scheme)
    phone = PatientPhone(pocket.new_page(), stage)
    walk_through_enrolment(phone, watch, invitation.link, invitation.code)
    phone.log(7)
    stage.go_to(T0 + timedelta(minutes=2))
    desk.sign_in(clinic.physician, clinic.password)
    desk.open_episode(NAME)
    desk.confirm_injection("09:20", "Injection done")
    desk.sign_out()
    stage.go_to(T0 + timedelta(minutes=60))
    phone.follow()
    walk_through_logging(phone, watch)
    walk_through_red_flags(phone, watch)


def walk_through_enrolment(phone: PatientPhone, watch: Watch, link: str, code: str) -> None:
    phone.open()
    expect(phone.page.get_by_role("heading", name="Welcome to Afterblock")).to_be_visible()
    watch.screen(phone.page, "without a diary")
    phone.open_link(link)
    watch.screen(phone.page, "code")
    with watch.refusing("/api/v1/patient/enrolment", 403):
        phone.type_code("000000" if code != "000000" else "000001")
        expect(phone.page.get_by_role("alert")).to_contain_text("4 tries left")
    watch.screen(phone.page, "wrong code")
    phone.type_code(code)
    phone.expect_connected()
    watch.screen(phone.page, "planned")


def walk_through_logging(phone: PatientPhone, watch: Watch) -> None:
    page = phone.page
    phone.begin()
    watch.screen(page, "check-in")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    watch.screen(page, "no number chosen")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Nausea").click()
    page.get_by_role("button", name="Took a painkiller").click()
    watch.screen(page, "everything open")
    phone.choose(2)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    watch.screen(page, "saved")
    phone.go("Diary")
    expect(page.get_by_role("heading", name="Diary", exact=True)).to_be_visible()
    watch.screen(page, "diary")
    page.get_by_role("button", name=re.compile("^Fill in from memory")).first.click()
    watch.screen(page, "from memory")
    phone.go("Diary")
    page.get_by_role("button", name=re.compile("^Edit")).first.click()
    watch.screen(page, "change")
    page.get_by_role("button", name="Delete").click()
    watch.screen(page, "delete")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    phone.go("This phone")
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    watch.screen(page, "this phone")


def walk_through_red_flags(phone: PatientPhone, watch: Watch) -> None:
    page = phone.page
    page.get_by_role("button", name="Something feels wrong").click()
    watch.screen(page, "symptoms")
    page.get_by_role("button", name="An arm or a leg is weak or numb").click()
    expect(page.get_by_role("button", name="Not sure")).to_be_visible()
    watch.screen(page, "question")
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("button", name=re.compile("Trouble breathing, a swollen face")).click()
    expect(page.get_by_role("heading", name="Get emergency help now")).to_be_visible()
    expect(page.get_by_text("Your clinic was told at")).to_be_visible()
    watch.screen(page, "emergency")


@ON_SQLITE
@pytest.mark.parametrize(
    ("device", "scheme"),
    [(LAPTOP, "light"), (LAPTOP, "dark"), (SMALL_PHONE, "light")],
    ids=["wide", "dark", "320"],
)
def test_the_clinics_screens(
    stage: Stage, clinic: Clinic, open_context: OpenContext, device: dict[str, Any], scheme: str
):
    context, watch = open_context("laptop", device, color_scheme=scheme)
    desk = ClinicDesk(context.new_page(), stage)
    walk_to_the_worklist(desk, watch, clinic)
    link, code = walk_through_enrolling(desk, watch)
    pocket, _ = open_context("phone", PHONE)
    phone = PatientPhone(pocket.new_page(), stage)
    phone.open_link(link)
    phone.type_code(code)
    phone.expect_connected()
    phone.log(7)
    phone.expect_all_received()
    desk.open_episode(NAME)
    watch.screen(desk.page, "planned episode")
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
    watch.screen(page, "sign-in")
    page.get_by_label("E-mail").fill(clinic.physician)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    watch.screen(page, "wrong password")
    desk.sign_in(clinic.physician, clinic.password)
    watch.screen(page, "empty worklist")


def walk_through_enrolling(desk: ClinicDesk, watch: Watch) -> tuple[str, str]:
    page = desk.page
    desk.open_enrolment_form()
    watch.screen(page, "enrolment form")
    page.get_by_role("button", name="Enrol and connect the phone").click()
    expect(page.get_by_role("alert")).to_be_visible()
    watch.screen(page, "enrolment form with problems")
    desk.fill_enrolment_form(NAME, "R-1001")
    desk.send_enrolment_form()
    watch.screen(page, "QR picture")
    invitation = desk.take_invitation()
    watch.screen(page, "code")
    page.get_by_role("button", name="Back to the link").click()
    watch.screen(page, "link")
    return invitation.link, invitation.code


def walk_through_reading(desk: ClinicDesk, watch: Watch) -> None:
    page = desk.page
    watch.screen(page, "worklist")
    desk.open_episode(NAME)
    expect(desk.chart()).to_be_visible()
    watch.screen(page, "episode")
    open_reasons(page)
    watch.screen(page, "episode with reasons")
    desk.chart().locator("[data-entry]").first.focus()
    watch.screen(page, "entry in the chart")
    page.get_by_role("link", name="Correct").click()
    expect(page.get_by_role("heading", name="Correct the record")).to_be_visible()
    watch.screen(page, "correction")


def open_reasons(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Why")).first.click()
    expect(page.get_by_role("button", name=re.compile("^Close")).first).to_be_visible()


def walk_through_settings(desk: ClinicDesk, watch: Watch, clinic: Clinic) -> None:
    desk.sign_out()
    desk.sign_in(clinic.admin, clinic.password)
    desk.page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    expect(desk.page.get_by_role("heading", name="Clinic settings")).to_be_visible()
    watch.screen(desk.page, "settings")
