"""Time of one page as PDF: the report of demo patients with its chart, and a patient's own page."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter, process_time

from server.exports.patient_page import OwnDiary, own_page
from server.exports.report import Heading, Source, episode_report
from tests.server.charts.courses import CASES, course

BUDGET_MS = 100.0
ROUNDS = 15
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ANN = Heading("Spine Clinic", "Ann Example", "4711", date(1970, 3, 1))


def sources() -> dict[str, Source]:
    """Courses with many entries, the slowest kind of page."""
    found = {}
    for name in ("flare_then_late_relief", "dense", "many_symptoms"):
        case = CASES[name]()
        diary = {"zone": "UTC"} | case[0]
        found[name] = Source(diary, case[1], {}, course(case), NOW, 1)
    return found


def pages() -> dict[str, Callable[[], bytes]]:
    """Every page that is measured, by name."""
    made: dict[str, Callable[[], bytes]] = {
        name: partial(episode_report, ANN, source, "a4", NOW) for name, source in sources().items()
    }
    bodies = [
        {"taken_at": (NOW + timedelta(days=day)).isoformat(), "scale": "average_24h", "pain": day % 11}
        for day in range(1, 85)
    ]
    pain = {"site": "leg", "side": "left"}
    own = OwnDiary("Ann", "4711", "Clinic", "+49 30 1", "Europe/Berlin", pain, NOW, 7, bodies)
    return made | {f"patient, {name}": partial(own_page, own, name, "a4", NOW) for name in ("en", "ar")}


def main() -> int:
    """Print the median of each page; 1 when one is over its budget."""
    slow = False
    for name, make in pages().items():
        make()
        taken, waited = [], []
        for _ in range(ROUNDS):
            wall, started = perf_counter(), process_time()
            made = make()
            taken.append(1000 * (process_time() - started))
            waited.append(1000 * (perf_counter() - wall))
        by_clock = f"{median(waited):.1f} ms by the clock on this machine as busy as it is"
        print(f"{name:24} {median(taken):6.1f} ms of processor time within {BUDGET_MS:.0f} ms; {by_clock}")
        print(f"{'':24} {len(made) / 1024:6.0f} kB")
        slow = slow or median(taken) > BUDGET_MS
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
