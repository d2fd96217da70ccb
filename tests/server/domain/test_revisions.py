"""Which revision of an entry counts, in whatever order they arrive."""

from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.revisions import Head, Version, choose_head

FIRST, SECOND, THIRD, FOURTH = (UUID(int=number) for number in range(1, 5))


def head(*versions: Version) -> Head:
    """The head, which is the same for every order of arrival."""
    (found,) = {choose_head(arrived) for arrived in permutations(versions)}
    return found


def test_the_only_version_counts() -> None:
    assert head(Version(FIRST, None, tombstone=False)) == Head(FIRST, deleted=False, conflict=False)


def test_the_end_of_the_longest_chain_counts() -> None:
    chain = [Version(FIRST, None, tombstone=False), Version(SECOND, FIRST, tombstone=False)]
    beside = Version(FOURTH, None, tombstone=False)

    assert head(*chain) == Head(SECOND, deleted=False, conflict=False)
    assert head(*chain, beside) == Head(SECOND, deleted=False, conflict=True)


def test_of_two_edits_of_one_version_the_larger_id_counts_and_both_compete() -> None:
    edits = [Version(child, FIRST, tombstone=False) for child in (SECOND, THIRD)]

    assert head(Version(FIRST, None, tombstone=False), *edits) == Head(THIRD, deleted=False, conflict=True)


def test_a_tombstone_anywhere_keeps_the_entry_deleted() -> None:
    gone = Version(SECOND, FIRST, tombstone=True)
    edited = Version(THIRD, SECOND, tombstone=False)

    assert head(Version(FIRST, None, tombstone=False), gone, edited) == Head(
        THIRD, deleted=True, conflict=False
    )


def test_a_version_whose_parent_has_not_arrived_is_one_step_further() -> None:
    waiting = Version(SECOND, THIRD, tombstone=False)

    assert head(Version(FOURTH, None, tombstone=False), waiting) == Head(
        SECOND, deleted=False, conflict=False
    )


def test_versions_that_name_each_other_still_have_a_head() -> None:
    one, other = Version(FIRST, SECOND, tombstone=False), Version(SECOND, FIRST, tombstone=False)

    assert head(one, other) == Head(SECOND, deleted=False, conflict=False)


def test_an_entry_without_a_version_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        choose_head([])


@given(
    st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_arriving_twice_and_in_another_order_changes_nothing(drawn, random) -> None:
    versions = [
        Version(UUID(int=place), None if parent == 0 else UUID(int=parent), tombstone=gone)
        for place, (parent, gone) in enumerate(drawn, 1)
    ]
    arrived = [*versions, *versions]
    random.shuffle(arrived)

    assert choose_head(arrived) == choose_head(versions)
