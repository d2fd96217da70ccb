"""The diagnostic window: how long the anaesthetic given can answer, and how long its relief may last."""

from dataclasses import dataclass

from server.domain.criteria import Criteria
from server.domain.diary import Procedure
from server.domain.exact import Exact, as_written, plain
from server.domain.instants import HOUR, MINUTE, Instant
from server.domain.reasons import Reason, reason


@dataclass(frozen=True, slots=True)
class Window:
    """Lengths in microseconds after T0; the limits of concordant relief are None where not judged."""

    ends_after: Instant
    lower: Instant | None
    prolonged: Instant | None
    volume_ml: Exact | float | None

    @property
    def hours(self) -> int:
        """The end of the diagnostic window in whole hours after T0."""
        return self.ends_after // HOUR


def diagnostic_window(procedure: Procedure, criteria: Criteria) -> Window:
    """The row of the drug; a mixture takes the whole row with the longest window."""
    parts = procedure.anaesthetics
    rows = [criteria.drug_row(part.drug, adrenaline=part.adrenaline) for part in parts]
    row = max(rows, key=lambda found: found.window_hours)
    volume = _volume(procedure)
    ends_after = row.window_hours * HOUR
    if row.lower_minutes is None or any(part.drug == "unknown" for part in parts):
        return Window(ends_after, None, None, volume)
    lower, prolonged = row.lower_minutes * MINUTE, row.prolonged_hours * HOUR
    if volume is not None and volume >= criteria.large_volume_ml:
        prolonged = prolonged * criteria.large_volume_percent // 100
    if volume is not None and volume < criteria.small_volume_ml:
        lower = lower * criteria.small_volume_percent // 100
    return Window(ends_after, lower, prolonged, volume)


def _volume(procedure: Procedure) -> Exact | float | None:
    """The volumes added up as they were written; unknown if one of them is."""
    volumes = [part.volume_ml for part in procedure.anaesthetics]
    if len(volumes) == 1:
        return volumes[0]
    known = [as_written(volume) for volume in volumes if volume is not None]
    return sum(known) if len(known) == len(volumes) else None


def selectivity(window: Window, criteria: Criteria) -> list[Reason]:
    """What the volume injected says about reaching only one root."""
    volume = window.volume_ml
    if volume is None or volume <= criteria.selective_volume_ml:
        return []
    doubtful = volume > criteria.doubtful_volume_ml
    return [reason("selectivity_doubtful" if doubtful else "selectivity_reduced", volume=plain(volume))]
