"""Side effects and analgesics of one diary as a few lines: what, how strong, when, how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from server.charts.words import SIDE_EFFECTS, clock, plain
from server.domain.codes import SEVERITIES

Json = Mapping[str, Any]

_DAY: Final = timedelta(days=1)
_MOST: Final = 8
"""So many lines at most; the rest is told as a number."""


def rows(diary: Json, reading: Json) -> list[list[str]]:
    """Pairs of a name and what the diary says of it, the most frequent first, within the reading's time."""
    t0 = datetime.fromisoformat(diary["procedure"]["performed_at"])
    until = datetime.fromisoformat(reading["as_of"])
    seen: dict[str, list[tuple[timedelta, str]]] = {}
    taken: dict[str, list[tuple[timedelta, str]]] = {}
    for at, entry in _after(diary.get("entries") or [], t0, until):
        for effect in entry.get("side_effects") or []:
            seen.setdefault(effect["code"], []).append((at, str(effect.get("severity") or "")))
        for intake in entry.get("analgesics") or []:
            taken.setdefault(str(intake["drug"]), []).append((at, _dose(intake)))
    found = [[plain(code, SIDE_EFFECTS).capitalize(), _strongest(times)] for code, times in _frequent(seen)]
    found += [[f"{drug}, analgesic", _doses(times)] for drug, times in _frequent(taken)]
    if len(found) > _MOST:
        found = [*found[: _MOST - 1], ["and", f"{len(found) - _MOST + 1} more in the diary"]]
    return found


def _after(entries: Iterable[Json], t0: datetime, until: datetime) -> list[tuple[timedelta, Json]]:
    timed = [(datetime.fromisoformat(entry["taken_at"].upper()), entry) for entry in entries]
    return sorted(((at - t0, entry) for at, entry in timed if t0 <= at <= until), key=lambda found: found[0])


def _frequent(
    found: Mapping[str, list[tuple[timedelta, str]]],
) -> list[tuple[str, list[tuple[timedelta, str]]]]:
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0][0]))


def _strongest(times: list[tuple[timedelta, str]]) -> str:
    severities = [severity for severity in SEVERITIES if severity in {told for _, told in times}]
    strength = f"{severities[0]} to {severities[-1]}" if len(severities) > 1 else "".join(severities)
    return ", ".join(part for part in (strength, _span(times)) if part)


def _doses(times: list[tuple[timedelta, str]]) -> str:
    doses = [dose for _, dose in times if dose]
    usual = max(set(doses), key=doses.count) if doses else ""
    return ", ".join(part for part in (usual, _span(times)) if part)


def _dose(intake: Json) -> str:
    return f"{intake['dose_mg']:g} mg" if intake.get("dose_mg") else ""


def _span(times: list[tuple[timedelta, str]]) -> str:
    first, last = _moment(times[0][0]), _moment(times[-1][0])
    if len(times) == 1:
        return first
    often = f"{len(times)} times"
    return f"{often}, {first}" if first == last else f"{often}, {first} to {last}"


def _moment(since: timedelta) -> str:
    return clock(since / timedelta(minutes=1)) if since < _DAY else f"day {since // _DAY}"
