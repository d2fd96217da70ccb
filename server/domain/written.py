"""A reading as JSON: the shape, the key order and the rounding of the output."""

from collections.abc import Iterable
from typing import Any

from server.domain.anaesthetic import Anaesthetic
from server.domain.baseline import Level
from server.domain.counts import Counts
from server.domain.duration import Duration, Length, SecondResponse
from server.domain.exact import plain, tenths
from server.domain.flare import Flare
from server.domain.instants import DAY, MINUTE, Instant, LocalTime
from server.domain.onset import Call, Steroid
from server.domain.reasons import Reason
from server.domain.result import Reading
from server.domain.runs import Run

Json = dict[str, Any]


def to_json(reading: Reading) -> Json:
    """The reading as plain JSON, numbers rounded to 0.1 half away from zero; what does not exist is None."""
    anaesthetic, flare, steroid, duration = (
        reading.anaesthetic,
        reading.flare,
        reading.steroid,
        reading.duration,
    )
    length = duration.headline_length
    return {
        "episode_id": reading.episode_id,
        "criteria": reading.criteria,
        "as_of": reading.local.text(reading.as_of),
        "next_read_at": _time(reading.local, reading.next_read_at),
        "baseline": _baseline(reading.baseline),
        "anaesthetic": _anaesthetic(anaesthetic, reading.series.t0),
        "flare": _flare(flare),
        "steroid": _steroid(steroid),
        "duration": _duration(duration),
        "shape": reading.shape,
        "confidence": {
            "grade": reading.confidence.grade,
            "reasons": _reasons(reading.confidence.reasons),
        },
        "second_response": _second_response(duration.second_response),
        "responder": {str(day): responds for day, responds in reading.responder.items()},
        "evidence": {
            "anaesthetic": _once(anaesthetic.evidence),
            "flare": _once(flare.evidence),
            "onset": _once(steroid.evidence),
            "loss": _once(() if length is None else length.end.evidence),
        },
        "data": _data(reading.counts, reading.flags),
    }


def _time(local: LocalTime, at: Instant | None) -> str | None:
    return None if at is None else local.text(at)


def _reasons(reasons: Iterable[Reason]) -> list[Json]:
    return [found.to_json() for found in reasons]


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _baseline(level: Level) -> Json:
    return {"pre": level.pre, "days": tenths(level.days), "flags": list(level.flags)}


def _anaesthetic(found: Anaesthetic, t0: Instant) -> Json:
    return {
        "verdict": found.verdict,
        "reasons": _reasons(found.reasons),
        "peak_relief_percent": tenths(found.peak_relief),
        "confirmed_relief_percent": tenths(found.confirmed_relief),
        "time_weighted_relief_percent": tenths(found.time_weighted_relief),
        "first_50_minutes": None if found.first_50 is None else plain(found.first_50 - t0, MINUTE),
        "duration_50_minutes": _run(found.run_50),
        "duration_80_minutes": _run(found.run_80),
        "concordance": found.concordance,
        "stated_relief_gap_points": tenths(found.stated_gap),
    }


def _run(run: Run | None) -> Json | None:
    if run is None:
        return None
    high = None if run.high is None else plain(run.high, MINUTE)
    return {"low": plain(run.low, MINUTE), "high": high, "censored": run.censored}


def _flare(found: Flare) -> Json:
    return {
        "status": found.status,
        "reasons": _reasons(found.reasons),
        "start_day": tenths(found.start_day),
        "peak_rise": plain(found.peak_rise),
        "days": tenths(found.days),
    }


def _steroid(found: Steroid) -> Json:
    return {
        "status": found.status,
        "reasons": _reasons(found.reasons),
        "onset_day": _onset(found.good),
        "onset_30_day": _onset(found.some),
        "peak_relief_percent": tenths(found.peak_relief),
        "peak_day": tenths(found.peak_day),
    }


def _onset(call: Call | None) -> Json | None:
    if call is None:
        return None
    crossing = call.crossing
    return {
        "estimate": tenths(crossing.estimate, DAY),
        "low": tenths(crossing.low, DAY),
        "high": tenths(crossing.high, DAY),
    }


def _duration(found: Duration) -> Json:
    return {
        "headline": found.headline,
        "reasons": _reasons(found.reasons),
        "L50": _length(found.l50),
        "L30": _length(found.l30),
        "RTB": _length(found.rtb),
        "days_at_50_percent": found.days_at_50_percent,
        "breakthrough_days": found.breakthrough_days,
    }


def _length(length: Length | None) -> Json | None:
    if length is None:
        return None
    return {
        "days": tenths(length.length, DAY),
        "low": tenths(length.low, DAY),
        "high": tenths(length.high, DAY),
        "censored": length.censored,
        "ended_by": length.ended_by,
    }


def _second_response(found: SecondResponse | None) -> Json | None:
    if found is None:
        return None
    return {"start_day": tenths(found.start, DAY), "days": tenths(found.length, DAY)}


def _data(counts: Counts, flags: Iterable[str]) -> Json:
    return {
        "expected": counts.expected,
        "on_time": counts.on_time,
        "late": counts.late,
        "back_filled": counts.back_filled,
        "missing": counts.missing,
        "skipped": counts.skipped,
        "extra": counts.extra,
        "flags": list(flags),
    }
