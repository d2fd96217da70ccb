"""Two blocks of one root with different anaesthetics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.paired import compare_pair, paired_blocks
from tests.server.domain.blocks import S1_LEFT, block

RUNS = st.tuples(st.integers(0, 1440), st.integers(1, 300)).map(lambda run: (run[0], run[0] + run[1]))
OPEN_RUNS = RUNS | st.integers(0, 1440).map(lambda low: (low, None))


def pair(short=(90, 120), long=(300, 360), of_short=None, of_long=None):
    """A lidocaine block followed by one with bupivacaine."""
    return compare_pair(
        block("short", "2026-01-05", **{"run": short} | (of_short or {})),
        block("long", "2026-02-05", **{"drug": "bupivacaine", "run": long} | (of_long or {})),
    )


def codes(found) -> list[str]:
    return [reason.code for reason in found.reasons]


def test_relief_that_lasts_longer_with_the_longer_acting_drug_is_concordant():
    found = pair()
    assert (found.first, found.second, found.category) == ("short", "long", "concordant")
    assert found.reasons[0].text == (
        "Relief lasted longer with bupivacaine (5 to 6 h) than with lidocaine (1.5 to 2 h), as expected."
    )
    assert "Barnsley" in (found.reasons[0].source or "")


def test_the_order_reversed_is_discordant():
    found = pair(short=(300, 360), long=(150, 180))
    assert found.category == "discordant"
    assert codes(found) == ["shorter_lasted_longer", "diaries_vary"]


@pytest.mark.parametrize("which", ["short", "long"])
def test_relief_far_beyond_a_drug_is_discordant_prolonged_whatever_the_order(which: str):
    found = pair(**{f"of_{which}": {"concordance": "prolonged"}})
    assert found.category == "discordant_prolonged"
    assert found.reasons[0].code == "far_beyond"


@pytest.mark.parametrize("which", ["short", "long"])
def test_a_block_that_fails_makes_the_pair_negative(which: str):
    found = pair(**{f"of_{which}": {"verdict": "negative"}})
    assert (found.category, codes(found)) == ("negative", ["block_failed"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"of_long": {"drug": "unknown"}}, "drug_unknown"),
        ({"of_long": {"drug": "lidocaine"}}, "same_anaesthetic"),
        ({"of_short": {"drug": "mepivacaine"}, "of_long": {"drug": "prilocaine"}}, "same_length_expected"),
        ({"of_short": {"adrenaline": True}, "of_long": {"drug": "mepivacaine"}}, "same_length_expected"),
        ({"of_short": {"verdict": "equivocal"}}, "no_clear_answer"),
        ({"of_long": {"verdict": "pending"}}, "no_clear_answer"),
        ({"of_long": {"verdict": "indeterminate"}}, "no_clear_answer"),
        ({"of_short": {"grade": "D"}}, "low_confidence"),
        ({"of_long": {"run": None}}, "duration_unknown"),
        ({"of_long": {"root": S1_LEFT}}, "different_roots"),
        ({"of_short": {"root": None}, "of_long": {"root": None}}, "different_roots"),
        ({"of_long": {"verdict": "negative", "notes": frozenset({"confounder_not_numb"})}}, "not_numb"),
    ],
)
def test_what_cannot_be_compared_says_why(changes: dict, code: str):
    found = pair(**changes)
    assert found.category == "not_comparable"
    assert code in codes(found)
    assert all(reason.text for reason in found.reasons)


def test_intervals_that_overlap_leave_the_order_open():
    found = pair(short=(120, 240), long=(180, 300))
    assert (found.category, codes(found)) == ("not_comparable", ["order_undecided"])


def test_an_end_not_seen_decides_the_order_only_where_any_end_would():
    longer_open = pair(long=(300, None))
    assert longer_open.category == "concordant"
    assert "beyond_not_excluded" in codes(longer_open)
    shorter_open = pair(short=(90, None))
    assert shorter_open.category == "not_comparable"
    assert pair(short=(400, None), long=(150, 180)).category == "discordant"
    assert pair(short=(90, None), long=(300, None)).category == "not_comparable"


@pytest.mark.parametrize(
    ("run", "code"),
    [((300, 961), "beyond_possible"), ((300, None), "beyond_not_excluded"), ((300, 960), None)],
)
def test_relief_that_may_have_lasted_far_beyond_the_drug_is_said(run, code):
    found = pair(long=run)
    assert found.category == "concordant"
    assert codes(found) == ["longer_lasted_longer", *([code] if code else []), "diaries_vary"]
    assert all(reason.text for reason in found.reasons)


def test_adrenaline_makes_lidocaine_another_longer_acting_drug():
    plain = block("plain", "2026-01-05")
    with_adrenaline = block("adrenaline", "2026-02-05", adrenaline=True, run=(180, 240))
    (found,) = paired_blocks([plain, with_adrenaline])
    assert found.category == "concordant"
    assert "lidocaine and adrenaline (3 to 4 h)" in found.reasons[0].text


def test_relief_cut_short_by_an_analgesic_is_said():
    rescued = block("short", "2026-01-05", notes=frozenset({"ended_by_rescue"}))
    other = block("long", "2026-02-05", drug="bupivacaine", run=(300, 360))
    assert "ended_by_analgesic" in codes(compare_pair(rescued, other))


@given(OPEN_RUNS, OPEN_RUNS)
def test_a_called_order_holds_for_every_moment_in_the_intervals(short, long):
    found = pair(short=short, long=long)
    if found.category == "concordant":
        assert short[1] is not None
        assert long[0] >= short[1]
    elif found.category == "discordant":
        assert long[1] is not None
        assert short[0] >= long[1]
    else:
        assert codes(found)[0] == "order_undecided"


@given(OPEN_RUNS, OPEN_RUNS, st.sampled_from(["positive", "negative", "equivocal"]))
def test_naming_the_blocks_in_either_order_changes_nothing(one_run, other_run, verdict):
    one = block("a", "2026-01-05", run=one_run, verdict=verdict)
    other = block("b", "2026-02-05", run=other_run, drug="ropivacaine")
    assert compare_pair(one, other) == compare_pair(other, one)


def test_only_pairs_of_one_root_with_other_or_unknown_drugs_are_listed():
    blocks = [
        block("a", "2026-01-05"),
        block("b", "2026-02-05", drug="bupivacaine", run=(300, 360)),
        block("c", "2026-03-05"),
        block("d", "2026-04-05", drug="unknown"),
        block("e", "2026-05-05", root=S1_LEFT, drug="bupivacaine"),
        block("f", "2026-06-05", root=None, drug="bupivacaine"),
    ]
    found = [(each.first, each.second, each.category) for each in paired_blocks(reversed(blocks))]
    assert found == [
        ("a", "b", "concordant"),
        ("a", "d", "not_comparable"),
        ("b", "c", "concordant"),
        ("b", "d", "not_comparable"),
        ("c", "d", "not_comparable"),
    ]
