"""What a diary may hold, and what each broken value is called."""

from typing import Any

import pytest

from server.domain.diary import Anaesthetic, DiaryError, Intake, Steroid, parse_episode
from server.domain.instants import HOUR, instant
from tests.builders import after, average, diary, now


def broken(episode: Any) -> tuple[str, str]:
    with pytest.raises(DiaryError) as caught:
        parse_episode(episode)
    return caught.value.code, caught.value.path


def with_key(path: str, value: Any) -> dict[str, Any]:
    """A sound diary with one key set, or left out with `...`."""
    made = diary(entries=[now("30m", 3, analgesics=[{}], side_effects=[{}])], events=[{}])
    made["baseline"] |= {"daily": [{}], "usual_analgesics": [{}]}
    made["procedure"]["anaesthetic"] = [made["procedure"]["anaesthetic"]]
    *parents, key = [int(part) if part.isdigit() else part for part in path.split(".")]
    inner: Any = made
    for parent in parents:
        inner = inner[parent]
    if value is ...:
        del inner[key]
    else:
        inner[key] = value
    return made


def test_the_smallest_diary_has_an_id_a_t0_and_a_baseline() -> None:
    episode = parse_episode(
        {"episode_id": "x", "procedure": {"performed_at": after("0m")}, "baseline": {"pain": 7}}
    )

    assert episode.entries == ()
    assert episode.procedure.anaesthetics == (Anaesthetic("unknown"),)
    assert episode.procedure.steroid == "unknown"


@pytest.mark.parametrize(
    "path",
    [
        "episode_id",
        "procedure",
        "procedure.performed_at",
        "baseline",
        "baseline.pain",
        "entries.0.taken_at",
        "entries.0.scale",
        "entries.0.pain",
    ],
)
def test_a_required_key_that_is_absent_is_missing(path: str) -> None:
    code, where = broken(with_key(path, ...))

    assert (code, where.replace("[0]", ".0")) == ("missing", path)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("episode_id", 5, "wrong_type"),
        ("episode_id", "", "out_of_range"),
        ("episode_id", "x" * 201, "out_of_range"),
        ("zone", "Europe/Atlantis", "bad_zone"),
        ("zone", 5, "wrong_type"),
        ("as_of", "yesterday", "bad_time"),
        ("procedure", [], "wrong_type"),
        ("procedure.performed_at", "2026-03-01T10:00:00", "bad_time"),
        ("procedure.region", "pelvic", "unknown_code"),
        ("procedure.level", 5, "wrong_type"),
        ("procedure.side", "middle", "unknown_code"),
        ("procedure.indication", "pain", "unknown_code"),
        ("procedure.sedation", "no", "wrong_type"),
        ("procedure.anaesthetic", "lidocaine", "wrong_type"),
        ("procedure.anaesthetic.0.drug", "procaine", "unknown_code"),
        ("procedure.anaesthetic.0.volume_ml", 0, "out_of_range"),
        ("procedure.anaesthetic.0.concentration_percent", -1, "out_of_range"),
        ("procedure.anaesthetic.0.adrenaline", 1, "wrong_type"),
        ("procedure.steroid", "dexamethasone", "wrong_type"),
        ("procedure.steroid.drug", "cortisone", "unknown_code"),
        ("procedure.steroid.dose_mg", 0, "out_of_range"),
        ("baseline.pain", 11, "out_of_range"),
        ("baseline.pain", 6.5, "out_of_range"),
        ("baseline.pain", "7", "wrong_type"),
        ("baseline.pain", True, "wrong_type"),
        ("baseline.recorded_at", "2026", "bad_time"),
        ("baseline.daily", {}, "wrong_type"),
        ("baseline.daily.0", 5, "wrong_type"),
        ("baseline.daily.0.date", "2026-02-30", "bad_date"),
        ("baseline.daily.0.average", 10.5, "out_of_range"),
        ("baseline.usual_analgesics.0.drug", 5, "wrong_type"),
        ("baseline.usual_analgesics.0.mg_per_day", -1, "out_of_range"),
        ("entries", {}, "wrong_type"),
        ("entries.0", 5, "wrong_type"),
        ("entries.0.id", 5, "wrong_type"),
        ("entries.0.taken_at", "10:00", "bad_time"),
        ("entries.0.recorded_at", 5, "bad_time"),
        ("entries.0.scale", "worst", "unknown_code"),
        ("entries.0.scale", [], "wrong_type"),
        ("entries.0.pain", 11, "out_of_range"),
        ("entries.0.pain", -1, "out_of_range"),
        ("entries.0.pain", 2.5, "out_of_range"),
        ("entries.0.pain", True, "wrong_type"),
        ("entries.0.pain", "3", "wrong_type"),
        ("entries.0.pain", None, "pain_and_skip"),
        ("entries.0.skipped", "busy", "unknown_code"),
        ("entries.0.axial", 11, "out_of_range"),
        ("entries.0.activity", "sport", "unknown_code"),
        ("entries.0.stated_relief_percent", 101, "out_of_range"),
        ("entries.0.stated_relief_percent", "80", "wrong_type"),
        ("entries.0.stated_relief_percent", float("inf"), "out_of_range"),
        ("entries.0.stated_relief_percent", 10**400, "out_of_range"),
        ("entries.0.numb", 0, "wrong_type"),
        ("entries.0.clock_suspect", 1, "wrong_type"),
        ("entries.0.clock_suspect", "true", "wrong_type"),
        ("entries.0.checkin_id", 5, "wrong_type"),
        ("entries.0.side_effects", {}, "wrong_type"),
        ("entries.0.side_effects.0.code", "rash", "unknown_code"),
        ("entries.0.side_effects.0.severity", "bad", "unknown_code"),
        ("entries.0.analgesics.0", 5, "wrong_type"),
        ("entries.0.analgesics.0.drug", 5, "wrong_type"),
        ("entries.0.analgesics.0.dose_mg", -400, "out_of_range"),
        ("entries.0.analgesics.0.taken_at", "now", "bad_time"),
        ("events", 5, "wrong_type"),
        ("events.0.at", "2026", "bad_time"),
        ("events.0.kind", "death", "unknown_code"),
    ],
)
def test_a_value_outside_its_list_type_or_range_is_named_by_its_key(path: str, value: Any, code: str) -> None:
    found, where = broken(with_key(path, value))

    assert (found, where.replace("[0]", ".0")) == (code, path)


def test_a_skip_has_no_score_and_a_score_is_no_skip() -> None:
    assert broken(with_key("entries.0.skipped", "asleep")) == ("pain_and_skip", "entries[0].pain")
    assert broken(diary(entries=[{**now("30m", None), "numb": True}])) == ("pain_and_skip", "entries[0].pain")
    assert parse_episode(diary(entries=[now("30m", None, skipped="asleep")])).entries[0].pain is None


def test_what_is_not_an_object_is_no_episode() -> None:
    assert broken([]) == ("not_an_object", "")


def test_an_error_never_repeats_the_value() -> None:
    with pytest.raises(DiaryError) as caught:
        parse_episode(with_key("entries.0.analgesics.0.drug", ["oxycodone"]))

    assert caught.value.detail == "entries[0].analgesics[0].drug has the wrong type."


def test_a_float_without_a_fraction_is_a_whole_number() -> None:
    episode = parse_episode(with_key("entries.0.pain", 3.0))

    assert episode.entries[0].pain == 3
    assert type(episode.entries[0].pain) is int


@pytest.mark.parametrize(
    "path",
    [
        "zone",
        "as_of",
        "events",
        "procedure.region",
        "procedure.sedation",
        "procedure.anaesthetic",
        "procedure.anaesthetic.0.volume_ml",
        "procedure.anaesthetic.0.drug",
        "baseline.daily",
        "baseline.recorded_at",
        "entries.0.id",
        "entries.0.recorded_at",
        "entries.0.axial",
        "entries.0.skipped",
        "entries.0.side_effects",
        "entries.0.analgesics",
        "entries.0.activity",
        "entries.0.numb",
        "entries.0.clock_suspect",
        "entries",
    ],
)
def test_null_for_an_optional_key_is_the_same_as_leaving_it_out(path: str) -> None:
    made = with_key(path, None)
    *parents, key = path.split(".")
    absent: Any = with_key(path, None)
    inner = absent
    for parent in parents:
        inner = inner[int(parent) if parent.isdigit() else parent]
    del inner[key]

    assert parse_episode(made) == parse_episode(absent)


def test_unknown_keys_are_ignored() -> None:
    made = with_key("entries.0.mood", {"deep": [1]}) | {"future": True}

    assert parse_episode(made) == parse_episode(with_key("events", [{}]))


@pytest.mark.parametrize("given", [None, {}, []])
def test_an_absent_or_empty_anaesthetic_is_unknown(given: Any) -> None:
    episode = parse_episode(with_key("procedure.anaesthetic", given))

    assert episode.procedure.anaesthetics == (Anaesthetic("unknown"),)


def test_a_null_steroid_means_none_was_given_and_an_absent_one_is_unknown() -> None:
    assert parse_episode(with_key("procedure.steroid", None)).procedure.steroid == "none"
    assert parse_episode(with_key("procedure.steroid", ...)).procedure.steroid == "unknown"
    assert parse_episode(with_key("procedure.steroid", {})).procedure.steroid == Steroid("unknown")
    assert parse_episode(with_key("procedure.steroid.dose_mg", 8)).procedure.steroid == Steroid(
        "dexamethasone", 8
    )


def test_an_analgesic_without_a_time_was_taken_at_its_entrys_time() -> None:
    own = {"drug": "ibuprofen", "dose_mg": 400, "taken_at": after("1h")}
    episode = parse_episode(with_key("entries.0.analgesics", [{"drug": "ibuprofen"}, own]))

    t0 = episode.procedure.performed_at
    assert episode.entries[0].answers.analgesics == (
        Intake("ibuprofen", None, t0 + HOUR // 2),
        Intake("ibuprofen", 400, t0 + HOUR),
    )


def test_a_usual_dose_of_zero_is_known() -> None:
    given = [{"drug": "ibuprofen", "mg_per_day": 0}, {"drug": "unmeasured"}, {"mg_per_day": 5}]

    (usual,) = parse_episode(with_key("baseline.usual_analgesics", given)).baseline.usual_analgesics

    assert (usual.drug, usual.mg_per_day) == ("ibuprofen", 0)


def test_events_and_averages_that_cannot_be_placed_are_left_out() -> None:
    episode = parse_episode(with_key("events", [{"at": after("1d")}, {"kind": "repeat"}]))

    assert episode.events == ()
    assert episode.baseline.daily == ()


def test_without_a_zone_days_follow_the_offset_of_t0() -> None:
    made = diary()
    del made["zone"]
    made["procedure"]["performed_at"] = "2026-03-02T23:30:00-05:00"

    episode = parse_episode(made)

    assert episode.local.text(instant("2026-03-03T04:30:00Z")) == "2026-03-02T23:30:00-05:00"


def test_an_entry_without_an_id_is_named_by_its_place() -> None:
    entries = [average(1, 3), {**average(2, 3), "id": None}]

    assert [entry.name for entry in parse_episode(diary(entries=entries)).entries] == ["d1", "#2"]
