"""The recovery room as a nurse uses it: by tiles and numbers."""

import re

from playwright.sync_api import Locator, Page, expect

TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


class RecoveryRoom:
    """The tablet's screen; `tap` is what a finger does."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> None:
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="Recovery room").tap()
        expect(self.page.get_by_role("heading", name="Recovery room")).to_be_visible()

    def card(self, name: str) -> Locator:
        return self.page.get_by_role("article", name=name)

    def tile(self, name: str, title: str) -> Locator:
        return self.card(name).get_by_role("button", name=re.compile(f"^{title}"))

    def score(self, name: str, mark: str, pain: int) -> None:
        """Two taps: the mark, the number."""
        self.tile(name, mark).tap()
        self.page.get_by_role("dialog").get_by_role("button", name=str(pain), exact=True).tap()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def injected_just_now(self, name: str) -> None:
        self.tile(name, "Injection").tap()
        # The tile says so at once; the session counts the moment at which the tap has arrived.
        with self.page.expect_response("**/recovery/*/injection"):
            self.page.get_by_role("dialog").get_by_role("button", name="Just now").tap()
        expect(self.tile(name, "Injection")).to_contain_text("T0")

    def expect_saved(self, name: str, mark: str, pain: int) -> None:
        expect(self.tile(name, mark)).to_contain_text(f"{pain}")
        expect(self.tile(name, mark)).to_contain_text("staff")
        expect(self.page.get_by_role("alert")).to_have_count(0)
