"""Diaries drawn as text, so that a test shows the course it is about.

    diary(base=7, now_scores="+30m 2  +1h 2  +2h 3", averages="7 7 3 . 3")

`now_scores` are `now` scores at times after T0 (`m` minutes, `h` hours, `d` days; `-` before T0);
`averages` are the evening averages of day 1, 2, 3 ... with a dot for a day without one, and
`day 20: 6 6 6` continues later.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from server.domain.criteria import DEFAULT, Criteria
from server.domain.diary import parse_episode
from server.domain.reading import Reading, read, to_json

Json = dict[str, Any]

T0 = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
UNITS = {"m": 1, "h": 60, "d": 1440}


def after(span: str) -> str:
    """RFC 3339 of a span after T0, such as `+30m`, `-2h` or `1.5d`."""
    return (T0 + timedelta(minutes=float(span[:-1]) * UNITS[span[-1]])).isoformat()


def evening(day: int, time: str = "21:00") -> str:
    """RFC 3339 of a wall-clock time (UTC) on a day after T0's."""
    hours, minutes = map(int, time.split(":"))
    return (T0.replace(hour=hours, minute=minutes) + timedelta(days=day)).isoformat()


def now(span: str, pain: int | None, **more: Any) -> Json:
    """A `now` entry at a span after T0."""
    return {"id": f"now{span}", "taken_at": after(span), "scale": "now", "pain": pain, **more}


def average(day: int, pain: int | None, **more: Any) -> Json:
    """The evening average of a day."""
    return {"id": f"d{day}", "taken_at": evening(day), "scale": "average_24h", "pain": pain, **more}


def hours(drawn: str) -> list[Json]:
    """`now` entries from pairs of a span and a score."""
    words = drawn.split()
    return [now(span, int(pain)) for span, pain in zip(words[::2], words[1::2], strict=True)]


def days(drawn: str) -> list[Json]:
    """Evening averages: scores of successive days from day 1, or from `day N:` on; `.` for none."""
    entries, day = [], 1
    words = iter(drawn.split())
    for word in words:
        if word == "day":
            day = int(next(words).rstrip(":"))
            continue
        if word != ".":
            entries.append(average(day, int(word)))
        day += 1
    return entries


def diary(
    *,
    base: float = 7,
    drug: str = "lidocaine",
    volume: float | None = 0.5,
    steroid: Any = "dexamethasone",
    entries: list[Json] | None = None,
    now_scores: str = "",
    averages: str = "",
    as_of: str | None = None,
    **more: Any,
) -> Json:
    """One episode as JSON; `procedure` and `baseline` in `more` add keys to theirs."""
    procedure: Json = {"performed_at": after("0m"), "anaesthetic": {"drug": drug, "volume_ml": volume}}
    if steroid != "unknown":
        procedure["steroid"] = {"drug": steroid} if isinstance(steroid, str) else steroid
    made: Json = {
        "episode_id": "drawn",
        "zone": "UTC",
        "procedure": procedure | more.pop("procedure", {}),
        "baseline": {"pain": base} | more.pop("baseline", {}),
        "entries": [*hours(now_scores), *days(averages), *(entries or [])],
    }
    if as_of is not None:
        made["as_of"] = after(as_of)
    return made | more


def full_reading(episode: Json, criteria: Criteria = DEFAULT) -> Reading:
    """The reading as a value."""
    return read(parse_episode(episode), criteria)


def reading(episode: Json, criteria: Criteria = DEFAULT) -> Json:
    """The reading as it comes out: through text and back."""
    found: Json = json.loads(json.dumps(to_json(full_reading(episode, criteria))))
    return found


def drawn(**parts: Any) -> Json:
    """The reading of a drawn diary."""
    criteria = parts.pop("criteria", DEFAULT)
    return reading(diary(**parts), criteria)


def codes(reasons: list[Json]) -> list[str]:
    """The codes of reasons."""
    return [found["code"] for found in reasons]
