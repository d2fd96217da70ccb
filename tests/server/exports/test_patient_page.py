"""The patient's own page: one accessible page in each language, without a drug, a verdict or a cause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.charts.own_curve import panels_of
from server.domain.codes import ANAESTHETICS, LANGUAGES, STEROIDS
from server.exports.patient_page import OwnDiary, content, own_page
from server.exports.patient_words import WORDS
from tests.server.exports import pdf

T0 = datetime(2026, 2, 7, 9, 15, tzinfo=UTC)
NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)


def body(after: timedelta, pain: int | None, scale: str = "now") -> dict[str, Any]:
    return {"taken_at": (T0 + after).isoformat(), "scale": scale, "pain": pain}


def diary(site: str = "leg", side: str = "left", baseline: float | None = 6) -> OwnDiary:
    bodies = [body(timedelta(hours=at), pain) for at, pain in ((0.25, 1), (2, 3), (8, 7))]
    bodies += [
        body(timedelta(days=day, hours=12), pain, "average_24h") for day, pain in ((1, 8), (2, 5), (3, 2))
    ]
    pain = {"site": site, "side": side}
    return OwnDiary(
        "Ann Example", "4711", "Spine Clinic", "+49 30 1", "Europe/Berlin", pain, T0, baseline, bodies
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_page_is_one_accessible_page_in_the_patients_language(language: str, paper: str):
    page = own_page(diary(), language, paper, NOW)  # type: ignore[arg-type]
    pdf.assert_accessible(page)
    opened = pdf.opened(page)
    assert len(opened.pages) == 1
    assert opened.trailer["/Root"]["/Lang"].startswith(language)
    assert "Ann Example" in pdf.words(page)


def test_the_scores_are_in_plain_words():
    told = content(diary(), "en", "a4", NOW)
    assert told["rows"] == [
        ["Before the injection", "6 of 10"],
        ["Lowest on the first day", "1 of 10"],
        ["Highest average of a day", "8 of 10, day 1"],
        ["Last average of a day", "2 of 10, day 3"],
        ["Entries you wrote", "6"],
    ]
    assert told["heading"] == "My pain diary: Left leg pain"
    assert told["injection"] == "Injection on 7 Feb 2026"
    assert content(diary(baseline=None), "en", "a4", NOW)["dashed"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_drug_no_verdict_and_no_side_is_confused(language: str):
    words = WORDS[language]
    said = str(content(diary("arm", "right"), language, "a4", NOW))
    assert words.pains["arm"]["right"] in said
    assert words.pains["arm"]["left"] not in said
    assert not [drug for drug in (*ANAESTHETICS, *STEROIDS) if drug != "unknown" and drug in said.lower()]
    assert "positive" not in said
    assert len({pain for sides in words.pains.values() for pain in sides.values()}) == 9


def test_an_average_stands_on_the_day_it_tells_of():
    late = [
        body(timedelta(days=1, hours=15, minutes=30), 4, "average_24h"),
        body(timedelta(days=1, hours=12), 9, "average_24h"),
    ]
    (days,) = panels_of(T0, "Europe/Berlin", late)
    assert [(point.x, point.pain) for point in days.points] == [(1, 4)], "of two for one day the last counts"
    (hours,) = panels_of(T0, "Europe/Berlin", [body(timedelta(hours=20), 3), body(timedelta(hours=1), None)])
    assert (hours.until, [point.pain for point in hours.points]) == (24, [3])
