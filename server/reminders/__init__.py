"""The worker: a clock in a process of its own that calls idempotent services."""
