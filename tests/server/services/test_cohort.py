from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.cohort import TODAY, simulate
from server.charts.survival import draw_survival
from server.domain.cohort import Cohort
from server.domain.criteria import SETS
from server.domain.passing_on import CHANNELS
from server.domain.rates import SideBySide
from server.exports.cohort_table import TABLES, table
from server.persistence.queries.cohorts import Page, contents
from server.services.cohort import Question, answer, matching
from server.services.cohort_cells import responder_cells, withheld
from server.services.cohort_channels import channel_rows
from server.services.cohort_rows import FACETS, Contribution, packed
from server.services.snapshots import Snapshot, columns

OPERATORS = ("Dr A", "Dr B", "Dr C")


def contributions(size: int) -> list[Contribution]:
    rows, steroids = simulate(size, seed=3)
    found = []
    for place, (row, steroid) in enumerate(zip(rows, steroids, strict=True)):
        operator = "Dr C" if place < 3 else OPERATORS[place % 2]
        told = {"region": row.region, "level": f"L{3 + place % 3}", "steroid": steroid, "operator": operator}
        told["verdicts"] = "|".join([row.verdict, *["negative"] * (len(SETS) - 1)])
        told |= {"verdict": row.verdict, "steroid_status": row.steroid, "agent": "lidocaine"}
        found.append(Contribution(row, tuple(str(told.get(name) or "not recorded") for name in FACETS)))
    return found


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    packs = [packed(one) for one in contributions(600)]
    return columns(with_ids(packs[:250], packs[250:]), TODAY, 7)


def with_ids(*pages: list[Any]) -> list[Page]:
    """Pages as the query gives them."""
    return [([uuid4() for _ in page], contents([json.dumps(pack) for pack in page])) for page in pages]


def asked(snapshot: Snapshot, **question: Any) -> dict[str, Any]:
    made = Question(**question)
    return answer(snapshot, matching(snapshot, made), made)


def test_kept_rows_make_the_same_columns_as_the_readings_themselves(snapshot: Snapshot):
    whole = Cohort.of((one.row for one in contributions(600)), TODAY)
    assert whole.responder_table() == snapshot.cohort.responder_table()
    assert whole.side_effect_table() == snapshot.cohort.side_effect_table()
    assert whole.adherence() == snapshot.cohort.adherence()
    for line, lengths in whole.lengths.items():
        for name in ("low", "high", "ended_by"):
            np.testing.assert_array_equal(
                getattr(lengths, name), getattr(snapshot.cohort.lengths[line], name)
            )


def test_pages_make_the_same_columns_as_all_rows_at_once(snapshot: Snapshot):
    whole = columns(with_ids([packed(one) for one in contributions(600)]), TODAY, 7)
    assert asked(whole, group_by="steroid") == asked(snapshot, group_by="steroid")
    assert columns([], TODAY, 1).cohort.responder_table()["steroid"].due == 0


def test_filters_keep_what_fits_all_of_them(snapshot: Snapshot):
    rows = contributions(600)
    levels = [one.facets[FACETS.index("level")] for one in rows]
    regions = [one.facets[FACETS.index("region")] for one in rows]
    told = asked(snapshot, chosen={"level": ["L3", "L4"], "region": ["lumbar"]})
    expected = sum(
        level in {"L3", "L4"} and region == "lumbar" for level, region in zip(levels, regions, strict=True)
    )
    assert told["matched"] == expected > 0
    assert told["readings"] == 600
    assert asked(snapshot, chosen={"level": ["C9"]})["matched"] == 0
    start = date(2026, 1, 1)
    recent = asked(snapshot, start=start)["matched"]
    assert recent + asked(snapshot, end=date(2025, 12, 31))["matched"] == 600
    assert recent == sum(one.row.first_day >= (start - date(1970, 1, 1)).days for one in rows)


def test_groups_have_their_curves_rates_and_numbers_at_risk(snapshot: Snapshot):
    told = asked(snapshot, group_by="steroid")
    groups = {group["name"]: group for group in told["groups"]}
    assert set(groups) == {"betamethasone", "dexamethasone", "methylprednisolone", "none", "triamcinolone"}
    for group in groups.values():
        assert group["at_risk"]["counts"][0] == group["with_relief"]
        assert sorted(group["curve"]["share"], reverse=True) == group["curve"]["share"]
        case = group["responders"]["day 14"]["complete_case"]
        assert 0 <= case["low"] <= case["percent"] <= case["high"] <= 100
        assert sum(row["hits"] for row in group["phases"]["anaesthetic"]) == group["readings"]
    assert set(told["tests"]) == {"low", "middle", "high"}
    assert 0 <= told["tests"]["middle"] <= 1
    effects = {(row["part"], row["code"]): row for row in told["side_effects"]}
    assert effects["lumbosacral", "nausea"]["published_percent"] == 3.7
    assert [row["phase"] for row in told["adherence"]] == ["hours", "days", "weeks", "months"]


def test_stricter_lines_take_positives_away(snapshot: Snapshot):
    told = asked(snapshot, chosen={"region": ["lumbar"]})["what_if"]
    first, *others = told["sets"]
    assert told["unread"] == 0
    assert first["criteria"] == "snrb-default/1"
    assert (first["compared"], first["lost"]) == (None, None)
    for other in others:
        assert (other["positive"]["hits"], other["lost"]) == (0, first["positive"]["hits"])
        assert other["compared"] == first["positive"]["of"]


def test_rows_of_an_earlier_version_count_everywhere_but_in_what_if():
    packs = [packed(one) for one in contributions(40)]
    for pack in packs[:10]:
        pack[0].pop()
    told = asked(columns(with_ids(packs), TODAY, 1))
    assert (told["matched"], told["what_if"]["unread"]) == (40, 10)
    assert told["what_if"]["sets"][0]["positive"]["of"] == 30


def test_a_group_with_little_relief_shows_no_curve_of_single_people(snapshot: Snapshot):
    packs = [packed(one) for one in contributions(600)]
    with_relief = [pack for pack in packs if pack[1][14] is not None][:3]
    without = [pack for pack in packs if pack[1][14] is None][:9]
    for pack in (*with_relief, *without):
        pack[0][FACETS.index("operator")] = "Dr D"
    told = asked(columns(with_ids([*with_relief, *without]), TODAY, 1), group_by="operator")
    (group,) = told["groups"]
    assert (group["readings"], group["with_relief"], group["censored"]) == (12, None, None)
    assert group["curve"]["days"] == []
    assert group["median"] == {"days": None, "low": None, "high": None}
    assert set(group["at_risk"]["counts"]) <= {None, 0}


def test_small_groups_of_operators_are_hidden_and_those_of_others_are_not(snapshot: Snapshot):
    told = asked(snapshot, group_by="operator")
    groups = {group["name"]: group for group in told["groups"]}
    assert groups["Dr C"] == {"name": "Dr C", "hidden": True}
    assert sorted(group["hidden"] for group in groups.values()) == [False, True, True], (
        "one hidden group alone would be what the others leave of all"
    )
    assert told["tests"] is None, "a test would tell of the hidden group"
    counts = {row["value"]: row["count"] for row in told["facets"]["operator"]}
    assert counts["Dr C"] is None
    assert [*counts.values()].count(None) == 2
    only = asked(snapshot, chosen={"operator": ["Dr C"]})
    assert (only["matched"], only["groups"]) == (None, [])
    assert asked(snapshot, chosen={"level": ["L3"]})["matched"] is not None


@pytest.mark.parametrize(
    ("numbers", "places"),
    [
        ([], set()),
        ([9, 0, 5], set()),
        ([9, 4, 30], {0, 1}),
        ([9, 1, 1, 30], {0, 1, 2}),
        ([9, 3, 2, 30], {1, 2}),
        ([0, 4], {1}),
    ],
)
def test_what_is_withheld_cannot_be_had_by_subtraction(numbers: list[int], places: set[int]):
    assert withheld(numbers, 5) == places
    assert withheld(numbers, 0) == set()


@given(st.lists(st.integers(0, 40), max_size=9))
def test_what_is_missing_from_a_sum_is_several_numbers_and_no_small_one(numbers: list[int]):
    untold = withheld(numbers, 5)
    assert all(place in untold for place, number in enumerate(numbers) if 0 < number < 5)
    others = [number for place, number in enumerate(numbers) if number and place not in untold]
    missing = sum(numbers[place] for place in untold)
    assert not untold or not others or (len(untold) > 1 and missing >= 5)


def test_few_missing_answers_are_not_the_difference_of_two_rates():
    cells = responder_cells(SideBySide(20, 40, 43, 0, 0), 5)
    assert (cells["complete_case"]["of"], cells["missing_as_failure"]["hidden"]) == (40, True)
    assert responder_cells(SideBySide(20, 40, 43, 0, 0), 0)["missing"] == 3


def test_no_cell_of_a_sensitive_view_is_below_five(snapshot: Snapshot):
    def cells(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            own = [value] if {"hits", "of"} <= value.keys() else []
            return own + [cell for inner in value.values() for cell in cells(inner)]
        return [cell for inner in value for cell in cells(inner)] if isinstance(value, list) else []

    for chosen in ({}, {"level": ["L3"]}, {"region": ["sacral"], "level": ["L5"]}):
        for cell in cells(asked(snapshot, group_by="operator", chosen=chosen)):
            hits, of = cell["hits"], cell["of"]
            assert cell["hidden"] or hits == 0 or hits >= 5
            assert cell["hidden"] or of == hits or of - hits >= 5


def test_the_figure_draws_each_group_and_says_it_in_words(snapshot: Snapshot):
    told = asked(snapshot, group_by="steroid")
    for theme in ("light", "dark"):
        root = ET.fromstring(draw_survival(told["groups"], "L50", theme=theme))
        words = " ".join(root.itertext())
        for group in told["groups"]:
            assert f"{group['name']}: {group['with_relief']} with relief" in words
    assert "No relief to draw" in draw_survival([], "L50")


def test_every_table_is_csv_with_as_many_cells_as_columns(snapshot: Snapshot):
    none = np.zeros((600, len(CHANNELS), 3), np.int32)
    told = asked(snapshot, group_by="operator")
    told |= {"channels": channel_rows(none, snapshot, np.ones(600, np.bool_), 5)}
    for name in TABLES:
        lines = [row.split(",") for row in table(name, told).lstrip("\ufeff").splitlines()]
        assert len(lines) > 1
        assert {len(row) for row in lines} == {len(lines[0])}, name
        assert not any("Dr C" in row for row in lines)


def test_long_curves_are_thinned_and_keep_their_ends(snapshot: Snapshot):
    large = columns(with_ids([packed(one) for one in contributions(5_000)]), TODAY, 1)
    curve = asked(large)["groups"][0]["curve"]
    assert len(curve["days"]) == 300
    assert np.all(np.diff(curve["days"]) > 0)
    assert curve["days"][-1] <= curve["last"]
