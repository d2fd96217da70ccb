"""The published JSON Schema says what the code accepts and gives."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from server.domain import codes
from server.domain.criteria import DEFAULT
from server.domain.reasons import SENTENCES
from server.services.analysis import analyse
from tests.builders import average, diary, now, reading

SCHEMA = json.loads(Path("docs/diary.schema.json").read_text())
DEFS = SCHEMA["$defs"]
DATA = Path("tests/data/simulated-episodes.jsonl").read_bytes().splitlines()


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": DEFS}, format_checker=FormatChecker())


def test_the_schema_itself_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("scale", codes.SCALES),
        ("region", codes.REGIONS),
        ("side", codes.SIDES),
        ("indication", codes.INDICATIONS),
        ("anaesthetic_drug", codes.ANAESTHETICS),
        ("steroid_drug", codes.STEROIDS),
        ("side_effect_code", codes.SIDE_EFFECTS),
        ("severity", codes.SEVERITIES),
        ("activity", codes.ACTIVITIES),
        ("skip", codes.SKIPS),
        ("event_kind", codes.EVENTS),
        ("error_code", codes.ERRORS),
        ("reason_code", SENTENCES),
    ],
)
def test_code_lists_are_those_of_the_code(name: str, listed: tuple[str, ...]) -> None:
    assert DEFS[name]["enum"] == list(listed)


@pytest.mark.parametrize("line", DATA, ids=range(len(DATA)))
def test_simulated_diaries_and_their_readings_fit_the_schema(line: bytes) -> None:
    (answer,) = analyse([line], DEFAULT)

    validator("episode").validate(json.loads(line))
    validator("reading").validate(json.loads(answer.text))


def test_error_lines_fit_the_schema() -> None:
    for answer in analyse([b"{", b"{}", b'{"episode_id": "x"}', b"\xff"], DEFAULT):
        validator("error_line").validate(json.loads(answer.text))


def test_every_flag_fits_the_schema() -> None:
    episode = diary(
        base=3, averages="1 1 day 20: 1 1", entries=[now("1h", 1, recorded_at=now("0m", 1)["taken_at"])]
    )

    found = reading(episode)

    assert found["baseline"]["flags"] == DEFS["baseline_flag"]["enum"]
    assert found["data"]["flags"] == DEFS["data_flag"]["enum"]
    validator("reading").validate(found)


@pytest.mark.parametrize(
    ("performed_at", "zone"),
    [("1900-01-01T00:00:00+23:59", "Etc/GMT+12"), ("2200-12-31T23:59:59-23:59", "Pacific/Apia")],
)
def test_a_wall_clock_just_outside_the_years_of_a_diary_fits_the_schema(performed_at: str, zone: str) -> None:
    made = diary(zone=zone, procedure={"performed_at": performed_at})

    validator("episode").validate(made)
    validator("reading").validate(reading(made))


def test_the_largest_and_the_smallest_numbers_have_a_reading() -> None:
    days = [{"date": f"2026-02-{day}", "average": 5e-324} for day in range(23, 28)]
    volumes = {"anaesthetic": [{"volume_ml": 1.7e308}, {"volume_ml": 1.7e308}]}
    made = diary(averages="9 9 9", baseline={"daily": days}, procedure=volumes)

    validator("episode").validate(made)
    validator("reading").validate(reading(made))


TIMES = {
    "2026-03-01T10:00:00Z": True,
    "2200-12-31t23:59:59.25-23:59": True,
    "1900-01-01T00:00:00+00:00": True,
    "2026-03-01T10:00:00": False,
    "2026-03-01T10:00+01:00": False,
    "2026-03-01 10:00:00Z": False,
    "1899-12-31T23:59:59Z": False,
    "2201-01-01T00:00:00Z": False,
    "2026-03-01T24:00:00Z": False,
    "2026-03-01T23:59:60Z": False,
    "2026-13-01T10:00:00Z": False,
    "2026-W09-7T10:00:00Z": False,
    "2026-03-01T10:00:00+01": False,
}


@pytest.mark.parametrize(
    ("entry", "fits"),
    [
        (average(1, 3), True),
        (average(1, None, skipped="asleep"), True),
        (average(1, None), False),
        (average(1, 3, skipped="asleep"), False),
        (average(1, 3, skipped=None), True),
        (average(1, 11), False),
        (average(1, 3, activity="sport"), False),
        (average(1, 3, clock_suspect=True), True),
        (average(1, 3, clock_suspect=None), True),
        (average(1, 3, clock_suspect="yes"), False),
        *(({**average(1, 3), "taken_at": time}, fits) for time, fits in TIMES.items()),
    ],
)
def test_the_schema_and_the_code_refuse_the_same_entries(entry: dict, fits: bool) -> None:
    (answer,) = analyse([json.dumps(diary(entries=[entry])).encode()], DEFAULT)

    assert validator("entry").is_valid(entry) is fits
    assert answer.failed is not fits
