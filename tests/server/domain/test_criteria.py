"""Criteria sets: their names, their lines and the sources of their thresholds."""

from dataclasses import fields

import pytest

from server.domain.criteria import DEFAULT, LINE_SOURCES, SETS, SOURCES, find_criteria


def test_a_name_finds_the_newest_version_and_a_label_exactly_one() -> None:
    assert find_criteria("snrb-default") is DEFAULT
    assert find_criteria("snrb-default/1") is DEFAULT
    for unknown in ("snrb-default/2", "", "snrb"):
        with pytest.raises(KeyError):
            find_criteria(unknown)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("snrb-default/1", 50),
        ("yeom-70/1", 70),
        ("strict-75/1", 75),
        ("strict-80/1", 80),
        ("complete-100/1", 100),
    ],
)
def test_the_sets_move_the_positive_line(name: str, line: int) -> None:
    assert find_criteria(name).positive_line == line
    assert find_criteria(name).label == name


def test_every_threshold_has_a_source() -> None:
    assert {field.name for field in fields(DEFAULT)} - {"name", "version"} == set(SOURCES)
    assert {criteria.name for criteria in SETS} == set(LINE_SOURCES)
    assert all(SOURCES.values())
