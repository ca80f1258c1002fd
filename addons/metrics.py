"""Figures for Prometheus: counts and times, never text and never who."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry()

turns = Counter(
    "afterword_turns_total",
    "Messages answered, by channel and by what became of them",
    ["channel", "outcome"],  # answered, repeated, refused, failed
    registry=registry,
)
turn_seconds = Histogram(
    "afterword_turn_seconds",
    "From a message's turn in the queue to the end of its answer",
    buckets=(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20),
    registry=registry,
)
wait_seconds = Histogram(
    "afterword_wait_seconds",
    "From a message's arrival to its turn",
    buckets=(0.001, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30),
    registry=registry,
)
faults = Counter(
    "afterword_faults_total",
    "Things that went wrong, by cause",
    ["cause"],
    registry=registry,
)
in_hand = Gauge("afterword_turns_in_hand", "Messages being answered or waiting", registry=registry)


def page() -> bytes:
    """Everything in Prometheus' text format."""
    return generate_latest(registry)
