"""A corrected T0 and the alerts that depend on the hours since the injection."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from server.persistence.tables import Alert, AlertEvent, AuditEvent
from server.security.actors import Staff
from server.services import answering, episodes
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.alarms import report
from tests.factories.world import Clinic, Phone, procedure

T0 = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
NUMB = {
    "code": "limb_weak_or_numb",
    "blocked_area_only": True,
    "worse": False,
    "recovered_between": False,
    "weak": False,
}
HEADACHE = {
    "code": "headache_other",
    "onset_hours": None,
    "severe": False,
    "alarm_signs": False,
    "worse_upright": False,
}


class Ward:
    """One patient whose report comes some hours after T0, and a nurse who corrects T0."""

    def __init__(self, app: Flask, clock: SettableClock) -> None:
        self.app, self.clock = app, clock
        clock.set(T0 + timedelta(hours=1))
        self.clinic = Clinic(app, clock())
        self.phone: Phone = self.clinic.phone(self.clinic.episode())
        self.nurse = Staff(
            self.clinic.clinic_id, self.clinic.add("nurse"), uuid4(), "Nurse", "nurse@clinic.example", "nurse"
        )
        self.revision = 1

    def tells(self, symptom: Any, hours: float) -> None:
        at = T0 + timedelta(hours=hours)
        self.clock.set(at)
        report(self.phone, symptom, at)

    def correct(self, earlier_by: float) -> None:
        form = {
            "status": "performed",
            "procedure": procedure((T0 - timedelta(hours=earlier_by)).isoformat()),
            "baseline": {"pain": 7},
            "reason": "Read from the monitor",
            "revision": self.revision,
        }
        with self.app.app_context():
            episodes.correct(self.nurse, UUID(self.phone.episode_id), form, self.clock())
        self.revision += 1

    def acknowledge(self) -> None:
        with self.app.app_context():
            answering.acknowledge(self.nurse, self.alert()["id"], self.clock())

    def alerts(self) -> list[dict[str, Any]]:
        return store.of(self.clinic, Alert)

    def alert(self) -> dict[str, Any]:
        [row] = self.alerts()
        return row

    def history(self) -> list[tuple[str, dict[str, Any]]]:
        events = sorted(store.of(self.clinic, AlertEvent), key=lambda row: row["number"])
        return [(row["kind"], row["detail"]) for row in events]


@pytest.fixture
def ward(app: Flask, clock: SettableClock) -> Ward:
    return Ward(app, clock)


@pytest.mark.parametrize(
    ("symptom", "hours", "earlier_by", "was", "level"),
    [(NUMB, 9, 4, "N", "S"), (NUMB, 13, 12, "S", "E"), (HEADACHE, 30, 20, "N", "S")],
)
def test_a_level_rises_at_once_and_its_timer_begins(
    ward: Ward, symptom: Any, hours: float, earlier_by: float, was: str, level: str
):
    ward.tells(symptom, hours)
    assert ward.alert()["level"] == was
    ward.correct(earlier_by)

    alert = ward.alert()
    within = timedelta(minutes=15 if level == "E" else 60)
    assert (alert["level"], alert["escalate_at"]) == (level, ward.clock() + within)
    assert ward.history()[-1] == ("retriaged", {"was": was, "level": level})
    [audited] = [row for row in store.of(ward.clinic, AuditEvent) if row["action"] == "alert.retriaged"]
    assert audited["actor_id"] == ward.nurse.clinician_id
    assert audited["detail"] | {"alert": None} == {
        "alert": None, "kind": alert["kind"], "was": was, "level": level,
    }  # fmt: skip


def test_a_rise_calls_again_although_somebody_had_seen_it(ward: Ward):
    ward.tells(NUMB, 9)
    ward.acknowledge()
    ward.correct(4)
    alert = ward.alert()
    assert (alert["level"], alert["acknowledged_at"], alert["turn"]) == ("S", None, 2)
    assert alert["recheck_at"] is None, "a same-day report is not rechecked"


def test_a_level_falls_once_somebody_has_acknowledged_it_and_not_before(ward: Ward):
    ward.tells(NUMB, 13)
    before = ward.alert()
    ward.correct(-2)
    after = ward.alert()
    assert (after["level"], after["escalate_at"]) == ("S", before["escalate_at"])
    assert ward.history()[-1] == ("retriaged", {"was": "S", "level": "S", "would_be": "N"})

    ward.acknowledge()
    ward.correct(-3)
    assert ward.alert()["level"] == "S", "nothing new follows from this correction"
    ward.correct(0)
    ward.correct(-2)
    assert ward.alert()["level"] == "N"
    assert ward.history()[-1] == ("retriaged", {"was": "S", "level": "N"})


def test_what_was_self_care_and_is_so_no_more_opens_an_alert(ward: Ward):
    ward.tells(NUMB, 7)
    assert ward.alerts() == []
    ward.correct(2)
    alert = ward.alert()
    assert (alert["kind"], alert["level"]) == ("limb_weak_or_numb", "N")
    assert alert["recheck_at"] == T0 - timedelta(hours=2) + timedelta(hours=12)
    ward.correct(2.1)
    assert len(ward.alerts()) == 1


def test_an_alert_with_an_outcome_keeps_it(ward: Ward):
    ward.tells(NUMB, 9)
    with ward.app.app_context():
        answering.close(ward.nurse, ward.alert()["id"], "advice_given", None, ward.clock())
    ward.correct(4)
    assert ward.alert()["level"] == "N"


def test_an_alarm_sign_does_not_depend_on_t0(ward: Ward):
    ward.tells("allergy", 3)
    ward.correct(20)
    assert (ward.alert()["level"], len(ward.history())) == ("E", 1)
