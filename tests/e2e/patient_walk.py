"""Every screen of the patient's app, reached without reading a word, so that it works in every language."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.stage import Stage

RIGHT_TO_LEFT = {"ar"}
FORGET_DRAFTS = """() => new Promise((done) => {
  const opening = indexedDB.open("afterblock");
  opening.onsuccess = () => {
    const writing = opening.result.transaction("drafts", "readwrite");
    writing.objectStore("drafts").clear();
    writing.oncomplete = () => done(opening.result.close());
  };
})"""
"""An earlier screen may have left a form half-filled."""


class PatientWalk:
    """One page of an enrolled phone with a few entries."""

    def __init__(self, page: Page, stage: Stage) -> None:
        self.page = page
        self._url = stage.url
        self.screens: dict[str, Callable[[], None]] = {
            "today": self.today,
            "nothing chosen": self.nothing_chosen,
            "everything open": self.everything_open,
            "diary": self.diary,
            "change": self.change,
            "delete": self.delete,
            "phone": self.phone,
            "reminders": self.reminders,
            "leaflet": self.leaflet,
            "symptoms": self.symptoms,
            "question": self.question,
            "emergency": self.emergency,
        }

    def speak(self, language: str) -> None:
        self.page.evaluate("(language) => localStorage.setItem('afterblock:language', language)", language)

    def _open(self, path: str) -> None:
        self.page.goto(self._url + path)
        expect(self.page.locator("#content").get_by_role("heading").first).to_be_visible()

    def today(self) -> None:
        self.phone()
        self.page.evaluate(FORGET_DRAFTS)
        self._open("/today")
        add = self.page.locator(".save-bar .primary")
        expect(add).to_be_visible()
        if self.page.locator("#pain").count() == 0:
            add.click()
        expect(self.page.locator("#pain")).to_be_visible()
        expect(self.page.locator(".extras")).to_be_visible()

    def nothing_chosen(self) -> None:
        self.today()
        self.page.locator(".save-bar .primary").click()
        expect(self.page.get_by_role("alert").first).to_be_visible()

    def everything_open(self) -> None:
        self.today()
        self.page.locator("#pain input[value='4']").check()
        self.page.locator(".extras .chip.quiet").click()
        self.page.locator(".extras .chip").nth(1).click()
        self.page.locator(".extras .chip").nth(4).click()

    def diary(self) -> None:
        self._open("/history")
        expect(self.page.locator(".line").first).to_be_visible()

    def change(self) -> None:
        self.diary()
        self.page.locator(".line-head button.link").first.click()
        expect(self.page.locator("#pain")).to_be_visible()

    def delete(self) -> None:
        self.change()
        self.page.locator("#content button.link.danger").last.click()
        expect(self.page.get_by_role("dialog")).to_be_visible()

    def phone(self) -> None:
        self._open("/phone")
        expect(self.page.locator(".languages")).to_be_visible()

    def reminders(self) -> None:
        self._open("/phone/reminders")
        expect(self.page.locator("form.reminders")).to_be_visible()

    def leaflet(self) -> None:
        self._open("/phone/leaflet")

    def symptoms(self) -> None:
        self._open("/check")
        expect(self.page.locator(".symptom").first).to_be_visible()

    def question(self) -> None:
        self.symptoms()
        self.page.locator(".symptom:not(.urgent)").nth(1).click()  # a weak limb, which asks
        expect(self.page.locator(".answer").first).to_be_visible()

    def emergency(self) -> None:
        self.symptoms()
        self.page.locator(".symptom.urgent").first.click()
        expect(self.page.locator(".level.solid")).to_be_visible()
