"""What comparing the episodes of one patient finds, each as a code with one plain sentence.

A block of one root, single and uncontrolled, often relieves pain that comes from elsewhere; it seldom fails
at the root that hurts. So the sentences argue against a root more readily than they argue for it.
"""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

SENTENCES: Final = MappingProxyType(
    {
        # what the blocks of one root say
        "argues_against": "Numbing {root} did not relieve the pain ({dates}): this argues against {root} as "
        "its main source.",
        "consistent": "Numbing {root} relieved the pain ({dates}): consistent with {root} as a source, and "
        "no proof of it; blocks of other roots and of no root relieve pain too.",
        "conflicting": "The blocks of {root} disagree ({dates}): they neither support nor rule out {root}.",
        "undecided": "No block of {root} gives an answer to rely on ({dates}).",
        "root_not_recorded": "Level or side is not recorded ({dates}): this block belongs to no root.",
        # what weakens it
        "low_confidence": "The reading of {date} has confidence {grade}.",
        "not_numb": "On {date} the limb was not numb: the drug may not have reached the root, so a block "
        "without relief does not argue against it.",
        "not_selective": "On {date} {volume} mL were injected: neighbouring roots may have been numbed too.",
        # pairs that disagree
        "same_root_other_answer": "{root} relieved the pain on {first} and did not on {second}.",
        "several_roots_relieved": "Numbing {one} ({first}) and numbing {other} ({second}) both relieved the "
        "pain: the blocks do not tell these roots apart.",
        "relief_without_steroid_effect": "{root} on {date}: relief by the anaesthetic, none that lasted by "
        "the steroid. The one predicts the other poorly.",
        "steroid_effect_without_relief": "{root} on {date}: no relief by the anaesthetic, yet lasting relief "
        "later. The one predicts the other poorly.",
        # two blocks of one root with different anaesthetics
        "different_roots": "The blocks are not of one and the same recorded root.",
        "drug_unknown": "The anaesthetic of {date} is not fully known.",
        "same_anaesthetic": "Both blocks used {drug}: nothing is compared by repeating it.",
        "same_length_expected": "{one} and {other} are expected to last equally long.",
        "no_clear_answer": "The block of {date} has the verdict {verdict}: neither relief nor its failure.",
        "block_failed": "The block of {date} ({drug}) did not relieve the pain.",
        "duration_unknown": "How long the relief of {date} lasted is not known.",
        "far_beyond": "Relief on {date} lasted far beyond what {drug} explains ({length}).",
        "longer_lasted_longer": "Relief lasted longer with {longer} ({longer_length}) than with {shorter} "
        "({shorter_length}), as expected.",
        "shorter_lasted_longer": "Relief lasted longer with {shorter} ({shorter_length}) than with {longer} "
        "({longer_length}), against expectation.",
        "order_undecided": "Which relief lasted longer is open: {shorter_length} with {shorter}, "
        "{longer_length} with {longer}.",
        "beyond_not_excluded": "The end of the relief on {date} was not seen ({length}); it may have lasted "
        "far beyond what {drug} explains.",
        "beyond_possible": "The relief on {date} ended within {length}: possibly far beyond what {drug} "
        "explains.",
        "ended_by_analgesic": "On {date} an analgesic ended the measured relief; it may have lasted longer.",
        "diaries_vary": "In diaries the anaesthetics overlap widely: context, not proof.",
        # evidence for a repeat
        "relief_long_enough": "Relief of at least {percent} % lasted {length}; {days} days are needed.",
        "relief_too_short": "Relief of at least {percent} % lasted {length}; {days} days are needed.",
        "relief_length_open": "Relief of at least {percent} % lasted {length}: whether {days} days, is open.",
        "relief_began": "Relief of at least {percent} % lasted {length}. Whether that counts as sustained is "
        "for the rule's own text to say: its figure could not be verified here.",
        "relief_not_reached": "Relief of at least {percent} % did not begin.",
        "relief_awaited": "Whether relief of at least {percent} % begins is not known yet.",
        "relief_unreadable": "The diary does not show whether relief of at least {percent} % began.",
        "diagnostic_only": "No steroid was given on {date}, so the block was diagnostic only: lasting "
        "relief, better function or less medication are not asked of it.",
        "function_better": "{name} was {before} % on {before_on} and {after} % on {after_on} "
        "({change}){since}: at least {enough} less counts as better function.",
        "function_not_better": "{name} was {before} % on {before_on} and {after} % on {after_on} "
        "({change}){since}: better function begins at {least} less.",
        "function_open": "{name} was {before} % on {before_on} and {after} % on {after_on} "
        "({change}){since}: published figures for better function begin between {least} "
        "and {enough} less.",
        "function_unknown": "Whether function is better is not recorded: {missing}.",
        "medication_less": "Less medication or other care is recorded.",
        "medication_not_less": "No less medication or other care is recorded.",
        "medication_unknown": "Whether less medication or other care was needed is not recorded.",
        "sessions_left": "{used} of at most {limit} sessions in the 12 months to {date}.",
        "sessions_used_up": "{used} sessions in the 12 months to {date}, where {limit} are the most; the "
        "next falls within the limit from {next} on.",
        "sessions_unknown": "The region is not recorded, so its sessions cannot be counted.",
    }
)
"""One sentence for each code; the braces name its parameters."""

SOURCES: Final = MappingProxyType(
    {
        "consistent": "Beynon 2019, BMJ Open 9:e025790 (specificity of lumbar blocks 10-86 %)",
        "not_selective": "Singh 2015, Pain Physician 18:101-5",
        "relief_without_steroid_effect": "El-Yahchouchi 2014, Pain Med 15:921-8 (C-index 0.58)",
        "steroid_effect_without_relief": "El-Yahchouchi 2014, Pain Med 15:921-8 (C-index 0.58)",
        "longer_lasted_longer": "Barnsley 1993, Pain 55:99-106 (34 of 44 pairs)",
        "far_beyond": "Barnsley 1993, Pain 55:99-106 (13 pairs unexpectedly prolonged)",
        "diaries_vary": "Interv Pain Med 2022, doi 10.1016/j.inpm.2022.100083 (150 diaries, facet blocks)",
    }
)
"""Where a sentence leans on evidence: the paper behind it."""


_DATE: Final = re.compile(r"\b\d{4}-\d\d-\d\d\b")


class Finding(NamedTuple):
    """One finding; its sentence is made only when it is asked for."""

    code: str
    params: dict[str, Any]

    @property
    def text(self) -> str:
        """One plain sentence for a physician, its dates as people write them."""
        return _DATE.sub(
            lambda found: plain_day(date.fromisoformat(found[0])),
            SENTENCES[self.code].format(**self.params),
        )

    @property
    def source(self) -> str | None:
        """The evidence the sentence leans on, where there is any to name."""
        return self.params.get("source") or SOURCES.get(self.code)


def finding(code: str, **params: Any) -> Finding:
    """A finding with plain parameters."""
    return Finding(code, params)


def plain_day(on: date) -> str:
    """A date that no country misreads: `2 Mar 2026`."""
    return f"{on.day} {on:%b %Y}"


def in_hours(low: float, high: float | None) -> str:
    """A length of relief in words, from minutes: its interval in hours."""
    if high is None:
        return f"{plain_number(low / 60)} h or more"
    return f"{plain_number(low / 60)} to {plain_number(high / 60)} h"


def in_days(low: float, high: float | None) -> str:
    """A length of relief in words, from days."""
    return (
        f"{plain_number(low)} days or more"
        if high is None
        else f"{plain_number(low)} to {plain_number(high)} days"
    )


def plain_number(number: float) -> str:
    """A number with at most one decimal: `12`, `12.5`."""
    return f"{number:.1f}".removesuffix(".0")
