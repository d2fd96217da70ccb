"""How far the reading can be trusted: adherence to the protocol, and what confounds the answer."""

from dataclasses import dataclass
from typing import Literal

from server.domain.anaesthetic import Anaesthetic
from server.domain.baseline import Level
from server.domain.counts import Counts
from server.domain.criteria import Criteria
from server.domain.diary import Entry, Procedure
from server.domain.ending import read_to
from server.domain.exact import plain
from server.domain.reasons import Reason, reason
from server.domain.series import Series
from server.domain.window import Window


@dataclass(frozen=True, slots=True)
class Confidence:
    """Grade A to D with its reasons: adherence, confounders, and what nobody answered."""

    grade: Literal["A", "B", "C", "D"]
    reasons: tuple[Reason, ...]

    @property
    def waits(self) -> bool:
        """Whether a confounder may still go before the window ends."""
        return any(why.code.endswith("_yet") for why in self.reasons)


def read_confidence(
    series: Series,
    counts: Counts,
    procedure: Procedure,
    level: Level,
    anaesthetic: Anaesthetic,
    criteria: Criteria,
    *,
    window: Window,
) -> Confidence:
    """The grade, in the order D, A, B, C."""
    told = [entry for entry in series.telling(anaesthetic.read_until) if entry.taken_at > series.t0]
    over = series.as_of >= anaesthetic.window_ends_at
    confounders, unknown = _confounders(procedure, anaesthetic, told, window, criteria, over=over)
    limits = []
    if "low_baseline" in level.flags:
        limits.append(reason("low_baseline", baseline=level.pre))
    if anaesthetic.verdict == "indeterminate":
        limits.append(reason("verdict_indeterminate"))
    due, hundredfold = counts.expected, 100 * counts.on_time
    adherence = reason("adherence", on_time=counts.on_time, due=due, percent=plain(hundredfold, due))
    if limits or len(confounders) >= criteria.grade_d_confounders:
        grade: Literal["A", "B", "C", "D"] = "D"
    elif (
        hundredfold >= criteria.grade_a_percent * due
        and counts.due_after_t0 >= criteria.grade_a_due
        and not confounders
    ):
        grade = "A"
    else:
        kept = hundredfold >= criteria.grade_b_percent * due
        grade = "B" if kept and len(confounders) <= criteria.grade_b_confounders else "C"
    return Confidence(grade, (adherence, *limits, *confounders, *unknown, *read_to(series)))


def _confounders(
    procedure: Procedure,
    anaesthetic: Anaesthetic,
    entries: list[Entry],
    window: Window,
    criteria: Criteria,
    *,
    over: bool,
) -> tuple[list[Reason], list[Reason]]:
    """What confounds the anaesthetic phase, and what is unknown: listed, not counted.

    `entries` are the usable ones of the window, of every scale and those an analgesic covers too; what was
    not so in them may still come as long as the window is not `over`.
    """
    read, yet = anaesthetic.read, "" if over else "_yet"
    checks = [
        (procedure.sedation, reason("confounder_sedation"), "unknown_sedation"),
        (bool(read.covered), reason("confounder_rescue", entries=len(read.covered)), ""),
        (
            None if window.volume_ml is None else window.volume_ml > criteria.doubtful_volume_ml,
            reason("confounder_volume", volume=plain(window.volume_ml)),
            "unknown_volume",
        ),
        (_not_provoked(entries), reason(f"confounder_no_provocation{yet}"), "unknown_provocation"),
        (_not_numb(entries), reason(f"confounder_not_numb{yet}"), "unknown_numbness"),
    ]
    confounders = [found for applies, found, _ in checks if applies]
    unknown = [reason(code) for applies, _, code in checks if applies is None]
    return confounders, unknown


def _not_provoked(entries: list[Entry]) -> bool | None:
    told = {entry.answers.activity for entry in entries} - {None}
    return "provoking" not in told if told else None


def _not_numb(entries: list[Entry]) -> bool | None:
    told = {entry.answers.numb for entry in entries} - {None}
    return True not in told if told else None
