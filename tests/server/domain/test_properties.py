"""Properties that hold for every diary, whatever is in it."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain import codes
from server.domain.criteria import DEFAULT, SETS
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from server.domain.series import grade_entries
from tests.builders import T0, Json

ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
SCORES = st.integers(0, 10)
MAYBE = st.none() | st.booleans()
DOSES = st.floats(0.1, 5000, allow_nan=False) | st.integers(1, 5000)


@st.composite
def moments(draw: st.DrawFn) -> str:
    near = st.integers(-600, 2000)
    minutes = draw(near | st.integers(-3 * 1440, 60 * 1440) | st.integers(0, 400 * 1440))
    return (T0 + timedelta(minutes=minutes)).isoformat()


def optional(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({}, optional=parts)


INTAKES = optional(drug=st.sampled_from(["ibuprofen", "codeine"]), dose_mg=DOSES, taken_at=moments())
EFFECTS = optional(code=st.sampled_from(codes.SIDE_EFFECTS), severity=st.sampled_from(codes.SEVERITIES))


@st.composite
def entries(draw: st.DrawFn) -> Json:
    entry = draw(
        optional(
            id=st.uuids().map(str),
            recorded_at=moments(),
            activity=st.sampled_from(codes.ACTIVITIES),
            stated_relief_percent=st.floats(0, 100),
            numb=MAYBE,
            clock_suspect=MAYBE,
            side_effects=st.lists(EFFECTS, max_size=2),
            analgesics=st.lists(INTAKES, max_size=2),
        )
    )
    entry |= {"taken_at": draw(moments()), "scale": draw(st.sampled_from(codes.SCALES)), "pain": draw(SCORES)}
    if draw(st.integers(0, 9)) == 0:
        entry |= {"pain": None, "skipped": draw(st.sampled_from(codes.SKIPS))}
    return entry


ANAESTHETICS = optional(
    drug=st.sampled_from(codes.ANAESTHETICS), volume_ml=st.floats(0.1, 5), adrenaline=MAYBE
)


@st.composite
def diaries(draw: st.DrawFn) -> Json:
    days = st.integers(-9, 2).map(lambda day: (T0 + timedelta(days=day)).date().isoformat())
    averages = optional(date=days, average=st.floats(0, 10))
    usual = optional(drug=st.just("ibuprofen"), mg_per_day=st.floats(0, 2000))
    procedure = draw(
        optional(
            anaesthetic=st.none() | ANAESTHETICS | st.lists(ANAESTHETICS, max_size=3),
            steroid=st.none() | st.just({"drug": "dexamethasone"}),
            sedation=MAYBE,
            provocable_before=MAYBE,
        )
    )
    event = optional(at=moments(), kind=st.sampled_from(codes.EVENTS))
    return {
        "episode_id": "drawn",
        "zone": draw(ZONES),
        "procedure": procedure | {"performed_at": T0.isoformat()},
        "baseline": {
            "pain": draw(SCORES),
            "daily": draw(st.lists(averages, max_size=8)),
            "usual_analgesics": draw(st.lists(usual, max_size=1)),
        },
        "entries": draw(st.lists(entries(), max_size=40)),
        "events": draw(st.lists(event, max_size=1)),
        "as_of": draw(st.none() | moments()),
    }


@st.composite
def courses(draw: st.DrawFn) -> Json:
    """A diary as people keep it: hourly scores, then an average nearly every evening."""
    made = draw(diaries())
    hourly = [
        {"taken_at": (T0 + timedelta(minutes=m)).isoformat(), "scale": "now", "pain": draw(SCORES)}
        for m in (15, 30, 60, 120, 180, 240, 360, 480)
    ]
    level = draw(SCORES)
    daily = []
    for day in range(1, draw(st.integers(1, 60))):
        level = min(10, max(0, level + draw(st.integers(-2, 2))))
        taken_at = (T0 + timedelta(days=day, hours=11, minutes=draw(st.integers(-120, 60)))).isoformat()
        daily.append({"taken_at": taken_at, "scale": "average_24h", "pain": level})
    return made | {"entries": [*hourly, *daily, *made["entries"][:5]]}


ANY = diaries() | courses()


def result(made: Json) -> Json:
    return to_json(read(parse_episode(made), DEFAULT))


def named(made: Json) -> Json:
    """The same diary with an id on each entry, so that order cannot rename them."""
    named = [entry | {"id": f"e{place}"} for place, entry in enumerate(made["entries"])]
    return made | {"entries": named}


@settings(max_examples=150, deadline=None)
@given(ANY, st.sampled_from(SETS))
def test_no_valid_diary_raises_and_its_counts_add_up(made: Json, criteria: Any) -> None:
    found = to_json(read(parse_episode(made), criteria))

    data = found["data"]
    assert data["on_time"] + data["late"] + data["back_filled"] + data["missing"] == data["expected"]
    graded = grade_entries(parse_episode(made))
    expected = sum(
        grade in {"on_time", "late", "back_filled"} and slot not in {None, "m45"} for _, slot, grade in graded
    )
    assert data["skipped"] + data["extra"] + expected == len(graded)
    for name in ("L50", "L30", "RTB"):
        length = found["duration"][name]
        assert length is None or length["censored"] or length["low"] <= length["days"] <= length["high"]


@settings(max_examples=60, deadline=None)
@given(ANY, st.randoms())
def test_the_order_of_the_file_changes_nothing(made: Json, random: Any) -> None:
    shuffled = named(made)
    random.shuffle(shuffled["entries"])

    assert result(shuffled) == result(named(made))


@settings(max_examples=60, deadline=None)
@given(ANY, st.data())
def test_an_exact_duplicate_with_the_same_id_changes_nothing(made: Json, data: Any) -> None:
    once = named(made)
    twice = deepcopy(once)
    if twice["entries"]:
        twice["entries"].append(deepcopy(data.draw(st.sampled_from(twice["entries"]))))

    assert result(twice) == result(once)


SHIFTED_KEYS = {"taken_at", "recorded_at", "performed_at", "at", "as_of"}


def shifted(value: Any, days: int) -> Any:
    if isinstance(value, list):
        return [shifted(item, days) for item in value]
    if not isinstance(value, dict):
        return value
    moved = {}
    for key, item in value.items():
        if key in SHIFTED_KEYS and item is not None:
            moved[key] = (datetime.fromisoformat(item) + timedelta(days=days)).isoformat()
        elif key == "date":
            moved[key] = (datetime.fromisoformat(item) + timedelta(days=days)).date().isoformat()
        else:
            moved[key] = shifted(item, days)
    return moved


@settings(max_examples=60, deadline=None)
@given(ANY, st.integers(-27, 27))
def test_a_shift_by_whole_days_in_a_fixed_offset_moves_only_the_dates(made: Json, days: int) -> None:
    # Months differ in length, so the monthly check-ins of late entries are left out of the comparison.
    until = (T0 + timedelta(days=100)).isoformat()
    short = named(made) | {"zone": "UTC", "as_of": until}
    found, moved = result(short), result(shifted(short, days))

    for times in (found, moved):
        times.pop("as_of")
        times.pop("next_read_at")
    assert moved == found


@settings(max_examples=60, deadline=None)
@given(courses(), st.sampled_from([1 / 24, 3, 20]))
def test_a_live_diary_reads_as_one_that_ends_there(made: Json, days: float) -> None:
    as_of = T0 + timedelta(days=days)

    def known(item: Json) -> bool:
        times = [item[key] for key in ("taken_at", "recorded_at", "at") if item.get(key)]
        return all(datetime.fromisoformat(time) <= as_of for time in times)

    live = named(made) | {"as_of": as_of.isoformat()}
    cut = live | {
        "entries": [e for e in live["entries"] if known(e)],
        "events": [e for e in live["events"] if known(e)],
    }

    assert result(live) == result(cut)


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_the_next_reading_is_in_the_future(made: Json) -> None:
    found = result(made)

    again = found["next_read_at"]
    assert again is None or datetime.fromisoformat(again) > datetime.fromisoformat(found["as_of"])
