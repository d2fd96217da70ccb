"""The label of the whole course."""

from typing import Literal

from server.domain.anaesthetic import Anaesthetic
from server.domain.flare import Flare
from server.domain.onset import Steroid

Shape = Literal[
    "pending",
    "not_readable",
    "prolonged",
    "flare_then_relief",
    "anaesthetic_then_steroid",
    "delayed_steroid_only",
    "anaesthetic_only",
    "none",
]


def read_shape(anaesthetic: Anaesthetic, flare: Flare, steroid: Steroid, *, steroid_given: bool) -> Shape:
    """The first shape that applies."""
    if "pending" in {anaesthetic.verdict, steroid.status}:
        return "pending"
    if anaesthetic.verdict == "indeterminate":
        return "not_readable"
    if steroid.status == "merged" or (not steroid_given and anaesthetic.concordance == "prolonged"):
        return "prolonged"
    if steroid.responded:
        if flare.worse:
            return "flare_then_relief"
        return "anaesthetic_then_steroid" if anaesthetic.positive else "delayed_steroid_only"
    return "anaesthetic_only" if anaesthetic.positive else "none"
