"""Diaries drawn from known courses: the pain underneath, what a patient writes of it, and the truth.

Several laws, so that the engine is not tuned to one. Each law changes the shape of the course or the habits
of the patient; each noise level changes how well the course is seen.

python -m bench.simulate LAW COUNT SEED     prints that many diaries for each noise level, each with its truth
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Json = dict[str, Any]
Curve = NDArray[np.float64]

STEP: Final = 1 / 48
"""Days between two points of the curve underneath: half an hour."""
LAST_DAY: Final = 180
HOURS: Final = (0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8)
WINDOWS: Final = {"lidocaine": 2.0, "mepivacaine": 4.0, "bupivacaine": 5.0, "ropivacaine": 5.0}
"""Median hours of numbness by drug; patients differ by a factor of about two."""


@dataclass(frozen=True)
class Noise:
    """How a diary blurs the course: points of pain, correlation from day to day, shares of days."""

    spread: float
    memory: float
    bad_day: float
    missing: float
    gap: float
    """Chance that a day begins a gap of 4-14 days."""
    leaves: float
    """Chance that the patient stops writing before the end."""


NOISES: Final = {
    "clean": Noise(0.42, 0.35, 0.0, 0.03, 0.0, 0.04),
    "typical": Noise(0.85, 0.45, 0.012, 0.12, 0.006, 0.25),
    "rough": Noise(1.15, 0.5, 0.025, 0.27, 0.014, 0.3),
}


@dataclass(frozen=True)
class Law:
    """The shape of relief and the habits of the patient."""

    onset: str = "smooth"
    loss: str = "smooth"
    onset_takes: tuple[float, float] = (0.8, 3.0)
    """Days from the first to the last of the fall, drawn uniformly."""
    loss_takes: tuple[float, float] = (4.0, 10.0)
    flares: int = 1
    hours: bool = True
    """Whether the first hours are written down, or evenings alone."""
    baselines: tuple[int, ...] = (5, 6, 7, 8, 9)
    protocol: str = "daily"
    """`daily` to the end, or `thinning`: daily to day 28, weekly to 84, then monthly."""


LAWS: Final = {
    "smooth": Law(),
    "step": Law(onset="step", loss="step"),
    "linear": Law(onset="linear", loss="linear", onset_takes=(2.0, 6.0), loss_takes=(8.0, 30.0)),
    "slow": Law(onset_takes=(4.0, 10.0), loss_takes=(15.0, 45.0)),
    "two flares": Law(flares=2),
    "evenings only": Law(hours=False),
    "end of scale": Law(baselines=(9, 10)),
    "thinning": Law(protocol="thinning"),
}


def simulate(law: Law, noise: Noise, count: int, seed: int, name: str) -> Iterator[tuple[Json, Json]]:
    """Pairs of a diary and its truth; the same arguments give the same pairs."""
    drawn = np.random.default_rng(seed)
    for number in range(count):
        yield _patient(law, noise, drawn, f"{name}-{number}")


def _patient(law: Law, noise: Noise, drawn: np.random.Generator, name: str) -> tuple[Json, Json]:
    drug = str(drawn.choice(list(WINDOWS)))
    baseline = int(drawn.choice(law.baselines))
    course = _Course.draw(law, baseline, WINDOWS[drug], drawn)
    last = LAST_DAY if drawn.random() > noise.leaves else int(drawn.uniform(20, LAST_DAY))
    t0 = datetime(2026, 2, 16, 9, tzinfo=UTC) + timedelta(minutes=int(drawn.integers(0, 420)))
    entries = [*_hours(law, noise, course, t0, drawn), *_evenings(law, noise, course, t0, last, drawn)]
    diary = {
        "episode_id": name,
        "procedure": {
            "performed_at": t0.isoformat(),
            "anaesthetic": {"drug": drug, "volume_ml": 0.5},
            "steroid": {"drug": "dexamethasone", "dose_mg": 10},
        },
        "baseline": {"pain": baseline},
        "entries": entries,
    }
    return diary, course.truth(name, last)


@dataclass(frozen=True)
class _Course:
    """One patient's pain underneath, every half hour from T0."""

    baseline: int
    pain: Curve
    lasting: Curve
    """Share of the pain that the steroid takes away."""
    numbing: float
    flare: bool

    @classmethod
    def draw(cls, law: Law, baseline: int, numb_hours: float, drawn: np.random.Generator) -> _Course:
        days = np.arange(0, LAST_DAY + 2, STEP)
        numbing = float(drawn.choice([0.95, 0.9, 0.65, 0.4, 0.05], p=[0.3, 0.2, 0.15, 0.1, 0.25]))
        wears_off = numb_hours * float(drawn.lognormal(0, 0.5)) / 24
        numb = numbing * _rise(days, 0.006, 0.012, "smooth") * (1 - _rise(days, wears_off, 0.06, "smooth"))
        flare = bool(drawn.random() < 0.35)
        extra = np.zeros_like(days)
        for _ in range(law.flares if flare else 0):
            peak, height = drawn.uniform(0.8, 2.5), drawn.uniform(2.2, 3.8)
            extra += height * np.exp(-0.5 * ((days - peak) / drawn.uniform(0.6, 1.2)) ** 2) * (days > 0.3)
        lasting = np.zeros_like(days)
        if drawn.random() < 0.62:
            begins, depth = drawn.uniform(2.0, 8.0), drawn.uniform(0.65, 0.97)
            lasts = min(float(drawn.lognormal(np.log(55), 0.9)) + 5, 400)
            lasting = depth * _rise(days, begins, drawn.uniform(*law.onset_takes), law.onset)
            lasting *= 1 - _rise(days, begins + lasts, drawn.uniform(*law.loss_takes), law.loss)
        elif drawn.random() < 0.4:
            lasting = drawn.uniform(0.05, 0.28) * _rise(days, drawn.uniform(2, 6), 2.0, "smooth")
        pain = (baseline + extra) * (1 - np.maximum(numb, lasting))
        return cls(baseline, np.clip(pain, 0, 10), lasting, numbing, flare)

    def truth(self, name: str, last: int) -> Json:
        """What a perfect reading would say; the keys of tests/data/simulated-truth.jsonl."""
        good = np.flatnonzero(self.lasting >= 0.5)
        onset = None if len(good) == 0 else float(good[0] * STEP)
        lost = None if len(good) == 0 else float((good[-1] + 1) * STEP)
        cuts = ((0.8, "positive_strong"), (0.5, "positive"), (0.3, "equivocal"), (-1, "negative"))
        return {
            "episode_id": name,
            "baseline": self.baseline,
            "anaesthetic": next(verdict for cut, verdict in cuts if self.numbing >= cut),
            "flare": self.flare,
            "responder": onset is not None,
            "onset_day": onset,
            "end_day": lost if lost is not None and lost < last else None,
        }

    def mean(self, first: float, until: float) -> float:
        """Mean pain between two times in days."""
        return float(self.pain[max(0, round(first / STEP)) : max(1, round(until / STEP))].mean())


def _rise(days: Curve, middle: float, takes: float, shape: str) -> Curve:
    """From 0 to 1 around `middle`, in about `takes` days."""
    if shape == "step":
        return (days >= middle).astype(float)
    if shape == "linear":
        return np.clip((days - middle) / takes + 0.5, 0, 1)
    return 1 / (1 + np.exp(-np.clip((days - middle) * 5 / takes, -60, 60)))


def _score(pain: float) -> int:
    return int(np.clip(np.floor(pain + 0.5), 0, 10))


def _entry(at: datetime, scale: str, pain: int) -> Json:
    return {"id": f"{scale}-{at.isoformat()}", "taken_at": at.isoformat(), "scale": scale, "pain": pain}


def _hours(
    law: Law, noise: Noise, course: _Course, t0: datetime, drawn: np.random.Generator
) -> Iterator[Json]:
    if not law.hours:
        return
    drift = 0.6 * noise.spread * drawn.normal()
    for hour in HOURS:
        at = hour + drawn.uniform(-0.05, 0.08)
        blur = 0.55 * (drift * 0.5 + noise.spread * drawn.normal())
        if drawn.random() > noise.missing:
            taken = t0 + timedelta(minutes=round(at * 60))
            place = round(at / 24 / STEP)
            pain = float(course.pain[place])
            yield _entry(taken, "now", _score(pain + blur * min(1, 0.4 + pain / 5)))


def _evenings(
    law: Law, noise: Noise, course: _Course, t0: datetime, last: int, drawn: np.random.Generator
) -> Iterator[Json]:
    blur, gap_until = 0.0, 0
    midnight = t0.replace(hour=0, minute=0)
    for day in range(1, last + 1):
        fresh = noise.spread * drawn.normal()
        blur = noise.memory * blur + np.sqrt(1 - noise.memory**2) * fresh
        if drawn.random() < noise.gap:
            gap_until = day + int(drawn.integers(4, 15))
        bad = drawn.uniform(2, 4) if drawn.random() < noise.bad_day else 0.0
        at = midnight + timedelta(days=day, minutes=int(drawn.integers(18 * 60, 22 * 60)))
        if day < gap_until or drawn.random() < noise.missing or not _is_asked(law, day):
            continue
        since = (at - t0) / timedelta(days=1)
        yield _entry(at, "average_24h", _score(course.mean(max(0, since - 1), since) + blur + bad))


def _is_asked(law: Law, day: int) -> bool:
    if law.protocol == "daily" or day <= 28:
        return True
    return day % 7 == 0 if day <= 84 else day % 30 == 0


def main(arguments: list[str]) -> None:
    """Print diaries of one law at the three noise levels, and behind each its truth."""
    law, count, seed = arguments[0], int(arguments[1]), int(arguments[2])
    for name, noise in NOISES.items():
        for diary, truth in simulate(LAWS[law], noise, count, seed, name):
            print(json.dumps({"diary": diary, "truth": truth}))


if __name__ == "__main__":
    main(sys.argv[1:])
