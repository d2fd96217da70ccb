"""Root x response: what the blocks of one patient say together, and which of them disagree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.blocks import block_of, root_of
from server.domain.compare import compare
from server.domain.diary import parse_episode
from server.domain.findings import SENTENCES, SOURCES
from server.domain.lengths import Span
from tests.builders import diary, drawn
from tests.server.domain.blocks import L5_LEFT, S1_LEFT, block

NOT_NUMB = frozenset({"confounder_not_numb"})
VERDICTS = ["positive", "positive_strong", "negative", "equivocal", "unconfirmed", "indeterminate", "pending"]
BLOCKS = st.lists(
    st.builds(
        block,
        st.uuids().map(str),
        st.dates().filter(lambda on: on.year > 1).map(lambda on: on.isoformat()),
        root=st.sampled_from([L5_LEFT, S1_LEFT, None]),
        verdict=st.sampled_from(VERDICTS),
        steroid=st.sampled_from(["responded", "none", "pending", "not_evaluable"]),
        grade=st.sampled_from("ABCD"),
        notes=st.sampled_from([frozenset(), NOT_NUMB]),
    ),
    max_size=7,
    unique_by=lambda found: found.episode_id,
)


def only_row(*blocks):
    (row,) = compare(blocks).rows
    return row


def codes(blocks) -> list[str]:
    return [found.sentence.code for found in compare(blocks).discordances]


def test_one_block_without_relief_argues_against_its_root():
    row = only_row(block(verdict="negative", grade="A"))
    assert (row.standing, row.grade) == ("argues_against", "A")
    assert row.sentence.text == (
        "Numbing L5 left did not relieve the pain (2 Mar 2026): "
        "this argues against L5 left as its main source."
    )


def test_any_number_of_blocks_with_relief_is_only_consistent_with_the_root():
    row = only_row(
        *(block(str(n), f"2026-0{n}-02", verdict="positive_strong", grade="A") for n in range(1, 6))
    )
    assert row.standing == "consistent"
    assert "no proof" in row.sentence.text
    assert "Beynon" in (row.sentence.source or "")


def test_no_sentence_claims_a_proof():
    for code, sentence in SENTENCES.items():
        assert "proves" not in sentence, code
        assert "confirms" not in sentence, code
    assert set(SOURCES) <= set(SENTENCES)


def test_blocks_of_one_root_that_disagree_support_nothing_and_are_named():
    pair = [block("a", "2026-01-05", verdict="negative"), block("b", "2026-03-02")]
    row = only_row(*pair)
    assert row.standing == "conflicting"
    assert row.sentence.params["dates"] == "2026-01-05, 2026-03-02"
    (found,) = [d for d in compare(pair).discordances if d.sentence.code == "same_root_other_answer"]
    assert found.episode_ids == ("a", "b")
    assert found.sentence.text == "L5 left relieved the pain on 2 Mar 2026 and did not on 5 Jan 2026."


@pytest.mark.parametrize("verdict", ["equivocal", "unconfirmed", "indeterminate", "pending"])
def test_an_unclear_answer_decides_nothing_and_contradicts_nothing(verdict: str):
    assert only_row(block(verdict=verdict)).standing == "undecided"
    clear, unclear = block("a"), block("b", "2026-04-02", verdict=verdict)
    assert only_row(clear, unclear).standing == "consistent"
    assert "same_root_other_answer" not in codes([clear, unclear])


def test_a_reading_of_confidence_d_decides_nothing_and_is_named():
    row = only_row(block(verdict="negative", grade="D"))
    assert (row.standing, row.grade) == ("undecided", None)
    assert [caveat.code for caveat in row.caveats] == ["low_confidence"]
    assert codes([block("a", verdict="negative", grade="D"), block("b")]) == []


def test_no_relief_in_a_limb_that_was_not_numb_does_not_rule_the_root_out():
    row = only_row(block(verdict="negative", notes=NOT_NUMB))
    assert row.standing == "undecided"
    assert [caveat.code for caveat in row.caveats] == ["not_numb"]


def test_relief_after_a_large_volume_says_that_neighbours_may_have_been_numbed():
    row = only_row(block(notes=frozenset({"selectivity_reduced"})))
    assert [caveat.text for caveat in row.caveats] == [
        "On 2 Mar 2026 0.7 mL were injected: neighbouring roots may have been numbed too."
    ]


def test_relief_from_two_blocks_of_one_root_disagrees_in_nothing():
    assert codes([block("a", "2026-01-05"), block("b")]) == []


def test_two_roots_that_both_relieve_are_not_told_apart():
    pair = [block("a", "2026-01-05"), block("b", root=S1_LEFT)]
    assert codes(pair) == ["several_roots_relieved"]
    assert [row.standing for row in compare(pair).rows] == ["consistent", "consistent"]


@pytest.mark.parametrize(
    ("verdict", "steroid", "expected"),
    [
        ("positive", "none", ["relief_without_steroid_effect"]),
        ("positive", "partial", ["relief_without_steroid_effect"]),
        ("negative", "late", ["steroid_effect_without_relief"]),
        ("positive", "responded", []),
        ("negative", "none", []),
        ("positive", "pending", []),
        ("positive", "not_applicable", []),
        ("equivocal", "responded", []),
    ],
)
def test_phases_that_disagree_are_named(verdict: str, steroid: str, expected: list[str]):
    assert codes([block(verdict=verdict, steroid=steroid)]) == expected


def test_a_block_without_a_recorded_root_is_shown_and_compared_with_nothing():
    grid = compare([block("a", root=None, verdict="negative"), block("b", root=None), block("c")])
    assert [row.standing for row in grid.rows] == ["consistent", "root_not_recorded", "root_not_recorded"]
    assert grid.discordances == ()


@given(BLOCKS, st.randoms(use_true_random=False))
def test_the_order_of_the_blocks_changes_nothing(blocks, shuffler):
    other = list(blocks)
    shuffler.shuffle(other)
    assert compare(blocks) == compare(other)


@given(BLOCKS)
def test_every_block_is_in_one_row_and_every_sentence_can_be_read(blocks):
    grid = compare(blocks)
    shown = [found.episode_id for row in grid.rows for found in row.blocks]
    assert sorted(shown) == sorted(found.episode_id for found in blocks)
    for row in grid.rows:
        assert row.sentence.text
        assert all(caveat.text for caveat in row.caveats)
        assert (row.grade is None) == (row.standing in {"undecided", "root_not_recorded"})
    assert all(found.sentence.text for found in grid.discordances)


@pytest.mark.parametrize(
    ("level", "side", "name"),
    [
        ("L5", "left", "L5 left"),
        (" l 5", "left", "L5 left"),
        (None, "left", None),
        ("L5", None, None),
        ("", "left", None),
    ],
)
def test_a_root_is_a_level_and_a_side(level: str | None, side: str | None, name: str | None):
    found = root_of("lumbar", level, side)
    assert (found and found.name) == name


def test_a_block_takes_its_values_from_the_episode_and_its_reading():
    parts = {
        "now_scores": "+15m 1 +30m 1 +1h 2 +2h 6",
        "averages": "7 3 3 3 3 3 7 7 7 7",
        "procedure": {"region": "lumbar", "level": "L5", "side": "left"},
    }
    found = block_of(parse_episode(diary(**parts)), drawn(**parts))
    assert (found.root, found.drug, found.volume_ml) == (L5_LEFT, "lidocaine", 0.5)
    assert (found.says, found.run, found.steroid) == ("relieved", (60, 120), "responded")
    assert found.on.isoformat() == "2026-03-02"
    assert found.prolonged_minutes == 360
    assert (found.headline, found.headline_span) == ("L50", found.relief)
    assert isinstance(found.relief, Span)
    assert found.relief.ended_by == "loss"
    assert "unknown_numbness" in found.notes


def test_a_mixture_is_named_and_its_volume_is_unknown_if_one_part_is():
    mixture = [{"drug": "lidocaine", "volume_ml": 0.3}, {"drug": "bupivacaine"}]
    parts = {"procedure": {"anaesthetic": mixture}}
    found = block_of(parse_episode(diary(**parts)), drawn(**parts))
    assert (found.drug, found.volume_ml) == ("lidocaine with bupivacaine", None)
