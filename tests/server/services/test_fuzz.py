"""Broken lines: whatever is wrong with a diary, it gets a reading or an error line, and never a traceback."""

import io
import json
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.criteria import DEFAULT
from server.services.analysis import analyse
from tests.builders import Json, after
from tests.factories.racing import times
from tests.server.domain.test_schema import validator
from tests.strategies import diaries

often = settings(max_examples=times(100, 2_000), deadline=None, suppress_health_check=[HealthCheck.too_slow])
EPISODES, READINGS, ERRORS = validator("episode"), validator("reading"), validator("error_line")
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 12)
    | st.sampled_from(
        [10**400, 1e308, -0.0, 2.5, 11.0, 3.0, "", "3", "x" * 201, "lidocaine", "Europe/Berlin"]
    )
    | st.sampled_from(
        ["2026-03-02T10:00:00", "2026-02-30T10:00:00Z", "2026-03-02", "2026-13-01", after("1h")]
    )
    | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["drug", "pain", "x"]), inner)
    ),
    max_leaves=4,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a value that can be changed: the object or list and the key in it."""
    listed = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for key, inner in listed:
        found += [(value, key), *places(inner)]
    return found


@st.composite
def broken(draw: st.DrawFn) -> Json:
    """A valid diary with one or two of its values left out or replaced by anything."""
    made = deepcopy(draw(diaries()))
    for _ in range(draw(st.integers(1, 2))):
        inside, key = draw(st.sampled_from(places(made)))
        if draw(st.integers(0, 3)):
            inside[key] = draw(ANYTHING)
        else:
            del inside[key]
        if not places(made):
            break
    return made


def answer_to(line: bytes) -> tuple[Json, bool]:
    (answer,) = analyse(io.BytesIO(line + b"\n"), DEFAULT)
    return json.loads(answer.text), answer.failed


@often
@given(broken())
def test_a_value_that_is_wrong_is_named_and_one_that_is_not_is_read(made: Json) -> None:
    """The code refuses what the schema refuses, and what a schema cannot know: zones and calendars."""
    found, failed = answer_to(json.dumps(made).encode())

    (ERRORS if failed else READINGS).validate(found)
    if not failed or found["error"]["code"] not in {"bad_zone", "bad_time", "bad_date"}:
        assert EPISODES.is_valid(made) is not failed


@often
@given(diaries(), st.data())
def test_a_line_damaged_on_its_way_has_an_answer(made: Json, data: st.DataObject) -> None:
    line = json.dumps(made).encode()
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, min(len(line), start + 9)))
    damage = data.draw(
        st.binary(max_size=4) | st.sampled_from([b"[" * 70, b'"', b"NaN", b"1e999", b"\\ud800"])
    )
    damaged = (line[:start] + damage + line[end:]).replace(b"\n", b" ").strip()

    if damaged:
        found, failed = answer_to(damaged)
        (ERRORS if failed else READINGS).validate(found)
