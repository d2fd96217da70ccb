"""Time to read one diary as a multiple of what `json.loads` needs for the same lines, in one process."""

import json
import sys
from pathlib import Path
from statistics import median
from time import process_time

from server.domain.criteria import DEFAULT
from server.services.analysis import analyse

DATA = Path(__file__).parent.parent / "tests" / "data" / "simulated-episodes.jsonl"
REPEATS = 15
BUDGET = 10


def measure(lines: list[bytes]) -> tuple[float, float]:
    """CPU seconds for `json.loads` and for reading, medians of repeats that take turns."""
    plain, reading = [], []
    for _ in range(REPEATS):
        started = process_time()
        for line in lines:
            json.loads(line)
        loaded = process_time()
        for _answer in analyse(lines, DEFAULT):
            pass
        plain.append(loaded - started)
        reading.append(process_time() - loaded)
    return median(plain), median(reading)


def main() -> int:
    """Print the multiple; 1 when it is over the budget."""
    lines = DATA.read_bytes().splitlines()
    measure(lines[:5])
    plain, reading = measure(lines)
    ratio = reading / plain
    each = reading / len(lines) * 1000
    print(f"{len(lines)} diaries, {each:.2f} ms each: {ratio:.1f} x json.loads (budget {BUDGET} x)")
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
