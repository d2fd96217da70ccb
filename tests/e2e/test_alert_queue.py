"""The alert queue and the clinic's settings in a browser, by keyboard where it matters."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.e2e.browsers import LAPTOP, PHONE
from tests.e2e.clinic import Clinic
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.looks import check_looks
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage

T0 = MONDAY_MORNING + timedelta(minutes=20)
NAME = "Ada Lindgren"


def a_patient_reports(
    stage: Stage, clinic: Clinic, open_context: OpenContext, desk: ClinicDesk
) -> PatientPhone:
    """Enrol, inject, and let the phone report trouble breathing."""
    desk.sign_in(clinic.physician, clinic.password)
    invitation = desk.enrol(NAME, "R-1001")
    pocket, _ = open_context("pocket", PHONE)
    phone = PatientPhone(pocket.new_page(), stage)
    phone.connect(invitation.link, invitation.code)
    phone.page.get_by_role("button", name="Something feels wrong").click()
    phone.page.get_by_role("button", name=re.compile("Trouble breathing, a swollen face")).click()
    expect(phone.page.get_by_text("Your clinic was told at")).to_be_visible()
    return phone


def go(page: Page, name: str, heading: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def test_an_alert_is_answered_by_keyboard_alone(stage: Stage, clinic: Clinic, open_context: OpenContext):
    context, watch = open_context("laptop", LAPTOP)
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    phone = a_patient_reports(stage, clinic, open_context, desk)
    go(page, "Alerts", "Alerts")
    expect(page.get_by_text("1 not acknowledged")).to_be_visible()
    expect(page.get_by_text(re.compile("Nobody is told outside this page"))).to_be_visible()
    check_looks(watch, page, "queue")

    press(page, page.get_by_role("button", name="Acknowledge"))
    press(page, page.get_by_role("button", name="Yes, I have seen it"))
    expect(page.get_by_text("Everything is acknowledged.")).to_be_visible()
    phone.follow()
    seen = phone.page.get_by_text(re.compile(r"Your clinic has seen this, at 09:\d\d"))
    expect(seen).to_be_visible()
    phone.go("Diary")
    expect(phone.page.locator("#content li").filter(has_text="Symptom check")).to_contain_text(
        "seen this, at"
    )
    press(page, page.get_by_role("button", name="Outcome of the alert of"))
    history = page.get_by_role("list", name="History of this alert")
    expect(history).to_contain_text("Reported by the patient: emergency")
    expect(history).to_contain_text("Acknowledged by Dr Physician")
    check_looks(watch, page, "opened")

    press(page, page.get_by_role("button", name="Close the alert"))
    expect(page.get_by_text("Choose what came of it.")).to_be_visible()
    page.get_by_label("Note").fill("No answer yet.")
    press(page, page.get_by_role("button", name="Tried, not reached"))
    expect(history).to_contain_text("No answer yet.")
    page.get_by_role("radio", name="Sent to emergency care").focus()
    page.keyboard.press("Space")
    page.get_by_label("Note").fill("Ambulance is on its way.")
    press(page, page.get_by_role("button", name="Close the alert"))
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    check_looks(watch, page, "empty queue")

    press(page, page.get_by_role("button", name="Closed"))
    expect(page.get_by_role("table", name="Alerts")).to_contain_text("Sent to emergency care")
    check_looks(watch, page, "closed alerts")
    page.get_by_role("link", name=NAME).click()
    alerts = page.get_by_role("region", name="Alerts")
    expect(alerts).to_contain_text("sent to emergency care, closed by Dr Physician")
    alerts.get_by_text("History").click()
    expect(alerts).to_contain_text("Ambulance is on its way.")
    check_looks(watch, page, "alert on the episode's page")


def press(page: Page, button: Any) -> None:
    """Activate a control as a keyboard does."""
    button.focus()
    page.keyboard.press("Enter")


def test_an_administrator_sets_the_clinic_up(stage: Stage, clinic: Clinic, open_context: OpenContext):
    context, watch = open_context("laptop", LAPTOP)
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    desk.sign_in(clinic.admin, clinic.password)
    go(page, "Settings", "Clinic settings")

    contacts = page.get_by_role("form", name="Escalation contacts")
    for name, address in (("Ward 3", "ward3@clinic.example"), ("Dr On Call", "on.call@clinic.example")):
        contacts.get_by_role("button", name="Add a contact").click()
        row = contacts.get_by_role("listitem").last
        expect(contacts.get_by_text("enter a name")).to_be_visible()
        row.get_by_label("Name").fill(name)
        row.get_by_label("E-mail").fill(address)
    contacts.get_by_role("button", name="Earlier for Dr On Call").click()
    contacts.get_by_role("button", name="Save").click()
    expect(contacts.get_by_text("Saved.")).to_be_visible()
    contacts.get_by_role("button", name="Send a test to Dr On Call").click()
    expect(page.get_by_role("region", name="Messages to staff")).to_contain_text(
        "Test to Dr On Call by e-mail"
    )
    contacts.get_by_role("button", name="Remove Ward 3").click()
    contacts.get_by_role("button", name="Save").click()
    contacts.get_by_text("Earlier versions").click()
    expect(contacts).to_contain_text("1. Dr On Call: on.call@clinic.example (emergency, same day)")
    expect(contacts).to_contain_text("2. Ward 3: ward3@clinic.example (emergency, same day)")

    hours = page.get_by_role("form", name="Opening hours")
    hours.get_by_role("checkbox", name="Saturday").check()
    hours.get_by_role("group", name="Saturday").get_by_label("Closes").fill("12:00")
    hours.get_by_label("Day", exact=True).fill("2026-12-25")
    hours.get_by_label("Name").fill("Christmas Day")
    hours.get_by_role("button", name="Add the holiday").click()
    check_looks(watch, page, "settings being changed")
    hours.get_by_role("button", name="Save").click()
    expect(hours.get_by_text("Saved.")).to_be_visible()

    page.get_by_role("button", name="العربية").click()
    leaflet = page.get_by_role("form", name="Leaflet, العربية")
    leaflet.get_by_label("Text").fill("اتصلوا بنا إذا ارتفعت الحرارة.")
    leaflet.get_by_role("button", name="Save").click()
    expect(leaflet.get_by_text("Saved.")).to_be_visible()

    found = {part["part"]: part for part in desk.ask("/settings/parts")["parts"]}
    assert [contact["name"] for contact in found["contacts"]["value"]["contacts"]] == ["Dr On Call"]
    assert found["contacts"]["version"] == 2
    assert found["hours"]["value"]["days"]["sat"] == {"opens": "08:00", "closes": "12:00"}
    assert found["hours"]["value"]["holidays"] == [{"date": "2026-12-25", "name": "Christmas Day"}]
    assert found["leaflet-ar"]["value"]["text"] == "اتصلوا بنا إذا ارتفعت الحرارة."


def test_a_clinician_chooses_a_morning_digest(stage: Stage, clinic: Clinic, open_context: OpenContext):
    context, watch = open_context("laptop", LAPTOP)
    page = context.new_page()
    desk = ClinicDesk(page, stage)
    desk.sign_in(clinic.nurse, clinic.password)
    page.get_by_role("link", name="Dr Nurse").click()
    expect(page.get_by_role("heading", name="Morning digest")).to_be_visible()
    assert urlsplit(page.url).path == "/clinic/digest"
    page.get_by_role("radio", name="Every morning").check()
    page.get_by_label("Time").fill("06:45")
    check_looks(watch, page, "digest")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. The next one: 3 Mar 2026, 06:45.")).to_be_visible()
    page.get_by_role("radio", name="None").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. No digest.")).to_be_visible()
