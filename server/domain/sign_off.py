"""What a physician may conclude from a reading, and which later changes ask for another look at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, Literal, NamedTuple

Json = Mapping[str, Any]
Key = Literal["anaesthetic", "flare", "steroid", "duration"]
Cause = Literal["entries", "record", "time"]

CONCLUSIONS: Final = ("consistent", "argues_against", "undecided", "not_readable")
"""What the block says of the root as the source; nothing proves it (Beynon 2019, BMJ Open 9:e025790)."""

_SUGGESTED: Final[Mapping[str, str]] = {
    "positive_strong": "consistent",
    "positive": "consistent",
    "unconfirmed": "undecided",
    "equivocal": "undecided",
    "negative": "argues_against",
    "indeterminate": "not_readable",
}
_EVIDENCE: Final[Mapping[Key, str]] = {
    "anaesthetic": "anaesthetic",
    "flare": "flare",
    "steroid": "onset",
    "duration": "loss",
}


def suggested(verdict: str) -> str | None:
    """The conclusion the rules would draw; none while the anaesthetic phase is open. It binds nobody."""
    return _SUGGESTED.get(verdict)


class Move(NamedTuple):
    """One of the four answers that reads differently: from which code to which, by which entries."""

    answer: Key
    before: str
    after: str
    entries: tuple[str, ...]
    cause: Cause


def moves(signed: Json, now: Json, changed: Collection[str], *, record_changed: bool) -> list[Move]:
    """The answers that moved since a reading was signed, in the order of the course.

    `changed` names the entries that came or were changed since; `record_changed` tells that the clinic's own
    record was corrected. An answer has moved when its category differs, or when an estimate has left the
    interval it was signed with; a relief that merely goes on has not.
    """
    found = []
    for key, (before, after) in _answers(signed, now).items():
        if before == after and not _shifted(key, signed, now):
            continue
        entries = _deciding(key, signed, now, changed)
        settled = before != "pending"
        if not entries and settled:
            entries = tuple(sorted(changed))
        cause: Cause = "entries" if entries else "record" if record_changed else "time"
        found.append(Move(key, before, after, entries, cause))
    return found


def asks_for_another_look(found: Collection[Move]) -> bool:
    """Whether a sign-off re-opens: by entries or a corrected record, not by a term that merely ran out.

    The diagnostic answer is the exception: signed while it was open, it has to be read once it is there.
    """
    return any(move.cause != "time" or move.answer == "anaesthetic" for move in found)


def _answers(signed: Json, now: Json) -> dict[Key, tuple[str, str]]:
    codes = (_codes(signed), _codes(now))
    return {key: (codes[0][key], codes[1][key]) for key in codes[0]}


def _codes(reading: Json) -> dict[Key, str]:
    duration = reading["duration"]
    length = _headline(duration)
    if length is None:
        lasted = "pending" if reading["steroid"]["status"] == "pending" else "none"
    else:
        lasted = f"{duration['headline']} {length['ended_by'] or 'goes_on'}"
    return {
        "anaesthetic": reading["anaesthetic"]["verdict"],
        "flare": reading["flare"]["status"],
        "steroid": reading["steroid"]["status"],
        "duration": lasted,
    }


def _headline(duration: Json) -> Json | None:
    headline = duration["headline"]
    found: Json | None = duration[headline] if headline else None
    return found


def _shifted(key: Key, signed: Json, now: Json) -> bool:
    """Whether the number behind an answer of the same name has moved."""
    if key == "flare":
        return bool(signed["flare"]["peak_rise"] != now["flare"]["peak_rise"])
    if key == "steroid":
        old, new = signed["steroid"]["onset_day"], now["steroid"]["onset_day"]
        return (old is None) != (new is None) or (
            old is not None and new is not None and not old["low"] <= new["estimate"] <= old["high"]
        )
    if key == "duration":
        was, length = _headline(signed["duration"]), _headline(now["duration"])
        if was is None or length is None or was["censored"]:
            return False  # a relief that goes on grows day by day; its end has another name
        return not was["low"] <= length["days"] <= was["high"]
    return False


def _deciding(key: Key, signed: Json, now: Json, changed: Collection[str]) -> tuple[str, ...]:
    """The entries that came or changed since, among those the answer rested on or rests on."""
    names = (*signed["evidence"][_EVIDENCE[key]], *now["evidence"][_EVIDENCE[key]])
    return tuple(name for name in dict.fromkeys(names) if name in changed)
