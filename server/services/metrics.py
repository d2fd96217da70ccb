"""The product's metrics in the text form of Prometheus: counts and times, nothing of a patient."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from server.services.queueing import Queue

CONTENT_TYPE = CONTENT_TYPE_LATEST


def written(queue: Queue) -> bytes:
    """One scrape. The gauges are made from the database each time, so every web process says the same."""
    registry = CollectorRegistry()
    for name, help_, value in (
        ("queue_age_seconds", "How long the oldest reminder has waited to be sent", queue.age),
        ("worker_seen_seconds", "How long ago a worker last did its round", queue.worker_seen),
    ):
        if value is not None:
            Gauge(f"afterblock_{name}", help_, registry=registry).set(value.total_seconds())
    Gauge("afterblock_queue_length", "Reminders that wait to be sent", registry=registry).set(queue.waiting)
    return generate_latest(registry)
