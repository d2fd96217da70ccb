from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from server.charts.overlay import STYLES, draw_overlay
from server.exports.passport import CAUTION, Passport, answers, content, overlay, passport_page
from server.exports.passport_text import passport_text
from server.exports.report import Heading, Source
from server.services.presentation import as_course
from server.services.review import EpisodeReading
from tests.builders import diary, reading
from tests.server.exports import pdf

NOW = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
ANN = Heading("Spine Clinic", "Ann Example", "4711", date(1970, 3, 1))
RELIEF = "+15m 1 +30m 1 +1h 1 +2h 2 +3h 5 +4h 7"
NOTHING = "+15m 7 +30m 7 +1h 6 +2h 7 +3h 7"


def source(name: str, scores: str, *, level: str = "L5", drug: str = "lidocaine", later: int = 0) -> Source:
    """One block of a root, `later` days after the first."""
    made = diary(
        now_scores=scores,
        averages="6 5 3 3 3 3 2 2 3 3 2 2 3 3",
        drug=drug,
        procedure={"region": "lumbar", "level": level, "side": "left"},
        episode_id=name,
        index_pain={"site": "leg", "side": "left"},
    )
    moved = shifted(made, timedelta(days=later))
    found = reading({key: value for key, value in moved.items() if key != "index_pain"})
    one = EpisodeReading(uuid4(), moved, found, NOW, frozenset())
    return Source(moved, found, {"events": []}, as_course(one), NOW, 42)


def shifted(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {
            key: (datetime.fromisoformat(inner) + by).isoformat()
            if key in {"taken_at", "performed_at", "recorded_at"}
            else shifted(inner, by)
            for key, inner in value.items()
        }
    return [shifted(inner, by) for inner in value] if isinstance(value, list) else value


def passport(*sources: Source) -> Passport:
    days = [datetime.fromisoformat(found.diary["procedure"]["performed_at"]).date() for found in sources]
    return Passport(ANN, sources, [("lumbar", day) for day in days], 1, "UTC", NOW.date())


@pytest.fixture(scope="module")
def three() -> Passport:
    return passport(
        source("one", RELIEF),
        source("two", NOTHING, level="L4", later=30),
        source(
            "three", "+15m 1 +30m 1 +1h 1 +2h 1 +3h 1 +4h 1 +5h 1 +6h 2 +8h 6", drug="bupivacaine", later=60
        ),
    )


def test_the_passport_tells_roots_pairs_sessions_and_evidence(three: Passport):
    told = answers(three)
    assert [block["episode_id"] for block in told["blocks"]] == ["one", "two", "three"]
    standings = {row["root"]: row["standing"] for row in told["grid"]}
    assert set(standings) == {"L4 left", "L5 left"}
    assert standings["L5 left"] == "consistent"
    assert [pair["episode_ids"] for pair in told["pairs"]] == [["one", "three"]]
    assert told["sessions"][0]["in_12_months"] == 3
    assert {found["rule"] for found in told["repeat"]} == {"aetna-0722/1", "lcd-l33906/1"}
    assert all(found["episode_id"] == "three" for found in told["repeat"])


def test_totals_of_the_newest_block_feed_the_evidence_on_screen_and_on_paper():
    told = [
        {"instrument": "odi", "on": "2026-03-01", "percent": 44},
        {"instrument": "odi", "on": "2026-08-20", "percent": 20},
    ]
    older, newest = source("one", NOTHING), source("two", RELIEF, later=30)
    found = passport(older, replace(newest, record=newest.record | {"questionnaires": told}))
    for rule in answers(found)["repeat"]:
        (item,) = [item for item in rule["items"] if item["kind"] == "function"]
        assert item["state"] == "met"
        assert "ODI was 44 % on 2026-03-01 and 20 % on 2026-08-20 (54.5 % less)" in item["sentence"]
    said = pdf.words(passport_page(found, "a4", NOW))
    assert "44 % on 2026-03-01" in said
    assert "PMC2880841" in said
    assert "54.5 % less" in "\n".join(passport_text(found).splitlines())


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_page_is_one_accessible_page_that_says_it_all(three: Passport, paper: str):
    made = passport_page(three, paper, NOW)
    assert len(pdf.opened(made).pages) == 1
    pdf.assert_accessible(made)
    said = pdf.words(made)
    told = answers(three)
    for row in told["grid"]:
        assert row["sentence"] in said
    for words in (CAUTION, "Ann Example", "One injection has no reading", "3 in the 12 months", "Aetna"):
        assert words in said, words
    assert {"/Table", "/TH", "/Figure"} <= set(pdf.kinds(made))


def test_the_overlay_draws_every_block_in_a_way_of_its_own(three: Passport):
    picture = overlay(three)
    ET.fromstring(picture)
    assert picture == overlay(three)
    for place, found in enumerate(three.sources, 1):
        assert f"{place}  {found.diary['procedure']['level']} left" in picture
    assert 'stroke-dasharray="7 3"' in picture
    assert 'stroke-dasharray="2 3"' in picture


def test_blocks_are_told_apart_without_colour():
    assert (
        len({(style.dashes, style.mark) for style in STYLES}) == len({s.mark for s in STYLES}) == len(STYLES)
    )


def test_of_very_many_blocks_the_newest_are_drawn_and_all_are_listed():
    many = passport(*(source(f"e{n}", RELIEF, later=9 * n) for n in range(9)))
    made = content(many, "a4", NOW)
    assert [row[0] for row in made["blocks"]][:4] == ["1 (not drawn)", "2 (not drawn)", "3 (not drawn)", "4"]
    assert len(pdf.opened(passport_page(many, "a4", NOW)).pages) == 1


def test_one_block_alone_is_drawn_on_a_phone_and_in_the_dark(three: Passport):
    only = [("L5 left", three.sources[0].course)]
    for layout in ("narrow", "wide", "paper"):
        ET.fromstring(draw_overlay(only, theme="dark", layout=layout))
