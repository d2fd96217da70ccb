"""Since when a diary reads as it does: what a de-identified file tells instead of the time of the export."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from server.domain.criteria import Criteria, find_criteria
from server.domain.diary import Episode, parse_episode
from server.domain.instants import DAY, Instant, fixed_time
from server.domain.reading import read, to_json
from server.domain.series import latest_moment
from server.exports.record import Json

_OF_THE_MOMENT = ("as_of", "next_read_at")


class Settled:
    """What `settled` found, kept by a digest for the tables of one export, which all ask the same."""

    def __init__(self) -> None:
        self._known: dict[bytes, str] = {}

    def __call__(self, diary: Json, criteria: str) -> str:
        """The same as `settled`."""
        key = hashlib.sha256(json.dumps([diary, criteria]).encode()).digest()
        if key not in self._known:
            self._known[key] = settled(diary, criteria)
        return self._known[key]


def settled(diary: Json, criteria: str) -> str:
    """The last entry's moment, or the fewest whole days after it that read the same; at most `as_of`."""
    episode, rules = parse_episode(diary), find_criteria(criteria)
    last, now = latest_moment(episode), episode.as_of
    wanted = _reading(episode, rules, now)
    if now is None or now <= last:
        return str(diary["as_of"])
    low, high = 0, (now - last) // DAY + 1
    while low < high:
        middle = (low + high) // 2
        if _reading(episode, rules, last + middle * DAY) == wanted:
            high = middle
        else:
            low = middle + 1
    at = last + low * DAY
    return str(diary["as_of"]) if at >= now else fixed_time(0).text(at)


def _reading(episode: Episode, criteria: Criteria, as_of: Instant | None) -> dict[str, Any]:
    body = to_json(read(episode, criteria, as_of))
    return {key: value for key, value in body.items() if key not in _OF_THE_MOMENT}
