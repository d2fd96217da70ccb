"""Properties that hold for every diary, whatever is in it."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from server.domain.criteria import DEFAULT, SETS, Criteria
from server.domain.diary import parse_episode
from server.domain.reading import read, read_all, to_json
from server.domain.series import grade_entries
from tests.builders import Json, after, drawn, now
from tests.factories.racing import times
from tests.server.domain.test_schema import validator
from tests.strategies import ZONES, Clock, diaries, instant_of

often = settings(max_examples=times(50, 1_000), deadline=None, suppress_health_check=[HealthCheck.too_slow])
EPISODES, READINGS = validator("episode"), validator("reading")
TIME_KEYS = {"taken_at", "recorded_at", "performed_at", "at", "as_of"}
NO_TIMES = {"as_of", "next_read_at"}


def result(made: Json, criteria: Criteria = DEFAULT) -> Json:
    """The reading of a diary as it comes out."""
    found: Json = json.loads(json.dumps(to_json(read(parse_episode(made), criteria)), allow_nan=False))
    return found


def placeless(made: Json) -> Json:
    """The reading with entries that have no id named by what they say, not by their place in the file."""
    found = result(made)
    evidence = {
        part: [_by_content(name, made["entries"]) for name in names]
        for part, names in found["evidence"].items()
    }
    return found | {"evidence": evidence}


def _by_content(name: str, entries: list[Json]) -> str:
    return json.dumps(entries[int(name[1:]) - 1], sort_keys=True) if name.startswith("#") else name


def rewritten(value: Any, write: Callable[[str], str], date: Callable[[str], str] = str) -> Any:
    """A diary with every time written anew, and every date of a daily average."""
    if isinstance(value, list):
        return [rewritten(item, write, date) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: write(item)
        if key in TIME_KEYS and item is not None
        else date(item)
        if key == "date"
        else rewritten(item, write, date)
        for key, item in value.items()
    }


def later(made: Json, days: int) -> Json:
    """The whole diary some days later, to the same time of day."""
    span = timedelta(days=days)
    moved: Json = rewritten(
        made,
        lambda time: (datetime.fromisoformat(time) + span).isoformat(),
        lambda date: (datetime.fromisoformat(date) + span).date().isoformat(),
    )
    return moved


def without(found: Json, *keys: str) -> Json:
    """The reading without some of its keys."""
    return {key: value for key, value in found.items() if key not in keys}


@often
@given(diaries(), st.sampled_from(SETS))
def test_every_valid_diary_has_a_reading_that_fits_the_schema(made: Json, criteria: Criteria) -> None:
    EPISODES.validate(made)

    READINGS.validate(result(made, criteria))


@often
@given(st.lists(diaries(), max_size=4), st.sampled_from(SETS))
def test_a_diary_reads_the_same_alone_and_among_others(made: list[Json], criteria: Criteria) -> None:
    episodes = [parse_episode(diary) for diary in made]

    together = [to_json(reading) for reading in read_all(episodes, criteria)]

    assert together == [to_json(read(episode, criteria)) for episode in episodes]


@often
@given(diaries())
def test_check_ins_and_entries_add_up(made: Json) -> None:
    data = result(made)["data"]
    graded = grade_entries(parse_episode(made))

    assert data["on_time"] + data["late"] + data["back_filled"] + data["missing"] == data["expected"]
    filled = sum(slot not in {None, "m45"} for _, slot, _ in graded)
    assert data["skipped"] + data["extra"] + filled == len(graded)


@often
@given(diaries())
def test_estimates_lie_in_their_intervals_and_lengths_are_those_of_their_ends(made: Json) -> None:
    found = result(made)

    for onset in (found["steroid"]["onset_day"], found["steroid"]["onset_30_day"]):
        assert onset is None or 0 <= onset["low"] <= onset["estimate"] <= onset["high"]
    for length in (found["duration"][name] for name in ("L50", "L30", "RTB")):
        if length is None:
            continue
        assert length["censored"] == (length["high"] is None) == (length["ended_by"] is None)
        if length["censored"]:
            assert length["days"] == length["low"]
        else:
            assert 0 <= length["low"] <= length["days"] <= length["high"]


@often
@given(diaries(), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_and_events_changes_nothing(made: Json, random: Random) -> None:
    shuffled = deepcopy(made)
    random.shuffle(shuffled["entries"])
    random.shuffle(shuffled["events"])

    assert placeless(shuffled) == placeless(made)


@often
@given(diaries(), st.data())
def test_an_exact_duplicate_changes_nothing(made: Json, data: st.DataObject) -> None:
    assume(made["entries"])
    entry = data.draw(st.sampled_from(made["entries"]))
    place = data.draw(st.integers(0, len(made["entries"])))
    twice = made | {"entries": [*made["entries"][:place], deepcopy(entry), *made["entries"][place:]]}

    assert placeless(twice) == placeless(made)


@often
@given(diaries(zones=["UTC"], offsets=[0, 330]), st.integers(-300, 300))
def test_a_shift_by_whole_days_changes_nothing_but_when_the_months_are(made: Json, days: int) -> None:
    """Months differ in length, so the check-ins of months 4 to 12, and with them the adherence, may move."""
    found, moved = result(made), result(later(made, days))

    months = ("data", "confidence", *NO_TIMES)
    assert without(moved, *months) == without(found, *months)
    assert instant_of(moved["as_of"]) - instant_of(found["as_of"]) == timedelta(days=days)


@often
@given(diaries(zones=["UTC"], offsets=[0, 330]), st.sampled_from([-28, 28, 56]))
def test_a_shift_to_a_year_with_the_same_calendar_changes_nothing(made: Json, years: int) -> None:
    days = 1461 * years // 4  # within 1901-2099 every fourth year is a leap year
    found, moved = result(made), result(later(made, days))

    assert without(moved, *NO_TIMES) == without(found, *NO_TIMES)
    for key in NO_TIMES:
        assert (found[key] is None) == (moved[key] is None)
        assert found[key] is None or instant_of(moved[key]) == instant_of(found[key]) + timedelta(days=days)


@often
@given(diaries(zones=[], offsets=[60]), st.sampled_from([-720, -215, 0, 345, 840]))
def test_the_same_wall_clock_at_another_offset_changes_nothing(made: Json, minutes: int) -> None:
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    elsewhere = rewritten(made, lambda time: f"{time[:-6]}{sign}{hours:02}:{rest:02}")
    found, moved = result(made), result(elsewhere)

    assert without(moved, *NO_TIMES) == without(found, *NO_TIMES)
    for key in NO_TIMES:
        assert (found[key] and found[key][:-6]) == (moved[key] and moved[key][:-6])


@often
@given(diaries(), st.sampled_from(ZONES), st.sampled_from(["-09:30", "+00:00", "+14:00"]))
def test_in_which_offset_a_moment_is_written_changes_nothing(made: Json, zone: str, offset: str) -> None:
    made = made | {"zone": zone}
    other = datetime.fromisoformat(f"2000-01-01T00:00:00{offset}").tzinfo
    written = rewritten(made, lambda time: datetime.fromisoformat(time).astimezone(other).isoformat())

    assert result(written) == result(made)


@often
@given(diaries(), st.dictionaries(st.text(max_size=3), st.none() | st.integers() | st.lists(st.text())))
def test_unknown_keys_are_ignored_and_null_is_as_good_as_absent(made: Json, more: Json) -> None:
    unknown = {f"x-{key}": value for key, value in more.items()}

    def widened(value: Any) -> Any:
        if isinstance(value, list):
            return [widened(item) for item in value]
        if not isinstance(value, dict):
            return value
        kept = {k: v for k, v in value.items() if v is not None or k in {"pain", "steroid"}}
        return {key: widened(item) for key, item in kept.items()} | unknown

    assert result(widened(made)) == result(made)


def known_at(made: Json, as_of: datetime) -> Json:
    """The diary as far as it was described and recorded by a moment, read then."""

    def known(item: Json) -> bool:
        times = [item[key] for key in ("taken_at", "recorded_at", "at") if item.get(key)]
        return all(instant_of(time) <= as_of for time in times)

    return made | {
        "as_of": as_of.isoformat(),
        "entries": [
            entry | {"analgesics": [taken for taken in entry.get("analgesics", []) if known(taken)]}
            for entry in made["entries"]
            if known(entry)
        ],
        "events": [event for event in made["events"] if known(event)],
    }


LIVE = st.sampled_from([1, 2.5, 6, 12, 36, 72, 24 * 9, 24 * 20, 24 * 50, 24 * 120])


@often
@given(diaries(), LIVE)
def test_a_live_diary_reads_as_one_that_ends_there(made: Json, hours: float) -> None:
    as_of = instant_of(made["procedure"]["performed_at"]) + timedelta(hours=hours)

    live, cut = result(made | {"as_of": as_of.isoformat()}), result(known_at(made, as_of))

    assert without(live, "evidence") == without(cut, "evidence")


@often
@given(diaries(), LIVE, st.floats(0, 1, exclude_max=True))
def test_nothing_changes_before_the_next_reading_is_due(made: Json, hours: float, share: float) -> None:
    as_of = instant_of(made["procedure"]["performed_at"]) + timedelta(hours=hours)
    cut = known_at(made, as_of)
    found = result(cut)
    until = as_of + timedelta(days=500)
    if found["next_read_at"] is not None:
        until = instant_of(found["next_read_at"])

    assert until > as_of
    between = as_of + share * (until - as_of)
    assume(between < until)
    meanwhile = result(cut | {"as_of": between.isoformat()})
    assert without(meanwhile, "as_of") == without(found, "as_of")


ANSWERS = {
    "positive_strong": "positive",
    "positive": "positive",
    "equivocal": "equivocal",
    "negative": "negative",
}


@st.composite
def answered(draw: st.DrawFn) -> Json:
    """A diary with a well-kept first day of an unconfounded block, so that it mostly has an answer."""
    made = draw(diaries())
    clock = Clock(instant_of(made["procedure"]["performed_at"]), [0])
    base, spread = draw(st.integers(3, 10)), draw(st.integers(0, 2))
    level, apart = draw(st.integers(0, 10)), draw(st.lists(st.integers(6, 60), min_size=3, max_size=9))
    scores = [draw(st.integers(max(0, level - spread), min(10, level + spread))) for _ in apart]
    kept = [
        {"id": f"k{place}", "taken_at": clock.text(after_t0), "scale": "now", "pain": pain}
        for place, (after_t0, pain) in enumerate(zip(accumulate(apart), scores, strict=True))
    ]
    return made | {
        "procedure": made["procedure"] | {"sedation": False, "provocable_before": True},
        "baseline": made["baseline"] | {"pain": base},
        "entries": [*kept, *made["entries"]],
        "as_of": clock.text(30 * 60),
    }


def answer_of(made: Json, criteria: Criteria) -> str | None:
    """Positive, equivocal or negative; None without an answer."""
    return ANSWERS.get(result(made, criteria)["anaesthetic"]["verdict"])


def agreeing(answer: str, base: int, line: int) -> list[int]:
    """The scores whose relief lies on an answer's side of the lines."""
    low, high = {"positive": (line, 101), "equivocal": (30, line), "negative": (-1000, 30)}[answer]
    return [score for score in range(11) if low <= 100 * (base - score) / base < high]


def grades(made: Json) -> list[tuple[str, str]]:
    """What each entry counts as, but for the further one."""
    graded = [(entry.name, grade) for entry, _, grade in grade_entries(parse_episode(made))]
    return [
        (name, "live" if grade in {"on_time", "late", "extra"} else grade)
        for name, grade in graded
        if name != "further"
    ]


@settings(often, max_examples=150)
@given(answered(), st.integers(1, 400), st.sampled_from(SETS), st.data())
def test_a_further_score_that_agrees_with_the_verdict_does_not_move_it(
    made: Json, minutes: int, criteria: Criteria, data: st.DataObject
) -> None:
    """It agrees when its own relief lies on the verdict's side of the lines, and no drug is taken with it.

    Two rules of their own are kept out of it, and shown below: nearer than the merging distance it changes
    which scores are one point, and in another entry's check-in how late that entry is.
    """
    answer = answer_of(made, criteria)
    event("answered" if answer else "no answer")
    scores = agreeing(answer, made["baseline"]["pain"], criteria.positive_line) if answer else []
    t0 = instant_of(made["procedure"]["performed_at"])
    at = t0 + timedelta(minutes=minutes)
    near = timedelta(minutes=criteria.merging_minutes)
    alone = all(abs(instant_of(entry["taken_at"]) - at) >= near for entry in made["entries"])
    if not scores or not alone:
        return
    pain = data.draw(st.sampled_from(scores))
    further = {"id": "further", "taken_at": at.isoformat(), "scale": "now", "pain": pain}
    longer = made | {"entries": [*made["entries"], further]}
    if grades(longer) != grades(made):
        return
    event(f"{answer} tried")

    assert answer_of(longer, criteria) == answer


def test_a_further_score_is_one_that_disagrees_when_it_confirms_a_peak_the_verdict_did_not_count() -> None:
    """Why agreement is with the verdict and not with the nearest score: 4 of 7 are 43 %, and no negative."""
    peak = {"base": 7, "as_of": "3h"}

    assert drawn(now_scores="15m 7  30m 4  60m 7", **peak)["anaesthetic"]["verdict"] == "negative"
    assert drawn(now_scores="15m 7  30m 4  40m 4  60m 7", **peak)["anaesthetic"]["verdict"] == "equivocal"


def test_a_further_score_minutes_from_others_may_part_them_into_other_points() -> None:
    """Why it has to stand alone: 6 and 9 were one point, and 9 and 5 are one after an 8 before them."""
    scattered = {"base": 10, "as_of": "3h"}

    assert (
        drawn(now_scores="15m 6  22m 9  24m 5", **scattered)["anaesthetic"]["confirmed_relief_percent"] == 25
    )
    assert (
        drawn(now_scores="10m 8  15m 6  22m 9  24m 5", **scattered)["anaesthetic"]["confirmed_relief_percent"]
        == 30
    )


def test_a_further_score_may_take_a_check_in_from_one_recorded_late() -> None:
    """Why it may not move another's grade: after 45 minutes a check-in is back-filled, an extra is not."""
    remembered = now("35m", 1, recorded_at=after("80m"))
    scores = "15m 7  44m 1  60m 7  90m 7"

    one = drawn(now_scores=scores, entries=[remembered], as_of="3h")
    both = drawn(now_scores=f"{scores}  26m 7", entries=[remembered], as_of="3h")

    assert (one["anaesthetic"]["verdict"], one["data"]["back_filled"]) == ("unconfirmed", 1)
    assert (both["anaesthetic"]["verdict"], both["data"]["back_filled"]) == ("positive_strong", 0)


@often
@given(diaries() | answered(), st.data())
def test_a_better_score_never_lowers_relief(made: Json, data: st.DataObject) -> None:
    """Of an average too, for the steroid's peak. A score made equal to its double is one entry less."""
    places = [place for place, entry in enumerate(made["entries"]) if entry["pain"]]
    assume(places)
    place = data.draw(st.sampled_from(places))
    better = deepcopy(made)
    entry = better["entries"][place]
    entry["pain"] = data.draw(st.integers(0, entry["pain"] - 1))
    assume(entry not in made["entries"])

    before, improved = result(made), result(better)
    for key in ("peak_relief_percent", "confirmed_relief_percent", "time_weighted_relief_percent"):
        assert at_least(improved["anaesthetic"][key], before["anaesthetic"][key])
    assert at_least(improved["steroid"]["peak_relief_percent"], before["steroid"]["peak_relief_percent"])


def at_least(found: float | None, least: float | None) -> bool:
    """Whether a number is there when the other one is, and not below it."""
    return found == least if found is None or least is None else found >= least
