import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from server.charts import draw
from server.charts.panels import NARROW, WIDE, Panel, hours_shown, months_end, panels, ticks
from tests.server.charts.courses import (
    CASES,
    T0,
    course,
    episode,
    evening,
    hours,
    now,
    reading,
)

SVG = "{http://www.w3.org/2000/svg}"


def made(*entries: dict, as_of: float = 30.0, **parts: object):
    return course((episode(list(entries)), reading(as_of, **parts), {}))


def test_pain_stands_on_one_common_axis():
    panel = Panel("hours", 0, 8 / 24, 100, 340, top=50, bottom=310)
    assert (panel.y(0), panel.y(5), panel.y(10)) == (310, 180, 50)


def test_time_is_linear_within_a_panel():
    panel = Panel("hours", 0, 8 / 24, 100, 340, top=50, bottom=310)
    assert [panel.x(hour / 24) for hour in (0, 1, 4, 8)] == pytest.approx([100, 130, 220, 340])


def test_a_time_outside_a_panel_stays_at_its_edge():
    panel = Panel("days", 0, 14, 100, 380)
    assert (panel.x(-1), panel.x(99)) == (100, 380)


def test_the_panels_divide_the_course_without_overlap():
    for case in CASES.values():
        subject = course(case())
        shown = panels(subject, WIDE)
        for point in subject.points:
            assert sum(panel.owns(point) for panel in shown) == 1
        assert all(one.right < two.left for one, two in pairwise(shown))


def test_an_average_stands_half_a_day_before_it_was_taken():
    subject = made(evening(3, 4))
    assert subject.points[0].at == pytest.approx(3 + (20.5 - 11.5 - 12) / 24)
    assert subject.points[0].day == 3


def test_the_hours_end_at_eight_unless_more_is_needed():
    assert hours_shown(made(*hours("333333333"))) == 8
    assert hours_shown(made(now(8.3, 3))) == 8.5
    assert hours_shown(made(*hours("333333333"), now(11, 3))) == 8
    assert hours_shown(made(now(10, 3), now(15, 3))) == 16
    assert hours_shown(made(now(10, 3), now(23.5, 3))) == 24


def test_the_hours_reach_as_far_as_half_of_the_pain_stayed_away():
    length = {"low": 660, "high": None, "censored": True}
    numb = {"first_50_minutes": 15, "duration_50_minutes": length}
    assert hours_shown(made(*hours("333333333"), now(11, 3), anaesthetic=numb)) == 12


def test_the_third_panel_counts_weeks_first_and_months_later():
    assert months_end(made(as_of=20)) == 42
    assert months_end(made(as_of=64)) == 70
    assert months_end(made(as_of=181)) == pytest.approx(6 * 30.4375)


def test_ticks_name_their_unit_once():
    for layout in (WIDE, NARROW):
        for panel in panels(made(as_of=64), layout):
            labels = [label for _, label in ticks(panel)]
            if panel.key != "hours":
                assert labels[0].split()[0] in ("day", "week")
                assert all(label.isdigit() for label in labels[1:])


def test_a_mark_stands_where_its_score_and_time_say():
    subject = made(*hours("321123577"), as_of=0.4)
    root = ET.fromstring(draw(subject))
    marks = {element.get("data-entry"): element for element in root.iter() if "data-entry" in element.attrib}
    rows = {float(marks[key].get("cy", "0")): score for key, score in (("h0.25", 3), ("h1", 1), ("h8", 7))}
    heights = sorted(rows)
    assert [rows[height] for height in heights] == [7, 3, 1]
    assert (heights[1] - heights[0]) / (heights[2] - heights[1]) == pytest.approx(2, abs=0.02)
    across = [float(marks[key].get("cx", "0")) for key in ("h2", "h4", "h6")]
    assert across[1] - across[0] == pytest.approx(across[2] - across[1], abs=0.2)


def test_entries_from_before_the_injection_stand_left_of_it():
    subject = made(now(-0.5, 7), evening(-3, 6), *hours("3"), as_of=0.2)
    hours_panel = panels(subject, WIDE)[0]
    before = [hours_panel.x(point.at) for point in subject.points if point.grade == "before"]
    assert hours_panel.left < before[0] < before[1] < hours_panel.x(0)


def test_the_data_end_is_marked_with_its_local_day():
    svg = draw(made(*hours("321"), evening(1, 5), as_of=2.9))
    assert T0.hour == 11
    assert re.search(">as of day 3<", svg)
