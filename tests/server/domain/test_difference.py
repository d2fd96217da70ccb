"""How two readings of one episode differ."""

from hypothesis import given
from hypothesis import strategies as st

from server.domain.criteria import find_criteria
from server.domain.difference import CATEGORIES, Change, categories, difference
from tests.builders import drawn

RELIEF_OF_57 = {"now_scores": "+15m 3 +30m 3 +1h 3 +2h 3", "averages": "7 3 3 3 3", "as_of": "40d"}
YEOM = find_criteria("yeom-70")


def test_a_reading_does_not_differ_from_itself_nor_by_its_reasons():
    one = drawn(**RELIEF_OF_57)
    other = one | {"criteria": "x/1", "as_of": "later", "next_read_at": "later", "evidence": {}}
    other |= {"anaesthetic": one["anaesthetic"] | {"reasons": []}}
    assert difference(one, one) == []
    assert difference(one, other) == []


def test_a_stricter_line_changes_the_verdict_and_the_shape_that_follows():
    assert difference(drawn(**RELIEF_OF_57), drawn(**RELIEF_OF_57, criteria=YEOM)) == [
        Change("verdict", "positive", "equivocal"),
        Change("concordance", "concordant", "not_judged"),
        Change("shape", "anaesthetic_then_steroid", "delayed_steroid_only"),
    ]


def test_numbers_that_move_within_the_same_categories_are_told_as_figures():
    one = drawn(**RELIEF_OF_57)
    moved = one | {"steroid": one["steroid"] | {"onset_day": {"estimate": 1.2, "low": 1.0, "high": 1.9}}}
    assert difference(one, moved) == [Change("figures", "as before", "changed")]


def test_a_responder_that_changes_is_a_category_and_no_figure():
    one = drawn(**RELIEF_OF_57)
    other = one | {"responder": one["responder"] | {"28": False}}
    one = one | {"responder": one["responder"] | {"28": True}}
    assert difference(one, other) == [Change("responder day 28", "yes", "no")]


def test_a_figure_that_comes_or_goes_counts_as_moved():
    one = drawn(**RELIEF_OF_57)
    gone = one | {"steroid": one["steroid"] | {"onset_30_day": None}}
    assert [change.category for change in difference(one, gone)] == ["figures"]


@given(st.sampled_from(CATEGORIES[:-1]))
def test_every_category_of_a_reading_is_told(category):
    assert list(categories(drawn(**RELIEF_OF_57))) == list(CATEGORIES[:-1])
    assert categories(drawn(**RELIEF_OF_57))[category]


def test_unknown_answers_are_words_too():
    early = drawn(now_scores="+30m 3", as_of="1h")
    told = categories(early)
    assert (told["headline"], told["responder day 14"]) == ("unknown", "unknown")
    assert categories(drawn(**RELIEF_OF_57))["responder day 14"] == "unknown"
