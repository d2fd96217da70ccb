"""The whole story through the screens: enrolled, logged with and without a server, received once, read."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.conftest import DATABASES
from tests.e2e.browsers import LAPTOP, PHONE
from tests.e2e.clinic import Clinic
from tests.e2e.clinic_desk import ClinicDesk
from tests.e2e.conftest import MONDAY_MORNING, OpenContext
from tests.e2e.patient_phone import PatientPhone
from tests.e2e.stage import Stage

T0 = MONDAY_MORNING + timedelta(minutes=20)
NAME = "Ada Lindgren"


@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_a_diary_survives_a_dead_server_and_is_read(stage: Stage, clinic: Clinic, open_context: OpenContext):
    laptop, _ = open_context("laptop", LAPTOP)
    desk = ClinicDesk(laptop.new_page(), stage)
    desk.sign_in(clinic.physician, clinic.password)
    invitation = desk.enrol(NAME, "R-1001")

    pocket, _ = open_context("phone", PHONE, kept=True)
    phone = PatientPhone(pocket.new_page(), stage)
    phone.connect(invitation.link, invitation.code)
    phone.log(7)
    phone.expect_all_received()
    desk.sign_out()

    stage.go_to(T0 + timedelta(minutes=2))
    desk.sign_in(clinic.physician, clinic.password)
    desk.open_episode(NAME)
    desk.confirm_injection("09:20", "Injection done")
    desk.sign_out()
    for minutes, score in ((30, 2), (60, 1)):
        stage.go_to(T0 + timedelta(minutes=minutes))
        phone.follow()
        phone.log(score)
        phone.expect_all_received()

    stage.kill()
    pocket.close()
    log_without_server(stage, open_context)

    desk.sign_in(clinic.physician, clinic.password)
    desk.open_episode(NAME)
    expect_each_once(desk)
    expect(desk.answer("Anaesthetic").get_by_text("Positive, 71 % relief")).to_be_visible()
    expect(desk.chart()).to_be_visible()


def log_without_server(stage: Stage, open_context: OpenContext) -> None:
    """Three more entries and one edit on the reopened app, the server back only after them."""
    stage.go_to(T0 + timedelta(hours=2))
    pocket, watch = open_context("phone", PHONE, kept=True)
    phone = PatientPhone(pocket.new_page(), stage)
    with watch.without_server():
        phone.open()
        phone.expect_connected()
        phone.log(1)
        phone.expect_waiting(1)
        stage.go_to(T0 + timedelta(hours=2, minutes=20))
        phone.follow()
        phone.edit_newest(3)
        for hours, score in ((3, 2), (4, 4)):
            stage.go_to(T0 + timedelta(hours=hours))
            phone.follow()
            phone.log(score)
        phone.expect_waiting(4)
        stage.start()
        stage.go_to(T0 + timedelta(hours=4, minutes=1))
        phone.follow()
        phone.expect_all_received()


def expect_each_once(desk: ClinicDesk) -> None:
    """Six entries, seven revisions: each exactly as it was logged, the edited one with both versions."""
    expect(desk.page.get_by_role("heading", name="Entries 6")).to_be_visible()
    (row,) = desk.ask("/episodes")["episodes"]
    entries = desk.ask(f"/episodes/{row['episode_id']}/entries")["entries"]
    heads = sorted((entry["head"]["body"]["taken_at"], entry["head"]["body"]["pain"]) for entry in entries)
    assert [pain for _, pain in heads] == [7, 2, 1, 3, 2, 4]
    versions = [sorted(revision["body"]["pain"] for revision in entry["revisions"]) for entry in entries]
    assert sorted(versions) == [[1], [1, 3], [2], [2], [4], [7]]
    assert row["entries"] == 6
