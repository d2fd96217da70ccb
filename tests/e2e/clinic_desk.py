"""The clinic's screens as a clinician uses them: by the words they read."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.stage import Stage


@dataclass(frozen=True)
class Invitation:
    """What reaches the patient by two different ways."""

    link: str
    code: str


class ClinicDesk:
    """One clinician's browser page."""

    def __init__(self, page: Page, stage: Stage) -> None:
        self.page = page
        self.url = stage.url
        self._stage = stage
        page.clock.install(time=stage.now())

    def sign_in(self, email: str, password: str) -> None:
        self.page.clock.set_system_time(self._stage.now())
        self.page.goto(f"{self.url}/clinic")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Worklist")).to_be_visible()

    def sign_out(self) -> None:
        # What the screen still asks for would be refused once the session has ended.
        self.page.wait_for_load_state("networkidle")
        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page.get_by_role("heading", name="Clinic sign-in")).to_be_visible()

    def choose(self, group: str, option: str) -> None:
        choices = self.page.get_by_role("radiogroup", name=group, exact=True)
        choices.get_by_role("radio", name=option, exact=True).click()

    def open_enrolment_form(self) -> None:
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="Enrol").click()
        expect(self.page.get_by_role("heading", name="Enrol a patient")).to_be_visible()

    def fill_enrolment_form(self, name: str, record_number: str) -> None:
        """A planned block of the left L5 root with lidocaine and dexamethasone."""
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_label("Record number").fill(record_number)
        self.choose("Region", "Lumbar")
        self.choose("Level", "L5")
        self.choose("Side", "Left")
        self.choose("Injection", "Planned")
        self.page.get_by_label("Anaesthetic", exact=True).last.select_option(label="Lidocaine")
        self.page.get_by_label("Strength").fill("2")
        self.page.get_by_label("Volume").fill("0.5")
        self.choose("Steroid", "Given")
        self.page.get_by_label("Which steroid").select_option(label="Dexamethasone")
        self.page.get_by_label("Dose").fill("10")

    def send_enrolment_form(self) -> None:
        self.page.get_by_role("button", name="Enrol and connect the phone").click()
        expect(self.page.get_by_role("heading", name="Connect a phone")).to_be_visible()
        expect(self.page.get_by_role("img", name="QR picture for the patient's phone")).to_be_visible()

    def take_invitation(self) -> Invitation:
        """The link to send, then, on another view, the code to read out."""
        self.page.get_by_role("button", name="Link instead").click()
        # A sent link lives a day, the QR picture's a quarter of an hour: the new invitation is here.
        expect(self.page.get_by_role("timer")).to_contain_text(re.compile("2[34] h"))
        link = self.page.get_by_label("Link for this patient's phone").input_value()
        self.page.get_by_role("button", name="Show the code").click()
        shown = self.page.locator(".code").text_content() or ""
        return Invitation(link, re.sub(r"\D", "", shown)[-6:])

    def enrol(self, name: str, record_number: str) -> Invitation:
        """A new patient with a planned block, and the way for their phone to connect."""
        self.open_enrolment_form()
        self.fill_enrolment_form(name, record_number)
        self.send_enrolment_form()
        return self.take_invitation()

    def open_episode(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name="Worklist").click()
        self.page.get_by_role("link", name=name).click()
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def confirm_injection(self, ended_at: str, reason: str) -> None:
        """Set T0 to a wall-clock time (HH:MM) of the episode's zone; the history then tells the reason."""
        self.page.get_by_role("link", name="Confirm T0").first.click()
        self.page.get_by_label("T0, end of injection").fill(ended_at)
        self.page.get_by_role("button", name="Confirm T0").click()
        expect(self.page.get_by_role("link", name="Correct", exact=True)).to_be_visible()
        # The episode as it was before the correction is still shown until the new one is here.
        self.page.locator("summary", has_text=re.compile("History.*[2-9] versions")).click()
        expect(self.page.locator(".history").get_by_text(reason)).to_be_visible()

    def answer(self, title: str) -> Locator:
        answers = self.page.get_by_role("region", name="Answers")
        return answers.get_by_role("article").filter(has=self.page.get_by_role("heading", name=title))

    def chart(self) -> Locator:
        return self.page.locator("svg").filter(has=self.page.locator("[data-entry]"))

    def ask(self, path: str) -> dict[str, Any]:
        """What the API tells this clinician, through the same session."""
        response = self.page.request.get(f"{self.url}/api/v1/clinic{path}")
        assert response.ok, f"{path}: {response.status}"
        return response.json()  # type: ignore[no-any-return]
