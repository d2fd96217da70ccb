import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from server.charts import course_from, draw
from server.domain.criteria import DEFAULT
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json
from server.domain.series import grade_entries
from server.exports.summary import paragraph
from tests.server.charts.courses import (
    POSITIVE,
    RESPONDED,
    course,
    episode,
    estimate,
    evening,
    evenings,
    hours,
    length,
    now,
    reading,
)
from tests.server.charts.test_labels import assert_readable
from tests.server.exports.test_summary import assert_grammatical

DIARIES = Path(__file__).parents[2] / "data" / "simulated-episodes.jsonl"
LINES = DIARIES.read_text().splitlines()


def test_loss_is_placed_by_the_interval_of_the_length():
    made = reading(
        90.0,
        steroid=RESPONDED | {"onset_day": estimate(5.0, 4.0, 6.0)},
        duration={"headline": "L50", "L50": length(50.0, 47.0, 54.0)},
    )
    loss = course((episode([]), made, {})).marks.loss
    assert loss is not None
    assert (loss.estimate, loss.low, loss.high) == (55, 53, 58)


def test_relief_that_holds_has_a_last_day_and_no_loss():
    made = reading(
        64.0,
        steroid=RESPONDED | {"onset_day": estimate(4.5, 4.0, 5.0)},
        duration={"headline": "L50", "L50": length(58.5, 58.5, None, None)},
    )
    marks = course((episode([]), made, {})).marks
    assert (marks.loss, marks.relief_until) == (None, 63.0)


def test_partial_relief_is_read_at_the_30_percent_line():
    made = reading(
        20.0,
        steroid=RESPONDED | {"status": "partial", "onset_day": None},
        duration={"headline": "L30", "L30": length(9.0, 9.0, None, None)},
    )
    onset = course((episode([]), made, {})).marks.onset
    assert onset is not None
    assert (onset.level, onset.estimate) == (30, 5.1)


def test_an_entry_without_id_is_named_by_its_place():
    entries = [now(1, 3), {**now(2, 4), "id": None}]
    assert [point.entry_id for point in course((episode(entries), reading(1.0), {})).points] == ["h1", "#2"]


def test_the_last_of_several_entries_with_one_id_counts():
    entries = [now(1, 3), {**now(1, 5)}]
    assert [point.pain for point in course((episode(entries), reading(1.0), {})).points] == [5]


def test_nothing_later_than_the_reading_is_drawn():
    entries = [evening(1, 3), evening(5, 4)]
    assert [point.entry_id for point in course((episode(entries), reading(2.0), {})).points] == ["d1"]


@pytest.mark.parametrize(
    ("drug", "hours_"),
    [
        ({"drug": "lidocaine"}, 2),
        ({"drug": "lidocaine", "adrenaline": True}, 3),
        ([{"drug": "lidocaine"}, {"drug": "bupivacaine"}], 6),
        ([], 4),
        (None, 4),
    ],
)
def test_the_window_is_that_of_the_longest_acting_drug(drug: object, hours_: int):
    made = episode([], procedure={"anaesthetic": drug})
    assert course_from(made, reading(1.0), {}, set()).window_hours == hours_


@pytest.mark.parametrize(
    ("procedure", "pain", "title"),
    [
        ({"region": "cervical", "side": "right"}, None, "Index pain, right arm"),
        ({"region": "lumbar", "side": "bilateral"}, None, "Index pain, both legs"),
        ({"region": "thoracic", "side": "bilateral"}, None, "Index pain, both sides of the trunk"),
        ({"region": "lumbar", "side": "left"}, {"site": "trunk", "side": "right"}, "Index pain, right trunk"),
        ({"region": None, "side": None}, None, "Index pain"),
    ],
)
def test_the_title_names_the_index_pain(procedure: dict, pain: dict | None, title: str):
    made = episode([], procedure=procedure, index_pain=pain)
    assert course_from(made, reading(1.0), {}, set()).title == title


def test_the_baseline_of_the_days_may_differ_from_that_of_the_hours():
    made = reading(9.0, baseline={"pre": 7, "days": 6.3}, anaesthetic=POSITIVE)
    svg = draw(course((episode(hours("321") + evenings("66")), made, {})))
    assert ">baseline 6.3<" in svg
    assert ">baseline 7 before<" in svg


@pytest.mark.parametrize("line", LINES[::3], ids=lambda line: json.loads(line)["episode_id"])
def test_a_simulated_diary_becomes_chart_and_text(line: str):
    raw = json.loads(line)
    parsed = parse_episode(raw)
    made = to_json(read(parsed, DEFAULT))
    grades = {item.entry.id: item.grade for item in grade_entries(parsed) if item.entry.id}
    subject = course_from(raw, made, grades, set())
    for layout, width in (("wide", 980), ("narrow", 360)):
        svg = draw(subject, layout=layout)
        assert_readable(svg, width)
        marks = [element for element in ET.fromstring(svg).iter() if "data-entry" in element.attrib]
        assert {element.get("data-entry") for element in marks} == {item["id"] for item in raw["entries"]}
    assert_grammatical(paragraph(made, raw["procedure"]))


@pytest.mark.parametrize("day", [0.01, 0.05, 0.3, 0.6, 1.5, 3.0, 8.0, 13.9, 14.2, 20.0, 29.0])
def test_a_running_diary_can_be_drawn_at_any_moment(day: float):
    raw = json.loads(LINES[4])
    parsed = parse_episode(raw)
    as_of = parsed.procedure.performed_at + int(day * 86_400_000_000)
    made = to_json(read(parsed, DEFAULT, as_of))
    subject = course_from(raw, made, {}, set())
    assert_readable(draw(subject), 980)
    assert_readable(draw(subject, layout="narrow"), 360)
    assert_grammatical(paragraph(made, raw["procedure"]))


def test_a_strength_is_written_exactly():
    drug = {"drug": "bupivacaine", "concentration_percent": 0.25, "volume_ml": 0.75}
    drawn = draw(course((episode([], procedure={"anaesthetic": [drug]}), reading(1.0), {})))
    assert "bupivacaine 0.25 % 0.75 mL" in drawn
