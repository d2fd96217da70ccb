"""Structured logs on standard error: event names, ids and counts, never health data."""

from __future__ import annotations

import logging
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast

import structlog


class StandardError:
    """Standard error as it is at the moment of writing; a log that cannot be written costs no request."""

    def write(self, text: str) -> None:
        """Write, or give up without a word: there is no better place to complain."""
        with suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Pass on what was written."""
        with suppress(OSError, ValueError):
            sys.stderr.flush()


def fault_of(error: Exception) -> dict[str, str]:
    """Kind and place of an exception; its message may hold an address or a patient's words."""
    place = "unknown"
    for frame, line in traceback.walk_tb(error.__traceback__):
        place = f"{Path(frame.f_code.co_filename).name}:{line}"
    return {"kind": type(error).__name__, "place": place}


def configure(level: str) -> None:
    """Set the least level that is written: DEBUG, INFO, WARNING or ERROR."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", StandardError())),
        cache_logger_on_first_use=False,
    )
