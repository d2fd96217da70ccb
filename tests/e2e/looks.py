"""How the clinic's screens are looked at: wide and narrow, light and dark, without walking there again."""

from playwright.sync_api import Page

from tests.e2e.browsers import LAPTOP
from tests.e2e.watch import Watch

LOOKS = {
    "dark tablet": ((820, 1100), "dark"),
    "320": ((320, 568), "light"),
    "wide and dark": ((1280, 800), "dark"),
    "wide": (tuple(LAPTOP["viewport"].values()), "light"),
}
SIZES = {"laptop": (1366, 768), "tablet": (1024, 768), "phone": (360, 740)}
AT_REST = "document.getAnimations().forEach((moving) => moving.finish())"
"""Colours that are still on their way from one look to the next have no contrast to be measured."""


def check_looks(watch: Watch, page: Page, name: str) -> None:
    """Check the screen as it stands in every look; the last is the one it goes on in."""
    for look, ((width, height), scheme) in LOOKS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AT_REST)
        watch.screen(page, f"{name} / {look}")
    watch.keyboard(page, name)


def check_sizes(watch: Watch, page: Page, state: str) -> None:
    """Check the screen as it stands at every size, light and dark by turns; it goes on as on a laptop."""
    for turn, (name, (width, height)) in enumerate(SIZES.items()):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if turn % 2 else "light")
        watch.screen(page, f"{state}, {name}")
    width, height = SIZES["laptop"]
    page.set_viewport_size({"width": width, "height": height})
    watch.keyboard(page, state)
