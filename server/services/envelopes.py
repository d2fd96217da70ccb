"""The envelope of one operation: what almost every phone sends is taken at a glance, the rest by its shape.

Marshmallow explains best what is wrong, but takes a third of a whole batch's time to find that nothing is.
`at_a_glance` accepts a strict part of what `OperationSchema` accepts, with the same result; a property
test holds it to that.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from server.schemas import diary

KINDS: Final = frozenset(diary.KINDS)
OPS: Final = frozenset({"put", "tombstone"})
MOST_OFFSET: Final = 24 * 60
LONGEST_ZONE: Final = 64
_UUID: Final = 36
_DATE: Final = 10
_PLAIN_KEYS: Final = frozenset(
    {
        "taken_at",
        "recorded_at",
        "scale",
        "pain",
        "axial",
        "activity",
        "stated_relief_percent",
        "numb",
        "weak",
        "checkin_id",
        "skipped",
        "side_effects",
    }
)
_SIDE_EFFECT: Final = {"code", "severity"}
_MOST_SIDE_EFFECTS: Final = 40
_LONGEST_CHECKIN: Final = 80


def at_a_glance(raw: dict[str, Any]) -> dict[str, Any] | None:
    """The envelope as `OperationSchema` would load it, or None when it takes a closer look."""
    try:
        parent, body = raw["parent_rev"], raw["body"]
        if not (
            raw["kind"] in KINDS
            and raw["op"] in OPS
            and type(raw["schema"]) is int
            and (body is None or type(body) is dict)
            and _usual_recording(raw["recorded"])
        ):
            return None
        return {
            "rev_id": _uuid(raw["rev_id"]),
            "entry_id": _uuid(raw["entry_id"]),
            "episode_id": _episode_id(raw["episode_id"]),
            "parent_rev": None if parent is None else _uuid(parent),
            "op": raw["op"],
            "kind": raw["kind"],
            "body": body,
        }
    except (KeyError, TypeError, ValueError):
        return None


def is_plain(body: dict[str, Any]) -> bool:
    """Whether the diary format alone says all there is to say of an entry: no free text, no medicines."""
    if not _PLAIN_KEYS.issuperset(body) or not _plain_effects(body.get("side_effects")):
        return False
    checkin = body.get("checkin_id")
    return checkin is None or (type(checkin) is str and len(checkin) <= _LONGEST_CHECKIN)


def _plain_effects(listed: Any) -> bool:
    """None, or a list of whole side effects; their codes are the format's to check."""
    if listed is None:
        return True
    return (
        type(listed) is list
        and len(listed) <= _MOST_SIDE_EFFECTS
        and all(
            type(one) is dict and one.keys() == _SIDE_EFFECT and None not in one.values() for one in listed
        )
    )


def _uuid(text: Any) -> UUID:
    if type(text) is not str or len(text) != _UUID:
        raise ValueError
    return UUID(text)


_episode_id = lru_cache(maxsize=64)(_uuid)  # the records of a batch name one or two


def _usual_recording(recorded: Any) -> bool:
    if type(recorded) is not dict:
        return False
    day, local, zone = recorded["day"], recorded["local"], recorded["zone"]
    if type(zone) is not str or not 0 < len(zone) <= LONGEST_ZONE or len(day) != _DATE:
        return False
    date.fromisoformat(day)
    offset = recorded["offset_min"]
    return (
        datetime.fromisoformat(local).tzinfo is None
        and type(offset) is int
        and -MOST_OFFSET <= offset <= MOST_OFFSET
        and type(recorded.get("elapsed_ms")) in {int, type(None)}
        and type(recorded.get("skew_ms")) in {int, type(None)}
    )
