"""Pictures of a patient three weeks after the block, nothing due: the phase in words and the own curve."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, expect

from tests.e2e.browsers import PHONE, open_profile
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage

Take = Callable[[Page, str, Path], None]
PATIENT = "Erica Demo"


def picture_curve(
    playwright: Playwright,
    desk: ClinicDesk,
    stage: Stage,
    take: Take,
    rows: list[dict[str, Any]],
    folders: tuple[Path, Path],
) -> None:
    """Her new phone has the whole diary from the server; the light picture goes into the documentation."""
    shown = next(row for row in rows if row["patient"]["name"] == PATIENT)
    desk.page.goto(f"{stage.url}/clinic/episodes/{shown['episode_id']}/phone")
    expect(desk.page.get_by_role("heading", name="Connect a phone")).to_be_visible()
    invitation = desk.take_invitation()
    pocket = open_profile(playwright, stage.folder / "later-phone", PHONE)
    phone = PatientPhone(pocket.new_page(), stage)
    phone.connect(invitation.link, invitation.code)
    curve = phone.page.locator("figure.curve")
    for scheme, folder in zip(("light", "dark"), folders, strict=True):
        phone.page.emulate_media(color_scheme=scheme)
        phone.open("/today")
        expect(curve.first).to_be_visible()
        take(phone.page, f"patient-phase-{scheme}", folders[1])
        curve.last.scroll_into_view_if_needed()
        take(phone.page, "patient-curve" + ("" if scheme == "light" else "-dark"), folder)
    pocket.close()
