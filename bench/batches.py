"""Sync requests as a phone sends them: 100 revisions of one patient's diary in one body."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

BATCH = 100
SCORES = (7, 6, 2, 1, 1, 2, 3, 5, 6, 8, 7, 5, 4, 3)


def batch_body(episode_id: str, performed_at: datetime) -> bytes:
    """One request of 100 new entries: scores of the first hours, then one average an evening."""
    taken = [performed_at + timedelta(minutes=15 * n) for n in range(1, 41)]
    taken += [performed_at.replace(hour=20) + timedelta(days=day) for day in range(1, BATCH - 39)]
    operations = [operation(episode_id, at, n) for n, at in enumerate(taken)]
    request = {"protocol": 1, "epoch": None, "batch_id": str(uuid4()), "cursor": None, "ops": operations}
    return json.dumps(request | {"client_time": stamp(datetime.now(UTC))}).encode()


def operation(episode_id: str, taken_at: datetime, number: int) -> dict[str, object]:
    return {
        "rev_id": str(uuid4()),
        "entry_id": str(uuid4()),
        "episode_id": episode_id,
        "parent_rev": None,
        "op": "put",
        "kind": "entry",
        "schema": 1,
        "recorded": {
            "day": taken_at.date().isoformat(),
            "local": taken_at.replace(tzinfo=None).isoformat(timespec="seconds"),
            "offset_min": 0,
            "zone": "UTC",
            "elapsed_ms": 12_000,
            "skew_ms": 40,
        },
        "body": {
            "taken_at": stamp(taken_at),
            "recorded_at": stamp(taken_at),
            "scale": "now" if number < 40 else "average_24h",
            "pain": SCORES[number % len(SCORES)],
            "side_effects": [{"code": "nausea", "severity": "mild"}] if number % 10 == 0 else [],
            "activity": "usual",
        },
    }


def stamp(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
