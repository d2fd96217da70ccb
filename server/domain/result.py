"""The reading as a value: what the engine found in one episode under one criteria version."""

from dataclasses import dataclass

from server.domain.anaesthetic import Anaesthetic
from server.domain.baseline import Level
from server.domain.confidence import Confidence
from server.domain.counts import Counts
from server.domain.duration import Duration
from server.domain.exact import Exact
from server.domain.flare import Flare
from server.domain.instants import Instant, LocalTime
from server.domain.onset import Steroid
from server.domain.series import Series
from server.domain.shape import Shape
from server.domain.window import Window


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading. Numbers are exact; only `to_json` rounds."""

    episode_id: str
    criteria: str
    as_of: Instant
    next_read_at: Instant | None
    local: LocalTime
    baseline: Level
    anaesthetic: Anaesthetic
    flare: Flare
    steroid: Steroid
    duration: Duration
    shape: Shape
    confidence: Confidence
    responder: dict[int, bool | None]
    counts: Counts
    flags: tuple[str, ...]
    window: Window
    series: Series

    @property
    def loss_days(self) -> tuple[Exact, Exact, Exact] | None:
        """Estimate, low and high of the headline's end in days after T0; None where no end was seen."""
        length = self.duration.headline_length
        return None if length is None or length.censored else length.end_days
