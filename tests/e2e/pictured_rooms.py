"""Pictures of the recovery room and of the administration, light and dark."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

from tests.e2e.browsers import LAPTOP, open_profile
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.recovery_room import TABLET, RecoveryRoom
from tests.e2e.stage import Stage

PAGES = ("people", "protocols", "criteria", "phones", "audit")
SCHEMES = (("light", ""), ("dark", "-dark"))
Take = Callable[[Page, str, Path], None]


def picture_recovery(
    playwright: Playwright, stage: Stage, take: Take, nurse: str, password: str, folders: tuple[Path, Path]
) -> None:
    """A nurse's tablet a quarter of an hour after an injection; the light one goes into the documentation."""
    for scheme, ending in SCHEMES:
        context = open_profile(playwright, stage.folder / f"tablet{ending}", TABLET, color_scheme=scheme)
        page = context.new_page()
        ClinicDesk(page, stage).sign_in(nurse, password)
        RecoveryRoom(page).open()
        expect(page.get_by_role("article").first).to_be_visible()
        take(page, f"clinic-recovery{ending}", folders[bool(ending)])
        context.close()


def picture_administration(
    playwright: Playwright, stage: Stage, take: Take, admin: str, password: str, folder: Path
) -> None:
    """Each part of the administration."""
    for scheme, ending in SCHEMES:
        context = open_profile(playwright, stage.folder / f"admin{ending}", LAPTOP, color_scheme=scheme)
        page = context.new_page()
        ClinicDesk(page, stage).sign_in(admin, password)
        for name in PAGES:
            page.goto(f"{stage.url}/clinic/{name}")
            expect(page.get_by_role("navigation", name="Administration")).to_be_visible()
            take(page, f"clinic-{name}{ending}", folder)
        context.close()
