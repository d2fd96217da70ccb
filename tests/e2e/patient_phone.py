"""The patient's screens as a patient uses them: by the words they read."""

import re
from contextlib import suppress

from playwright.sync_api import Error, Page, expect

from tests.e2e.stage import Stage


class PatientPhone:
    """One patient's browser page."""

    def __init__(self, page: Page, stage: Stage) -> None:
        self.page = page
        self._stage = stage
        self.origin = stage.url
        page.clock.install(time=stage.now())

    def follow(self) -> None:
        """Bring the phone's clock to the stage's time and look at the app, as out of a pocket."""
        self.page.clock.set_system_time(self._stage.now())
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    def open(self, path: str = "/") -> None:
        self.page.goto(self._stage.url + path)

    def open_link(self, link: str) -> None:
        self.page.goto(link)
        expect(self.page.get_by_role("heading", name="Connect this phone")).to_be_visible()

    def type_code(self, code: str) -> None:
        self.page.get_by_label("6-digit code").fill(code)
        self.page.get_by_role("button", name="Connect").click()

    def expect_connected(self) -> None:
        """A phone that joins another diary shows the app's parts before it has: the form has to be gone."""
        expect(self.page.get_by_role("navigation", name="Parts of the app")).to_be_visible()
        expect(self.page.get_by_role("heading", name="Connect this phone")).not_to_be_visible()

    def connect(self, link: str, code: str) -> None:
        """Become the phone of the patient who was invited."""
        self.open_link(link)
        self.type_code(code)
        self.expect_connected()

    def go(self, tab: str) -> None:
        self.page.get_by_role("navigation", name="Parts of the app").get_by_role("link", name=tab).click()

    def choose(self, score: int) -> None:
        """Tap a number of the screen's main scale."""
        main = self.page.get_by_role("radiogroup", name=re.compile("right now|on average|:")).first
        main.get_by_role("radio", name=re.compile(rf"^{score} of 10")).click()

    def log(self, score: int) -> None:
        """Give a score the way the screen asks for it; done when the phone says it is saved."""
        self.begin()
        self.choose(score)
        self.page.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.get_by_role("heading", name="Saved")).to_be_visible()
        self.leave_saved()

    def leave_saved(self) -> None:
        """Go on after saving; a patient may walk past the daily safety question, which then comes again."""
        asked = self.page.get_by_role("button", name="None of these")
        done = self.page.get_by_role("button", name="Done")
        expect(asked.or_(done).first).to_be_visible()
        if asked.is_visible():
            self.go("Diary")
        else:
            done.click()

    def begin(self) -> None:
        """Come to an open form on Today: a check-in that is due shows it, otherwise it takes a tap."""
        self.go("Today")
        add = self.page.get_by_role("button", name="Add a score")
        save = self.page.get_by_role("button", name="Save", exact=True)
        expect(add.or_(save).first).to_be_visible()
        for _ in range(5):
            if save.is_visible():
                break
            with suppress(Error):  # a check-in that comes due just now opens the form by itself
                add.click(timeout=3_000)
        expect(save).to_be_visible()

    def edit_newest(self, score: int) -> None:
        self.go("Diary")
        self.page.get_by_role("button", name=re.compile("^Edit")).first.click()
        self.choose(score)
        self.page.get_by_role("button", name="Save changes").click()

    def send_now(self) -> None:
        """Ask for what waits to be sent; the phone may have sent it by itself before the tap."""
        with suppress(Error):
            self.page.get_by_role("button", name="Send now").click(timeout=3_000)
        self.expect_all_received()

    def expect_waiting(self, count: int) -> None:
        """The corner of every screen says how many entries are only on this phone."""
        expect(self.page.get_by_role("link", name=f"{count} on this phone")).to_be_visible()

    def expect_all_received(self) -> None:
        expect(self.page.get_by_role("link", name="All received")).to_be_visible(timeout=60_000)
