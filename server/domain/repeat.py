"""Whether the evidence that payers ask for before a repeat injection is there: rules frozen under a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from server.domain import function
from server.domain.blocks import Block
from server.domain.findings import Finding, finding, in_days
from server.domain.function import Gain, Total
from server.domain.onset import RESPONDED
from server.domain.sessions import Sessions

Kind = Literal["relief", "function", "medication", "sessions"]
State = Literal["met", "not_met", "unknown", "not_applicable"]
Status = Literal["there", "not_there", "open", "not_applicable"]


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """One payer's rule: `needed` of the kinds in `any_of`, within `sessions` per region in 12 months.

    `least_days` is how long relief must have lasted; None where the source's figure is not verified, and
    then none is asked for or printed. `gains` is how far a total of each questionnaire must fall for function
    to count as better.
    """

    name: str
    version: int
    source: str
    relief_percent: int
    least_days: int | None
    any_of: tuple[Kind, ...]
    needed: int
    sessions: int | None
    gains: Mapping[str, Gain] = field(hash=False)

    @property
    def label(self) -> str:
        """The name to store with an answer."""
        return f"{self.name}/{self.version}"


_SUCCESS: Final = MappingProxyType(
    {
        "odi": Gain(
            "percent",
            enough=40,
            least=18,
            source="ODI: 40 % counts as success of injections (Manchikanti, PMC2880841); after surgery 18 % "
            "(PMC3454560)",
        ),
        "ndi": Gain(
            "points",
            enough=19,
            least=4.8,
            source="NDI: 19 points (Cleland 2008, Arch Phys Med Rehabil 89:69-74); other published values "
            "4.8 to 13.4 (PMC3691175)",
        ),
    }
)
"""For a rule that asks for better function and gives no figure. ODI figures that could not be verified, such
as a fixed number of points, are left out."""
_HALF: Final = MappingProxyType({name: Gain("percent", enough=50, least=50) for name in function.NAMES})

RULES: Final = (
    RepeatRule(
        name="aetna-0722",
        version=1,
        source="Aetna Clinical Policy Bulletin 0722: two of at least 50 % relief, better function and less "
        "medication or other care, for at least 2 weeks",
        relief_percent=50,
        least_days=14,
        any_of=("relief", "function", "medication"),
        needed=2,
        sessions=None,
        gains=_SUCCESS,
    ),
    RepeatRule(
        name="lcd-l33906",
        version=1,
        source="Medicare LCD L33906, as summarised: at least 50 % sustained relief or 50 % gain of function; "
        "at most 4 sessions per region in a rolling 12 months",
        relief_percent=50,
        least_days=None,
        any_of=("relief", "function"),
        needed=1,
        sessions=4,
        gains=_HALF,
    ),
)


def find_rule(name: str) -> RepeatRule:
    """The newest version of `NAME`, or exactly the one of `NAME/1`; KeyError if there is none."""
    known = [rule for rule in RULES if name in {rule.name, rule.label}]
    if not known:
        raise KeyError(name)
    return max(known, key=lambda rule: rule.version)


class Answers(NamedTuple):
    """What staff recorded beside the diary: totals of questionnaires, and by the rule's own measure and time
    whether less medication was needed; None while nobody did."""

    totals: tuple[Total, ...] = ()
    less_medication: bool | None = None


NOTHING_RECORDED: Final = Answers()


def to_repeat(blocks: Iterable[Block]) -> Block:
    """The block a repeat would be of: the newest that was to last; of diagnostic ones only, the newest.

    Raises `ValueError` without a block.
    """
    return max(blocks, key=lambda block: (not block.diagnostic_only, block.performed_at, block.episode_id))


class Item(NamedTuple):
    """One thing a rule asks for and whether it is met."""

    kind: Kind
    state: State
    sentence: Finding


@dataclass(frozen=True, slots=True)
class RepeatEvidence:
    """Whether a rule's evidence is there; a decision about treatment it is not."""

    rule: str
    source: str
    status: Status
    items: tuple[Item, ...]


def evidence_for_repeat(
    rule: RepeatRule,
    block: Block,
    sessions: Sessions | None,
    today: date,
    answers: Answers = NOTHING_RECORDED,
) -> RepeatEvidence:
    """Judge a rule by the block to be repeated and the sessions of its region (None: region unknown).

    Of a block without steroid nothing that lasts is asked, so the rule does not apply; its sessions count.
    """
    if block.diagnostic_only:
        item = Item("relief", "not_applicable", finding("diagnostic_only", date=block.on.isoformat()))
        limits = [] if rule.sessions is None else [_sessions(rule.sessions, sessions, today)]
        return RepeatEvidence(rule.label, rule.source, "not_applicable", (item, *limits))
    items = [_item(kind, rule, block, answers) for kind in rule.any_of]
    met = sum(item.state == "met" for item in items)
    possible = met + sum(item.state == "unknown" for item in items)
    status: Status = "there" if met >= rule.needed else "open" if possible >= rule.needed else "not_there"
    if rule.sessions is not None:
        limit = _sessions(rule.sessions, sessions, today)
        items.append(limit)
        if limit.state == "not_met":
            status = "not_there"
        elif limit.state == "unknown" and status == "there":
            status = "open"
    return RepeatEvidence(rule.label, rule.source, status, tuple(items))


def _item(kind: Kind, rule: RepeatRule, block: Block, answers: Answers) -> Item:
    if kind == "relief":
        return _relief(rule, block)
    if kind == "function":
        days = rule.least_days or 0
        return Item(kind, *function.judge(answers.totals, block.region, block.on, days, rule.gains))
    told = answers.less_medication
    if told is None:
        return Item(kind, "unknown", finding("medication_unknown"))
    return Item(kind, "met" if told else "not_met", finding(f"medication_{'less' if told else 'not_less'}"))


def _relief(rule: RepeatRule, block: Block) -> Item:
    """Relief counts by what its interval makes certain: met from its low end, missed from its high end.

    Where the rule's least time is not verified, the length is told and the judgement left to the reader.
    """
    percent, days, span = rule.relief_percent, rule.least_days, block.relief
    if span is None:
        return _no_relief(percent, block.steroid)
    told = {"percent": percent, "days": days, "length": in_days(span.low, span.high)}
    if days is None:
        return Item("relief", "unknown", finding("relief_began", **told))
    if span.low >= days:
        return Item("relief", "met", finding("relief_long_enough", **told))
    if span.high is not None and span.high < days:
        return Item("relief", "not_met", finding("relief_too_short", **told))
    return Item("relief", "unknown", finding("relief_length_open", **told))


def _no_relief(percent: int, steroid: str) -> Item:
    if steroid in {"pending", *RESPONDED}:
        return Item("relief", "unknown", finding("relief_awaited", percent=percent))
    if steroid == "not_evaluable":
        return Item("relief", "unknown", finding("relief_unreadable", percent=percent))
    return Item("relief", "not_met", finding("relief_not_reached", percent=percent))


def _sessions(limit: int, sessions: Sessions | None, today: date) -> Item:
    if sessions is None:
        return Item("sessions", "unknown", finding("sessions_unknown"))
    used, on = sessions.used(today), today.isoformat()
    following = sessions.next_within(limit, today)
    if following <= today:
        return Item("sessions", "met", finding("sessions_left", used=used, limit=limit, date=on))
    told = finding("sessions_used_up", used=used, limit=limit, date=on, next=following.isoformat())
    return Item("sessions", "not_met", told)
