"""Whole diaries as Hypothesis draws them: everything the format allows, and what real life does to a diary.

Times lie around an injection that may be near a change of clocks, the end of a month or of a year. Many of
them coincide, since ties are where an order shows.
"""

from datetime import UTC, datetime, timedelta, timezone
from itertools import cycle
from typing import Any

from hypothesis import strategies as st

from server.domain import codes
from tests.builders import Json

INJECTIONS = [
    datetime.fromisoformat(text)
    for text in (
        "2026-03-02T10:00:00+00:00",
        "2026-03-28T23:10:00+00:00",  # the night in which Europe's clocks go forward
        "2026-10-24T14:30:00+00:00",  # the day before they go back
        "2026-03-07T20:00:00+00:00",  # the evening before New York's go forward
        "2025-10-31T12:00:00+00:00",  # four months on is no 31st
        "2024-02-29T08:00:00+00:00",
        "2027-12-31T21:45:30.250000+00:00",
    )
]
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
]
OFFSETS = [0, 60, 120, 330, -300, -570, 840]
PROTOCOL_MINUTES = [15, 30, 45, 60, *(60 * hour for hour in (2, 3, 4, 5, 6, 8, 11))]

SCORES = st.integers(0, 10)
MAYBE = st.none() | st.booleans()
AMOUNTS = st.integers(1, 5000) | st.floats(0.05, 5000) | st.sampled_from([5e-324, 1.7e308])
RECORDED_AFTER = st.one_of(
    st.integers(0, 10),
    st.sampled_from([-11, -10, 29, 30, 31, 44, 59, 60, 61, 75, 180]),
    st.integers(0, 4 * 1440),
    st.integers(-40 * 1440, 40 * 1440),
)


def optional(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """An object with any of these keys."""
    return st.fixed_dictionaries({}, optional=parts)


class Clock:
    """Writes the moments of one diary: minutes after its T0, in one offset after the other."""

    def __init__(self, t0: datetime, offsets: list[int]) -> None:
        self.t0 = t0
        self.zones = cycle([timezone(timedelta(minutes=offset)) for offset in offsets])

    def text(self, minutes: float) -> str:
        """RFC 3339 of a moment."""
        return (self.t0 + timedelta(minutes=minutes)).astimezone(next(self.zones)).isoformat()


def spans() -> st.SearchStrategy[int]:
    """Minutes after T0: near check-ins, in the first hours, in the first weeks, or in the whole year."""
    near = st.builds(int.__add__, st.sampled_from(PROTOCOL_MINUTES), st.integers(-9, 40))
    evening = st.builds(lambda day, late: day * 1440 + late, st.integers(1, 60), st.integers(-300, 800))
    return near | st.integers(-600, 2000) | evening | st.integers(-3 * 1440, 400 * 1440)


@st.composite
def entries(draw: st.DrawFn, clock: Clock) -> Json:
    """One entry with any of its answers, with an id or without one."""
    at = draw(spans())
    written = st.builds(lambda apart: at + apart, st.integers(-700, 700))
    intake = optional(drug=st.sampled_from(["ibuprofen", "codeine"]), dose_mg=AMOUNTS, taken_at=st.none())
    entry = draw(
        optional(
            id=st.uuids().map(str),
            axial=st.none() | SCORES,
            activity=st.sampled_from(codes.ACTIVITIES),
            stated_relief_percent=st.floats(0, 100) | st.integers(0, 100),
            numb=MAYBE,
            weak=MAYBE,
            checkin_id=st.just("m15"),
            clock_suspect=st.sampled_from([None, False, False, True]),
            side_effects=st.lists(
                optional(
                    code=st.sampled_from(codes.SIDE_EFFECTS), severity=st.sampled_from(codes.SEVERITIES)
                ),
                max_size=2,
            ),
            analgesics=st.lists(intake, max_size=2),
        )
    )
    for taken in entry.get("analgesics", []):
        if "taken_at" in taken and draw(st.booleans()):
            taken["taken_at"] = clock.text(draw(written))
    if draw(st.booleans()):
        entry["recorded_at"] = clock.text(at + draw(RECORDED_AFTER))
    entry |= {"taken_at": clock.text(at), "scale": draw(st.sampled_from(codes.SCALES))}
    if draw(st.integers(0, 9)) == 0:
        return entry | {"pain": None, "skipped": draw(st.sampled_from(codes.SKIPS))}
    return entry | {"pain": draw(SCORES)}


@st.composite
def procedures(draw: st.DrawFn) -> Json:
    """What was given, alone or as a mixture, and what is known of the injection."""
    part = optional(
        drug=st.none() | st.sampled_from(codes.ANAESTHETICS),
        concentration_percent=st.none() | AMOUNTS,
        volume_ml=st.none() | st.sampled_from([0.2, 0.4, 0.5, 0.6, 1, 1.5, 2.0, 3]) | AMOUNTS,
        adrenaline=MAYBE,
    )
    steroid = optional(drug=st.none() | st.sampled_from(codes.STEROIDS), dose_mg=st.none() | AMOUNTS)
    made: Json = draw(
        optional(
            region=st.none() | st.sampled_from(codes.REGIONS),
            level=st.none() | st.just("L5"),
            side=st.none() | st.sampled_from(codes.SIDES),
            indication=st.none() | st.sampled_from(codes.INDICATIONS),
            anaesthetic=st.none() | part | st.lists(part, max_size=3),
            steroid=st.none() | steroid | steroid,
            sedation=st.sampled_from([None, False, False, True]),
            concordant_pain_provoked=MAYBE,
            provocable_before=MAYBE,
        )
    )
    return made


@st.composite
def baselines(draw: st.DrawFn, first: datetime) -> Json:
    """The level before, with daily averages of single dates and usual analgesics."""
    days = st.lists(st.integers(-9, 2), unique=True, max_size=8)
    average = st.integers(0, 10) | st.floats(0, 10) | st.sampled_from([5e-324, 5.9, 6.1])
    dates = [(first + timedelta(days=day)).date().isoformat() for day in draw(days)]
    made: Json = {"pain": draw(SCORES | st.sampled_from([7.0, 4, 8, 9, 10]))}
    if draw(st.booleans()):
        made["daily"] = [{"date": date, "average": draw(average)} for date in dates]
    usual = optional(drug=st.sampled_from(["ibuprofen", "codeine"]), mg_per_day=st.integers(0, 2000))
    made |= draw(optional(usual_analgesics=st.lists(usual, max_size=2)))
    return made


LATE = st.lists(st.integers(-2, 20), min_size=len(PROTOCOL_MINUTES), max_size=len(PROTOCOL_MINUTES))
STEPS = st.lists(st.sampled_from([-2, -1, -1, 0, 0, 0, 0, 1, 1, 2, None]), max_size=60)


@st.composite
def courses(draw: st.DrawFn, clock: Clock) -> list[Json]:
    """A diary as people keep it: scores of the first hours, then an average on most evenings."""
    level, named = draw(SCORES), draw(st.booleans())
    made: list[Json] = []
    for late, minutes, step in zip(
        draw(LATE), PROTOCOL_MINUTES, draw(st.permutations(range(11))), strict=True
    ):
        pain = min(10, max(0, level + step - 8))
        made.append({"taken_at": clock.text(minutes + late), "scale": "now", "pain": pain})
    for day, step in enumerate(draw(STEPS), 1):
        if step is not None:
            level = min(10, max(0, level + step))
            taken_at = clock.text(day * 1440 + (day * 97) % 360 - 240)
            made.append({"taken_at": taken_at, "scale": "average_24h", "pain": level})
    return [entry | {"id": f"c{place}"} for place, entry in enumerate(made)] if named else made


@st.composite
def diaries(draw: st.DrawFn, *, offsets: list[int] | None = None, zones: list[str] | None = None) -> Json:
    """A whole diary. `offsets` limits how times are written, `zones` to which the diary may name."""
    clock = Clock(draw(st.sampled_from(INJECTIONS)), offsets or draw(st.permutations(OFFSETS)))
    listed = draw(st.lists(entries(clock), max_size=8))
    if draw(st.booleans()):
        listed = [*draw(courses(clock)), *listed[:4]]
    events = st.lists(st.tuples(spans(), st.sampled_from(codes.EVENTS)), max_size=2)
    made: Json = {
        "episode_id": "drawn",
        "procedure": draw(procedures()) | {"performed_at": clock.text(0)},
        "baseline": draw(baselines(clock.t0)),
        "entries": listed,
        "events": [{"at": clock.text(at), "kind": kind} for at, kind in draw(events)],
    }
    named = ZONES if zones is None else zones
    if named and draw(st.integers(0, 4)):
        made["zone"] = draw(st.sampled_from(named))
    if draw(st.booleans()):
        made["as_of"] = clock.text(draw(spans()))
    return made


def instant_of(text: str) -> datetime:
    """The moment a diary's time names."""
    return datetime.fromisoformat(text).astimezone(UTC)
