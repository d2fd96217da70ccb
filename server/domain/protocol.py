"""What a clinic's protocol may choose: which check-ins are offered, and until when reminders go on.

Expected check-ins are the same in every protocol, so that adherence means the same everywhere; one without
reminders is asked by the app all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.domain.instants import Instant, LocalTime
from server.domain.schedule import Slot

LAST_DAYS: Final = (28, 84, 365)
"""Days until which reminders may go on: the evenings, the weeks, the whole year."""
WHOLE: Final = LAST_DAYS[-1]
FEWEST_USABLE: Final = 4
"""Reminders thin only for a diary that has at least so many entries."""
REGIONS: Final = ("cervical", "thoracic", "lumbar")
PURPOSES: Final = ("diagnostic", "steroid")
TEMPLATES: Final = tuple(f"{region}-{purpose}" for region in REGIONS for purpose in PURPOSES)
"""One for each region and whether a steroid is given; sacral roots go with the lumbar ones."""


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one version of a protocol."""

    offer_45: bool = True
    evenings_before: bool = True
    impressions: bool = True
    remind_until_day: int = WHOLE


def options_from(raw: Mapping[str, Any]) -> Options:
    """Options as an episode keeps them; what is missing is as in the product's own protocol."""
    known = {key: raw[key] for key in Options.__dataclass_fields__ if key in raw}
    return Options(**known)


def offers(options: Options) -> dict[str, bool]:
    """What a phone needs to know of them: which check-ins it does not offer."""
    return {
        "offer_45": options.offer_45,
        "evenings_before": options.evenings_before,
        "impressions": options.impressions,
    }


def offered(planned: Sequence[Slot], options: Options) -> list[Slot]:
    """The check-ins without those this protocol does not offer; an expected one always stays."""
    return [slot for slot in planned if slot.expected or _is_offered(slot, options)]


def _is_offered(slot: Slot, options: Options) -> bool:
    if slot.kind == "early":
        return options.offer_45
    if slot.kind == "pgic":
        return options.impressions
    return slot.kind != "day" or options.evenings_before


def reminded(
    planned: Sequence[Slot], options: Options, t0: Instant, local: LocalTime, usable: int
) -> list[Slot]:
    """The check-ins reminders are made for."""
    if options.remind_until_day >= WHOLE or usable < FEWEST_USABLE:
        return list(planned)
    last = local.day(t0) + options.remind_until_day
    return [slot for slot in planned if local.day(slot.planned) <= last]
