"""The words a root passport has for its codes, the same on screen, page and in text."""

from typing import Final

CAUTION: Final = (
    "A block that relieves is consistent with its root as a source and does not prove it; "
    "a block without relief rules out more readily."
)
STANDINGS: Final = {
    "argues_against": "argues against",
    "consistent": "consistent, no proof",
    "conflicting": "conflicting",
    "undecided": "undecided",
    "root_not_recorded": "root not recorded",
}
CATEGORIES: Final = {
    "concordant": "concordant",
    "discordant": "discordant",
    "discordant_prolonged": "discordant, prolonged",
    "negative": "negative",
    "not_comparable": "not comparable",
}
STEROIDS: Final = {
    "late": "responded late",
    "merged": "merged with block",
    "none": "no response",
    "not_applicable": "none given",
}
STATES: Final = {"met": "met", "not_met": "not met", "unknown": "open", "not_applicable": "does not apply"}
STATUSES: Final = {
    "there": "evidence is there",
    "not_there": "evidence is not there",
    "open": "open",
    "not_applicable": "does not apply",
}
