"""The cohort of 100,000 simulated readings, as its service answers: first view, then a further filter."""

import json
import resource
import sys
from datetime import date
from time import perf_counter, process_time
from uuid import UUID

import numpy as np

from server.domain.adherence import PhaseCounts
from server.domain.cohort import Row
from server.domain.criteria import SETS
from server.domain.instants import day_of_date
from server.domain.lengths import Span
from server.domain.side_effects import SideEffects
from server.persistence.queries.cohorts import contents
from server.services.cohort import Question, answer, matching
from server.services.cohort_rows import BETWEEN, FACETS, Contribution, packed
from server.services.snapshots import AT_ONCE, columns

READINGS = 100_000
STEROIDS = ("betamethasone", "dexamethasone", "methylprednisolone", "triamcinolone", "none")
TODAY = date(2026, 6, 30)
SECONDS, FILTER_SECONDS, MEGABYTES = 2.0, 0.3, 200


def simulate(size: int, seed: int = 1) -> tuple[list[Row], list[str]]:
    """Rows as readings give them, and the steroid of each."""
    drawn = np.random.default_rng(seed)
    steroids = drawn.choice(STEROIDS, size)
    lasts = drawn.exponential(45 + 10 * np.searchsorted(STEROIDS, steroids)).round(1)
    seen, chance = drawn.uniform(20, 400, size).round(1), drawn.random((size, 8))
    numbers = zip(lasts.tolist(), seen.tolist(), chance.tolist(), strict=True)
    return [_row(*each) for each in numbers], steroids.tolist()


def _row(lasts: float, seen: float, chance: list[float]) -> Row:
    span = None
    if chance[0] < 0.7:
        ended = lasts <= seen
        span = Span(lasts, lasts + 3.5, "loss") if ended else Span(seen, None, None)
    answers = [span is not None and lasts > day for day in (14, 28, 60, 90, 180, 365)]
    effects = frozenset({"nausea"} if chance[1] < 0.04 else ()) | frozenset(
        {"injection_site_pain"} if chance[2] < 0.17 else ()
    )
    return Row(
        day_of_date(TODAY.isoformat()) - int(seen),
        ("cervical", "lumbar", "sacral")[int(3 * chance[3])],
        "positive" if chance[4] < 0.6 else "negative",
        "none" if span is None else "responded",
        evaluable=chance[5] < 0.97,
        spans=(span, span, span),
        responder=tuple(answer if chance[6] < 0.85 else None for answer in answers),
        effects=SideEffects(chance[7] < 0.9, entered=True, immediate=effects, ever=effects),
        phases=(PhaseCounts(10, 8, 1, 0), PhaseCounts(28, 20, 2, 3), PhaseCounts(4, 3), PhaseCounts()),
    )


def peak_megabytes() -> float:
    """The highest memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pages(size: int) -> list[list[str]]:
    """Rows as the database holds them, in the pages they are read in."""
    rows, steroids = simulate(size)
    texts = []
    for place, (row, steroid) in enumerate(zip(rows, steroids, strict=True)):
        told = {"region": row.region, "level": f"L{1 + place % 5}", "steroid": steroid, "agent": "lidocaine"}
        told |= {"operator": f"operator {place % 8}", "verdict": row.verdict, "steroid_status": row.steroid}
        told["verdicts"] = BETWEEN.join([row.verdict] * len(SETS))
        facets = tuple(str(told.get(name) or "not recorded") for name in FACETS)
        texts.append(json.dumps(packed(Contribution(row, facets))))
    return [texts[first : first + AT_ONCE] for first in range(0, size, AT_ONCE)]


def main() -> int:
    """Print the times and the memory; 1 when one is over its budget (processor time, as nothing waits)."""
    held = pages(READINGS)
    before = peak_megabytes()
    wall, started = perf_counter(), process_time()
    ids = [UUID(int=place) for place in range(AT_ONCE)]
    found = columns(((ids[: len(page)], contents(page)) for page in held), TODAY, 1)
    loaded = process_time()
    question = Question(group_by="steroid")
    told = answer(found, matching(found, question), question)
    first, wall = process_time(), perf_counter() - wall
    narrow = Question(group_by="steroid", chosen={"region": ["lumbar"], "level": ["L4", "L5"]})
    fewer = answer(found, matching(found, narrow), narrow)
    again = process_time()
    medians = ", ".join(f"{group['name']} {group['median']['days']}" for group in told["groups"])
    print(f"{READINGS:,} readings; median days of relief: {medians}")
    print(f"columns {loaded - started:.2f} s, answer {first - loaded:.2f} s, together within {SECONDS} s")
    print(f"(processor time; {wall:.2f} s by the clock on this machine as busy as it is)")
    print(
        f"a further filter ({fewer['matched']:,} readings) {again - first:.3f} s, within {FILTER_SECONDS} s"
    )
    size = found.nbytes / 2**20
    print(
        f"the snapshot takes {size:.0f} MB, making it {peak_megabytes() - before:.0f} MB, "
        f"within {MEGABYTES} MB"
    )
    within = first - started <= SECONDS and again - first <= FILTER_SECONDS
    return 0 if within and peak_megabytes() - before <= MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
