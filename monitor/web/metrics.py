"""The state of the monitor for Prometheus, named by its conventions (prometheus.io/docs/practices/naming)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor import __version__
from monitor.model import FeedState
from monitor.web.health import Light, feed_sign
from monitor.web.ports import Vitals

PREFIX = "newswire_monitor"


def exposition(vitals: Vitals, feeds: Sequence[FeedState], now: datetime) -> bytes:
    """Return all metrics in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Snapshot(vitals, feeds, now))
    return generate_latest(registry)


class _Snapshot(Collector):
    def __init__(self, vitals: Vitals, feeds: Sequence[FeedState], now: datetime) -> None:
        self._vitals = vitals
        self._feeds = feeds
        self._now = now

    def collect(self) -> Iterator[Metric]:
        yield _gauge("build_info", "The version that runs.", ["version"], [([__version__], 1)])
        yield from self._counted()
        yield from self._queued()
        yield from self._polled()

    def _counted(self) -> Iterator[Metric]:
        """Turn `admitted.duplicate: 7` into newswire_monitor_admitted_total{reason="duplicate"} 7."""
        for group, about, label in _COUNTED:
            metric = CounterMetricFamily(f"{PREFIX}_{group}", about, labels=[label])
            for name, count in self._vitals.counters.items():
                head, _, tail = name.partition(".")
                if head == group and tail:
                    metric.add_metric([tail], count)
            yield metric

    def _queued(self) -> Iterator[Metric]:
        vitals = self._vitals
        waiting = [([queue.name], float(queue.waiting)) for queue in vitals.queues]
        pending = [([queue.name], float(queue.pending)) for queue in vitals.queues]
        ages = [
            ([queue.name], (self._now - queue.oldest).total_seconds() if queue.oldest else 0.0)
            for queue in vitals.queues
        ]
        yield _gauge("queue_waiting", "Entries that wait for work.", ["queue"], waiting)
        yield _gauge("queue_pending", "Entries in hand.", ["queue"], pending)
        yield _gauge("queue_oldest_seconds", "Age of the oldest entry in hand.", ["queue"], ages)
        yield _gauge("held_alerts", "Alerts that wait for their time.", [], [([], vitals.held)])
        yield _gauge("dead_letters", "What could not be processed.", [], [([], vitals.dead)])
        yield _gauge("redis_memory_bytes", "Memory that Redis uses.", [], [([], vitals.memory)])

    def _polled(self) -> Iterator[Metric]:
        feeds = self._feeds
        healthy = [([one.feed], float(feed_sign(one).light is not Light.RED)) for one in feeds]
        failures = [([one.feed], float(one.failures)) for one in feeds]
        last = [([one.feed], one.last_success.timestamp()) for one in feeds if one.last_success]
        yield _gauge("feed_up", "1 unless the feed needs a hand.", ["feed"], healthy)
        yield _gauge("feed_failures", "Polls in a row that failed.", ["feed"], failures)
        yield _gauge("feed_last_success_timestamp_seconds", "When a poll last succeeded.", ["feed"], last)


_COUNTED = (
    ("admitted", "Entries of feeds by what became of them at admission.", "reason"),
    ("decided", "Items by what was decided of them.", "reason"),
    ("items", "Items into and out of the stream.", "step"),
    ("alerts", "Alerts into and out of the outbox.", "step"),
)


def _gauge(
    name: str, about: str, labels: Sequence[str], values: Sequence[tuple[Sequence[str], float]]
) -> GaugeMetricFamily:
    metric = GaugeMetricFamily(f"{PREFIX}_{name}", about, labels=labels)
    for label_values, value in values:
        metric.add_metric(label_values, value)
    return metric
