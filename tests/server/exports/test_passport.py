from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from server.charts.overlay import STYLES, draw_overlay
from server.charts.palette import Theme
from server.exports.passport import content, overlay, passport_page
from server.exports.passport_answers import Injection, Passport, answers
from server.exports.passport_figures import opened_answers
from server.exports.passport_text import passport_text
from server.exports.passport_words import CAUTION
from server.exports.report import Heading, Source
from server.exports.signature import Signature
from server.services.presentation import as_course
from server.services.review import EpisodeReading
from tests.builders import diary, reading
from tests.server.exports import pdf

NOW = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
ANN = Heading("Spine Clinic", "Ann Example", "4711", date(1970, 3, 1))
RELIEF = "+15m 1 +30m 1 +1h 1 +2h 2 +3h 5 +4h 7"
NOTHING = "+15m 7 +30m 7 +1h 6 +2h 7 +3h 7"


def source(
    name: str,
    scores: str,
    *,
    level: str = "L5",
    drug: str = "lidocaine",
    later: int = 0,
    steroid: str | None = "dexamethasone",
) -> Source:
    """One block of a root, `later` days after the first."""
    made = diary(
        steroid=steroid,
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
    injections = [
        Injection(
            "lumbar",
            datetime.fromisoformat(found.diary["procedure"]["performed_at"]).date(),
            found.diary["episode_id"],
            f"{found.diary['procedure']['level']} left",
        )
        for found in sources
    ]
    return Passport(ANN, sources, injections, 1, "UTC", NOW.date())


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
        assert "ODI was 44 % on 1 Mar 2026 and 20 % on 20 Aug 2026 (54.5 % less)" in item["sentence"]
    said = pdf.words(passport_page(found, "a4", NOW))
    assert "44 % on 1 Mar 2026" in said
    assert "PMC2880841" in said
    assert "54.5 % less" in "\n".join(passport_text(found).splitlines())


def test_every_number_opens_its_rule_source_and_what_it_counts(three: Passport):
    told = opened_answers(three)
    plain = answers(three)
    assert [block["verdict"] for block in told["blocks"]] == [block["verdict"] for block in plain["blocks"]]
    opened = [
        *(figure for block in told["blocks"] for figure in block["figures"]),
        *(row["figure"] for part in ("grid", "pairs") for row in told[part]),
        *(figure for row in told["sessions"] for figure in row["figures"]),
        *(item["figure"] for rule in told["repeat"] for item in rule["items"]),
    ]
    assert all(figure.rule.endswith(".") and figure.source and figure.value for figure in opened)
    first = told["blocks"][0]["figures"]
    assert [figure.label for figure in first] == ["Anaesthetic phase", "Steroid onset", "L50", "Confidence"]
    assert first[0].counted[0].text == "2 Mar 2026, 10:15: 1/10 now"
    assert (first[0].counted[0].episode_id, first[0].counted[0].entry_id) == ("one", "now+15m")
    assert any(line.text.startswith("Adherence: ") for line in first[3].counted)
    standing = next(row["figure"] for row in told["grid"] if row["root"] == "L4 left")
    assert standing.counted[0].text.startswith("Block 2, 1 Apr 2026: negative")
    assert [line.episode_id for line in standing.counted[:2]] == ["two", "two"]
    (pair,) = told["pairs"]
    assert pair["figure"].label == "Blocks 1 and 3"
    assert "Barnsley 1993" in pair["figure"].source
    assert {line.episode_id for line in pair["figure"].counted} == {"one", "three"}
    used, most = told["sessions"][0]["figures"]
    assert [line.text for line in used.counted] == [
        "2 Mar 2026: L5 left",
        "1 Apr 2026: L4 left",
        "1 May 2026: L5 left",
    ]
    assert len(most.counted) == told["sessions"][0]["most_in_12_months"]
    relief = told["repeat"][0]["items"][0]["figure"]
    assert "Aetna" in relief.source
    assert relief.counted[0].text.startswith("Block 3, 1 May 2026: L50 ")


def test_totals_are_what_the_evidence_of_function_counts():
    told = [{"instrument": "odi", "on": "2026-03-01", "percent": 44}]
    one = source("one", RELIEF)
    found = passport(replace(one, record=one.record | {"questionnaires": told}))
    item = next(item for item in opened_answers(found)["repeat"][0]["items"] if item["kind"] == "function")
    assert [(line.text, line.episode_id) for line in item["figure"].counted] == [
        ("ODI 44 % on 1 Mar 2026", "one")
    ]


def test_a_block_without_steroid_is_asked_for_no_lasting_relief():
    found = passport(source("one", NOTHING, steroid=None))
    told = opened_answers(found)
    for rule in told["repeat"]:
        assert rule["status"] == "not_applicable"
        assert "No steroid was given on 2 Mar 2026" in rule["items"][0]["sentence"]
    assert told["blocks"][0]["figures"][1].rule.startswith("No steroid was given")
    for said in (pdf.words(passport_page(found, "a4", NOW)), passport_text(found)):
        assert "oes not apply" in said
        assert "not met" not in said
        assert "none given" in said


def test_a_repeat_is_of_the_block_that_was_to_last_and_the_newest_is_named():
    found = passport(source("one", RELIEF), source("two", NOTHING, steroid=None, later=30))
    told = answers(found)
    about = "About the block of L5 left, 2 Mar 2026: the newest, of 1 Apr 2026, was diagnostic only."
    assert {rule["about"] for rule in told["repeat"]} == {about}
    assert {rule["episode_id"] for rule in told["repeat"]} == {"one"}
    assert about in passport_text(found)
    assert about in pdf.words(passport_page(found, "a4", NOW))


def signed(block: Source, **more: Any) -> Source:
    given = {"conclusion": "consistent", "note": "Numb to the ankle", "holds": True} | more
    return replace(block, signature=Signature("Dr. Weber", NOW, 41, "snrb-default/1", **given))


def test_signed_blocks_carry_their_conclusion_and_reopened_ones_say_so():
    one, two = source("one", RELIEF), source("two", NOTHING, level="L4", later=30)
    found = passport(signed(one), signed(two, conclusion="argues_against", note=None, holds=False))
    told = answers(found)
    assert told["status"] == "Preliminary: 1 of 2 blocks signed by a physician, 1 re-opened by later changes"
    assert [block["sign_state"] for block in told["blocks"]] == ["signed", "reopened"]
    assert told["blocks"][0]["conclusion"] == "Consistent with L5 as the source; this does not prove it."
    for said in (pdf.words(passport_page(found, "a4", NOW)), passport_text(found)):
        assert "Read by Dr. Weber, 1 Sep 2026, 09:30, on data version 41, criteria snrb-default/1" in said
        assert "Re-opened: the reading has changed since it was signed. Read by" in said
        assert "Numb to the ankle." in said
        assert told["status"] in said


def test_a_long_note_does_not_hide_that_a_reading_was_re_opened():
    long = passport(signed(source("one", RELIEF), note="walked " * 200, holds=False))
    assert "Re-opened: the reading has changed" in pdf.words(passport_page(long, "letter", NOW))


def test_only_when_every_signature_holds_the_passport_is_signed():
    one = source("one", RELIEF)
    assert answers(passport(signed(one)))["status"] == "Signed by a physician: the only block"
    assert answers(passport(one))["status"] == "Preliminary: 0 of 1 blocks signed by a physician"
    both = passport(signed(one), signed(source("two", NOTHING, later=30)))
    assert answers(both)["status"] == "Signed by a physician: all 2 blocks"


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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_every_phase_stands_below_the_one_before(three: Passport, theme: Theme):
    narrow = ET.fromstring(overlay(three, theme=theme, layout="narrow"))
    words = [text.text or "" for text in narrow.iter("{http://www.w3.org/2000/svg}text")]
    places = {
        text.text: (float(text.get("x", 0)), float(text.get("y", 0)))
        for text in narrow.iter("{http://www.w3.org/2000/svg}text")
    }
    captions = [places[name] for name in ("FIRST HOURS", "FIRST TWO WEEKS", "WEEKS TO MONTHS")]
    assert len({x for x, _ in captions}) == 1
    assert [y for _, y in captions] == sorted({y for _, y in captions})
    assert words.count("0") == 3, "each phase has its own scale of pain"
    assert float(narrow.get("height", 0)) > captions[-1][1] + 190
    legend = " ".join(words)
    assert "dexamethasone" in legend
    assert "…" not in legend


def test_one_block_alone_is_drawn_on_a_phone_and_in_the_dark(three: Passport):
    only = [("L5 left", three.sources[0].course)]
    for layout in ("narrow", "wide", "paper"):
        ET.fromstring(draw_overlay(only, theme="dark", layout=layout))
