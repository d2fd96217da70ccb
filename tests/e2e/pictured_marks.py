"""Pictures of what each side hears of the other: seen by the clinic; an e-mail address that takes nothing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import select

from server.persistence.db import transaction
from server.persistence.queries import people
from server.persistence.tables import Patient, ReminderSetting
from tests.e2e.browsers import LAPTOP, open_profile
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.patient_walk import PatientWalk
from tests.e2e.stage import Stage

Take = Callable[[Page, str, Path], None]
SCHEMES = ("light", "dark")


def picture_marks(
    playwright: Playwright, stage: Stage, take: Take, phone: Page, login: tuple[str, str], folder: Path
) -> None:
    """The clinic answers the alerts of the pictured phone and signs; then reminders by e-mail are refused."""
    name = "Ada Lindgren"
    context = open_profile(playwright, stage.folder / "marks", LAPTOP)
    desk = ClinicDesk(context.new_page(), stage)
    desk.sign_in(*login)
    answer(desk, name)
    refuse_mail(stage, name)
    stage.go_to(stage.now() + timedelta(hours=2))
    desk.sign_in(*login)
    walk = PatientWalk(phone, stage)
    phone.clock.set_system_time(stage.now())
    for language in ("en", "ar"):
        walk.speak(language)
        for scheme in SCHEMES:
            phone.emulate_media(color_scheme=scheme)
            walk.diary()
            expect(phone.locator(".mark.good").get_by_text("\u2713\u2713").first).to_be_visible()
            take(phone, f"seen-{language}-{scheme}", folder)
            phone.goto(f"{stage.url}/today")
            refused = phone.locator(".card.warn")
            expect(refused).to_be_visible()
            refused.scroll_into_view_if_needed()
            take(phone, f"refused-{language}-{scheme}", folder)
    for scheme in SCHEMES:
        desk.page.emulate_media(color_scheme=scheme)
        desk.page.goto(f"{stage.url}/clinic")
        mark = desk.page.get_by_text("e-mail refused")
        expect(mark).to_be_visible()
        mark.scroll_into_view_if_needed()
        take(desk.page, f"clinic-refused-{scheme}", folder)
    context.close()


def answer(desk: ClinicDesk, name: str) -> None:
    """Acknowledge what the phone reported, and sign the reading as far as it goes."""
    page = desk.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Alerts").click()
    waiting = page.get_by_role("row").filter(has_text=name).get_by_role("button", name="Acknowledge")
    waiting.first.click()
    page.get_by_role("button", name="Yes, I have seen it").click()
    expect(page.get_by_role("button", name="Yes, I have seen it")).to_have_count(0)
    desk.open_episode(name)
    panel = page.get_by_role("region", name="Sign-off")
    panel.get_by_role("radio", name="Undecided").click()
    panel.get_by_role("button", name="Sign", exact=True).click()
    expect(panel).to_contain_text("Read by")


def refuse_mail(stage: Stage, name: str) -> None:
    """As after an e-mail that the patient's mail server sent back for good."""
    with stage.app.app_context():
        with transaction(None, reading=True) as session:
            (clinic_id,) = people.clinic_ids(session)
        with transaction(clinic_id) as session:
            patient = session.scalars(select(Patient).where(Patient.name == name)).one()
            setting = session.scalars(
                select(ReminderSetting).where(ReminderSetting.patient_id == patient.id)
            ).one()
            setting.channels, setting.email = ["email"], "ada@mail.example"
            setting.refused = {"email": stage.now().isoformat(timespec="seconds")}
