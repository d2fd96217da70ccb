"""A nurse on a tablet: two taps a score, on a bad network, and a phone that goes on from there."""

from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.recovery_room import TABLET, RecoveryRoom
from tests.e2e.stage import Stage
from tests.e2e.ward import Ward
from tests.e2e.watch import Watch
from tests.factories.world import CLINIC, HEADERS, PASSWORD, procedure

T0 = MONDAY_MORNING + timedelta(minutes=5)
NAME = "Ann Example"
PLANNED = {"status": "planned", "procedure": procedure(None), "baseline": {}}


def open_room(stage: Stage, ward: Ward, open_context: OpenContext) -> tuple[ClinicDesk, RecoveryRoom, Watch]:
    """A nurse signs in on the tablet and opens the recovery room."""
    ward.clinic.client("nurse")
    context, watch = open_context("tablet", TABLET)
    page = context.new_page()
    desk, room = ClinicDesk(page, stage), RecoveryRoom(page)
    desk.sign_in(ward.clinic.email("nurse"), PASSWORD)
    room.open()
    return desk, room, watch


def go_to(stage: Stage, page: Page, minutes: int, *, looks: bool = True) -> None:
    """Server and tablet at the same moment; on the way the tablet looks by itself and stays signed in."""
    while stage.now() < T0 + timedelta(minutes=minutes):
        stage.go_to(min(stage.now() + timedelta(minutes=8), T0 + timedelta(minutes=minutes)))
        page.clock.set_system_time(stage.now())
        if looks:
            with page.expect_response("**/api/v1/clinic/recovery"):
                page.clock.run_for(61_000)
        page.clock.set_system_time(stage.now())
        page.clock.run_for(5_000)


def test_a_nurse_keeps_the_first_half_hour_and_the_phone_goes_on(
    stage: Stage, ward: Ward, open_context: OpenContext
):
    episode_id = ward.clinic.episode(**PLANNED)
    _, room, watch = open_room(stage, ward, open_context)
    page, context = room.page, room.page.context
    watch.screen(page, "waiting for the injection")
    watch.keyboard(page, "waiting for the injection")

    room.tile(NAME, "Before").tap()
    watch.screen(page, "the pad")
    watch.keyboard(page, "the pad")
    page.keyboard.press("Escape")
    room.score(NAME, "Before", 7)
    room.expect_saved(NAME, "Before", 7)
    go_to(stage, page, 0, looks=False)  # nobody is watched yet, and nobody has touched the tablet for minutes
    room.injected_just_now(NAME)
    expect(room.tile(NAME, "15 min")).to_contain_text("in 15 min")
    expect(room.tile(NAME, "30 min")).to_be_disabled()

    go_to(stage, page, 16)
    expect(page.get_by_text("1 score due")).to_be_visible()
    with watch.without_server():
        context.set_offline(True)
        room.score(NAME, "15 min", 3)
        expect(page.get_by_role("alert")).to_contain_text("1 tap is not saved yet.")
        expect(room.tile(NAME, "15 min")).to_contain_text("3")
        expect(room.tile(NAME, "15 min")).to_contain_text("not saved yet")
        watch.screen(page, "a tap that waits")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        go_to(stage, page, 20, looks=False)
        context.set_offline(False)
        room.expect_saved(NAME, "15 min", 3)
    (_, first) = ward.entries(episode_id)
    assert (first["slot"], first["grade"], len(first["revisions"])) == ("m15", "on_time", 1)
    assert first["head"]["body"]["taken_at"].startswith("2026-03-02T09:21"), "when it was tapped"

    room.tile(NAME, "Complications").tap()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Vasovagal reaction").tap()
    expect(sheet.get_by_role("button", name="Vasovagal reaction")).to_have_attribute("aria-pressed", "true")
    watch.screen(page, "complications")
    watch.keyboard(page, "complications")
    sheet.get_by_role("button", name="Close").tap()
    expect(room.tile(NAME, "Complications")).to_contain_text("1")

    go_to(stage, page, 30)
    by_keyboard(page, room, pain=2)
    room.expect_saved(NAME, "30 min", 2)
    watch.screen(page, "all three scores")
    room.tile(NAME, "Phone").tap()
    expect(page.get_by_role("img", name="QR picture for the patient's phone")).to_be_visible()
    watch.screen(page, "discharge")
    watch.keyboard(page, "discharge")

    assert ward.pains(episode_id) == [7, 3, 2]
    assert {one["head"]["by"] for one in ward.entries(episode_id)} == {"staff"}
    pocket, _ = open_context("phone", {"viewport": {"width": 360, "height": 740}, "has_touch": True})
    phone = ward.connect(pocket.new_page(), episode_id)
    phone.go("Diary")
    expect(phone.page.get_by_text("Written by your clinic").first).to_be_visible()


def by_keyboard(page: Page, room: RecoveryRoom, pain: int) -> None:
    """From the tile to the saved number without touching anything."""
    room.tile(NAME, "30 min").focus()
    page.keyboard.press("Enter")
    number = page.get_by_role("dialog").get_by_role("button", name=str(pain), exact=True)
    for _ in range(20):
        if number.evaluate("(button) => button === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(room.tile(NAME, "30 min")).to_be_focused()


def test_taps_that_an_ended_session_left_are_entered_by_whoever_signs_in_next(
    stage: Stage, ward: Ward, open_context: OpenContext
):
    episode_id = ward.clinic.episode(**PLANNED)
    for role in ("auditor", "physician"):
        ward.clinic.client(role)
    desk, room, watch = open_room(stage, ward, open_context)
    page, context = room.page, room.page.context
    with watch.without_server(), watch.refusing("", 401):
        context.set_offline(True)
        room.score(NAME, "Before", 7)
        expect(page.get_by_role("alert")).to_contain_text("1 tap is not saved yet.")
        go_to(stage, page, 20, looks=False)  # longer than a session lasts unattended
        context.set_offline(False)
        page.clock.run_for(6_000)
        left = page.get_by_role("alert", name="Taps that were not saved")

        sign_in_over(desk, ward.clinic.email("auditor"))
        expect(left).to_contain_text("1 tap of Nurse of")
        expect(left).to_contain_text("A nurse or a physician who signs in here can still save them.")
        expect(left.get_by_role("button")).to_have_count(0)
        watch.screen(page, "taps that an auditor cannot enter")
        desk.sign_out()  # asks nothing: whoever cannot enter them does not let them go by leaving
        go_to(stage, page, 40, looks=False)
        sign_in_there(page, ward.clinic.email("physician"))
    expect(left).to_contain_text(f"{NAME}: score 7 before, tapped 09:00")
    assert ward.entries(episode_id) == [], "nothing goes under another name by itself"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    watch.screen(page, "taps of an ended session")
    left.get_by_role("button", name="Save under my name").tap()
    expect(left).to_have_count(0)
    room.open()
    room.expect_saved(NAME, "Before", 7)
    (entry,) = ward.entries(episode_id)
    taken_at = datetime.fromisoformat(entry["head"]["body"]["taken_at"])
    assert abs(taken_at - MONDAY_MORNING) < timedelta(minutes=1), "when it was tapped"
    assert written_by(ward) == {("Physician", "entry.write"), ("Physician", "recovery.take-over")}


def test_a_session_that_ends_over_an_open_panel_asks_to_sign_in_and_comes_back_to_it(
    stage: Stage, ward: Ward, open_context: OpenContext
):
    episode_id = ward.clinic.episode(**PLANNED)
    desk, room, watch = open_room(stage, ward, open_context)
    page, context = room.page, room.page.context
    panel = page.get_by_role("dialog")
    with watch.without_server(), watch.refusing("", 401):
        context.set_offline(True)
        room.score(NAME, "Before", 7)
        room.tile(NAME, "Injection").tap()
        panel.get_by_label("Or earlier today, at").fill("09:02")
        go_to(stage, page, 20, looks=False)  # longer than a session lasts unattended
        context.set_offline(False)
        page.clock.run_for(6_000)
        expect(page.get_by_role("heading", name="Please sign in again")).to_be_focused()
        watch.screen(page, "signing in over an open panel")
        sign_in_over(desk, ward.clinic.email("nurse"))
    expect(panel.get_by_label("Or earlier today, at")).to_have_value("09:02")
    assert panel.evaluate("(dialog) => dialog.matches(':modal')"), "the page behind it waits again"
    panel.get_by_role("button", name="Confirm this time").tap()
    expect(room.tile(NAME, "Injection")).to_contain_text("09:02")
    room.expect_saved(NAME, "Before", 7)
    assert ward.pains(episode_id) == [7]


def sign_in_over(desk: ClinicDesk, email: str) -> None:
    """Over the page of a session that has ended, which stays behind the form."""
    expect(desk.page.get_by_role("heading", name="Please sign in again")).to_be_visible()
    sign_in_there(desk.page, email)
    expect(desk.page.get_by_role("heading", name="Please sign in again")).to_have_count(0)


def sign_in_there(page: Page, email: str) -> None:
    """In the form that stands on the page; a page that is loaded anew forgets held taps."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").tap()


def written_by(ward: Ward) -> set[tuple[str, str]]:
    """Whose name stands at the tap in the audit trail."""
    ward.clinic.sign_in_again()
    rows = ward.clinic.client("auditor").post(f"{CLINIC}/audit", json={}, headers=HEADERS).json["rows"]
    wanted = {"entry.write", "recovery.take-over"}
    return {(row["actor"].split()[0], row["action"]) for row in rows if row["action"] in wanted}
