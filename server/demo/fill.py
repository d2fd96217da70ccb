"""Feeding the demo's patients through the clinic's and the phones' own doors, in the order of events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias
from uuid import UUID

from server.demo.operations import Sent
from server.demo.patients import DemoPatient

Enter: TypeAlias = Callable[[dict[str, Any], datetime], tuple[UUID, UUID]]
"""Take the form for a new episode (as the API does, as JSON) at a time; give its id and the patient's."""
Sign: TypeAlias = Callable[[UUID, datetime], None]
"""Sign the reading of an episode as it stands at a time."""
Send: TypeAlias = Callable[[list[dict[str, Any]], datetime], None]
"""Send a batch of sync operations from one phone at a time."""
Connect: TypeAlias = Callable[[UUID, datetime], Send]
"""Enrol a phone for an episode at a time."""

TOGETHER: Final = timedelta(minutes=90)
"""Entries saved closer than this travel in one batch."""
UNTIL_ENTERED: Final = timedelta(minutes=1)
UNTIL_CONNECTED: Final = timedelta(minutes=3)
UNTIL_SENT: Final = timedelta(seconds=2)
MOST_IN_A_BATCH: Final = 100


def fill(patients: Iterable[DemoPatient], enter: Enter, connect: Connect, sign: Sign) -> dict[str, UUID]:
    """Enter every patient, enrol a phone each, send what it saved and sign; returns episodes' ids by key.

    All patients' steps are taken in the order of their times, so that the audit trail and the change
    numbers read as they would in a clinic.
    """
    episodes: dict[str, UUID] = {}
    people: dict[str, UUID] = {}
    phones: dict[str, Send] = {}
    steps = sorted((step for patient in patients for step in _steps(patient)), key=lambda step: step[0])
    for at, patient, batch in steps:
        if batch is None:
            known = (
                {"patient_id": str(people[patient.again])} if patient.again else {"patient": patient.patient}
            )
            episodes[patient.key], people[patient.key] = enter(known | {"episode": patient.episode}, at)
            phones[patient.key] = connect(episodes[patient.key], at + UNTIL_CONNECTED)
        elif not batch:
            sign(episodes[patient.key], at)
        else:
            episode_id = str(episodes[patient.key])
            phones[patient.key]([one.operation | {"episode_id": episode_id} for one in batch], at)
    return episodes


def _steps(patient: DemoPatient) -> Iterator[tuple[datetime, DemoPatient, list[Sent] | None]]:
    """Entering the patient (no batch), each batch, and each signature (an empty batch), with their times."""
    yield patient.entered_at + UNTIL_ENTERED, patient, None
    for at in patient.signed_at:
        yield at, patient, []
    batch: list[Sent] = []
    for one in patient.sent:
        if batch and (one.recorded_at - batch[-1].recorded_at > TOGETHER or len(batch) == MOST_IN_A_BATCH):
            yield batch[-1].recorded_at + UNTIL_SENT, patient, batch
            batch = []
        batch.append(one)
    if batch:
        yield batch[-1].recorded_at + UNTIL_SENT, patient, batch
