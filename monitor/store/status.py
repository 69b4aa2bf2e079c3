"""How the store is doing, and keeping its streams short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from monitor.model import Alert
from monitor.store.codec import ALERT
from monitor.store.connection import Connection
from monitor.store.consumer import Queue, alerts_queue, items_queue
from monitor.store.keys import Keys
from monitor.store.records import QueueStatus, Retention, StoreStatus

# A process that refuses its configuration says so every few seconds; one that is silent for longer has ended.
REFUSAL_HOLDS = timedelta(seconds=30)


class Housekeeping:
    """Reports on the store and trims its streams."""

    def __init__(self, connection: Connection, keys: Keys, retention: Retention) -> None:
        self._connection = connection
        self._keys = keys
        self._keep = int(retention.items / timedelta(milliseconds=1))
        self._queues = (items_queue(keys), alerts_queue(keys))

    async def counters(self) -> Mapping[str, int]:
        """Return how often each thing happened since the store was made.

        `admitted.<reason>` and `decided.<reason>` use the names of `Reason`; `items.*` and `alerts.*` count
        what went `in` and `out` of a stream, and what was `lost`, moved to the `dead` letters, `replayed` or
        (alerts) `sent`. `rule.<rule set>.<rule>` counts the announced items of which a rule spoke.
        """
        found = await self._connection.call("HGETALL", self._keys.counters)
        return {name.decode(): int(count) for name, count in sorted(found.items())}

    async def time(self) -> datetime:
        """Return the time by the server's clock."""
        seconds, micros = await self._connection.call("TIME")
        return datetime.fromtimestamp(int(seconds) + int(micros) / 1_000_000, UTC)

    async def status(self) -> StoreStatus:
        """Return the lengths of the queues, the counters and the server's memory."""
        info = await self._connection.call("INFO")
        counters = await self.counters()
        items, alerts = [await self._queue(queue, counters) for queue in self._queues]
        dead = await self._connection.call("XLEN", self._keys.dead)
        held = await self._connection.call("ZCARD", self._keys.held)
        memory, version = int(info["used_memory"]), str(info["redis_version"])
        return StoreStatus(items, alerts, held, dead, counters, memory, version)

    async def trim(self) -> int:
        """Drop entries that every group has acknowledged and that were kept long enough; return how many.

        Never by length: that would drop entries that are still to be handled. Call it every minute or so.
        """
        return sum(
            [int(await self._connection.run("trim", [queue.stream], [self._keep])) for queue in self._queues]
        )

    async def queue(self, alert: Alert) -> bool:
        """Queue an alert that comes from no item; False if it ever was queued."""
        keys = [self._keys.ledger(alert.id), self._keys.alerts, self._keys.counters]
        return bool(await self._connection.run("queue", keys, [ALERT.encode(alert)]))

    async def refuse(self, process: str, problem: str, now: datetime) -> None:
        """Keep for a while why a process refuses its configuration; "" takes back what it said before."""
        if not problem:
            await self._connection.call("HDEL", self._keys.refused, process)
            return
        await self._connection.call("HSET", self._keys.refused, process, f"{now.timestamp()} {problem}")
        await self._connection.call("EXPIRE", self._keys.refused, int(REFUSAL_HOLDS.total_seconds()))

    async def refused(self, now: datetime) -> Mapping[str, str]:
        """Return the processes that refuse their configuration, and why."""
        found = await self._connection.call("HGETALL", self._keys.refused)
        said = {process.decode(): value.decode().partition(" ") for process, value in sorted(found.items())}
        since = (now - REFUSAL_HOLDS).timestamp()
        return {process: problem for process, (at, _, problem) in said.items() if float(at) >= since}

    async def _queue(self, queue: Queue, counters: Mapping[str, int]) -> QueueStatus:
        length = await self._connection.call("XLEN", queue.stream)
        pending, oldest = await self._connection.pending(queue.stream, queue.group)
        # Redis 6.2 does not tell how many entries a group has yet to be given; what came in and went out is
        # counted in the very scripts that add and acknowledge.
        open_ = counters.get(f"{queue.origin}.in", 0) - counters.get(f"{queue.origin}.out", 0)
        return QueueStatus(
            length=length,
            waiting=max(0, open_ - pending),
            pending=pending,
            oldest=datetime.fromtimestamp(int(oldest.split("-")[0]) / 1000, UTC) if oldest else None,
            lost=counters.get(f"{queue.origin}.lost", 0),
        )
