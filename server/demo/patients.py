"""The demo's patients as plain values: what staff enter and what the phones send, relative to one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from server.demo.cast import CAST, Intended, Role
from server.demo.diarist import Diarist, Written
from server.demo.operations import DemoPhone, Sent

ZONE: Final = "Europe/Berlin"
PLANNED_DAYS: Final = 4
"""How long ago the planned injection was planned."""
FLAG_MINUTES_AGO: Final = 12


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """One invented patient.

    `patient` and `episode` are the two parts of the form for a new episode. `sent` holds the phone's
    operations in the order they were saved; each still needs the `episode_id` the clinic gives.
    """

    key: str
    patient: dict[str, Any]
    episode: dict[str, Any]
    entered_at: datetime
    sent: tuple[Sent, ...]
    intended: Intended
    again: str | None = None
    """The key of an earlier block of the same patient, who is entered once."""
    signed_at: tuple[datetime, ...] = ()
    """When the physician signed the reading as it stood."""


def demo_patients(now: datetime, seed: int, zone: str = ZONE) -> list[DemoPatient]:
    """All invented patients as they stand at `now` (aware); the same seed and moment give the same ones."""
    at = now.astimezone(UTC).replace(microsecond=0)
    return [_patient(number, role, at, seed, zone) for number, role in enumerate(CAST, start=1)]


def _patient(number: int, role: Role, now: datetime, seed: int, zone: str) -> DemoPatient:
    rng = Random(f"{seed}:{role.key}")  # noqa: S311 - invented data, no secret
    performed_at = _performed_at(role, now, zone)
    phone = DemoPhone(zone, rng)
    sent = _waiting(role, phone, now) if performed_at is None else _diary(role, phone, performed_at, now)
    return DemoPatient(
        key=role.key,
        patient={
            "name": role.name,
            "record_number": f"DEMO-{number:03}",
            "born_on": role.born_on.isoformat(),
        },
        episode=_episode(role, performed_at, zone, rng),
        entered_at=performed_at or now - timedelta(days=PLANNED_DAYS),
        sent=tuple(sorted(sent, key=lambda one: one.recorded_at)),
        intended=role.intended,
        again=role.again,
        signed_at=()
        if performed_at is None
        else tuple(performed_at + timedelta(days=day) for day in role.signed_on),
    )


def _performed_at(role: Role, now: datetime, zone: str) -> datetime | None:
    if role.minutes_ago is not None:
        return now - timedelta(minutes=role.minutes_ago)
    return None if role.days_ago is None else _at_clock(now, role.days_ago, role.clock, zone)


def _at_clock(now: datetime, days_ago: int, clock: time, zone: str) -> datetime:
    """A wall-clock time some calendar days ago, in UTC."""
    here = ZoneInfo(zone)
    day = now.astimezone(here).date() - timedelta(days=days_ago)
    return datetime.combine(day, clock, here).astimezone(UTC)


def _episode(role: Role, performed_at: datetime | None, zone: str, rng: Random) -> dict[str, Any]:
    """The `episode` part of the form for a new episode."""
    procedure: dict[str, Any] = {
        "region": role.region,
        "level": role.level,
        "side": role.side,
        "indication": role.indication,
        "anaesthetic": [role.anaesthetic],
        "steroid": role.steroid,
        "sedation": False,
        "concordant_pain_provoked": True,
        "provocable_before": True,
        "guidance": "fluoroscopy",
    }
    baseline: dict[str, Any] = {"usual_analgesics": [{"drug": "ibuprofen", "mg_per_day": 400}]}
    if performed_at is not None:
        procedure["contrast_spread"] = ["along_root"]
        procedure["performed_at"] = performed_at.astimezone(ZoneInfo(zone)).isoformat()
        baseline["pain"] = round(role.course.baseline)
        seen_at = performed_at - timedelta(minutes=20)
        baseline["recorded_at"] = seen_at.astimezone(ZoneInfo(zone)).isoformat()
        if role.daily_baseline:
            baseline["daily"] = _daily_baseline(role, performed_at.astimezone(ZoneInfo(zone)).date(), rng)
    return {
        "status": "planned" if performed_at is None else "performed",
        "zone": zone,
        "operator": "Dr. Demo",
        "approach": "transforaminal",
        "procedure": procedure,
        "risks": {"anticoagulant": "none", "diabetes": "none", "allergic": False},
        "complications": None if performed_at is None else [],
        "questionnaires": _disability(role, performed_at, zone),
        "baseline": baseline,
    }


def _disability(role: Role, performed_at: datetime | None, zone: str) -> list[dict[str, Any]] | None:
    """The questionnaire filled in on the day of the injection."""
    if performed_at is None:
        return None
    on = performed_at.astimezone(ZoneInfo(zone)).date()
    instrument = "ndi" if role.region == "cervical" else "odi"
    return [{"instrument": instrument, "on": on, "percent": 6.0 * round(role.course.baseline)}]


def _daily_baseline(role: Role, day: date, rng: Random) -> list[dict[str, Any]]:
    return [
        {"date": (day - timedelta(days=back)).isoformat(), "average": _usual(role, rng)}
        for back in range(7, 0, -1)
    ]


def _usual(role: Role, rng: Random) -> int:
    """The average of a day before the injection."""
    return max(4, min(9, round(role.course.baseline + rng.gauss(0, 0.5))))


def _waiting(role: Role, phone: DemoPhone, now: datetime) -> list[Sent]:
    """Optional evening averages of the days before a planned injection."""
    written = []
    for back in range(PLANNED_DAYS - 1, -1, -1):
        evening = _at_clock(now, back, time(21, 10 + 3 * back), phone.zone)
        body = {"scale": "average_24h", "pain": _usual(role, phone.rng)}
        written.append(Written(body, evening, evening + timedelta(seconds=30)))
    return [phone.put(one) for one in written if one.recorded_at <= now]


def _diary(role: Role, phone: DemoPhone, performed_at: datetime, now: datetime) -> list[Sent]:
    diarist = Diarist(role.course, role.habits, performed_at, phone.zone, phone.rng)
    sent = [phone.put(written) for written in diarist.keep(now)]
    if role.key == "flare_then_relief":
        sent += _second_thoughts(sent, phone)
    if role.key == "red_flag":
        sent.append(_red_flag(phone, now))
    if role.key == "quarantined":
        sent.append(_unusable(phone, sent[-1]))
    return sent


def _second_thoughts(sent: list[Sent], phone: DemoPhone) -> list[Sent]:
    """Two corrected scores, and an entry made by mistake and deleted again."""
    evenings = [one for one in sent if one.operation["body"]["scale"] == "average_24h"]
    changes = []
    for one, step in ((evenings[9], 1), (evenings[20], -1)):
        pain = max(0, min(9, one.operation["body"]["pain"] + step))
        changes.append(phone.edited(one, {"pain": pain}, one.recorded_at + timedelta(minutes=4)))
    slip_at = evenings[15].recorded_at + timedelta(minutes=1)
    slip = phone.put(Written({"scale": "now", "pain": 0}, slip_at, slip_at))
    return [*changes, slip, phone.deleted(slip, slip_at + timedelta(minutes=2))]


def _red_flag(phone: DemoPhone, now: datetime) -> Sent:
    """Weakness that came back after normal strength, reported a few minutes ago."""
    at = now - timedelta(minutes=FLAG_MINUTES_AGO)
    report = {
        "code": "limb_weak_or_numb",
        "blocked_area_only": True,
        "worse": False,
        "recovered_between": True,
        "weak": True,
    }
    return phone.put(Written({"reports": [report], "shown_level": "E"}, at, at), "flag_report")


def _unusable(phone: DemoPhone, last: Sent) -> Sent:
    """A score of 12, as a faulty app might send it: the server keeps it for staff."""
    return phone.put(Written({"scale": "now", "pain": 12}, last.recorded_at, last.recorded_at))
