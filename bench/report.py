"""Time of one page as PDF: the report of demo patients, chart included."""

import sys
from datetime import UTC, date, datetime
from statistics import median
from time import perf_counter, process_time

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


def main() -> int:
    """Print the median of each page; 1 when one is over its budget."""
    slow = False
    for name, source in sources().items():
        episode_report(ANN, source, "a4", NOW)
        taken, waited = [], []
        for _ in range(ROUNDS):
            wall, started = perf_counter(), process_time()
            made = episode_report(ANN, source, "a4", NOW)
            taken.append(1000 * (process_time() - started))
            waited.append(1000 * (perf_counter() - wall))
        by_clock = f"{median(waited):.1f} ms by the clock on this machine as busy as it is"
        print(f"{name:24} {median(taken):6.1f} ms of processor time within {BUDGET_MS:.0f} ms; {by_clock}")
        print(f"{'':24} {len(made) / 1024:6.0f} kB")
        slow = slow or median(taken) > BUDGET_MS
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
