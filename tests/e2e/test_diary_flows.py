"""The ways through the diary: logging, going back on it, company between check-ins, and red flags."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.browsers import PHONE
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.practice import Practice
from tests.e2e.stage import Stage
from tests.e2e.watch import Watch

T0 = MONDAY_MORNING + timedelta(minutes=20)
EVENING = timedelta(hours=11, minutes=40)  # 21:00 in Berlin
NOTHING_DUE = timedelta(hours=7, minutes=10)  # the window is over, +6 h is past and +8 h has not begun
USUAL = {"usual_analgesics": [{"drug": "Ibuprofen", "mg_per_day": 1200}]}


@dataclass
class Patient:
    """One patient with a phone, and the clinic that hears of it."""

    stage: Stage
    practice: Practice
    phone: PatientPhone
    watch: Watch
    open_phone: Callable[[], tuple[BrowserContext, Watch]]

    @property
    def page(self) -> Page:
        return self.phone.page

    def at(self, after: timedelta) -> None:
        self.stage.go_to(T0 + after)
        self.phone.follow()

    def open(self, path: str, after: timedelta) -> None:
        """Open an address at a time after the injection, as from a reminder."""
        self.at(after)
        self.phone.open(path)

    def reopen(self) -> None:
        """End the app and open it again with what it has kept."""
        self.page.context.close()
        context, self.watch = self.open_phone()
        self.phone = PatientPhone(context.new_page(), self.stage)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def save(self) -> None:
        self.button("Save").click()
        expect(self.page.get_by_role("heading", name="Saved")).to_be_visible()

    def answer_none(self) -> None:
        """The daily question, where it is asked."""
        self.button("None of these").click()
        expect(self.page.get_by_text("Thank you. That is noted.")).to_be_visible()


@pytest.fixture
def patient(stage: Stage, open_context: OpenContext) -> Patient:
    """Enrolled before a planned injection, with a score from before it."""
    return enrolled(stage, lambda: open_context("phone", PHONE))


@pytest.fixture
def lasting_patient(stage: Stage, open_context: OpenContext) -> Patient:
    """The same with a browser that can be ended and opened again."""
    return enrolled(stage, lambda: open_context("phone", PHONE, kept=True))


def enrolled(stage: Stage, open_phone: Callable[[], tuple[BrowserContext, Watch]]) -> Patient:
    practice = Practice.with_patient(stage, baseline=USUAL)
    invitation = practice.invite()
    context, watch = open_phone()
    phone = PatientPhone(context.new_page(), stage)
    patient = Patient(stage, practice, phone, watch, open_phone)
    phone.connect(invitation.link, invitation.code)
    stage.go_to(T0 - timedelta(minutes=10))
    phone.follow()
    phone.log(7)
    phone.expect_all_received()
    stage.go_to(T0 + timedelta(minutes=1))
    practice.confirm_injection(T0)
    return patient


@contextmanager
def counted_taps(page: Page) -> Iterator[list[int]]:
    """Counts the clicks the page receives; the tap on the link or the icon that opened it is the first."""
    page.evaluate("window.taps = 1; addEventListener('click', () => window.taps += 1, true)")
    counted: list[int] = []
    yield counted
    counted.append(page.evaluate("window.taps"))


def test_from_a_reminder_to_a_saved_score_it_takes_four_taps_with_the_daily_question_and_three_without(
    patient: Patient,
):
    patient.open("/?checkin=m30", timedelta(minutes=30))
    with counted_taps(patient.page) as first:
        patient.phone.choose(3)
        patient.button("Save").click()
        patient.answer_none()
    patient.open("/?checkin=m60", timedelta(minutes=60))
    with counted_taps(patient.page) as second:
        expect(patient.page.get_by_role("button", name=re.compile("^Something feels wrong"))).to_be_visible()
        patient.phone.choose(2)
        patient.save()
    patient.open("/?checkin=h4", timedelta(hours=4))
    with counted_taps(patient.page) as third:
        patient.phone.choose(2)
        patient.button("Save").click()
        patient.answer_none()
    # A radio button answers a tap on its label with a click of its own.
    assert (first, second, third) == ([4], [3], [4])
    patient.phone.expect_all_received()
    assert [body["pain"] for body in patient.practice.bodies()] == [7, 3, 2, 2]


def test_the_whole_form_by_keyboard_alone(patient: Patient):
    patient.open("/", timedelta(minutes=30))
    page = patient.page
    scale = page.get_by_role("radiogroup", name="Left leg pain, right now")
    scale.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(scale.get_by_role("radio", name="4 of 10")).to_be_checked()
    walk_to(page, "Nausea")
    page.keyboard.press("Enter")
    walk_to(page, "Save", limit=60)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    patient.phone.expect_all_received()
    entry = patient.practice.bodies()[-1]
    assert (entry["pain"], entry["side_effects"]) == (4, [{"code": "nausea", "severity": "mild"}])


def test_what_stands_behind_more_and_the_impression_of_change_by_keyboard_alone(patient: Patient):
    patient.open("/?checkin=d14", timedelta(days=14) + EVENING)
    page = patient.page
    page.get_by_role("radiogroup", name=re.compile("on average")).get_by_role("radio").first.focus()
    page.keyboard.press("ArrowRight")
    walk_to(page, "More", limit=60)
    page.keyboard.press("Enter")
    note = page.get_by_label("Note")
    expect(note).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        if note.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("a walk, then rest")
    walk_to(page, "Save", limit=80)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    expect(patient.button("None of these")).to_be_visible()
    walk_to(page, "None of these", limit=80)
    page.keyboard.press("Enter")
    expect(patient.button("Much better")).to_be_visible()
    walk_to(page, "Much better")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. Thank you.")).to_be_visible()
    patient.phone.expect_all_received()
    assert patient.practice.bodies()[-1]["note"] == "a walk, then rest"
    assert [body["change"] for body in patient.practice.bodies("impression")] == [2]


def walk_to(page: Page, name: str, limit: int = 30) -> None:
    """Press Tab until a control of that name has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.textContent?.trim()") == name:
            return
    raise AssertionError(f"{name} cannot be reached with the Tab key")


def test_everything_optional_reaches_the_clinic_in_one_entry(patient: Patient):
    patient.open("/", timedelta(minutes=60))
    page = patient.page
    patient.phone.choose(2)
    patient.button("Headache").click()
    patient.button("Headache, mild. Tap to change").click()
    patient.button("Took Ibuprofen").click()
    patient.button("More").click()
    page.get_by_role("group", name="Is your leg numb?").get_by_role("radio", name="Yes").check(force=True)
    page.get_by_role("group", name="Is your leg weak?").get_by_role("radio", name="No").check(force=True)
    page.get_by_role("radiogroup", name="Back pain, right now").get_by_role("radio", name="1 of 10").check(
        force=True
    )
    page.get_by_role("group", name="What were you doing?").get_by_role("radio", name="Usual things").check(
        force=True
    )
    relief = page.get_by_role("group", name="How much less is your pain than before the injection?")
    relief.get_by_role("radio", name="70%").check(force=True)
    page.get_by_role("textbox", name=re.compile("^Blood sugar")).fill("9,4")
    patient.button("Save").click()
    expect(page.get_by_text("Write what your meter shows, and choose its unit.")).to_be_visible()
    page.get_by_role("group", name="Unit of your meter").get_by_role("radio", name="mmol/L").check(force=True)
    page.get_by_label("Note").fill("slept a little")
    patient.button("I am helping").click()
    patient.watch.screen(page, "everything filled in")
    patient.save()
    patient.phone.expect_all_received()
    told = patient.practice.bodies()[-1]
    assert {key: told[key] for key in told if key not in {"taken_at", "recorded_at"}} == {
        "scale": "now",
        "pain": 2,
        "axial": 1,
        "side_effects": [{"code": "headache", "severity": "moderate"}],
        "analgesics": [{"drug": "Ibuprofen"}],
        "activity": "usual",
        "numb": True,
        "weak": False,
        "stated_relief_percent": 70,
        "glucose": {"value": 9.4, "unit": "mmol/L"},
        "proxy": True,
        "note": "slept a little",
    }
    patient.phone.go("Diary")
    expect(page.get_by_text("Written by a helper")).to_be_visible()


@pytest.mark.parametrize(
    ("words", "code"), [("I was asleep", "asleep"), ("Nothing to report", "nothing_to_report")]
)
def test_asleep_and_nothing_to_report_are_answers(patient: Patient, words: str, code: str):
    patient.open("/", timedelta(minutes=30))
    patient.button(words).click()
    expect(patient.page.get_by_role("heading", name="Saved")).to_be_visible()
    patient.phone.expect_all_received()
    assert patient.practice.bodies()[-1]["skipped"] == code
    patient.open("/?checkin=m30", timedelta(minutes=32))
    expect(patient.page.get_by_text("You have answered this check-in already. Thank you.")).to_be_visible()


def test_a_score_of_a_while_ago_and_a_date_that_is_most_likely_a_slip(patient: Patient):
    patient.open("/", timedelta(minutes=60))
    page = patient.page
    when = page.get_by_role("group", name="When was this?")
    patient.phone.choose(2)
    when.get_by_role("radio", name="Pick a time").check(force=True)
    page.get_by_label("Date and time").fill("2025-03-02T10:20")
    expect(page.get_by_role("alert")).to_contain_text("365 days before your injection")
    when.get_by_role("radio", name="30 min ago").check(force=True)
    expect(page.get_by_text("days before your injection")).to_have_count(0)
    patient.save()
    patient.phone.expect_all_received()
    assert patient.practice.bodies()[-1]["taken_at"].startswith("2026-03-02T09:50:")


def test_a_half_done_entry_survives_the_end_of_the_app_and_is_one_record(lasting_patient: Patient):
    patient = lasting_patient
    patient.open("/", timedelta(minutes=30))
    patient.phone.choose(4)
    patient.button("Nausea").click()
    patient.page.wait_for_timeout(600)
    patient.reopen()
    patient.open("/", timedelta(minutes=31))
    expect(patient.page.get_by_role("radio", name="4 of 10")).to_be_checked()
    patient.save()
    patient.answer_none()
    patient.reopen()
    patient.open("/", timedelta(minutes=32))
    expect(patient.page.get_by_role("heading", name="Nothing to do right now")).to_be_visible()
    patient.phone.expect_all_received()
    assert [body["pain"] for body in patient.practice.bodies()] == [7, 4]


def test_evening_scores_share_a_check_in_and_the_impression_of_change_takes_one_tap(patient: Patient):
    day = timedelta(days=14)
    patient.open("/?checkin=d14", day + EVENING)
    page = patient.page
    page.get_by_role("radiogroup", name="Left leg pain, on average").get_by_role(
        "radio", name="3 of 10"
    ).check(force=True)
    page.get_by_role("radiogroup", name="Left leg pain at its worst").get_by_role(
        "radio", name="6 of 10"
    ).check(force=True)
    patient.save()
    patient.answer_none()
    patient.button("Much better").click()
    expect(page.get_by_text("Saved. Thank you.")).to_be_visible()
    patient.button("Undo").last.click()
    patient.button("A little better").click()
    expect(page.get_by_text("Saved. Thank you.")).to_be_visible()
    patient.phone.expect_all_received()
    scores = [body for body in patient.practice.bodies() if body["scale"] != "now"]
    assert {(body["scale"], body["pain"]) for body in scores} == {("average_24h", 3), ("worst_24h", 6)}
    assert len({body["checkin_id"] for body in scores}) == 1
    given = patient.practice.bodies("impression")
    assert [(body["change"], body["slot"]) for body in given] == [(3, "pgic14")]
    patient.phone.go("Diary")
    expect(page.get_by_text("How you feel overall")).to_be_visible()


def test_before_the_injection_an_evening_average_is_offered_and_never_in_the_way(
    stage: Stage, open_context: OpenContext
):
    practice = Practice.with_patient(stage, planned_on=date(2026, 3, 3), risks={"diabetes": "none"})
    invitation = practice.invite()
    context, watch = open_context("phone", PHONE)
    phone = PatientPhone(context.new_page(), stage)
    phone.connect(invitation.link, invitation.code)
    stage.go_to(MONDAY_MORNING + timedelta(hours=12))
    phone.follow()
    phone.go("Today")
    expect(phone.page.get_by_role("heading", name="Your injection is planned: tomorrow")).to_be_visible()
    watch.screen(phone.page, "planned, evening")
    phone.page.get_by_role("button", name="Give today's average").click()
    phone.choose(6)
    phone.page.get_by_role("button", name="More", exact=True).click()
    expect(phone.page.get_by_label("Note")).to_be_visible()
    expect(phone.page.get_by_role("textbox", name=re.compile("^Blood sugar"))).to_have_count(0)
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_role("heading", name="Saved")).to_be_visible()
    phone.expect_all_received()
    assert [(body["scale"], body["pain"]) for body in practice.bodies()] == [("average_24h", 6)]


def test_undo_edit_delete_and_their_way_back_keep_every_version(patient: Patient):
    page = patient.page
    patient.open("/", timedelta(minutes=30))
    patient.phone.choose(9)
    patient.save()
    patient.button("Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    patient.phone.choose(5)
    patient.save()
    patient.answer_none()
    patient.button("Done").click()
    patient.at(NOTHING_DUE)
    patient.phone.edit_newest(3)
    expect(page.get_by_text("The entry is changed.")).to_be_visible()
    expect(page.get_by_text("3 of 10", exact=True)).to_be_visible()
    patient.button("Undo").click()
    expect(page.get_by_text("5 of 10", exact=True)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Edit")).first.click()
    patient.button("Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(patient.button("Delete")).to_be_focused()
    patient.button("Delete").click()
    dialog.get_by_role("button", name="Cancel").click()
    expect(patient.button("Delete")).to_be_focused()
    patient.button("Delete").click()
    patient.button("Delete entry").click()
    expect(page.get_by_text("The entry is deleted.")).to_be_visible()
    patient.button("Undo").click()
    expect(page.get_by_text("The entry is deleted.")).to_have_count(0)
    expect(page.locator(".what", has_text="5 of 10")).to_be_visible()
    page.get_by_text("2 deleted entries").click()
    patient.watch.screen(page, "diary with history")
    patient.phone.expect_all_received()
    assert [body["pain"] for body in patient.practice.bodies()] == [7, 5]


def test_a_form_left_unsaved_takes_over_no_later_check_in(patient: Patient):
    page = patient.page
    patient.open("/", timedelta(minutes=31))
    patient.phone.choose(4)
    page.get_by_role("button", name="Nausea").click()
    page.wait_for_timeout(600)  # until the form is kept
    patient.open("/?checkin=m60", timedelta(minutes=62))
    expect(page.get_by_text("If you change the score, it counts as of now.")).to_be_visible()
    patient.phone.choose(3)
    patient.watch.screen(page, "a form of half an hour ago")
    patient.save()
    patient.phone.expect_all_received()
    told = patient.practice.bodies()[-1]
    assert (told["pain"], told["taken_at"][:16], told["recorded_at"][:16]) == (
        3,
        "2026-03-02T10:22",
        "2026-03-02T10:22",
    )
    assert [effect["code"] for effect in told["side_effects"]] == ["nausea"]


def test_the_baseline_is_locked_once_the_injection_is_done(patient: Patient):
    page = patient.page
    patient.phone.go("Diary")
    patient.at(timedelta(minutes=5))
    patient.open("/history", timedelta(minutes=5))
    expect(page.get_by_text("Your score from before is saved and locked now.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)
    patient.open("/history", NOTHING_DUE)
    expect(page.get_by_text("Your score was 7 of 10. It is locked now.")).to_be_visible()


def test_a_missed_check_in_opens_from_its_reminder_to_be_filled_in_from_memory(patient: Patient):
    page = patient.page
    patient.open("/?checkin=h2", NOTHING_DUE)
    expect(page.get_by_text("From memory.")).to_be_visible()
    patient.phone.choose(1)
    patient.button("Save").click()
    patient.answer_none()
    patient.phone.go("Diary")
    expect(page.locator(".marks", has_text="From memory")).to_be_visible()
    patient.phone.expect_all_received()
    told = patient.practice.bodies()[-1]
    assert (told["taken_at"][:16], told["recorded_at"][:16]) == ("2026-03-02T11:20", "2026-03-02T16:30")


def test_inside_the_window_the_companion_promises_nothing_and_shows_no_score(patient: Patient):
    page = patient.page
    patient.open("/", timedelta(minutes=30))
    patient.phone.choose(3)
    patient.save()
    patient.answer_none()
    patient.button("Done").click()
    expect(page.get_by_role("heading", name="You are in the first hours")).to_be_visible()
    expect(page.get_by_text("Your leg may be numb. Do not drive. Score what you feel.")).to_be_visible()
    expect(page.get_by_role("heading", name="Your next check-ins")).to_be_visible()
    expect(page.locator("svg")).to_have_count(0)
    assert " of 10" not in page.locator("main").inner_text()
    patient.watch.screen(page, "first hours")


def test_afterwards_the_companion_draws_the_patients_own_curve_offline_but_never_while_a_check_in_waits(
    patient: Patient,
):
    page = patient.page
    for minutes, score in ((30, 3), (60, 2)):
        patient.open("/", timedelta(minutes=minutes))
        patient.phone.log(score)
    page.wait_for_function("navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    with patient.watch.without_server():
        patient.stage.kill()
        patient.open("/", timedelta(days=2, hours=4))
        expect(page.get_by_role("heading", name="Days 1 to 3")).to_be_visible()
        expect(page.get_by_text("It may hurt more before it gets better.")).to_be_visible()
        expect(page.get_by_text("2 scores so far. Thank you.")).to_be_visible()
        expect(page.get_by_role("img", name=re.compile("First day, in hours. 2 scores"))).to_be_visible()
        page.get_by_text("Show as a table").click()
        expect(page.get_by_role("row", name=re.compile("3 of 10"))).to_be_visible()
        patient.watch.screen(page, "company on day 2")
        patient.open("/", timedelta(days=2) + EVENING)
        expect(page.get_by_role("radiogroup", name="Left leg pain, on average")).to_be_visible()
        expect(page.locator("svg")).to_have_count(0)
        patient.phone.go("Diary")
        expect(page.get_by_text("Your scores are hidden while a check-in is waiting.")).to_be_visible()
        patient.stage.start()


def test_a_red_flag_is_shown_offline_told_on_receipt_and_logged(patient: Patient):
    page = patient.page
    patient.open("/history", timedelta(minutes=40))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    with patient.watch.without_server():
        patient.stage.kill()
        patient.button(re.compile("^Something feels wrong")).click()
        page.get_by_role("button", name=re.compile("^Numb between the legs")).click()
        expect(page.get_by_role("heading", name="Get emergency help now")).to_be_visible()
        expect(page.get_by_text("Your clinic has NOT been told. Call now.")).to_be_visible()
        call = page.get_by_role("link", name="Call 112")
        expect(call).to_have_attribute("href", "tel:112")
        page.evaluate("addEventListener('click', (event) => event.preventDefault())")
        call.click()
        patient.watch.screen(page, "emergency, not told")
        patient.stage.start()
        patient.at(timedelta(minutes=42))
        expect(
            page.get_by_text(re.compile("Your clinic was told at .* This app is not watched live."))
        ).to_be_visible(timeout=60_000)
    patient.phone.expect_all_received()
    (alert,) = patient.practice.alerts()
    assert (alert["kind"], alert["level"]) == ("saddle_bladder_bowel", "E")
    assert alert["shown_at"][:16] == alert["called_at"][:16] == "2026-03-02T10:00"


def test_numbness_of_the_blocked_limb_is_asked_about_again_at_twelve_hours(patient: Patient):
    page = patient.page
    patient.open("/check", timedelta(hours=9))
    patient.button("I am helping").click()
    page.get_by_role("button", name="An arm or a leg is weak or numb").click()
    for answer in ("Yes", "No", "No"):
        patient.button(answer).click()
    expect(page.get_by_role("heading", name="Call your clinic on the next working day")).to_be_visible()
    patient.open("/", timedelta(hours=12, minutes=5))
    expect(page.get_by_role("heading", name="How is it now?")).to_be_visible()
    patient.button("Still there").click()
    for answer in ("Yes", "No", "No"):
        patient.button(answer).click()
    expect(page.get_by_role("heading", name="Call your clinic today")).to_be_visible()
    expect(page.get_by_text("Your clinic was told at")).to_be_visible()
    assert [body.get("proxy") for body in patient.practice.bodies("flag_report")] == [True, None]
    levels = [alert["level"] for alert in patient.practice.alerts()]
    assert levels == ["S"]


def test_help_is_one_tap_from_every_screen(patient: Patient):
    for path in ("/", "/today", "/history", "/history/fill/m15", "/phone", "/no/such/place"):
        patient.open(path, timedelta(hours=1, minutes=30))
        patient.button(re.compile("^Something feels wrong")).click()
        expect(patient.page.get_by_role("heading", name="What do you notice?")).to_be_visible()
