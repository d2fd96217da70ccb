"""Takes pictures of the running product, filled with the demo's patients.

A few go to docs/images; every patient's screen, light and dark, in English and Arabic, to build/screens.
"""

import re
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, expect, sync_playwright

from server.app import create_app
from server.config import from_environment
from server.demo.clinic import build
from server.persistence import migrate
from server.persistence.db import db, transaction
from server.persistence.queries import people
from tests.e2e import serial_blocks
from tests.e2e.browsers import LAPTOP, PHONE, open_profile
from tests.e2e.clinic_desk import ClinicDesk, Invitation
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.patient_walk import PatientWalk
from tests.e2e.pictured_curve import picture_curve
from tests.e2e.pictured_marks import picture_marks
from tests.e2e.pictured_rooms import picture_administration, picture_recovery
from tests.e2e.stage import Stage
from tests.postgres import DatabaseUrls

IMAGES = Path(__file__).parents[2] / "docs" / "images"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SCREENS = Path(__file__).parents[2] / "build" / "screens"
START = datetime(2026, 6, 15, 7, 0, tzinfo=UTC)
T0 = START + timedelta(minutes=30)
PHYSICIAN, NURSE, ADMIN = (f"{role}@demo.example" for role in ("physician", "nurse", "admin"))
MAIL = {"SMTP_HOST": "localhost", "MAIL_FROM": "diary@clinic.example"}
"""So that the app offers reminders by e-mail; without a worker nothing is ever sent."""
SHOWN_PAGE = "page-episode"
SHOWN_SHAPE = "flare_then_relief"


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        url = f"sqlite:///{folder / 'demo.sqlite3'}"
        stage = Stage(DatabaseUrls(url, url), folder, START)
        stage.environment |= MAIL
        passwords = fill(stage, url)
        stage.start()
        try:
            picture_administration(playwright, stage, take, ADMIN, passwords[ADMIN], SCREENS)
            invitation = picture_clinic(playwright, stage, passwords[PHYSICIAN])
            picture_patient(playwright, stage, passwords, invitation)
        finally:
            stage.kill()


def fill(stage: Stage, url: str) -> dict[str, str]:
    """The demo's clinic and patients; returns the passwords by e-mail address."""
    migrate.upgrade(url, url)
    settings = from_environment(stage.environment)
    with create_app(settings).app_context():
        passwords = build(settings, stage.now())
        with transaction(None, reading=True) as session:
            (clinic_id,) = people.clinic_ids(session)
        serial_blocks.bring_in(clinic_id, PHYSICIAN, stage.now())
        db.engine.dispose()
    return passwords


def picture_clinic(playwright: Playwright, stage: Stage, password: str) -> Invitation:
    """The clinic's screens, light and dark; enrols the patient whose phone is pictured next."""
    for scheme, ending in (("light", ""), ("dark", "-dark")):
        context = open_profile(playwright, stage.folder / scheme, LAPTOP, color_scheme=scheme)
        desk = ClinicDesk(context.new_page(), stage)
        desk.sign_in(PHYSICIAN, password)
        expect(desk.page.get_by_role("table", name="Episodes")).to_be_visible()
        take(desk.page, f"clinic-worklist{ending}")
        desk.page.goto(f"{stage.url}/clinic/inbox")
        desk.page.get_by_role("button", name="Look").first.click()
        expect(desk.page.get_by_label("Record as received")).to_be_visible()
        take(desk.page, f"clinic-inbox{ending}", SCREENS)
        rows = desk.ask("/episodes?limit=100")["episodes"]
        shown = next(row for row in rows if row["shape"] == SHOWN_SHAPE)
        desk.page.goto(f"{stage.url}/clinic/episodes/{shown['episode_id']}")
        expect(desk.chart()).to_be_visible()
        take(desk.page, f"clinic-episode{ending}")
        desk.page.get_by_role("button", name="missing").press("Enter")
        take(desk.page, f"clinic-episode-opened{ending}", SCREENS)
        picture_overviews(desk, stage, rows, ending)
        if scheme == "light":
            picture_curve(playwright, desk, stage, take, rows, (IMAGES, SCREENS))
            desk.open_enrolment_form()
            desk.fill_enrolment_form("Ada Lindgren", "R-1001")
            take(desk.page, "clinic-enrolment")
            desk.send_enrolment_form()
            take(desk.page, "clinic-qr")
            invitation = desk.take_invitation()
        context.close()
    return invitation


def picture_overviews(desk: ClinicDesk, stage: Stage, rows: list[dict[str, Any]], ending: str) -> None:
    """What goes over several episodes: the passport, the cohort, a file that came in, and pages on paper."""
    page, folder = desk.page, SCREENS if ending else IMAGES
    serial = next(row for row in rows if row["patient"]["name"] == serial_blocks.NAME)
    page.goto(f"{stage.url}/clinic/patients/{serial['patient']['patient_id']}/passport")
    expect(page.locator(".chart-drawing svg")).to_be_visible()
    take(page, f"clinic-passport{ending}", folder)
    page.get_by_role("button", name=re.compile("L5 left$")).press("Enter")
    page.get_by_role("button", name="Lasting relief, aetna-0722/1").press("Enter")
    take(page, f"clinic-passport-opened{ending}", SCREENS)
    page.goto(f"{stage.url}/clinic/cohort")
    page.get_by_label("Compare by").select_option("region")
    expect(page.get_by_role("rowheader", name="Cervical").first).to_be_visible()
    take(page, f"clinic-cohort{ending}", folder)
    page.goto(f"{stage.url}/clinic/import")
    page.get_by_label("CSV file").set_input_files(EXAMPLES / "paper-diary.csv")
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("region", name="Remarks about lines")).to_be_visible()
    take(page, f"clinic-import{ending}", SCREENS)
    if ending == "":
        at, patient = f"/episodes/{serial['episode_id']}", serial["patient"]["patient_id"]
        for name, path in (
            ("page-episode", f"{at}/report.pdf"),
            ("page-passport", f"/patients/{patient}/passport.pdf"),
            ("page-patient-en", f"{at}/patient-page.pdf?language=en"),
            ("page-patient-ar", f"{at}/patient-page.pdf?language=ar&paper=letter"),
        ):
            take_page(
                page, f"{stage.url}/api/v1/clinic{path}", name, IMAGES if name == SHOWN_PAGE else SCREENS
            )


def take_page(page: Page, address: str, name: str, folder: Path) -> None:
    """A PDF as a picture of its first page."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    made = SCREENS / f"{name}.pdf"
    made.write_bytes(page.request.get(address).body())
    subprocess.run(["pdftoppm", "-r", "90", "-png", "-singlefile", made, folder / name], check=True)
    print((folder / f"{name}.png").relative_to(Path(__file__).parents[2]))


def picture_patient(
    playwright: Playwright, stage: Stage, passwords: dict[str, str], invitation: Invitation
) -> None:
    """The patient's screens an hour after the injection, light and dark."""
    pocket = open_profile(playwright, stage.folder / "phone", PHONE)
    phone = PatientPhone(pocket.new_page(), stage)
    phone.open_link(invitation.link)
    take(phone.page, "patient-code")
    phone.type_code(invitation.code)
    phone.expect_connected()
    phone.log(7)
    phone.expect_all_received()
    stage.go_to(T0 + timedelta(minutes=1))
    confirm_injection(playwright, stage, passwords[PHYSICIAN])
    stage.go_to(T0 + timedelta(minutes=16))
    picture_recovery(playwright, stage, take, NURSE, passwords[NURSE], (IMAGES, SCREENS))
    stage.go_to(T0 + timedelta(minutes=60))
    phone.follow()
    phone.begin()
    phone.choose(2)
    take(phone.page, "patient-today")
    phone.page.emulate_media(color_scheme="dark")
    take(phone.page, "patient-today-dark")
    phone.page.emulate_media(color_scheme="light")
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_text("Your clinic has received it.")).to_be_visible()
    take(phone.page, "patient-saved")
    phone.go("Diary")
    take(phone.page, "patient-diary")
    phone.page.get_by_role("button", name="Something feels wrong").click()
    take(phone.page, "patient-symptoms")
    picture_every_screen(phone.page, stage)
    login = PHYSICIAN, passwords[PHYSICIAN]
    picture_marks(playwright, stage, take, phone.page, login, SCREENS)
    pocket.close()


def picture_every_screen(page: Page, stage: Stage) -> None:
    """All of them at 360 px; two of the Arabic ones are shown in the documentation too."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    walk = PatientWalk(page, stage)
    for language in ("en", "ar"):
        walk.speak(language)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for name, show in walk.screens.items():
                show()
                take(page, f"{name.replace(' ', '-')}-{language}-{scheme}", SCREENS)
                if (language, scheme) == ("ar", "light") and name in {"today", "symptoms"}:
                    take(page, f"patient-{name}-ar")


def confirm_injection(playwright: Playwright, stage: Stage, password: str) -> None:
    context = open_profile(playwright, stage.folder / "confirming", LAPTOP)
    desk = ClinicDesk(context.new_page(), stage)
    desk.sign_in(PHYSICIAN, password)
    desk.open_episode("Ada Lindgren")
    desk.confirm_injection("09:30", "Injection done")
    context.close()


def take(page: Page, name: str, folder: Path = IMAGES) -> None:
    """One picture, once the page has come to rest."""
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    path = folder / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(Path(__file__).parents[2]))


if __name__ == "__main__":
    main()
