"""Diaries in, readings out: every line gets one answer, in order, whatever is in it."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.domain.criteria import DEFAULT, find_criteria
from server.services import analysis
from server.services.analysis import LONGEST_LINE, analyse
from tests.builders import diary

DATA = Path("tests/data/simulated-episodes.jsonl").read_bytes()
SOUND = json.dumps(diary()).encode()


def answers(text: bytes, jobs: int = 1) -> list[dict]:
    return [json.loads(answer.text) for answer in analyse(io.BytesIO(text), DEFAULT, jobs)]


def errors(text: bytes) -> list[tuple[int, str]]:
    found = [answer for answer in answers(text) if "error" in answer]
    return [(answer["line"], answer["error"]["code"]) for answer in found]


def test_each_diary_gets_its_reading_in_order() -> None:
    ids = [json.loads(line)["episode_id"] for line in DATA.splitlines()]

    assert [answer["episode_id"] for answer in answers(DATA)] == ids


def test_several_processes_give_the_same_answers_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_BATCH_LINES", 7)
    mixed = DATA.replace(b'"zone"', b'"zona"') + b"broken\n\n" + DATA[: 1024 * 1024]

    assert answers(mixed, jobs=2) == answers(mixed)


ENTRY = '{"id":"e","taken_at":"2026-03-02T11:00:00+01:00","scale":"now","pain":4}'
TWISTED = [
    ENTRY.replace('"pain":4', '"pain":4.0'),
    ENTRY.replace('"pain":4', '"pain":4.5'),
    ENTRY.replace('"pain":4', '"pain":true'),
    ENTRY.replace('"pain":4', '"pain":11'),
    ENTRY.replace('"pain":4', '"pain":"4"'),
    ENTRY.replace('"pain":4', '"pain":4,"pain":9'),
    ENTRY.replace('"pain":4', '"pain":99999999999999999999'),
    ENTRY.replace('"pain":4', '"pain":null,"skipped":"asleep"'),
    ENTRY.replace(',"pain":4', ""),
    ENTRY.replace('"id":"e"', '"id":null'),
    ENTRY.replace('"id":"e"', '"id":7'),
    ENTRY.replace('"id":"e",', ""),
    ENTRY.replace('"now"', '"then"'),
    ENTRY.replace("+01:00", ""),
    ENTRY.replace("2026", "1026"),
    ENTRY.replace("}", ',"mood":"fine"}'),
    ENTRY.replace("}", ',"side_effects":[{"code":"nausea"}]}'),
    ENTRY.replace("}", ',"mood":' + "[" * 90 + "]" * 90 + "}"),
    "7",
    "null",
]


def test_a_diary_of_bare_scores_is_read_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = json.dumps({**diary(), "entries": []})
    lines = [empty.replace("[]", f"[{ENTRY.replace('e', 'f', 1)},{entry}]") for entry in (ENTRY, *TWISTED)]
    deep = json.dumps({**diary(), "note": 0}).replace('"note": 0', '"note": ' + "[" * 90 + "]" * 90)
    text = DATA + "\n".join([*lines, empty, deep, empty.replace("Europe/", "Eurasia/")]).encode()
    short = answers(text)
    monkeypatch.setattr(analysis, "_parse_plain", lambda line: None)

    assert short == answers(text)


def test_large_lines_close_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_BATCH_BYTES", 1)

    assert answers(SOUND + b"\n" + SOUND, jobs=2) == answers(SOUND + b"\n" + SOUND)


def test_only_a_few_batches_are_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_BATCH_LINES", 1)
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield SOUND

    running = analyse(lines(), DEFAULT, jobs=2)
    next(running)

    assert read <= 6
    running.close()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "bad_json"),
        (b'{"episode_id": NaN}', "bad_json"),
        (b'{"episode_id": -Infinity}', "bad_json"),
        (b"[1]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"\xff"', "bad_encoding"),
        (b"{}", "missing"),
        (b'{"x": 1e999}', "missing"),
        (b'{"x": ' + b"9" * 5000 + b"}", "bad_json"),
        (b'{"x": ' + b"[" * 63 + b"]" * 63 + b"}", "missing"),
        (b'{"x": ' + b"[" * 64 + b"]" * 64 + b"}", "too_deep"),
        (b"[" * 100_000, "too_deep"),
        (b'{"x": "' + b"[" * 100 + b'"}', "missing"),
        (b'{"x": "' + b"x" * LONGEST_LINE + b'"}', "too_long"),
        (b" " * (LONGEST_LINE + 1), "too_long"),
    ],
)
def test_a_line_that_cannot_be_used_is_an_error_line_and_the_rest_is_done(line: bytes, code: str) -> None:
    text = SOUND + b"\n\n" + line + b"\r\n  \n" + SOUND

    found = answers(text)

    assert errors(text) == [(3, code)]
    assert [answer["episode_id"] for answer in found if "error" not in answer] == ["drawn", "drawn"]
    assert [answer.failed for answer in analyse(io.BytesIO(text), DEFAULT)] == [False, True, False]


def test_a_line_of_exactly_eight_mebibytes_is_read() -> None:
    line = SOUND[:-1] + b', "x": "'
    line += b"x" * (LONGEST_LINE - len(line) - 2) + b'"}'

    assert len(line) == LONGEST_LINE
    assert errors(line + b"\n" + line) == []


def test_an_error_line_names_its_episode_when_it_can() -> None:
    found = answers(b'{"episode_id": "e1"}\n{"episode_id": ""}\n{"episode_id": 5}')

    assert [answer["episode_id"] for answer in found] == ["e1", None, None]
    assert found[0]["error"]["detail"] == "procedure is required."


def test_of_a_key_given_twice_the_last_counts() -> None:
    twice = SOUND.replace(b'"episode_id": "drawn"', b'"episode_id": "first", "episode_id": "last"')

    assert answers(twice)[0]["episode_id"] == "last"


def test_a_broken_surrogate_in_a_text_does_not_stop_the_output() -> None:
    odd = SOUND.replace(b"drawn", b"\\ud800")

    assert answers(odd)[0]["episode_id"] == "\ud800"


def test_the_criteria_asked_for_are_the_ones_used() -> None:
    (answer,) = analyse([SOUND], find_criteria("yeom-70"))

    assert json.loads(answer.text)["criteria"] == "yeom-70/1"


ODD_VALUES = (
    "1e999",
    "1E5",
    "-0",
    "0.1e-6",
    "9" * 400,
    "01",
    "NaN",
    '"\\ud800"',
    '"\\ud83d\\ude00"',
    '"\x7f"',
)
TEXTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
).map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@given(
    st.sampled_from(["zone", "as_of", "odd", "episode_id"]),
    TEXTS | st.sampled_from(ODD_VALUES).map(str.encode),
    st.none() | st.tuples(st.integers(0, 60), st.binary(max_size=2)),
)
@example("odd", b"[" * 1500 + b"]" * 1500, None)
@example("episode_id", b'"\xc3\xa9"', None)
def test_the_fast_decoder_and_encoder_change_no_answer(
    key: str, value: bytes, damage: tuple[int, bytes] | None
) -> None:
    line = SOUND[:-1] + b', "%b": %b}' % (key.encode(), value)
    if damage is not None:
        place, put = len(line) - damage[0], damage[1]
        line = line[:place] + put + line[place + 1 :]

    fast = [*analyse([line], DEFAULT)]
    with (
        patch.object(analysis, "_decode_fast", side_effect=ValueError),
        patch.object(analysis, "_encode_fast", side_effect=ValueError),
    ):
        assert fast == [*analyse([line], DEFAULT)]


ALONE = """
import gc, sys
from server.domain.criteria import DEFAULT
from server.services.analysis import analyse

lines = sys.stdin.buffer.read().splitlines()
list(analyse(lines, DEFAULT))
gc.collect()
gc.disable()
for _answer in analyse(lines, DEFAULT):
    pass
left_off, garbage = not gc.isenabled(), gc.collect()
gc.enable()
list(analyse(lines[:1], DEFAULT))
print(left_off, garbage, gc.isenabled())
"""


def test_a_reading_makes_no_reference_cycles_and_the_collector_is_left_as_it_was() -> None:
    """In a process of its own, where no other code leaves garbage behind."""
    lines = [*DATA.splitlines(), b"{", b'{"episode_id": "x"}', json.dumps(diary(entries=[{}])).encode()]

    done = subprocess.run(
        [sys.executable, "-c", ALONE], input=b"\n".join(lines), capture_output=True, check=True
    )

    assert done.stdout.split() == [b"True", b"0", b"True"]
