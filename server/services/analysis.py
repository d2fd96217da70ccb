"""Diaries as JSON Lines in, readings as JSON Lines out: in order, in flat memory, on one core or several."""

import gc
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import IO, Annotated, Any, Final, NamedTuple

import msgspec
import numpy as np

from server.domain.codes import Scale
from server.domain.criteria import Criteria
from server.domain.diary import EPISODE_ID_LENGTH, DiaryError, Episode, parse_episode
from server.domain.entries import entries_of_columns
from server.domain.reading import read_all, to_json

LONGEST_LINE: Final = 8 * 1024 * 1024
DEEPEST: Final = 64

_BATCH_LINES: Final = 64
"""Lines whose fits are made together: each step of a fit costs the same for one as for many."""
_BATCH_BYTES: Final = 1024 * 1024
_BATCHES_AHEAD: Final = 2  # for each process: enough to keep it busy, little enough to stay flat


class Answer(NamedTuple):
    """One line of output, newline included, and whether the line of input could not be used."""

    text: str
    failed: bool


Numbered = tuple[int, bytes]


def analyse(lines: IO[bytes] | Iterable[bytes], criteria: Criteria, jobs: int = 1) -> Iterator[Answer]:
    """Read every diary of a binary stream (or an iterable of lines) in input order; blank lines are skipped.

    A line that cannot be used gives an error line and the rest is done. `jobs` processes share the work; at
    any time only a few batches are in memory.
    """
    split = enumerate(_split(lines), 1)
    numbered = ((n, line) for n, line in split if len(line) > LONGEST_LINE or line.strip())
    if jobs == 1:
        with _without_collector():
            for few in _batches(numbered):
                yield from answer_all(few, criteria)
        return
    with ProcessPoolExecutor(jobs, initializer=gc.disable) as pool:
        ahead: deque[Future[list[Answer]]] = deque()
        for batch in _batches(numbered):
            ahead.append(pool.submit(answer_all, batch, criteria))
            if len(ahead) > jobs * _BATCHES_AHEAD:
                yield from ahead.popleft().result()
        while ahead:
            yield from ahead.popleft().result()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Readings make no reference cycles, so the cycle collector only walks a diary's values for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def answer_all(few: Sequence[Numbered], criteria: Criteria) -> list[Answer]:
    """The readings of a few numbered lines, or their error lines."""
    # One step for all before the next one, as in `read_all`.
    parsed = [_parse(line, number) for number, line in few]
    readings = read_all([one for one in parsed if isinstance(one, Episode)], criteria)
    written = map(_dump, [to_json(reading) for reading in readings])
    return [Answer(next(written), failed=False) if isinstance(one, Episode) else one for one in parsed]


def _parse(line: bytes, number: int) -> Episode | Answer:
    raw: object = None
    try:
        if (episode := _parse_plain(line)) is not None:
            return episode
        raw = _load(line)
        return parse_episode(raw)
    except DiaryError as error:
        problem = {"code": error.code, "detail": error.detail}
        return Answer(_dump({"episode_id": _id_of(raw), "line": number, "error": problem}), failed=True)


def _batches(numbered: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    size = 0
    for item in numbered:
        batch.append(item)
        size += len(item[1])
        if len(batch) >= _BATCH_LINES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _split(lines: IO[bytes] | Iterable[bytes]) -> Iterator[bytes]:
    """Lines without their newline; of an overlong line only as much as shows that it is too long."""
    readline = getattr(lines, "readline", None)
    if readline is None:
        yield from lines
        return
    while line := readline(LONGEST_LINE + 2):
        whole = line.endswith(b"\n")
        yield line.rstrip(b"\r\n")
        while not whole and len(line) == LONGEST_LINE + 2:
            line = readline(LONGEST_LINE + 2)
            whole = line.endswith(b"\n")


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


_decode: Final = json.JSONDecoder(parse_constant=_no_constant).decode
_dump_compact: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
_decode_fast: Final = msgspec.json.Decoder().decode
_encode_fast: Final = msgspec.json.Encoder().encode


def _dump(found: dict[str, Any]) -> str:
    """Compact JSON in ASCII; the fast encoder escapes nothing beyond it, so such texts go the slow way."""
    try:
        fast = _encode_fast(found)
    except ValueError:  # half a surrogate pair
        fast = b"\x7f"
    written = _dump_compact(found) if b"\x7f" in fast or not fast.isascii() else fast.decode()
    return written + "\n"


class _Score(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """An entry with no more than a score."""

    id: str
    taken_at: str
    scale: Scale
    pain: Annotated[int, msgspec.Meta(ge=0, le=10)]


class _Diary(msgspec.Struct, gc=False):
    """A diary whose entries are all such: what `parse_episode` reads of it."""

    episode_id: Any
    procedure: Any
    baseline: Any
    entries: list[_Score]
    zone: Any = None
    events: Any = None
    as_of: Any = None


_KEYS: Final = ("episode_id", "procedure", "baseline", "zone", "events", "as_of")
_BRACE, _BRACKET = ord("{"), ord("[")  # they differ in one bit
_decode_plain: Final = msgspec.json.Decoder(_Diary).decode


def _parse_plain(line: bytes) -> Episode | None:
    """The episode of a line in which every entry is only a score, as most are: checked while it is decoded.

    None for any other line, and for one with a fault that the long way names.
    """
    if len(line) > LONGEST_LINE:
        return None
    try:
        found = _decode_plain(line)
        written = found.entries
        if _may_be_deep(line, len(written)):
            return None
        entries = entries_of_columns(
            [one.id for one in written],
            [one.taken_at for one in written],
            [one.scale for one in written],
            [one.pain for one in written],
        )
        return parse_episode({key: getattr(found, key) for key in _KEYS}, entries)
    except (ValueError, RecursionError):
        return None


def _load(line: bytes) -> object:
    """The JSON of a line; of a key given twice the last counts.

    The fast decoder takes nothing that the other one refuses, and that one says what is wrong.
    """
    if len(line) > LONGEST_LINE:
        raise DiaryError("too_long")
    try:
        raw: object = _decode_fast(line)
    except (ValueError, RecursionError):
        raw = _load_slowly(line)
    if not isinstance(raw, dict):
        raise DiaryError("not_an_object")
    entries = raw.get("entries")
    listed = len(entries) if isinstance(entries, list) else 0
    if _may_be_deep(line, listed) and _is_too_deep(raw):
        raise DiaryError("too_deep")
    return raw


def _load_slowly(line: bytes) -> object:
    try:
        return _decode(line.decode())
    except UnicodeDecodeError:
        raise DiaryError("bad_encoding") from None
    except RecursionError:
        raise DiaryError("too_deep") from None
    except ValueError:
        raise DiaryError("bad_json") from None


def _may_be_deep(line: bytes, listed: int) -> bool:
    """A cheap bound: each listed entry opens one bracket of its own, so the others limit how deep it is."""
    opening = np.frombuffer(line, np.uint8) | (_BRACE ^ _BRACKET) == _BRACE  # far faster than two counts
    return bool(np.count_nonzero(opening) - listed >= DEEPEST)


def _is_too_deep(raw: object) -> bool:
    level: list[Any] = [raw]
    for _ in range(DEEPEST):
        inner = (part.values() if isinstance(part, dict) else part for part in level)
        level = [value for values in inner for value in values if isinstance(value, dict | list)]
        if not level:
            return False
    return True


def _id_of(raw: object) -> str | None:
    found = raw.get("episode_id") if isinstance(raw, dict) else None
    return found if isinstance(found, str) and 0 < len(found) <= EPISODE_ID_LENGTH else None
