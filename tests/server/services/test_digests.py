"""The morning digest: counts alone, once a day, on days the clinic is open, in three zones."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from server.config import Config
from server.notifications.email import Mailer
from server.persistence.db import transaction
from server.persistence.tables import AuditEvent, StaffMessage
from server.services import digests, outbox, review
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.alarms import INFECTION, report
from tests.factories.racing import at_once
from tests.factories.world import CLINIC, HEADERS, Clinic, entry, procedure
from tests.server.notifications.mailbox import Mailbox, running_mailbox

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # 9 o'clock in Berlin
TUESDAY_SEVEN = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(MONDAY)
    clinic = Clinic(app, MONDAY)
    clinic.client("nurse").put(f"{CLINIC}/digest", json={"at": "07:00"}, headers=HEADERS)
    return clinic


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as box:
        yield box


def make(clinic: Clinic, now: datetime) -> int:
    with clinic.app.app_context():
        return digests.make_due(clinic.clinic_id, now)


def send(clinic: Clinic, mailbox: Mailbox, config: Config, now: datetime) -> int:
    with clinic.app.app_context():
        ports = {"email": Mailer(mailbox.settings())}
        return outbox.deliver(clinic.clinic_id, ports, config.public_url, lambda: now)


def test_it_tells_numbers_and_a_link_and_nothing_else(clinic: Clinic, mailbox: Mailbox, config: Config):
    talking, silent = clinic.phone(clinic.episode()), clinic.episode()
    report(talking, INFECTION, MONDAY)
    talking.sync(talking.put(entry("2026-03-02T09:00:00+01:00", 2)))

    make(clinic, TUESDAY_SEVEN)
    assert send(clinic, mailbox, config, TUESDAY_SEVEN) == 1

    [mail] = mailbox.arrived
    text = mail.get_body(("plain",)).get_content()
    assert mail["To"] == "nurse@clinic.example"
    assert "Alerts open: 1 (1 not acknowledged)" in text
    assert "silent for 24 hours in their first week: 0" in text
    assert f"{config.public_url}/clinic" in text
    for secret in ("Ann", "Example", "infection", "L5", silent, talking.episode_id):
        assert secret not in mail.as_string()


def counts(clinic: Clinic, now: datetime) -> dict[str, int]:
    make(clinic, now)
    return dict(store.of(clinic, StaffMessage)[-1]["counts"])


def test_silent_are_diaries_of_the_first_week_unheard_of_for_a_day(clinic: Clinic, clock: SettableClock):
    for performed in ("2026-02-20T08:00:00+01:00", "2026-03-01T08:00:00+01:00", "2026-03-02T08:30:00+01:00"):
        clinic.episode(procedure=procedure(performed))
    heard = clinic.phone(clinic.episode(procedure=procedure("2026-03-01T08:00:00+01:00")))
    heard.sync(heard.put(entry("2026-03-02T08:30:00+01:00", 2)))
    assert counts(clinic, TUESDAY_SEVEN)["silent"] == 1


def test_ready_are_readings_nobody_has_looked_at_since_their_window_closed(
    clinic: Clinic, clock: SettableClock
):
    one = clinic.phone(clinic.episode())
    one.sync(*[one.put(entry(f"2026-03-02T{hour:02}:30:00+01:00", 2)) for hour in (8, 9)])
    assert clinic.get(f"/episodes/{one.episode_id}/reading").status_code == 200, "too early to count"
    later = TUESDAY_SEVEN
    with clinic.app.app_context():
        review.read_due(clinic.clinic_id, later)
        assert digests_ready(clinic, later) == 1


def digests_ready(clinic: Clinic, now: datetime) -> int:
    with transaction(clinic.clinic_id, reading=True) as session:
        return digests.counts_of(session, clinic.clinic_id, now)["ready"]


def test_one_a_day_whoever_makes_it_and_none_when_the_clinic_is_closed(clinic: Clinic):
    assert make(clinic, TUESDAY_SEVEN - timedelta(seconds=1)) == 0
    made = at_once([lambda: make(clinic, TUESDAY_SEVEN)] * 3)
    assert sorted(made) == [0, 0, 1]
    friday = TUESDAY_SEVEN + timedelta(days=3)
    assert [make(clinic, friday + timedelta(days=days)) for days in range(4)] == [1, 0, 0, 1]
    assert len([row for row in store.of(clinic, AuditEvent) if row["action"] == "digest.make"]) == 3


def test_one_that_could_not_be_made_or_sent_in_time_is_left_out(
    clinic: Clinic, mailbox: Mailbox, config: Config
):
    assert make(clinic, TUESDAY_SEVEN + timedelta(hours=7)) == 0
    wednesday = TUESDAY_SEVEN + timedelta(days=1)
    assert make(clinic, wednesday) == 1
    mailbox.refuse_data = "451 not now"
    send(clinic, mailbox, config, wednesday)
    mailbox.refuse_data = None
    send(clinic, mailbox, config, wednesday + timedelta(hours=18))
    assert mailbox.arrived == []
    assert store.of(clinic, StaffMessage)[0]["problem"] == "too-late"


def test_a_clock_that_jumps_makes_no_second_one_and_loses_no_later_one(clinic: Clinic):
    assert make(clinic, TUESDAY_SEVEN) == 1
    assert make(clinic, TUESDAY_SEVEN + timedelta(days=30)) == 1
    assert make(clinic, TUESDAY_SEVEN + timedelta(hours=1)) == 0
    assert make(clinic, TUESDAY_SEVEN + timedelta(days=1)) == 1


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_it_comes_at_the_chosen_time_of_the_wall_clock_all_year(app: Flask, clock: SettableClock, zone: str):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    clock.set(start)
    clinic = Clinic(app, start, name="Zoned")
    form = {"name": "Zoned", "phone": "+49 30 1", "emergency_number": "112", "zone": zone}
    clinic.client("admin").put(f"{CLINIC}/settings", json=form, headers=HEADERS)
    told = clinic.client("nurse").put(f"{CLINIC}/digest", json={"at": "02:30"}, headers=HEADERS)
    moment, days = datetime.fromisoformat(told.json["next_at"]), []
    for _ in range(365):
        wall = moment.astimezone(ZoneInfo(zone))
        days.append(wall.date())
        skipped = moment.astimezone(UTC).astimezone(ZoneInfo(zone)).strftime("%H:%M") in {"03:00", "03:30"}
        assert wall.strftime("%H:%M") == "02:30" or skipped
        moment = digests.next_moment(zone, 150, moment)
    assert len(set(days)) == 365
    assert (days[-1] - days[0]).days == 364
