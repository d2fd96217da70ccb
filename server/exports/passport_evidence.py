"""Sessions and the evidence for a repeat, opened: what is counted, by whose rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from server.domain.function import NAMES
from server.domain.repeat import RULES, Item, find_rule
from server.domain.sessions import Sessions, a_year_before
from server.exports.dates import day_of
from server.exports.figures import Counted, Figure
from server.exports.passport_answers import Injection, Passport, totals_of
from server.exports.passport_opening import Opened
from server.exports.passport_words import STATES

SESSION_RULE: Final = (
    "Injections of one day into one region are one session. Only those recorded here are known."
)
KINDS: Final = {
    "relief": (
        "Lasting relief",
        "How long relief of {percent} % lasted, by what its interval makes certain.",
    ),
    "function": (
        "Function",
        "The newest ODI or NDI total up to the block against the lowest after it, as staff entered them.",
    ),
    "medication": ("Medication", "Whether less medication or other care was needed; nobody records it here."),
    "sessions": ("Sessions", SESSION_RULE),
}


def session_figures(passport: Passport, region: str | None, sessions: Sessions) -> list[Figure]:
    """How many sessions a region has had: in the last 12 months, and the most in any."""
    name = (region or "region not recorded").capitalize()
    limits = [rule for rule in RULES if rule.sessions is not None]
    source = "; ".join(rule.source for rule in limits)
    recent = [on for on in sessions.dates if a_year_before(passport.today) < on <= passport.today]
    fullest = max(sessions.counts, key=lambda count: count.in_12_months)
    most = [on for on in sessions.dates if a_year_before(fullest.on) < on <= fullest.on]
    told = (
        (
            "in_12_months",
            f"{len(recent)} in the 12 months to {day_of(passport.today)}",
            passport.today,
            recent,
        ),
        ("most_in_12_months", f"{len(most)}, the most in any 12 months", fullest.on, most),
    )
    return [
        Figure(key, "sessions", name, value, _span(until), source, counted=_held(passport, region, dates))
        for key, value, until, dates in told
    ]


def _span(until: date) -> str:
    return f"Sessions after {day_of(a_year_before(until))}, up to {day_of(until)}. {SESSION_RULE}"


def _held(passport: Passport, region: str | None, dates: Sequence[date]) -> tuple[Counted, ...]:
    """The injections of some sessions, one line each."""
    ours: list[Injection] = [one for one in passport.injections if one.region == region and one.on in dates]
    ordered = sorted(ours, key=lambda one: (one.on, one.root))
    return tuple(Counted(f"{day_of(one.on)}: {one.root}", one.episode_id) for one in ordered)


def item_figure(passport: Passport, item: Item, label: str, judged: Opened) -> Figure:
    """One thing that a payer's rule asks for."""
    rule = find_rule(label)
    name, words = KINDS[item.kind]
    source = item.sentence.source or rule.source
    told = f"{words.format(percent=rule.relief_percent)} {item.sentence.text}"
    counted = _behind_item(passport, item, judged)
    return Figure(item.kind, "repeat", name, STATES[item.state], told, source, counted=counted)


def _behind_item(passport: Passport, item: Item, judged: Opened) -> tuple[Counted, ...]:
    block = judged.block
    if item.kind == "relief":
        return (judged.named(_given(judged)), *judged.lines(judged.behind["L50"]))
    if item.kind == "function":
        ours = sorted(totals_of(passport, block), key=lambda one: one.on)
        lines = (f"{NAMES[one.instrument]} {one.percent:g} % on {day_of(one.on)}" for one in ours)
        return tuple(Counted(line, block.episode_id) for line in lines)
    if item.kind == "sessions":
        sessions = passport.sessions.get(block.region, Sessions(())) if block.region else Sessions(())
        since = a_year_before(passport.today)
        recent = [on for on in sessions.dates if since < on <= passport.today]
        return _held(passport, block.region, recent)
    return ()


def _given(opened: Opened) -> str:
    if opened.block.diagnostic_only:
        return "no steroid given"
    span = opened.block.relief
    return "no lasting relief of 50 %" if span is None else f"L50 {opened.figures['L50'].value}"
