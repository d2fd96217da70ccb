from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.charts import course_from
from server.exports import typesetting
from server.exports.report import Heading, Source, content, episode_report, paragraph
from server.exports.signature import Signature
from server.exports.typesetting import PAPERS, WRITABLE, typeset
from tests.server.charts.courses import CASES
from tests.server.exports import pdf

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
ANN = Heading("Spine Clinic", "Ann Example", "4711", date(1970, 3, 1))
SIZES = {"a4": (595.3, 841.9), "letter": (612.0, 792.0)}


def source(case: str, **record: Any) -> Source:
    diary, reading, grades = CASES[case]()
    diary = {"zone": "UTC", "index_pain": {"site": "leg", "side": "left"}} | diary
    diary["procedure"] = {"region": "lumbar", "level": "L5", "side": "left"} | diary["procedure"]
    return Source(diary, reading, record, course_from(diary, reading, grades, set()), NOW, 42)


@pytest.mark.parametrize("case", CASES)
def test_every_course_is_one_accessible_page_on_either_paper(case: str):
    for paper in PAPERS:
        made = episode_report(ANN, source(case), paper, NOW)
        pages = pdf.opened(made).pages
        assert len(pages) == 1
        assert (
            pytest.approx(pages[0].mediabox.width, abs=0.1),
            pytest.approx(pages[0].mediabox.height, abs=0.1),
        ) == SIZES[paper]
        pdf.assert_accessible(made)
    caution = content(ANN, source(case), "a4", NOW)["caution"]
    assert caution, "no block proves its root"
    assert caution in pdf.words(made)
    assert caution in paragraph(source(case))


def test_the_page_says_who_which_block_the_answers_and_how_good_the_data_are():
    found = source("flare_then_late_relief", operator="Dr A. Weber", approach="transforaminal")
    said = pdf.words(episode_report(ANN, found, "a4", NOW))
    for words in (
        "Ann Example",
        "4711",
        "born 1 Mar 1970",
        "Spine Clinic",
        "L5 left",
        "Dr A. Weber",
        "Data quality",
        "Preliminary: not signed by a physician",
        "data version 42",
        "snrb-default/1",
        "Supports a physician",
    ):
        assert words in said, words
    made = content(ANN, found, "a4", NOW)
    assert made["caution"] in said
    for answer in made["answers"]:
        assert " ".join(answer["sentence"].split()) in said
    assert dict(made["counts"])["expected"] == found.reading["data"]["expected"]


def test_the_chart_is_the_picture_of_the_screen_with_its_words_for_those_who_cannot_see_it():
    made = episode_report(ANN, source("flare_then_late_relief"), "a4", NOW)
    figure = next(tag for tag in pdf.tags(made) if tag["/S"] == "/Figure")
    assert "Baseline" in figure["/Alt"]
    assert "Confidence" in figure["/Alt"]
    assert pdf.kinds(made).count("/Figure") == 1
    assert "FIRST TWO WEEKS" in pdf.words(made)


@pytest.mark.parametrize(
    "text", ['#panic("x") *bold* $x^2$', "@label <b> \\ #include", "'); DROP", "a\u202eb", "[#import]"]
)
def test_what_people_write_is_data_and_never_markup(text: str):
    heading = Heading("Spine Clinic", text, "1", None)
    made = episode_report(heading, source("sparse", operator=text), "a4", NOW)
    plain = re.sub(r"[^!-~]", "", text)
    assert re.sub(r"[^!-~]", "", pdf.words(made)).count(plain) >= 2


def test_a_name_in_letters_no_face_has_still_makes_a_page():
    made = episode_report(Heading("診所", "王小明 \U0001f600", "1", None), source("sparse"), "a4", NOW)
    assert len(pdf.opened(made).pages) == 1
    pdf.assert_accessible(made)


def test_very_long_records_still_fit_on_one_page():
    heading = Heading("C" * 200, "Long " * 40, "9" * 60, date(1970, 1, 1))
    long = {
        "operator": "O" * 200,
        "approach": "approach " * 22,
        "events": [{"kind": "repeat", "at": NOW.isoformat()}] * 20,
    }
    for case in ("many_symptoms", "flare_then_late_relief", "crowded_labels"):
        made = episode_report(heading, source(case, **long), "letter", NOW)
        assert len(pdf.opened(made).pages) == 1


def test_the_same_reading_gives_the_same_bytes():
    one, two = (episode_report(ANN, source("sparse"), "a4", NOW) for _ in range(2))
    assert one == two


def test_the_shipped_faces_hold_every_letter_they_are_said_to_hold():
    signs = "".join(chr(code) for low, high in WRITABLE for code in range(low, high + 1))
    made = content(Heading("c", signs, "1", None), source("sparse"), "a4", NOW)
    typesetting._compile("episode", json.dumps(made), NOW, typesetting._own_faces())


def test_other_faults_of_a_page_are_not_taken_for_missing_letters():
    with pytest.raises(RuntimeError, match="dictionary does not contain key"):
        typeset("episode", {"paper": "a4"}, NOW)


def test_the_paragraph_is_plain_text_dated_and_without_the_patients_name():
    text = paragraph(source("flare_then_late_relief"))
    assert text.startswith(
        "Selective nerve root block L5 left, 9 Feb 2026, 11:30 (bupivacaine 0.5 % 0.5 mL, dex"
    )
    assert "\n" not in text
    assert "Ann" not in text
    assert "snrb-default/1" in text


@pytest.mark.parametrize("holds", [True, False])
def test_a_signed_page_tells_by_whom_and_what_is_concluded_and_stays_one_page(holds: bool):
    note = "Walked two flights of stairs without leg pain. " * 20
    signed = Signature("Dr A. Weber", NOW, 41, "snrb-default/1", "argues_against", note.strip(), holds)
    made = episode_report(ANN, replace(source("flare_then_late_relief"), signature=signed), "a4", NOW)
    said = pdf.words(made)
    assert len(pdf.opened(made).pages) == 1
    assert "Argues against L5 as the source." in said
    assert "not signed" not in said
    told = "Read by Dr A. Weber, 1 Jun 2026, 09:30, on data version 41" if holds else "Re-opened"
    assert told in said
    pdf.assert_accessible(made)
