import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from server.charts import course_from, draw
from server.charts.palette import palette
from server.charts.panels import GEOMETRY
from server.charts.placer import Box
from tests.server.charts.courses import (
    CASES,
    course,
    episode,
    evening,
    flare_then_late_relief,
    hours,
    live_hour_one,
    many_symptoms,
    now,
    reading,
)
from tests.server.charts.test_labels import box_of
from tests.server.charts.test_palette import channels, contrast

SVG = "{http://www.w3.org/2000/svg}"
LAYOUTS = ("wide", "narrow")
EVERY = [(case, layout) for case in CASES for layout in LAYOUTS]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def drawn(case: str, layout: str = "wide", theme: str = "light") -> ET.Element:
    return ET.fromstring(draw(course(CASES[case]()), theme=theme, layout=layout))


def marks(root: ET.Element) -> Iterator[ET.Element]:
    return (element for element in root.iter() if "data-entry" in element.attrib)


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(("case", "layout"), EVERY)
def test_the_chart_lives_under_a_strict_content_policy(case: str, layout: str):
    for element in drawn(case, layout).iter():
        assert element.tag.removeprefix(SVG) not in {"style", "script", "foreignObject", "image", "use", "a"}
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            assert "href" not in name
            assert "url(" not in value or value.startswith("url(#ab")


@pytest.mark.parametrize(("case", "layout"), EVERY)
def test_every_entry_can_be_reached_and_says_what_it_is(case: str, layout: str):
    episode, _, _ = CASES[case]()
    root = drawn(case, layout)
    found = {element.get("data-entry") for element in marks(root)}
    assert found == {entry["id"] for entry in episode["entries"]}
    for element in marks(root):
        assert element.get("tabindex") == "0"
        assert element.get("role") == "img"
        assert element.get("aria-label")


@pytest.mark.parametrize("case", CASES)
def test_marks_take_focus_in_order_of_time_within_each_panel(case: str):
    made = course(CASES[case]())
    order = {point.entry_id: place for place, point in enumerate(made.points)}
    for panel in drawn(case).findall(f"{SVG}g[@role='group']"):
        scores = [
            order[element.get("data-entry", "")]
            for element in marks(panel)
            if " of 10" in element.get("aria-label", "")
        ]
        assert scores == sorted(scores)


@pytest.mark.parametrize(("case", "layout"), EVERY)
def test_nothing_leaves_the_picture(case: str, layout: str):
    root = drawn(case, layout)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    assert width == GEOMETRY[layout].width
    for element in root.iter():
        for name, limit in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            if name in element.attrib:
                assert 0 <= float(element.attrib[name]) <= limit


def test_the_same_course_gives_the_same_bytes():
    assert draw(course(flare_then_late_relief())) == draw(course(flare_then_late_relief()))


def test_several_charts_share_a_page_without_sharing_ids():
    made = course(flare_then_late_relief())
    pictures = [draw(made, theme=theme, layout=layout) for theme in ("light", "dark") for layout in LAYOUTS]
    ids = [set(re.findall(r' id="([^"]+)"', picture)) for picture in pictures]
    assert all(len(found) >= 2 for found in ids)
    assert not any(one & two for one, two in combinations(ids, 2))


def test_a_hostile_text_stays_text():
    episode, reading, _ = flare_then_late_relief()
    attack = '"/><script>alert(1)</script>&\x00\ud800'
    episode["episode_id"] = episode["procedure"]["level"] = attack
    episode["entries"][0]["id"] = attack
    episode["entries"][0]["analgesics"] = [{"drug": attack}]
    episode["events"] = [{"at": episode["entries"][4]["taken_at"], "kind": attack}]
    root = ET.fromstring(draw(course_from(episode, reading, {}, set())))
    assert not list(root.iter(f"{SVG}script"))
    assert any("<script>alert(1)</script>&" in element.get("data-entry", "") for element in marks(root))


def test_the_summary_tells_the_course_to_a_screen_reader():
    root = drawn("flare_then_late_relief")
    described = root.find(f"{SVG}desc")
    assert root.get("role") == "group"
    assert described is not None
    assert root.get("aria-describedby") == described.get("id")
    assert "Strongly positive: 86 % relief." in (described.text or "")
    assert "relief from day 6 (5–7)" in (described.text or "")
    assert "Relief lost on day 63, after 57 days (54–62)" in (described.text or "")
    assert "Confidence B" in (described.text or "")


def test_a_late_score_is_half_filled_and_a_back_filled_one_hollow():
    by_id = {element.get("data-entry"): element for element in marks(drawn("flare_then_late_relief"))}
    assert [part.tag for part in by_id["h3"]] == [f"{SVG}circle", f"{SVG}path"]
    assert "entered late" in by_id["h3"].get("aria-label", "")
    assert by_id["d9"].get("class") == "ab-paper"
    assert "filled in afterwards" in by_id["d9"].get("aria-label", "")
    assert by_id["h4"].get("class") is None
    assert "edited" in by_id["d5"].get("aria-label", "")
    assert len(by_id["d5"]) == 2


def test_no_line_crosses_a_missing_evening():
    root = drawn("flare_then_late_relief")
    by_id = {element.get("data-entry"): element for element in marks(root)}
    place = float(by_id["d13"].get("cx", "0"))
    for path in root.iter(f"{SVG}path"):
        if path.get("stroke-width") == "1" and "L" in path.get("d", ""):
            assert f"{place:g} " not in path.get("d", "")


def test_a_symptom_is_named_with_its_severity_below_its_panel():
    assert "light-headed, mild" in texts(drawn("flare_then_late_relief"))
    assert "more radicular pain, moderate to severe" in texts(drawn("flare_then_late_relief"))


def test_a_skipped_check_in_has_no_score():
    by_id = {
        element.get("data-entry"): element.get("aria-label", "")
        for element in marks(ET.fromstring(draw(course(many_symptoms()))))
    }
    assert by_id["h1.5"] == "after 1.5 h, pain now skipped, asleep"


def test_a_worst_score_is_not_joined_to_the_averages():
    root = drawn("many_symptoms")
    worst = next(element for element in marks(root) if "worst of the day" in element.get("aria-label", ""))
    assert worst.tag == f"{SVG}g"


def test_time_that_has_not_come_is_said_so():
    assert texts(ET.fromstring(draw(course(live_hour_one())))).count("not reached yet") == 2


def test_stacked_panels_leave_out_time_that_has_not_come():
    root = ET.fromstring(draw(course(live_hour_one()), layout="narrow"))
    assert len(root.findall(f"{SVG}g[@role='group']")) == 1


def test_relief_that_still_holds_is_an_open_arrow_with_its_day():
    assert "still in relief at day 63" in texts(drawn("still_in_relief"))
    assert not any("lost day" in text for text in texts(drawn("still_in_relief")))


def test_relief_that_an_event_ended_carries_the_name_of_the_event_once():
    found = texts(drawn("ended_by_surgery"))
    assert [text for text in found if text.startswith("surgery")] == ["surgery, day 24"]


def panel_groups(root: ET.Element) -> list[ET.Element]:
    return root.findall(f"{SVG}g[@role='group']")


def hatched(panel: ET.Element) -> list[Box]:
    boxes = []
    for rect in panel.iter(f"{SVG}rect"):
        if rect.get("fill", "").startswith("url("):
            x, y, width, height = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
            boxes.append(Box(x, y, x + width, y + height))
    return boxes


def test_a_flare_of_the_first_hours_is_drawn_in_their_panel_from_its_first_score_on():
    root = drawn("flare_cut_by_repeat")
    first, second, _ = panel_groups(root)
    by_id = {element.get("data-entry"): element for element in marks(root)}
    (band,) = hatched(first)
    assert band.left == pytest.approx(float(by_id["h7"].get("cx", "")), abs=0.2)
    assert "flare +2" in texts(first)
    assert hatched(second)
    assert "flare" in texts(second)


def test_what_follows_an_event_is_dimmed_and_joined_by_no_line():
    root = drawn("flare_cut_by_repeat")
    dimmed = {
        element.get("data-entry")
        for group in root.iter(f"{SVG}g")
        if group.get("class") == "ab-edge"
        for element in marks(group)
    }
    assert dimmed == {f"d{day}" for day in range(5, 16) if f"d{day}" in IN_CUT}
    by_id = {element.get("data-entry"): element for element in marks(root)}
    place = float(by_id["d6"].get("cx", "0"))
    assert not any(
        f"{place:g} " in path.get("d", "")
        for path in root.iter(f"{SVG}path")
        if path.get("stroke-width") == "1" and "L" in path.get("d", "")
    )
    assert "after the reading ended" in by_id["d6"].get("aria-label", "")
    assert "after the repeat injection, not read" in texts(root)
    assert "No lasting relief, read to day 5" in texts(root)


IN_CUT = {entry["id"] for entry in CASES["flare_cut_by_repeat"]()[0]["entries"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_dimmed_score_can_still_be_read(theme: str):
    tokens = palette(theme)
    assert contrast(channels(tokens["edge"]), channels(tokens["paper"])) >= 3


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_open_flare_ends_at_the_event_and_the_name_of_the_event_is_not_on_its_hatching(layout: str):
    root = drawn("flare_cut_by_repeat", layout)
    found = [
        (panel, box_of(text))
        for panel in panel_groups(root)
        for text in panel.iter(f"{SVG}text")
        if text.text == "repeat injection, day 5"
    ]
    assert len(found) == 1
    panel, box = found[0]
    assert hatched(panel)
    assert not any(box.overlaps(band) for band in hatched(panel))


def test_the_name_of_an_event_is_shortened_rather_than_set_on_the_hatching():
    root = drawn("crowded_labels", "narrow")
    panel = panel_groups(root)[1]
    names = [text for text in panel.iter(f"{SVG}text") if re.match("(repeat|surgery)", text.text or "")]
    assert [text.text for text in names] == ["repeat, day 12", "surgery, day 13"]
    assert not any(box_of(text).overlaps(band) for text in names for band in hatched(panel))


def test_the_key_explains_small_dots_and_only_the_severities_that_occur():
    found = texts(drawn("flare_cut_by_repeat"))
    assert "small: pain-now score" in found
    assert "moderate symptom" in found
    assert not {"mild symptom", "mild", "severe", "severe symptom", "moderate"} & set(found)
    assert "small: pain-now score" not in texts(drawn("flare_then_late_relief"))


def test_a_score_of_the_first_evening_is_small_and_explained():
    made = course((episode([*hours("321123577"), now(9.5, 6), evening(1, 5)]), reading(2.0), {}))
    assert "small: pain-now score" in draw(made)


def test_a_long_diary_stays_small():
    assert len(draw(course(CASES["dense"]())).encode()) < 48_000


def test_a_flare_without_an_end_is_not_drawn_for_months():
    episode, read, _ = flare_then_late_relief()
    read["flare"]["days"] = None
    svg = draw(course((episode, read, {})))
    months = ET.fromstring(svg).findall(f"{SVG}g[@role='group']")[2]
    assert not any(element.get("class") == "ab-flare" for element in months.iter())
    assert "Flare +3, end not seen" in svg


def test_a_flare_at_the_end_of_the_scale_has_no_rise():
    found = texts(drawn("baseline_ten"))
    assert "flare" in found
    assert not any("+0" in text for text in found)
