"""Doing things at the same moment, and how much effort a run may take."""

import os
import threading
from collections.abc import Callable
from typing import Any

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"


def times(usual: int, soak: int) -> int:
    """How often to repeat something random: `make test` or `make soak`."""
    return soak if SOAK else usual


def at_once(work: list[Callable[[], Any]]) -> list[Any]:
    """Run all at the same moment, each in a thread; returns what each returned or raised."""
    start = threading.Barrier(len(work))
    done: list[Any] = [None] * len(work)

    def run(place: int) -> None:
        start.wait()
        try:
            done[place] = work[place]()
        except Exception as error:
            done[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
