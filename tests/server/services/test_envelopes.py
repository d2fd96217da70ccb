from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from server.domain.entries import parse_entry
from server.domain.values import DiaryError
from server.schemas.diary import EntryBodySchema, OperationSchema
from server.services.envelopes import at_a_glance, is_plain

ID = "0b5c1f9e-8f53-4a0e-9a0e-3d7a8a1f6c11"
RECORDED = {
    "day": "2026-03-02",
    "local": "2026-03-02T08:30:05",
    "offset_min": 60,
    "zone": "Europe/Berlin",
    "elapsed_ms": 4000,
    "skew_ms": None,
}
USUAL: dict[str, Any] = {
    "rev_id": ID,
    "entry_id": ID,
    "episode_id": ID,
    "parent_rev": None,
    "op": "put",
    "kind": "entry",
    "schema": 1,
    "recorded": RECORDED,
    "body": {"pain": 3},
}
TEXTS = [
    *("put", "tombstone", "entry", "Europe/Berlin", "2026-03-02", "20260302", "2026-W10-1", "2026-02-30"),
    *("2026-03-02T08:30:05", "2026-03-02T08:30", "2026-03-02T08:30:05Z", "2026-03-02T08:30:05.123456"),
    "20260302T083005",
]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2000, 2000),
    st.floats(allow_nan=False),
    st.text(max_size=80),
    st.sampled_from([*TEXTS, "", ID, ID.replace("-", ""), "{" + ID + "}", "urn:uuid:" + ID, ID.upper()]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def changed(whole: dict[str, Any], changes: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    return {key: value for key, value in (whole | changes).items() if key not in missing}


@st.composite
def envelopes(draw: st.DrawFn) -> dict[str, Any]:
    recorded = changed(
        RECORDED,
        draw(st.dictionaries(st.sampled_from([*RECORDED, "more"]), ODD, max_size=2)),
        draw(st.sets(st.sampled_from(list(RECORDED)), max_size=1)),
    )
    return changed(
        USUAL | {"recorded": recorded},
        draw(st.dictionaries(st.sampled_from([*USUAL, "more"]), ODD, max_size=2)),
        draw(st.sets(st.sampled_from(list(USUAL)), max_size=1)),
    )


def test_the_usual_envelope_is_taken_at_a_glance():
    found = at_a_glance(USUAL)

    assert found is not None
    assert found["rev_id"] == UUID(ID)


@given(raw=envelopes())
def test_what_is_taken_at_a_glance_the_shape_takes_too_and_reads_the_same(raw: dict[str, Any]):
    found = at_a_glance(raw)

    if found is not None:
        loaded = OperationSchema().load(raw)
        assert found == {key: loaded[key] for key in found}
        assert isinstance(loaded["recorded"]["day"], date)
        assert isinstance(loaded["recorded"]["local"], datetime)


KEYS = ["taken_at", "recorded_at", "scale", "pain", "axial", "activity", "stated_relief_percent", "numb"]
KEYS += ["weak", "checkin_id", "skipped", "note", "side_effects", "unknown"]
GOOD = {
    "taken_at": "2026-03-02T08:30:00+01:00",
    "recorded_at": "2026-03-02T08:30:00+01:00",
    "scale": "now",
    "pain": 3,
}
EFFECTS = st.lists(
    st.dictionaries(
        st.sampled_from(["code", "severity", "more"]), st.sampled_from([None, "nausea", "mild", 3])
    ),
    max_size=2,
)
VALUES = st.one_of(
    ODD,
    EFFECTS,
    st.sampled_from(["2026-03-02T08:30:00+01:00", "now", "rest", "asleep", 3, 3.0, 11, "x" * 81]),
)


@given(changes=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3))
def test_a_plain_entry_that_the_diary_format_takes_the_shape_takes_too(changes: dict[str, Any]):
    body = GOOD | changes
    if not is_plain(body):
        return
    try:
        parse_entry(body, 1)
    except DiaryError:
        return

    assert EntryBodySchema().load(body)


def test_free_text_and_lists_take_a_closer_look():
    assert is_plain(GOOD)
    assert not is_plain(GOOD | {"note": "x"})
    assert not is_plain(GOOD | {"analgesics": []})
    assert not is_plain(GOOD | {"side_effects": [{"code": "nausea"}]})
    assert not is_plain(GOOD | {"checkin_id": "x" * 81})


def test_a_shape_that_is_refused_is_never_taken_at_a_glance():
    raw = USUAL | {"recorded": RECORDED | {"offset_min": 9999}}

    assert at_a_glance(raw) is None
    with pytest.raises(ValidationError):
        OperationSchema().load(raw)
