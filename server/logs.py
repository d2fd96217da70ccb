"""Structured logs on standard error: event names, ids and counts, never health data."""

from __future__ import annotations

import logging
import sys

import structlog


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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
