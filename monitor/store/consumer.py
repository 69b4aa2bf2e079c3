"""One consumer of one stream's group: hands out entries so that none is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from monitor.store.connection import Connection
from monitor.store.errors import StoreUnavailableError
from monitor.store.keys import DELIVERERS, READERS, Keys

Origin = Literal["items", "alerts"]


@dataclass(frozen=True, slots=True)
class Queue:
    """A stream, the group that works on it, and its name in counters and dead letters."""

    origin: Origin
    stream: str
    group: str
    field: str


@dataclass(frozen=True, slots=True)
class Handed:
    """An entry as handed out: its id, how often that has happened, this time included, and its payload."""

    entry: str
    attempts: int
    payload: bytes


def items_queue(keys: Keys) -> Queue:
    """Return the queue of admitted items."""
    return Queue("items", keys.items, READERS, "item")


def alerts_queue(keys: Keys) -> Queue:
    """Return the outbox's queue."""
    return Queue("alerts", keys.alerts, DELIVERERS, "alert")


class Consumer:
    """Reads a queue under a name that stays the same when its process is restarted.

    `abandoned_after` must be longer than any entry takes to be handled: an entry that was handed out that
    long ago, by whomever, is handed out again.
    """

    def __init__(
        self, connection: Connection, keys: Keys, queue: Queue, name: str, *, abandoned_after: timedelta
    ) -> None:
        self._connection = connection
        self._counters = keys.counters
        self.queue = queue
        self.name = name
        self._idle = int(abandoned_after / timedelta(milliseconds=1))
        self._own = "0"  # read own pending entries after this one; "" when there are none left
        self._abandoned = "0-0"  # where to go on looking for abandoned ones

    def recover(self) -> None:
        """Look into the pending list next: what a failed command has done is not known."""
        self._own = "0"

    async def take(self, *, count: int, block: timedelta) -> Sequence[Handed]:
        """Return one entry to be handled again, else up to `count` new ones; wait up to `block` for those.

        Raises:
            StoreUnavailableError: the next call finds whatever this one was handed.
        """
        try:
            return await self._take(count, block)
        except StoreUnavailableError as error:
            self.recover()
            if "NOGROUP" not in str(error):
                raise
        except BaseException:  # cancelled: the reply may hold entries that are ours now
            self.recover()
            raise
        await self._connection.create_group(self.queue.stream, self.queue.group)
        return await self._take(count, block)

    async def _take(self, count: int, block: timedelta) -> Sequence[Handed]:
        if recovered := await self._recovered():
            return (recovered,)
        queue = self.queue
        entries = await self._connection.read_group(
            queue.stream, queue.group, self.name, count=count, block=block
        )
        field = queue.field.encode()
        return [Handed(entry.decode(), 1, fields.get(field, b"")) for entry, fields in entries]

    async def _recovered(self) -> Handed | None:
        queue = self.queue
        abandoned, own, *found = await self._connection.run_once(
            "recover",
            [queue.stream, self._counters],
            [queue.group, self.name, self._own, self._idle, self._abandoned, queue.origin],
        )
        self._abandoned, self._own = abandoned.decode(), own.decode()
        if not found:
            return None
        entry, attempts, fields = found
        return Handed(entry.decode(), attempts, fields[1])
