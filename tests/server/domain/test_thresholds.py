"""What a stricter line does to the verdicts of the same diaries."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from server.domain.criteria import SETS
from server.domain.diary import parse_episode
from server.domain.reading import read
from server.domain.thresholds import UNANSWERED, verdicts_under, what_if
from tests.builders import diary

LABELS = [criteria.label for criteria in SETS]
SCORES = st.lists(st.integers(0, 10), min_size=1, max_size=6)
CLOCK = ["+15m", "+30m", "+1h", "+2h", "+3h", "+4h"]


def drawn(scores, **more):
    pairs = " ".join(f"{span} {score}" for span, score in zip(CLOCK, scores, strict=False))
    return parse_episode(diary(now_scores=pairs, drug="bupivacaine", **more))


@given(SCORES, st.integers(0, 10), st.integers(0, 8))
def test_the_verdicts_are_those_of_whole_readings(scores, base, hours):
    episode = drawn(scores, base=base, as_of=f"{hours}h")
    assert verdicts_under(episode) == tuple(read(episode, found).anaesthetic.verdict for found in SETS)


@given(st.lists(SCORES, max_size=8))
def test_a_higher_line_only_takes_positives_away_and_the_flips_grow_with_it(diaries):
    found = what_if([verdicts_under(drawn(scores, as_of="1d")) for scores in diaries])
    hits = [found.positive[label].hits for label in LABELS]
    assert hits == sorted(hits, reverse=True)
    from_default = [flips for flips in found.flips if flips.one == LABELS[0]]
    assert [flips.other for flips in from_default] == LABELS[1:]
    assert all(flips.gained == 0 for flips in found.flips)
    lost = [flips.lost for flips in from_default]
    assert lost == sorted(lost)


@given(st.lists(SCORES, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_diaries_changes_nothing(diaries, shuffler):
    verdicts = [verdicts_under(drawn(scores)) for scores in diaries]
    other = list(verdicts)
    shuffler.shuffle(other)
    assert what_if(verdicts) == what_if(other)


def test_flips_between_lines_are_counted_where_both_give_an_answer():
    at_60_percent = drawn([4, 4, 4], base=10, as_of="1d")
    at_100_percent = drawn([0, 0, 0], base=10, as_of="1d")
    still_open = drawn([4, 4, 4], base=10, as_of="2h")
    found = what_if([verdicts_under(each) for each in (at_60_percent, at_100_percent, still_open)])
    assert verdicts_under(still_open)[:2] == ("positive", "pending")
    pair = found.flips[0]
    assert (pair.one, pair.other, pair.lost, pair.gained, pair.answered) == (
        "snrb-default/1",
        "yeom-70/1",
        1,
        0,
        2,
    )
    assert pair.flipped == (1, 2)
    assert found.positive["snrb-default/1"] == (3, 3)
    assert found.positive["complete-100/1"] == (1, 2)
    assert found.counts["complete-100/1"]["pending"] == 1


def test_every_pair_of_sets_is_compared_once():
    found = what_if([])
    assert [(flips.one, flips.other) for flips in found.flips] == [
        (one, other) for one, other in product(LABELS, LABELS) if LABELS.index(one) < LABELS.index(other)
    ]
    assert {"pending", "indeterminate"} == UNANSWERED
