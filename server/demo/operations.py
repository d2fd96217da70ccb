"""What an invented patient's phone sends: sync operations that still lack the episode's id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from server.demo.diarist import Written
from server.demo.ids import new_id


@dataclass(frozen=True, slots=True)
class Sent:
    """One operation and the moment the phone saved it, in UTC."""

    recorded_at: datetime
    operation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DemoPhone:
    """The phone of one patient, set to one zone."""

    zone: str
    rng: Random

    def put(self, written: Written, kind: str = "entry") -> Sent:
        """The first version of a new entry or flag report."""
        taken_at, recorded_at = self._local(written.taken_at), self._local(written.recorded_at)
        times = {"taken_at": taken_at.isoformat(), "recorded_at": recorded_at.isoformat()}
        return Sent(
            written.recorded_at,
            {
                "rev_id": str(new_id(self.rng)),
                "entry_id": str(new_id(self.rng)),
                "parent_rev": None,
                "op": "put",
                "kind": kind,
                "schema": 1,
                "recorded": self._recorded(taken_at, recorded_at),
                "body": times | written.body,
            },
        )

    def edited(self, sent: Sent, changes: dict[str, Any], at: datetime) -> Sent:
        """A later version of the same entry with some answers changed."""
        body = sent.operation["body"] | changes | {"recorded_at": self._local(at).isoformat()}
        return self._later(sent, at, {"body": body})

    def deleted(self, sent: Sent, at: datetime) -> Sent:
        """The deletion of an entry."""
        return self._later(sent, at, {"op": "tombstone", "body": None})

    def _later(self, sent: Sent, at: datetime, changes: dict[str, Any]) -> Sent:
        taken_at = datetime.fromisoformat(sent.operation["body"]["taken_at"])
        version = {
            "rev_id": str(new_id(self.rng)),
            "parent_rev": sent.operation["rev_id"],
            "recorded": self._recorded(taken_at, self._local(at)),
        }
        return Sent(at, sent.operation | version | changes)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone))

    def _recorded(self, taken_at: datetime, recorded_at: datetime) -> dict[str, Any]:
        offset = recorded_at.utcoffset()
        return {
            "day": taken_at.date().isoformat(),
            "local": recorded_at.replace(tzinfo=None).isoformat(),
            "offset_min": 0 if offset is None else int(offset.total_seconds() // 60),
            "zone": self.zone,
            "elapsed_ms": self.rng.randint(6_000, 30_000),
            "skew_ms": self.rng.randint(-900, 900),
        }
