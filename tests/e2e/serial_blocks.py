"""A patient with three blocks, as files a clinic could import: what a root passport is there for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from server.services import importing
from server.services.importing import File

NAME = "Juniper Demo"
NUMBER = "DEMO-100"
CLOCK = (0.25, 0.5, 1, 2, 3, 4, 5, 6, 7, 8)
"""Hours after T0 at which scores are asked."""


class Past(NamedTuple):
    """One block: how long ago, what was given, and the scores of the hours and the days."""

    days_ago: int
    level: str
    anaesthetic: str
    steroid: str
    hours: str
    days: str


BLOCKS = (
    Past(230, "L5", "lidocaine", "dexamethasone", "2 1 1 2 4 6 7 7 7 7", "7 6 4 3 2 2 2 1 2 2 2 3 2 2"),
    Past(150, "L4", "lidocaine", "none", "7 6 7 7 6 7 7 7 7 7", "7 7 6 7 7 7 6 7 7 7 7 7 6 7"),
    Past(70, "L5", "bupivacaine", "triamcinolone", "2 1 1 0 1 1 1 2 4 6", "8 7 5 4 3 2 2 2 1 1 2 2 1 2"),
)
WEEKS = (21, 28, 35, 42, 49, 56)


def bring_in(clinic_id: UUID, email: str, now: datetime) -> None:
    """Import the patient, the three blocks and their paper diaries."""
    staff = importing.acting(uuid4(), email, clinic_id)
    for kind, lines in (("procedures", procedures(now)), ("diary", diaries(now))):
        file = File(kind, "\n".join(lines).encode())
        report = importing.run(staff, file, now, confirmed=file.digest)
        assert report.stored, report.told()


def procedures(now: datetime) -> Iterator[str]:
    yield (
        "record_number,name,born_on,t0_date,t0_time,region,level,side,indication,"
        "anaesthetic,volume_ml,steroid,steroid_dose_mg,sedation,operator,baseline_pain"
    )
    for block in BLOCKS:
        dose = "" if block.steroid == "none" else "10"
        yield (
            f"{NUMBER},{NAME},1967-10-02,{_day(now, block)},09:30,lumbar,{block.level},left,herniated_disc,"
            f"{block.anaesthetic},0.5,{block.steroid},{dose},false,Dr. Demo,7"
        )


def diaries(now: datetime) -> Iterator[str]:
    yield "record_number,procedure_date,taken_date,taken_time,scale,pain,activity,numb"
    for block in BLOCKS:
        on = f"{_day(now, block)}"
        for hours, pain in zip(CLOCK, block.hours.split(), strict=True):
            at = datetime(2000, 1, 1, 9, 30) + timedelta(hours=hours)
            yield f"{NUMBER},{on},{on},{at:%H:%M},now,{pain},provoking,true"
        scores = block.days.split()
        later = [(day, scores[-1]) for day in WEEKS]
        for day, pain in [*enumerate(scores, 1), *later]:
            evening = (now - timedelta(days=block.days_ago - day)).date()
            yield f"{NUMBER},{on},{evening},20:30,average_24h,{pain},,"


def _day(now: datetime, block: Past) -> str:
    return (now - timedelta(days=block.days_ago)).date().isoformat()
