from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.charts import draw
from server.charts.lettering import text_width
from server.charts.panels import GEOMETRY
from server.charts.placer import Box, Label, Obstacle, place
from tests.server.charts.courses import (
    CASES,
    FLARE,
    POSITIVE,
    RESPONDED,
    T0,
    Json,
    course,
    episode,
    estimate,
    evenings,
    hours,
    length,
    reading,
)

SVG = "{http://www.w3.org/2000/svg}"


def text_boxes(svg: str) -> list[tuple[str, Box]]:
    """Every text of the picture with its box, as wide as the widest usual face would draw it."""
    return [(element.text or "", box_of(element)) for element in ET.fromstring(svg).iter(f"{SVG}text")]


def box_of(element: ET.Element) -> Box:
    size, x, y = (float(element.get(key, "0")) for key in ("font-size", "x", "y"))
    width = text_width(element.text or "", size, bold=element.get("font-weight") is not None)
    left = x - {"end": width, "middle": width / 2}.get(element.get("text-anchor", ""), 0)
    return Box(left, y - 0.75 * size, left + width, y + 0.2 * size)


def assert_readable(svg: str, width: float) -> None:
    boxes = text_boxes(svg)
    collisions = [(one, two) for (one, a), (two, b) in combinations(boxes, 2) if a.overlaps(b)]
    assert collisions == []
    assert [text for text, box in boxes if box.left < 0 or box.right > width] == []


@pytest.mark.parametrize("layout", ["wide", "narrow"])
@pytest.mark.parametrize("case", CASES)
def test_no_two_texts_of_a_chart_touch(case: str, layout: str):
    assert_readable(draw(course(CASES[case]()), layout=layout), GEOMETRY[layout].width)


scores = st.text("0123456789X....", max_size=60)
moments = st.floats(0, 90).map(lambda value: round(value, 1))
estimates = (
    st.tuples(moments, moments, moments).map(sorted).map(lambda three: estimate(three[1], three[0], three[2]))
)
lengths = st.builds(
    lambda days, width, end: length(days, days, days + width, end),
    st.floats(0.2, 200).map(lambda value: round(value, 1)),
    st.floats(0, 12),
    st.sampled_from(["loss", "repeat", "surgery", "analgesic", None]),
)
symptoms = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from(["nausea", "increased_radicular_pain", "injection_site_pain", "other"]),
            "severity": st.sampled_from(["mild", "moderate", "severe"]),
        }
    ),
    max_size=3,
)


@st.composite
def random_cases(draw_value: st.DrawFn) -> tuple[Json, Json, Json]:
    entries = hours(draw_value(scores)) + evenings(draw_value(scores))
    for entry in entries:
        if draw_value(st.integers(0, 6)) == 0:
            entry["side_effects"] = draw_value(symptoms)
    headline = draw_value(st.sampled_from(["L50", "L30", None]))
    pre = draw_value(st.integers(0, 10))
    events = [
        {"at": (T0.replace(day=10 + place)).isoformat(), "kind": kind}
        for place, kind in enumerate(draw_value(st.lists(st.sampled_from(["repeat", "surgery"]), max_size=3)))
    ]
    onset = {"onset_day": draw_value(estimates), "onset_30_day": draw_value(estimates)}
    read = reading(
        draw_value(st.floats(0.01, 200)),
        baseline={"pre": pre, "days": draw_value(st.none() | st.floats(0, 10).map(lambda b: round(b, 1)))},
        anaesthetic=POSITIVE,
        flare=FLARE | {"days": draw_value(st.none() | st.floats(0.1, 9))},
        steroid=RESPONDED | onset,
        duration={"headline": headline, "L50": draw_value(lengths), "L30": draw_value(lengths)},
        shape="anaesthetic_then_steroid",
    )
    return episode(entries, events=events), read, {}


@given(random_cases(), st.sampled_from(["wide", "narrow"]))
def test_no_two_texts_touch_whatever_the_course(case: tuple[Json, Json, Json], layout: str):
    assert_readable(draw(course(case), layout=layout), GEOMETRY[layout].width)


points = st.tuples(st.floats(0, 300), st.floats(0, 200))


@given(st.lists(points, max_size=9), st.lists(points, max_size=30))
def test_placed_labels_stay_apart_and_inside(
    anchors: list[tuple[float, float]], dots: list[tuple[float, float]]
):
    bounds = Box(0, 0, 300, 200)
    labels = [Label(f"label {place}", x, y, "ink") for place, (x, y) in enumerate(anchors)]
    obstacles = [Obstacle(Box(x - 3, y - 3, x + 3, y + 3), 1.0) for x, y in dots]
    placed = place(labels, obstacles, bounds)
    assert [item.label for item in placed] == labels
    assert all(item.box.within(bounds) for item in placed)
    assert not any(one.box.overlaps(two.box) for one, two in combinations(placed, 2))


def test_a_label_leaves_the_dots_free_where_it_can():
    dot = Box(108, 88, 118, 98)
    placed = place([Label("onset day 6", 100, 100, "relief")], [Obstacle(dot, 1.0)], Box(0, 0, 300, 200))
    assert not placed[0].box.overlaps(dot)


def test_a_label_without_any_room_is_left_out():
    assert place([Label("a long label", 5, 5, "ink")], [], Box(0, 0, 20, 20)) == []


def test_a_label_of_an_upright_rule_prefers_its_top():
    label = Label("surgery, day 24", 150, 10, "ink", y_end=180)
    placed = place([label], [], Box(0, 0, 300, 200))
    assert placed[0].box.top == 10
    assert not placed[0].leader
