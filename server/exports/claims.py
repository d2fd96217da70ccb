"""One sentence for each of the four questions: the claim, the number, the interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.charts.headlines import READ_TO, awaits_relief, end_day
from server.charts.words import (
    clock,
    clock_span,
    day,
    days,
    days_so_far,
    drugs,
    figure,
    joined,
    span,
    whole,
)
from server.domain.criteria import find_criteria

Json = Mapping[str, Any]

_FITS: Mapping[str, str] = {
    "short": "shorter than expected of {drug}",
    "concordant": "as long as expected of {drug}",
    "prolonged": "longer than expected of {drug}",
    "not_judged": "the length is not judged against {drug}",
}

_FLARE_WEEK = 7
_FLARE_BACK = 10
"""An event up to these days, in which a flare begins and is over, cuts its reading short."""

POSITIVE: Mapping[str, str] = {"positive": "positive", "positive_strong": "strongly positive"}
_TOP_OF_SCALE = 2
"""A flare with a smaller rise was called at the end of the scale, where scores cannot rise."""


def texts(reasons: list[Json]) -> list[str]:
    """The sentences of the reasons, in their order."""
    return [str(reason["text"]) for reason in reasons]


def _because(claim: str, reasons: list[Json]) -> str:
    """The claim as a sentence, followed by the reasons given for it."""
    return " ".join([f"{claim}.", *texts(reasons)])


def anaesthetic(reading: Json, procedure: Json) -> str:
    """Did numbing this root take the pain away?"""
    phase = reading["anaesthetic"]
    verdict, confirmed = phase["verdict"], phase["confirmed_relief_percent"]
    if verdict in POSITIVE:
        parts = [
            f"Anaesthetic response: {POSITIVE[verdict]}",
            _confirmed(phase),
            *_lasting(phase, procedure),
        ]
        return "; ".join(part for part in parts if part) + "."
    if verdict == "unconfirmed":
        return f"Anaesthetic response: unconfirmed; {_unconfirmed(phase)}."
    if verdict in ("equivocal", "negative"):
        line = find_criteria(reading["criteria"]).positive_line
        most, short = ("", f", short of {line} %") if verdict == "equivocal" else ("no more than ", "")
        found = f"{most}{_confirmed(phase)}{short}" if confirmed is not None and whole(confirmed) > 0 else ""
        return f"Anaesthetic response: {verdict}; {found or _confirmed(phase) or 'no relief confirmed'}."
    return _because(f"Anaesthetic response: {verdict}", phase["reasons"])


def _confirmed(phase: Json) -> str:
    confirmed, peak = phase["confirmed_relief_percent"], phase["peak_relief_percent"]
    if confirmed is None:
        return ""
    best = "" if peak is None or whole(peak) <= max(whole(confirmed), 0) else f" (peak {whole(peak)} %)"
    if whole(confirmed) <= 0:
        return f"no relief confirmed by two successive scores{best}"
    return f"{whole(confirmed)} % relief confirmed by two successive scores{best}"


def _unconfirmed(phase: Json) -> str:
    peak, confirmed = phase["peak_relief_percent"], phase["confirmed_relief_percent"]
    amount = "" if peak is None or whole(peak) <= 0 else f"{whole(peak)} % "
    single = f"a single score showed {amount}relief"
    if confirmed is None or whole(confirmed) <= 0:
        return f"{single}, and no score next to it confirms it"
    return f"{single}, two successive scores confirm only {whole(confirmed)} %"


def _lasting(phase: Json, procedure: Json) -> list[str]:
    """How long half of the pain stayed away, and whether that fits the drug."""
    length, first = phase["duration_50_minutes"], phase["first_50_minutes"]
    if length is None:
        return []
    begin = "" if first is None else f" from {clock(first)}"
    if length["high"] is None:
        end = f"until {clock(length['low'])} or later"
    else:
        end = f"until {clock_span(length['low'], length['high'])}"
    fits = _FITS[phase["concordance"]].format(drug=drugs(procedure))
    return [f"at least 50 %{begin} {end} after the injection", fits]


def read_to(reasons: list[Json], last_day: int | None = None) -> str:
    """The sentence on the event that ends the reading, by `last_day` at the latest; else nothing."""
    for reason in reasons:
        if reason["code"] in READ_TO and (last_day is None or reason["params"]["day"] <= last_day):
            return str(reason["text"])
    return ""


def _noted(claim: str, note: str) -> str:
    """The claim with the note after it, once."""
    return claim if not note or note in claim else f"{claim} {note}"


def flare(reading: Json) -> str:
    """Did it get worse than before first?"""
    found = reading["flare"]
    if found["days"] is not None or found["status"] == "persistent_worsening":
        return _flare(found)
    until = _FLARE_BACK if found["status"] == "flare" else _FLARE_WEEK
    return _noted(_flare(found), read_to(reading["confidence"]["reasons"], until))


def _flare(flare: Json) -> str:
    status = flare["status"]
    if status in ("flare", "persistent_worsening"):
        return _rise(flare)
    if status == "local_soreness":
        return "No flare: soreness at the injection site only."
    if status == "none":
        return (
            "No flare: no daily average or pain-now score 2 points or more above baseline in the first week."
        )
    if status == "pending":
        return "Flare: none so far; the question stays open to the end of day 7."
    return _because("Flare: not evaluable", flare["reasons"])


def _rise(flare: Json) -> str:
    lasting = flare["status"] == "persistent_worsening"
    rise, start = flare["peak_rise"], flare["start_day"]
    name = "Lasting worsening" if lasting else "Flare"
    level = "pain at the top of the scale"
    if rise is not None and rise >= _TOP_OF_SCALE:
        level = f"pain up to {figure(rise)} points above baseline"
    begin = "" if start is None else f" from {_moment(start)}"
    if lasting:
        return f"{name}: {level}{begin}, not back by day 10."
    end = _flare_end(flare["reasons"]) if flare["days"] is None else f"it lasted {days(flare['days'])}"
    return f"{name}: {level}{begin}; {end}."


def _flare_end(reasons: list[Json]) -> str:
    """What is known of a flare without an end."""
    for reason in reasons:
        if reason["code"] == "still_worse":
            return f"still going on at the last entry, day {reason['params']['day']}"
        if reason["code"] == "return_open":
            at = f"at the last entry, day {reason['params']['day']}"
            return f"within one point of baseline {at}; whether that holds is not known yet"
    return "its end was not seen"


def _moment(at: float) -> str:
    return f"{clock(at * 1440)} after the injection" if at < 1 else f"day {whole(at)}"


def steroid(reading: Json) -> str:
    """When did lasting relief begin?"""
    steroid = reading["steroid"]
    full, status = steroid["onset_day"], steroid["status"]
    half = f"relief of at least 50 %{_from(full)}"
    some = f"relief of at least 30 %{_from(steroid['onset_30_day'])}"
    claims = {
        "responded": f"Steroid response: {half}{_met(steroid['reasons'])}.",
        "late": f"Late steroid response: {half}{_met(steroid['reasons'])}.",
        "merged": "Steroid response: merged with the anaesthetic; relief of at least 50 % "
        "from the first day on, without a gap.",
        "partial": f"Partial steroid response: {some}; 50 % was not held.",
        "none": "No steroid response: no lasting relief of at least 30 %, held on two days close together.",
        "pending": "Steroid response: pending; no lasting relief yet, the question stays open to day 28.",
        "not_applicable": "Steroid response: does not apply; no steroid was given."
        + (f" A steroid does not explain {half}." if full else ""),
        "not_evaluable": _because("Steroid response: not evaluable", steroid["reasons"]),
    }
    silent = {"pending", "not_evaluable", "not_applicable"}
    claim = claims[status] if status in silent else claims[status] + _best(steroid)
    return _noted(claim, read_to(steroid["reasons"]))


def _from(onset: Json | None) -> str:
    return "" if onset is None else f" from {day(onset)}"


def _met(reasons: list[Json]) -> str:
    """The two days that met the line, as the rule itself names them."""
    for reason in reasons:
        found = reason["params"]
        if reason["code"] == "line_met" and {"day", "partner", "cut", "baseline"} <= found.keys():
            pair = joined([figure(found["day"]), figure(found["partner"])])
            return (
                f"; days {pair} at or under {figure(found['cut'])}/10 (baseline {figure(found['baseline'])})"
            )
    return ""


def _best(steroid: Json) -> str:
    peak, at = steroid["peak_relief_percent"], steroid["peak_day"]
    if peak is None or at is None or whole(peak) <= 0:
        return ""
    return f" Best three days: {whole(peak)} % relief, around day {whole(at)}."


def duration(reading: Json) -> str:
    """How long did it last, or does it still last?"""
    duration = reading["duration"]
    name = duration["headline"]
    length = duration[name] if name else None
    if not length:
        return _noted(_no_length(reading), read_to(duration["reasons"]))
    onset = reading["steroid"]["onset_day" if name == "L50" else "onset_30_day"]
    claim = _length(length, name[1:], onset, reading)
    return f"Duration: {claim}.{_breakthrough(duration)}{_second(reading)}"


def _no_length(reading: Json) -> str:
    if reading["steroid"]["status"] == "not_evaluable":
        return "Duration: not evaluable."
    if awaits_relief(reading):
        return "Duration: pending; lasting relief has not begun yet."
    if reading["steroid"]["status"] == "not_applicable":
        return "Duration: no lasting relief; a block without steroid is not meant to give any."
    return "Duration: no lasting relief to time."


def _length(length: Json, level: str, onset: Json | None, reading: Json) -> str:
    relief, lasted = f"relief of at least {level} %", days(length["days"])
    end = "" if onset is None else f" day {end_day(reading, onset, length)}"
    ended_by = length["ended_by"]
    if ended_by is None:
        if any(reason["code"] == "gap" for reason in reading["duration"]["reasons"]):
            known = f"{relief} for at least {days_so_far(length['days'])}"
            return f"{known}{end and f', to{end}'}; a gap in the diary hides what followed"
        return f"still in {relief}{end and f' at{end}'}, {days_so_far(length['days'])} so far"
    if ended_by in ("repeat", "surgery"):
        event = "a repeat injection" if ended_by == "repeat" else "surgery"
        return f"{relief} lasted {lasted}, until {event}{end and f' on{end}'}"
    interval = span(length["low"], length["high"])
    known = "" if interval == lasted.split(" ")[0] else f" ({interval})"
    if ended_by == "analgesic":
        return f"{relief} lasted {lasted}{known}, until a higher dose of analgesic{end and f' from{end}'}"
    return f"{relief} lasted {lasted}{known} and was lost{end and f' on{end}'}"


def _breakthrough(duration: Json) -> str:
    count = duration["breakthrough_days"]
    if not count:
        return ""
    return f" {count} breakthrough {'day' if count == 1 else 'days'} in between."


def _second(reading: Json) -> str:
    second = reading["second_response"]
    if not second:
        return ""
    length = second.get("days")
    lasted = "" if length is None else f" and lasted {days(length)}"
    return f" Relief came again on day {whole(second['start_day'])}{lasted}."
