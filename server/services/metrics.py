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
        ("staff_queue_age_seconds", "How long the oldest message to staff has waited", queue.staff_age),
        ("worker_seen_seconds", "How long ago a worker last did its round", queue.worker_seen),
    ):
        if value is not None:
            Gauge(f"afterblock_{name}", help_, registry=registry).set(value.total_seconds())
    for name, help_, count in (
        ("queue_length", "Reminders that wait to be sent", queue.waiting),
        ("staff_queue_length", "Messages to staff that wait to be sent", queue.staff_waiting),
    ):
        Gauge(f"afterblock_{name}", help_, registry=registry).set(count)
    return generate_latest(registry)
