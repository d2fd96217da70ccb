"""The answer above each panel and the labels beside the marks, short enough for a chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.charts.words import (
    ENDINGS,
    clock,
    clock_span,
    day,
    days,
    days_so_far,
    figure,
    plain,
    span,
    whole,
)

_CONFIRMED = {
    "positive_strong": "Strongly positive",
    "positive": "Positive",
    "equivocal": "Equivocal",
    "negative": "Negative",
}
_FLARE = {
    "pending": "flare still open",
    "none": "no flare",
    "not_evaluable": "flare not evaluable",
    "local_soreness": "local soreness, no flare",
}
_STEROID = {
    "pending": "steroid response still open",
    "none": "no steroid response",
    "not_evaluable": "steroid response not evaluable",
    "not_applicable": "no steroid given",
}

_DAY_TOLD = {"still_in_relief", "ended_by_repeat", "ended_by_surgery"}
"""Reasons that name the local day on which the length ends."""
READ_TO = frozenset({"read_to_repeat", "read_to_surgery"})
"""Reasons that name the event that ends the reading."""


def headlines(reading: Mapping[str, Any], window_hours: float, as_of: float) -> dict[str, str]:
    """Panel key (`hours`, `days`, `months`) -> the claim of that panel in one line."""
    flare, steroid = _flare(reading["flare"]), _steroid(reading["steroid"])
    return {
        "hours": _anaesthetic(reading["anaesthetic"], window_hours),
        "days": _capital(f"{flare}; {steroid}"),
        "months": _capital(_duration(reading, as_of)),
    }


def _anaesthetic(phase: Mapping[str, Any], window_hours: float) -> str:
    verdict = phase["verdict"]
    confirmed, peak = phase["confirmed_relief_percent"], phase["peak_relief_percent"]
    if verdict == "pending":
        return f"Pending until {figure(window_hours)} h"
    if verdict == "unconfirmed" and peak is not None:
        return f"Unconfirmed: {whole(peak)} % relief once"
    if verdict in _CONFIRMED and confirmed is not None:
        amount = f"{whole(confirmed)} % relief" if confirmed >= 1 else "no relief"
        return f"{_CONFIRMED[verdict]}: {amount}"
    return _capital(plain(verdict, {"indeterminate": "indeterminate, not readable"}))


def _flare(flare: Mapping[str, Any]) -> str:
    status, rise = flare["status"], flare["peak_rise"]
    up = raised(rise)
    if status == "flare":
        return f"flare{up}, {_flare_open(flare) if flare['days'] is None else days(flare['days'])}"
    if status == "persistent_worsening":
        return f"lasting worsening{up}"
    return plain(status, _FLARE)


def _flare_open(flare: Mapping[str, Any]) -> str:
    """What is known of a flare without an end, shortly."""
    known = {"still_worse": "still going on", "return_open": "end not certain yet"}
    found = (known[reason["code"]] for reason in flare["reasons"] if reason["code"] in known)
    return next(found, "end not seen")


def raised(rise: float | None) -> str:
    """How far above baseline a flare went; nothing where it was called at the end of the scale."""
    return "" if rise is None or rise < 1 else f" +{figure(rise)}"


def _steroid(steroid: Mapping[str, Any]) -> str:
    status = steroid["status"]
    full, partial = steroid["onset_day"], steroid["onset_30_day"]
    if status == "merged":
        return "relief from the first day"
    if status in ("responded", "late") and full:
        return f"relief from {day(full)}"
    if status == "partial":
        return f"partial relief from {day(partial)}" if partial else "partial relief"
    if status == "not_applicable" and full:
        return f"no steroid given, relief from {day(full)}"
    return plain(status, _STEROID)


def _duration(reading: Mapping[str, Any], as_of: float) -> str:
    name = reading["duration"]["headline"]
    length = reading["duration"][name] if name else None
    onset = reading["steroid"]["onset_day" if name == "L50" else "onset_30_day"]
    if not length or not onset:
        return "not reached yet" if as_of <= 14 else _no_length(reading)
    partial = "relief" if name == "L50" else "partial relief"
    end = end_day(reading, onset, length)
    if length["ended_by"] is None and any(item["code"] == "gap" for item in reading["duration"]["reasons"]):
        return f"in {partial} to day {end}, then a gap"
    if length["ended_by"] is None:
        return f"still in {partial} at day {end}, {days_so_far(length['days'])} so far"
    lasted = f"after {days(length['days'])} ({span(length['low'], length['high'])})"
    if length["ended_by"] == "loss":
        return f"{partial} lost on day {end}, {lasted}"
    return f"{partial} to {plain(length['ended_by'], ENDINGS)} on day {end}, after {days(length['days'])}"


def _no_length(reading: Mapping[str, Any]) -> str:
    if reading["steroid"]["status"] == "not_evaluable":
        return "duration not evaluable"
    none = "no lasting relief yet" if awaits_relief(reading) else "no lasting relief"
    cut = (why["params"]["day"] for why in reading["duration"]["reasons"] if why["code"] in READ_TO)
    return next((f"{none}, read to day {day}" for day in cut), none)


def awaits_relief(reading: Mapping[str, Any]) -> bool:
    """Whether lasting relief may still begin: with or without a steroid, no verdict on it is final yet."""
    if "pending" in (reading["anaesthetic"]["verdict"], reading["steroid"]["status"]):
        return True
    return any(reason["code"] == "not_reached_yet" for reason in reading["duration"]["reasons"])


def end_day(reading: Mapping[str, Any], onset: Mapping[str, Any], length: Mapping[str, Any]) -> int:
    """The day on which the headline's length ends: the local day where its reason names one."""
    for reason in reading["duration"]["reasons"]:
        if reason["code"] in _DAY_TOLD and "day" in reason["params"]:
            return int(reason["params"]["day"])
    return whole(onset["estimate"] + length["days"])


def numb_label(low_minutes: float, high_minutes: float | None) -> str:
    """How long half of the pain stayed away in the first hours: `≥ 50 % relief to 3–4 h`."""
    if high_minutes is None:
        return f"≥ 50 % relief to {clock(low_minutes)} or longer"
    return f"≥ 50 % relief to {clock_span(low_minutes, high_minutes)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
