"""Reading accuracy on simulated diaries, per noise level, against the curve they were drawn from.

First the stored diaries, then diaries drawn here by other laws: the engine must not be tuned to one.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from math import isnan, nan
from pathlib import Path
from statistics import mean, median
from typing import Any

from bench.simulate import LAWS, NOISES, simulate
from server.domain.criteria import DEFAULT
from server.domain.diary import parse_episode
from server.domain.reading import read, to_json

Json = dict[str, Any]
Pair = tuple[Json, Json]
Figures = dict[str, float]
"""Figures by name; NaN where nothing can be compared."""

DATA = Path(__file__).parent.parent / "tests" / "data"
AS_TRUTH = {"unconfirmed": "equivocal"}
FLARES = {"flare", "persistent_worsening"}
RESPONSES = {"responded", "late", "merged"}


def accuracy(readings: Iterable[Json], truths: Iterable[Json]) -> dict[str, Figures]:
    """Figures per noise level, which is the prefix of the episode's id."""
    truth_of = {truth["episode_id"]: truth for truth in truths}
    levels: dict[str, list[Pair]] = {}
    for reading in readings:
        level = reading["episode_id"].split("-")[0]
        levels.setdefault(level, []).append((reading, truth_of[reading["episode_id"]]))
    return {level: _figures(pairs) for level, pairs in levels.items()}


def _figures(pairs: list[Pair]) -> Figures:
    onsets = [both for pair in pairs if (both := _onset(*pair))]
    lengths = [both for pair in pairs if (both := _length(*pair))]
    onset_errors = [abs(found["estimate"] - true) for found, true in onsets]
    length_errors = [abs(found["days"] - true) for found, true in lengths]
    verdicts = [_verdict(reading) == truth["anaesthetic"] for reading, truth in pairs]
    covered = [found["low"] <= true <= found["high"] for found, true in (*onsets, *lengths)]
    return {
        "verdict agreement": _mean(verdicts),
        "flare F1": _f1([(reading["flare"]["status"] in FLARES, truth["flare"]) for reading, truth in pairs]),
        "responder agreement": _mean(_responder(reading) == truth["responder"] for reading, truth in pairs),
        "onset error, days": _mean(onset_errors),
        "onset within 1 day": _mean(error <= 1 for error in onset_errors),
        "duration error, days": _mean(length_errors),
        "duration within 3 days": _mean(error <= 3 for error in length_errors),
        "coverage": _mean(covered),
        "median onset width, days": median(found["high"] - found["low"] for found, _ in onsets)
        if onsets
        else nan,
    }


def _verdict(reading: Json) -> str:
    verdict = reading["anaesthetic"]["verdict"]
    return AS_TRUTH.get(verdict, verdict)


def _responder(reading: Json) -> bool:
    steroid = reading["steroid"]
    return steroid["status"] in RESPONSES and steroid["onset_day"] is not None


def _onset(reading: Json, truth: Json) -> tuple[Json, float] | None:
    found, true = reading["steroid"]["onset_day"], truth["onset_day"]
    return None if found is None or true is None else (found, true)


def _length(reading: Json, truth: Json) -> tuple[Json, float] | None:
    found, end, onset = reading["duration"]["L50"], truth["end_day"], truth["onset_day"]
    if found is None or found["censored"] or end is None or onset is None:
        return None
    return found, end - onset


def _f1(pairs: list[tuple[bool, bool]]) -> float:
    hits = sum(found and true for found, true in pairs)
    calls = sum(found for found, _ in pairs) + sum(true for _, true in pairs)
    return 2 * hits / calls if calls else nan


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return mean(listed) if listed else nan


def lines(path: Path) -> list[Mapping[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def reading_of(diary: Mapping[str, Any]) -> Json:
    """The reading of one diary as it comes out."""
    return to_json(read(parse_episode(diary), DEFAULT))


def stored_figures() -> dict[str, Figures]:
    """Of the diaries in `tests/data`."""
    readings = map(reading_of, lines(DATA / "simulated-episodes.jsonl"))
    return accuracy(readings, map(dict, lines(DATA / "simulated-truth.jsonl")))


def drawn_figures(law: str, count: int, seed: int) -> dict[str, Figures]:
    """Of `count` diaries for each noise level, drawn by one law of `bench.simulate`."""
    pairs = [pair for name, noise in NOISES.items() for pair in simulate(LAWS[law], noise, count, seed, name)]
    return accuracy((reading_of(diary) for diary, _ in pairs), (truth for _, truth in pairs))


def show(title: str, found: Mapping[str, Figures]) -> None:
    """Print one column per noise level."""
    print(f"\n{title:26}" + "".join(f"{level:>10}" for level in found))
    for name in next(iter(found.values())):
        figures = (found[level][name] for level in found)
        print(f"{name:26}" + "".join(f"{'-' if isnan(value) else f'{value:.2f}':>10}" for value in figures))


def main(count: int) -> None:
    """Print the figures of the stored diaries and of every law."""
    show("75 stored diaries", stored_figures())
    for law in LAWS:
        show(f"{law} ({count} each)", drawn_figures(law, count, seed=11))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
