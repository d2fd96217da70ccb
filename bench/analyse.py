"""What reading diaries costs: time against `json.loads`, the gain of a second core, and memory.

python -m bench.analyse                 the multiple of json.loads, in one process
python -m bench.analyse --large         also two processes on 3,000 diaries and memory on 100,000
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter, process_time

from server.domain.criteria import DEFAULT
from server.services.analysis import analyse

DATA = Path(__file__).parent.parent / "tests" / "data" / "simulated-episodes.jsonl"
ROUNDS = 40
TOGETHER = 64
BUDGET = 10
MANY = 3_000
VERY_MANY = 100_000
LEAST_GAIN = 1.6
MOST_GROWTH_MB = 20


def measure(lines: list[bytes], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """CPU seconds for `json.loads` and for reading all lines (best rounds), and the median of their ratios.

    Both take turns every few lines, so that a busy machine slows both alike.
    """
    plain, reading = [], []
    for _ in range(rounds):
        loads = read = 0.0
        for first in range(0, len(lines), TOGETHER):
            part = lines[first : first + TOGETHER]
            started = process_time()
            for line in part:
                json.loads(line)
            loaded = process_time()
            for _answer in analyse(part, DEFAULT):
                pass
            loads, read = loads + loaded - started, read + process_time() - loaded
        plain.append(loads)
        reading.append(read)
    ratios = [one / other for one, other in zip(reading, plain, strict=True)]
    return min(plain), min(reading), median(ratios)


def renamed(lines: list[bytes], count: int) -> Iterator[bytes]:
    """That many diaries: the same ones over and over, each under an id of its own."""
    for number in range(count):
        line = lines[number % len(lines)]
        yield line.replace(b'"episode_id":"', b'"episode_id":"%d-' % number, 1)


def seconds(lines: Iterable[bytes], jobs: int) -> float:
    """Wall-clock seconds to read the lines with some processes, their start included."""
    started = perf_counter()
    for _answer in analyse(lines, DEFAULT, jobs):
        pass
    return perf_counter() - started


def peak_mb() -> float:
    """The most memory this process or one of its children has held, in MB."""
    return max(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)) / 1024


def two_processes(lines: list[bytes]) -> bool:
    """Print the gain of two processes over one, the best of rounds that take turns."""
    many = [*renamed(lines, MANY)]
    rounds = [(seconds(many, 1), seconds(many, 2)) for _ in range(3)]
    one, two = (min(times) for times in zip(*rounds, strict=True))
    load = os.getloadavg()[0]
    print(
        f"{MANY} diaries: {one:.2f} s in one process, {two:.2f} s in two: {one / two:.2f} x (load {load:.1f})"
    )
    return one / two >= LEAST_GAIN


def flat_memory(lines: list[bytes]) -> bool:
    """Print what a stream of very many diaries adds to the peak memory of a short one."""
    seconds(renamed(lines, MANY), 1)
    before = peak_mb()
    took = seconds(renamed(lines, VERY_MANY), 1)
    grown = peak_mb() - before
    print(f"{VERY_MANY} diaries: {took:.0f} s, peak {before:.0f} MB and {grown:.1f} MB more")
    return grown <= MOST_GROWTH_MB


def main() -> int:
    """Print what was measured; 1 when something is over its budget."""
    lines = DATA.read_bytes().splitlines()
    measure(lines, 1)
    plain, reading, ratio = measure(lines)
    each = reading / len(lines) * 1000
    print(
        f"{len(lines)} diaries, {each:.2f} ms each: {reading / plain:.1f} x json.loads in the best rounds, "
        f"{ratio:.1f} x in the median (budget {BUDGET} x)"
    )
    sound = reading / plain <= BUDGET
    if "--large" in sys.argv[1:]:
        sound = flat_memory(lines) and sound
        sound = two_processes(lines) and sound
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
