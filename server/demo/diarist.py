"""How an invented patient keeps the diary: which check-ins are answered, when, and with which score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from server.demo.course import Course
from server.demo.ids import new_id
from server.domain.instants import HOUR, MINUTE, Instant
from server.domain.schedule import Slot, slots

NUMB_ASKED_HOURS = 8.5
DEPENDABLE_HOURS = 84
"""In the first three days every check-in is answered on time: fresh resolutions last about that long."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A side effect ticked in every entry described between two hours after T0."""

    code: str
    severity: str
    from_hours: float
    to_hours: float


@dataclass(frozen=True, slots=True)
class Habits:
    """Chances per check-in, 0-1, and what this patient tends to write."""

    noise: float = 0.4
    missing: float = 0.06
    late: float = 0.06
    back_filled: float = 0.03
    worst: float = 0.15
    asleep: float = 0.3
    misses_until_hours: float = 0.0
    spells: tuple[Spell, ...] = ()
    rescue_days: tuple[int, ...] = ()
    provokes: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as the phone saved it: its body without the two times, and these, in UTC."""

    body: dict[str, Any]
    taken_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Diarist:
    """A patient writing by the protocol. T0 is in UTC, because wall clocks do not subtract."""

    course: Course
    habits: Habits
    performed_at: datetime
    zone: str
    rng: Random

    def keep(self, now: datetime) -> list[Written]:
        """Everything written up to `now`, in the order of writing."""
        t0: Instant = (self.performed_at - _EPOCH) // _MICROSECOND
        written: list[Written] = []
        for slot in slots(t0, self.zone):
            moments = None if slot.scale is None or slot.kind == "pre" else self._moments(slot, t0)
            if moments is not None:
                written += self._answer(slot, *(self._time(at) for at in moments))
        return sorted((one for one in written if one.recorded_at <= now), key=lambda one: one.recorded_at)

    @staticmethod
    def _time(at: Instant) -> datetime:
        return (_EPOCH + at * _MICROSECOND).replace(microsecond=0)

    def _moments(self, slot: Slot, t0: Instant) -> tuple[Instant, Instant] | None:
        """When an entry is described and when it is saved; None if the check-in is missed."""
        habits, rng = self.habits, self.rng
        hours, chance = (slot.planned - t0) / HOUR, rng.random()
        saving = rng.randint(12, 45) * MINUTE // 60
        if hours < habits.misses_until_hours or not (slot.expected or rng.random() < 0.3):
            return None
        if hours > DEPENDABLE_HOURS:
            if chance < habits.missing:
                return None
            if chance < habits.missing + habits.late:
                taken = int(rng.uniform(slot.closes, slot.late_until - MINUTE))
                return taken, taken + saving
            if chance < habits.missing + habits.late + habits.back_filled and slot.kind == "day":
                return slot.planned, slot.planned + rng.randint(20, 40) * HOUR
        spread = 0.6 * min(slot.planned - slot.opens, slot.closes - slot.planned, 90 * MINUTE)
        taken = slot.planned + int(rng.uniform(-spread, spread))
        return taken, taken + saving

    def _answer(self, slot: Slot, taken: datetime, recorded: datetime) -> Iterator[Written]:
        """The entry of a check-in and, on some evenings, the day's worst beside it."""
        hours = (taken - self.performed_at).total_seconds() / 3600
        checkin = {"checkin_id": str(new_id(self.rng))}
        if slot.kind == "bedtime" and self.rng.random() < self.habits.asleep:
            yield Written({"scale": "now", "pain": None, "skipped": "asleep"} | checkin, taken, recorded)
        elif slot.scale == "now":
            yield Written(self._present(hours) | self._effects(hours) | checkin, taken, recorded)
        else:
            body = self._evening(hours, taken)
            yield Written(body | self._effects(hours) | checkin, taken, recorded)
            if self.rng.random() < self.habits.worst:
                worst = min(10, body["pain"] + self.rng.choice((1, 1, 2)))
                yield Written({"scale": "worst_24h", "pain": worst} | checkin, taken, recorded)

    def _present(self, hours: float) -> dict[str, Any]:
        """The pain right now and, in the first hours, what else the check-in asks."""
        body: dict[str, Any] = {"scale": "now", "pain": self._score(self.course.pain(hours))}
        if hours <= NUMB_ASKED_HOURS:
            body["numb"], body["weak"] = self.course.is_numb(hours), False
            body["activity"] = "provoking" if self.habits.provokes and 0.7 < hours < 5 else "usual"
        if 0.4 < hours < 1.3:
            computed = 100 * (1 - body["pain"] / self.course.baseline)
            body["stated_relief_percent"] = max(0, min(100, 5 * round((computed + self.rng.gauss(0, 8)) / 5)))
        return body

    def _evening(self, hours: float, taken: datetime) -> dict[str, Any]:
        """The day's average, the axial pain beside it and what was taken for it."""
        axial = max(0, min(6, round(self.course.baseline * 0.4 + self.rng.gauss(0, 0.8))))
        body = {"scale": "average_24h", "pain": self._score(self.course.average(hours)), "axial": axial}
        zone = ZoneInfo(self.zone)
        described = (taken - timedelta(hours=12)).astimezone(zone)
        first_day = self.performed_at.astimezone(zone).date()
        if (described.date() - first_day).days in self.habits.rescue_days:
            doses = [described.replace(hour=clock, minute=30, second=0) for clock in (8, 14, 20)]
            body["analgesics"] = [
                {"drug": "ibuprofen", "dose_mg": 400, "taken_at": dose.isoformat()}
                for dose in doses
                if self.performed_at < dose < taken
            ]
        return body

    def _effects(self, hours: float) -> dict[str, Any]:
        felt = [spell for spell in self.habits.spells if spell.from_hours <= hours <= spell.to_hours]
        return (
            {"side_effects": [{"code": one.code, "severity": one.severity} for one in felt]} if felt else {}
        )

    def _score(self, latent: float) -> int:
        """A whole number near the truth; never the 10 that would raise an alert of its own."""
        return max(0, min(9, round(latent + self.rng.gauss(0, self.habits.noise))))
