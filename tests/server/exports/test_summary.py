import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.charts import words
from server.domain import codes
from server.domain.reasons import SENTENCES
from server.exports import summary
from server.exports.summary import answers, caution, confidence_sentence, paragraph, shape_sentence
from tests.server.charts.courses import (
    CASES,
    FLARE,
    POSITIVE,
    RESPONDED,
    estimate,
    flare_then_late_relief,
    length,
    reading,
)

Json = dict[str, Any]
PROCEDURE = flare_then_late_relief()[0]["procedure"]

VERDICTS = ("pending", "indeterminate", "positive_strong", "positive", "unconfirmed", "equivocal", "negative")
CONCORDANCES = ("short", "concordant", "prolonged", "not_judged")
FLARES = ("flare", "persistent_worsening", "pending", "not_evaluable", "local_soreness", "none")
STEROIDS = (
    "responded", "late", "merged", "partial", "none", "pending", "not_applicable", "not_evaluable",
)  # fmt: skip
SHAPES = (
    "pending", "not_readable", "prolonged", "flare_then_relief", "anaesthetic_then_steroid",
    "delayed_steroid_only", "anaesthetic_only", "none",
)  # fmt: skip
ENDINGS = ("loss", "repeat", "surgery", "analgesic", None)


def said(key: str, **parts: Any) -> str:
    made = reading(60.0, **parts)
    return next(answer.sentence for answer in answers(made, PROCEDURE) if answer.key == key)


def reason(code: str, text: str, **params: Any) -> Json:
    return {"code": code, "params": params, "text": text}


def test_the_four_answers_come_in_the_order_of_the_course():
    found = answers(reading(60.0), PROCEDURE)
    assert [answer.key for answer in found] == ["anaesthetic", "flare", "steroid", "duration"]
    assert all(answer.title for answer in found)


def test_each_answer_names_its_reasons_and_the_entries_behind_it():
    why = [reason("window_open", "The diagnostic window of 6 h after the injection is still open.", hours=6)]
    made = reading(0.1, anaesthetic={"reasons": why}, evidence={"anaesthetic": ["e1", "e2"], "loss": ["e9"]})
    found = {answer.key: answer for answer in answers(made, PROCEDURE)}
    assert found["anaesthetic"].reasons == (
        "The diagnostic window of 6 h after the injection is still open.",
    )
    assert found["anaesthetic"].evidence == ("e1", "e2")
    assert found["duration"].evidence == ("e9",)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            POSITIVE,
            "Anaesthetic response: strongly positive; 86 % relief confirmed by two successive scores "
            "(peak 100 %); at least 50 % from 15 min until 3–4 h after the injection; "
            "as long as expected of bupivacaine.",
        ),
        (
            POSITIVE
            | {"verdict": "positive", "duration_50_minutes": {"low": 480, "high": None, "censored": True}}
            | {"confirmed_relief_percent": 57.1, "peak_relief_percent": 57.1, "concordance": "not_judged"},
            "Anaesthetic response: positive; 57 % relief confirmed by two successive scores; at least 50 % "
            "from 15 min until 8 h or later after the injection; "
            "the length is not judged against bupivacaine.",
        ),
        (
            {"verdict": "unconfirmed", "peak_relief_percent": 71.4, "confirmed_relief_percent": 42.9},
            "Anaesthetic response: unconfirmed; a single score showed 71 % relief, "
            "two successive scores confirm only 43 %.",
        ),
        (
            {"verdict": "unconfirmed", "peak_relief_percent": 71.4, "confirmed_relief_percent": 0.0},
            "Anaesthetic response: unconfirmed; a single score showed 71 % relief, "
            "and no score next to it confirms it.",
        ),
        (
            {"verdict": "equivocal", "peak_relief_percent": 42.9, "confirmed_relief_percent": 42.9},
            "Anaesthetic response: equivocal; 43 % relief confirmed by two successive scores, short of 50 %.",
        ),
        (
            {"verdict": "negative", "peak_relief_percent": 28.6, "confirmed_relief_percent": 14.3},
            "Anaesthetic response: negative; no more than 14 % relief confirmed by two successive scores "
            "(peak 29 %).",
        ),
        (
            {"verdict": "negative", "peak_relief_percent": 0.0, "confirmed_relief_percent": -14.3},
            "Anaesthetic response: negative; no relief confirmed by two successive scores.",
        ),
        (
            {"verdict": "pending", "reasons": [reason("window_open", "The window is still open.")]},
            "Anaesthetic response: pending. The window is still open.",
        ),
        (
            {"verdict": "indeterminate", "reasons": [reason("sedation", "Sedation was given.")]},
            "Anaesthetic response: indeterminate. Sedation was given.",
        ),
    ],
)
def test_the_anaesthetic_answer_gives_claim_number_and_interval(change: Json, sentence: str):
    assert said("anaesthetic", anaesthetic=change) == sentence


def test_an_equivocal_answer_names_the_line_of_its_own_criteria():
    change = {"verdict": "equivocal", "confirmed_relief_percent": 57.1, "peak_relief_percent": 57.1}
    assert "short of 70 %" in said("anaesthetic", anaesthetic=change, criteria="yeom-70/1")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            FLARE,
            "Flare: pain up to 3 points above baseline from 22 h after the injection; it lasted 2.1 days.",
        ),
        (
            FLARE | {"start_day": 1.9, "days": None},
            "Flare: pain up to 3 points above baseline from day 2; its end was not seen.",
        ),
        (
            FLARE
            | {"start_day": 1.9, "days": None}
            | {"reasons": [reason("still_worse", "…", day=2, until=10)]},
            "Flare: pain up to 3 points above baseline from day 2; still going on at the last entry, day 2.",
        ),
        (
            FLARE | {"start_day": 0.9, "days": None} | {"reasons": [reason("return_open", "…", day=2)]},
            "Flare: pain up to 3 points above baseline from 22 h after the injection; within one point "
            "of baseline at the last entry, day 2; whether that holds is not known yet.",
        ),
        (
            FLARE | {"peak_rise": 0, "start_day": 1.9, "days": 1.0},
            "Flare: pain at the top of the scale from day 2; it lasted 1 day.",
        ),
        (
            FLARE | {"status": "persistent_worsening", "start_day": 2.1, "days": None},
            "Lasting worsening: pain up to 3 points above baseline from day 2, not back by day 10.",
        ),
        ({"status": "local_soreness"}, "No flare: soreness at the injection site only."),
        (
            {"status": "none"},
            "No flare: no daily average or pain-now score 2 points or more above baseline in the first week.",
        ),
        ({"status": "pending"}, "Flare: none so far; the question stays open to the end of day 7."),
        (
            {
                "status": "not_evaluable",
                "reasons": [reason("no_early_entry", "No usable entry on days 1 to 3.")],
            },
            "Flare: not evaluable. No usable entry on days 1 to 3.",
        ),
    ],
)
def test_the_flare_answer_says_how_far_when_and_how_long(change: Json, sentence: str):
    assert said("flare", flare=change) == sentence


def test_the_steroid_answer_names_the_days_that_met_the_line():
    why = [reason("line_met", "…", line=50, day=4, partner=5, cut=3, baseline=7)]
    onset = {"onset_day": estimate(4.0, 3.1, 4.9), "reasons": why, "peak_day": 12.0}
    assert said("steroid", steroid=RESPONDED | onset) == (
        "Steroid response: relief of at least 50 % from day 4 (3–5); days 4 and 5 at or under 3/10 "
        "(baseline 7). Best three days: 90 % relief, around day 12."
    )


@pytest.mark.parametrize(
    ("status", "start"),
    [
        ("responded", "Steroid response: relief of at least 50 % from day 6 (5–7)."),
        ("late", "Late steroid response: relief of at least 50 % from day 6 (5–7)."),
        ("merged", "Steroid response: merged with the anaesthetic;"),
        ("partial", "Partial steroid response: relief of at least 30 % from day 5 (5–6); 50 % was not held."),
        ("none", "No steroid response: no lasting relief of at least 30 %, held on two days close together."),
        ("pending", "Steroid response: pending; no lasting relief yet, the question"),
        (
            "not_applicable",
            "Steroid response: does not apply; no steroid was given. A steroid does not explain relief of at "
            "least 50 % from day 6",
        ),
        ("not_evaluable", "Steroid response: not evaluable."),
    ],
)
def test_the_steroid_answer_has_words_for_every_status(status: str, start: str):
    assert said("steroid", steroid=RESPONDED | {"status": status}).startswith(start)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            length(57.2, 54.0, 61.5),
            "Duration: relief of at least 50 % lasted 57 days (54–62) and was lost on day 63.",
        ),
        (
            length(57.2, 57.2, None, None),
            "Duration: still in relief of at least 50 % at day 63, 57 days so far.",
        ),
        (
            length(57.2, 57.0, 58.0, "surgery"),
            "Duration: relief of at least 50 % lasted 57 days, until surgery on day 63.",
        ),
        (
            length(57.2, 57.0, 58.0, "repeat"),
            "Duration: relief of at least 50 % lasted 57 days, until a repeat injection on day 63.",
        ),
        (
            length(57.2, 54.0, 61.5, "analgesic"),
            "Duration: relief of at least 50 % lasted 57 days (54–62), "
            "until a higher dose of analgesic from day 63.",
        ),
        (length(1.0, 0.6, 1.4), "Duration: relief of at least 50 % lasted 1 day and was lost on day 7."),
    ],
)
def test_the_duration_answer_says_how_long_and_what_ended_it(found: Json, sentence: str):
    assert said("duration", steroid=RESPONDED, duration={"headline": "L50", "L50": found}) == sentence


def test_relief_whose_end_lies_in_a_gap_is_not_called_lasting():
    duration = {
        "headline": "L50",
        "L50": length(57.2, 57.2, None, None),
        "reasons": [reason("gap", "A gap.")],
    }
    assert said("duration", steroid=RESPONDED, duration=duration) == (
        "Duration: relief of at least 50 % for at least 57 days, to day 63; "
        "a gap in the diary hides what followed."
    )


def test_breakthrough_days_and_a_second_response_are_mentioned():
    duration = {"headline": "L50", "L50": length(20.0, 19.0, 21.0), "breakthrough_days": 1}
    sentence = said(
        "duration", steroid=RESPONDED, duration=duration, second_response={"start_day": 40.2, "days": 12.0}
    )
    assert sentence.endswith(
        "lost on day 26. 1 breakthrough day in between. Relief came again on day 40 and lasted 12 days."
    )


@pytest.mark.parametrize("so_far", [23.5, 23.9, 23.0])
def test_a_length_that_may_grow_is_never_rounded_up(so_far: float):
    found = {"headline": "L50", "L50": length(so_far, so_far, None, None)}
    assert said("duration", steroid=RESPONDED, duration=found).endswith(", 23 days so far.")
    hidden = found | {"reasons": [reason("gap", "A gap.")]}
    assert "for at least 23 days, to" in said("duration", steroid=RESPONDED, duration=hidden)


def test_the_day_of_relief_still_held_is_that_of_its_reason():
    why = [reason("still_in_relief", "…", line=50, day=64)]
    found = {"headline": "L50", "L50": length(57.2, 57.2, None, None), "reasons": why}
    assert "still in relief of at least 50 % at day 64, 57 days" in (
        said("duration", steroid=RESPONDED, duration=found)
    )


STILL_TO_COME = "Duration: pending; lasting relief has not begun yet."
NOT_YET = reason("not_reached_yet", "Lasting relief of at least 50 % has not begun yet.", line=50)
CUT = reason("read_to_repeat", "Read to the repeat injection on day 7; what followed is not read.", day=7)


def test_duration_stays_open_while_lasting_relief_may_still_come():
    assert said("duration", anaesthetic={"verdict": "pending"}, steroid=NOT_GIVEN) == STILL_TO_COME
    assert said("duration", duration={"reasons": [NOT_YET]}, steroid=NOT_GIVEN) == STILL_TO_COME
    nothing = "Duration: no lasting relief; a block without steroid is not meant to give any."
    assert said("duration", steroid=NOT_GIVEN) == nothing


NOT_GIVEN = {"status": "not_applicable"}


@pytest.mark.parametrize("status", ["none", "not_evaluable", "pending", "partial", "not_applicable"])
def test_the_answers_say_that_an_event_ended_the_reading(status: str):
    parts = {
        "steroid": {"status": status, "reasons": [CUT]},
        "duration": {"reasons": [CUT]},
        "confidence": {"grade": "B", "reasons": [CUT]},
    }
    for key in ("flare", "steroid", "duration"):
        assert said(key, **parts).count(CUT["text"]) == 1
    made = reading(60.0, **parts)
    assert shape_sentence(made).endswith(CUT["text"])
    assert confidence_sentence(made) == (
        "Confidence B, good: 33 of 40 check-ins on time; read to the repeat injection on day 7."
    )
    assert paragraph(made, PROCEDURE).count(CUT["text"]) == 1


def test_an_event_after_the_days_of_a_flare_is_not_held_against_it():
    late = CUT | {"params": {"day": 30}}
    assert said("flare", confidence={"grade": "B", "reasons": [late]}).endswith("in the first week.")


def test_a_reason_is_not_told_twice():
    why = [reason("sedation", "Sedation was given."), reason("x", "Not in the sentence.")]
    made = reading(60.0, flare={"status": "not_evaluable", "reasons": why[:1]}, steroid={"reasons": why})
    found = {answer.key: answer for answer in answers(made, PROCEDURE)}
    assert (found["flare"].sentence, found["flare"].reasons) == (
        "Flare: not evaluable. Sedation was given.",
        (),
    )
    assert found["steroid"].reasons == ("Sedation was given.", "Not in the sentence.")


def test_without_relief_there_is_no_length():
    assert said("duration") == "Duration: no lasting relief to time."
    assert said("duration", steroid={"status": "pending"}) == STILL_TO_COME
    assert said("duration", steroid={"status": "not_evaluable"}) == "Duration: not evaluable."


@pytest.mark.parametrize("verdict", VERDICTS)
def test_no_verdict_is_ever_called_a_proof(verdict: str):
    text = caution(reading(60.0, anaesthetic={"verdict": verdict}), PROCEDURE)
    assert "L5" in text
    assert "prove" not in text.replace("does not prove", "").replace("than it proves", "")


def test_the_caution_knows_which_way_a_block_speaks_louder():
    positive = caution(reading(60.0, anaesthetic=POSITIVE), PROCEDURE)
    assert positive == "Consistent with L5 as the source; a positive block alone does not prove it."
    assert caution(reading(60.0), PROCEDURE).startswith("Argues against L5 as the source.")
    assert caution(reading(60.0, anaesthetic=POSITIVE), {}).startswith("Consistent with this root as")


def test_the_confidence_sentence_says_in_short_what_the_grade_rests_on():
    texts = [
        reason("adherence", "33 of 40 due check-ins on time (82.5 %)."),
        reason("confounder_sedation", "Confounder: sedation."),
        reason("confounder_no_provocation_yet", "Confounder: no provoking activity tried yet; …"),
        reason("unknown_volume", "Unknown: the volume injected."),
        reason("unknown_numbness", "Unknown: whether the limb was numb."),
    ]
    found = confidence_sentence(reading(60.0, confidence={"grade": "C", "reasons": texts}))
    assert found == (
        "Confidence C, limited: 33 of 40 check-ins on time; confounded by sedation and "
        "no provoking activity tried yet; not known: the volume and numbness."
    )


def test_every_reason_of_the_confidence_has_short_words():
    told = {*summary._CONFOUNDERS, *summary._UNKNOWN}
    assert told == {code for code in SENTENCES if code.startswith(("confounder_", "unknown_"))}


def test_what_limits_a_grade_is_no_confounder():
    why = [reason("verdict_indeterminate", "The anaesthetic phase could not be read.")]
    assert confidence_sentence(reading(60.0, confidence={"grade": "D", "reasons": why})) == (
        "Confidence D, low: 33 of 40 check-ins on time; limited by an unreadable anaesthetic phase."
    )


@pytest.mark.parametrize("shape", ["anaesthetic_only", "none"])
def test_a_shape_without_lasting_relief_is_not_final_while_it_may_still_come(shape: str):
    parts = {"shape": shape, "steroid": NOT_GIVEN}
    assert re.search("yet|so far", shape_sentence(reading(3.0, duration={"reasons": [NOT_YET]}, **parts)))
    assert not re.search("yet|so far", shape_sentence(reading(60.0, **parts)))


@pytest.mark.parametrize(
    ("expected", "grade", "words_for_it"),
    [
        (1, "B", "Confidence B, too early to grade well: no check-in was due after the injection."),
        (2, "C", "Confidence C, too early to grade well: only 1 check-in was due after the injection."),
        (4, "B", "Confidence B, too early to grade well: only 3 check-ins were due after the injection."),
        (5, "A", "Confidence A, high: 4 of 5 check-ins on time."),
        (4, "D", "Confidence D, low: 4 of 4 check-ins on time."),
    ],
)
def test_a_grade_of_the_first_check_ins_is_said_to_be_early(expected: int, grade: str, words_for_it: str):
    made = reading(0.1, confidence={"grade": grade}, data={"expected": expected, "on_time": 4})
    assert confidence_sentence(made) == words_for_it


@pytest.mark.parametrize(
    ("low", "high", "words_for_it"),
    [
        (180, 240, "3–4 h"),
        (421, 486, "7–8 h"),
        (89, 122, "1.5–2 h"),
        (30, 120, "30 min to 2 h"),
        (20, 45, "20–45 min"),
        (600, 650, "10–11 h"),
        (1200, None, "20 h"),
    ],
)
def test_a_length_of_hours_reads_as_a_person_would_say_it(low: int, high: int | None, words_for_it: str):
    assert words.clock_span(low, high) == words_for_it


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_a_sentence_and_a_name(shape: str):
    assert shape_sentence(reading(60.0, shape=shape)).endswith(".")
    assert shape in words.SHAPES


def test_every_code_of_the_diary_has_words():
    assert set(words.SIDE_EFFECTS) == set(codes.SIDE_EFFECTS)
    assert set(words.SKIPS) == set(codes.SKIPS)
    assert set(words.EVENTS) == set(codes.EVENTS)
    assert set(words.INDEX_SITES) == set(codes.REGIONS)


@pytest.mark.parametrize("case", CASES)
def test_a_paragraph_reads_as_one_text(case: str):
    episode, made, _ = CASES[case]()
    assert_grammatical(paragraph(made, episode["procedure"]))


percents = st.none() | st.floats(-100, 100).map(lambda value: round(value, 1))
moments = st.floats(0, 42).map(lambda value: round(value, 1))
estimates = st.none() | st.tuples(moments, moments, moments).map(sorted).map(
    lambda three: estimate(three[1], three[0], three[2])
)
lengths = st.none() | st.builds(
    lambda days, less, more, end: length(days, days - less, None if end is None else days + more, end),
    st.floats(4, 300).map(lambda value: round(value, 1)),
    st.floats(0, 4),
    st.floats(0, 9),
    st.sampled_from(ENDINGS),
)
phases = st.fixed_dictionaries(
    {
        "verdict": st.sampled_from(VERDICTS),
        "confirmed_relief_percent": percents,
        "peak_relief_percent": percents,
        "first_50_minutes": st.none() | st.integers(5, 400),
        "duration_50_minutes": st.none()
        | st.builds(
            lambda low, more: {"low": low, "high": more and low + more, "censored": more is None},
            st.integers(10, 1400),
            st.none() | st.integers(1, 300),
        ),
        "concordance": st.sampled_from(CONCORDANCES),
    }
)
flares = st.fixed_dictionaries(
    {
        "status": st.sampled_from(FLARES),
        "start_day": st.none() | st.floats(0.3, 7).map(lambda value: round(value, 1)),
        "peak_rise": st.none() | st.integers(0, 8),
        "days": st.none() | st.floats(0.1, 9).map(lambda value: round(value, 1)),
    }
)
steroids = st.fixed_dictionaries(
    {
        "status": st.sampled_from(STEROIDS),
        "onset_day": estimates,
        "onset_30_day": estimates,
        "peak_relief_percent": percents,
        "peak_day": st.none() | moments,
    }
)
durations = st.fixed_dictionaries(
    {
        "headline": st.sampled_from((None, "L50", "L30")),
        "L50": lengths,
        "L30": lengths,
        "breakthrough_days": st.integers(0, 5),
    }
)


@given(phases, flares, steroids, durations, st.sampled_from(SHAPES), st.sampled_from("ABCD"))
def test_every_reading_becomes_grammatical_text(
    phase: Json, flare: Json, steroid: Json, duration: Json, shape: str, grade: str
):
    made = reading(
        90.0,
        anaesthetic=phase,
        flare=flare,
        steroid=steroid,
        duration=duration,
        shape=shape,
        confidence={"grade": grade, "reasons": []},
    )
    assert_grammatical(paragraph(made, PROCEDURE))


def assert_grammatical(text: str) -> None:
    assert not re.search(r"None|nan|_|  | [,.;]|\(\)|;\.|,\.|\.\.|-\d", text)
    assert not re.search(r"(?<![\d.])1 days|[a-z]\. [a-z]", text)
    assert text[0].isupper()
    assert text.endswith(".")
    assert all(sentence[0].isupper() or sentence[0].isdigit() for sentence in re.split(r"(?<=\.) ", text))
