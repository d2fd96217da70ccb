from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from server.persistence.db import transaction
from server.persistence.tables import AuditEvent, CohortRow, Delivery, Reminder
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, Clinic, entry, procedure

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


def logged(clinic: Clinic, pain: int = 1, **record: Any) -> str:
    phone = clinic.phone(clinic.episode(**record))
    ops = [phone.put(entry(f"2026-03-02T{at}:00+01:00", pain)) for at in ("08:15", "08:30", "09:00", "10:00")]
    assert set(phone.statuses(*ops, client_time=NOW.isoformat())) == {"stored"}
    return phone.episode_id


def view(clinic: Clinic, path: str = "/cohort", role: str = "physician", **form: Any) -> Any:
    answer = clinic.client(role).post(f"{CLINIC}{path}", json=form, headers=HEADERS)
    assert answer.status_code == 200, answer.text
    return answer.json if answer.is_json else answer.text


def verdicts(told: dict[str, Any]) -> dict[str, int]:
    (group,) = told["groups"]
    return {row["status"]: row["hits"] for row in group["phases"]["anaesthetic"]}


def test_the_view_follows_every_reading_and_correction(clinic: Clinic):
    assert view(clinic)["matched"] == 0
    logged(clinic)
    other = logged(clinic, 7)
    clinic.episode(status="planned", procedure=procedure(None))
    told = view(clinic)
    assert (told["matched"], told["performed"]) == (2, 2)
    assert verdicts(told) == {"positive_strong": 1, "negative": 1}
    record = {"status": "performed", "procedure": procedure(level="S1"), "baseline": {"pain": 7}}
    answer = clinic.client().put(
        f"{CLINIC}/episodes/{other}", json=record | {"reason": "r", "revision": 1}, headers=HEADERS
    )
    assert answer.status_code == 200
    assert view(clinic, level=["S1"])["matched"] == 1
    record |= {"status": "cancelled", "reason": "r", "revision": 2}
    assert clinic.client().put(f"{CLINIC}/episodes/{other}", json=record, headers=HEADERS).status_code == 200
    assert view(clinic)["matched"] == 1
    assert len(store.of(clinic, CohortRow)) == 1


def test_what_time_alone_decides_is_in_the_view(clinic: Clinic, clock: SettableClock):
    clock.set(datetime(2026, 3, 2, 7, 20, tzinfo=UTC))
    phone = clinic.phone(clinic.episode())
    phone.statuses(phone.put(entry("2026-03-02T08:15:00+01:00", 6)), client_time=clock().isoformat())
    assert verdicts(view(clinic)) == {"pending": 1}
    clock.set(NOW)
    clinic.get(f"/episodes/{phone.episode_id}/reading", "nurse")
    assert verdicts(view(clinic, role="admin")) == {"indeterminate": 1}


def test_another_clinic_sees_nothing_of_it(app: Flask, clinic: Clinic):
    logged(clinic)
    assert view(Clinic(app, NOW, "Other"))["readings"] == 0


def test_the_view_is_audited_and_downloads_are_files(clinic: Clinic):
    logged(clinic)
    assert "<svg" in view(clinic, "/cohort/survival.svg", theme="dark")
    assert view(clinic, "/cohort/table.csv", table="responders").startswith("\ufeffgroup,outcome")
    rows = [row for row in store.of(clinic, AuditEvent) if row["action"] == "cohort.view"]
    assert [row["detail"]["readings"] for row in rows] == [1, 1]


def test_reminders_count_for_the_channel_they_went_out_by_last(clinic: Clinic):
    asked, alone = logged(clinic), logged(clinic)
    remind(clinic, asked, "h2", "answered", "push", "email")
    remind(clinic, asked, "h3", "sent", "push")
    remind(clinic, asked, "h4", "sent", "push", open_for=timedelta(hours=1))
    told = {row["channel"]: row for row in view(clinic, "/cohort/channels")["channels"]}
    assert [told["email"][key] for key in ("diaries", "sent")] == [1, 1]
    assert told["email"]["answered"]["hits"] == 1
    assert (told["push"]["sent"], told["push"]["answered"]["hits"]) == (1, 0), "the third is still open"
    assert told["sms"]["sent"] == 0
    assert told["none"]["diaries"] == 1, "nobody reminded the other patient"
    assert told["none"]["answered"]["of"] > 0
    assert alone != asked
    assert view(clinic, "/cohort/table.csv", table="channels").startswith("\ufeffchannel,diaries")
    assert view(clinic, "/cohort/channels", operator=["Dr X"])["channels"] == []


def remind(
    clinic: Clinic, episode_id: str, slot: str, state: str, *channels: str, open_for: timedelta = timedelta(0)
) -> None:
    """A reminder of an earlier hour, sent by one channel after the other."""
    at = NOW - timedelta(hours=3)
    patient_id = UUID(clinic.get(f"/episodes/{episode_id}").json["patient"]["patient_id"])
    reminder = Reminder(
        clinic_id=clinic.clinic_id,
        id=uuid4(),
        episode_id=UUID(episode_id),
        patient_id=patient_id,
        slot=slot,
        number=1,
        due_at=at,
        expires_at=NOW + open_for,
        state=state,
        made_at=at,
    )
    sends = [
        Delivery(
            clinic_id=clinic.clinic_id,
            id=uuid4(),
            reminder_id=reminder.id,
            channel=channel,
            round=1,
            state="sent",
            due_at=at,
            expires_at=NOW,
            sent_at=at + timedelta(minutes=place),
        )
        for place, channel in enumerate(channels)
    ]
    with clinic.app.app_context(), transaction(clinic.clinic_id) as session:
        session.add(reminder)
        session.flush()
        session.add_all(sends)


def test_what_if_tells_the_flips_of_the_clinics_own_diaries(clinic: Clinic):
    logged(clinic, 0)
    logged(clinic, 3)
    told = view(clinic)["what_if"]
    hits = {row["criteria"]: row["positive"]["hits"] for row in told["sets"]}
    assert (hits["snrb-default/1"], hits["complete-100/1"]) == (2, 1)
    assert next(row["lost"] for row in told["sets"] if row["criteria"] == "complete-100/1") == 1


def test_a_turned_round_period_and_unknown_groups_are_refused(clinic: Clinic):
    for form in ({"start": "2026-02-01", "end": "2026-01-01"}, {"group_by": "name"}, {"line": "L80"}):
        answer = clinic.client().post(f"{CLINIC}/cohort", json=form, headers=HEADERS)
        assert answer.status_code == 422, form
