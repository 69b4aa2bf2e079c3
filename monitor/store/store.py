"""The store as a whole: one connection, and the part of it that each role needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from monitor.model import Item, Story
from monitor.store.articles import Articles
from monitor.store.audit import audit, exposure
from monitor.store.codec import DECISION, ITEM
from monitor.store.connection import Connection
from monitor.store.consumer import Consumer, alerts_queue, items_queue
from monitor.store.dead import DeadLetters
from monitor.store.examples import Examples
from monitor.store.feeds import Feeds
from monitor.store.held import Held
from monitor.store.keys import Keys
from monitor.store.mutes import Mutes
from monitor.store.outbox import AlertOutbox
from monitor.store.reading import Reading, readable
from monitor.store.recent import Recent
from monitor.store.records import Decision, Retention
from monitor.store.status import Housekeeping

_AT_ONCE = 500  # stories of one reply: about a megabyte
READY_WITHIN = timedelta(seconds=30)
# Longer than reading an item takes, its article included, and than any lease on an alert.
ABANDONED_AFTER = timedelta(seconds=60)


class Store:
    """Everything that is remembered, in one Redis.

    `feeds` is for polling, `reading(name)` and `articles` for reading, `outbox(name)` for delivery, `dead`,
    `held`, `mutes` and `house` for people. A name must be unique among the running consumers of a role, and
    the same again after a restart ("host-read-1"), so that a consumer finds what it had in hand.
    """

    def __init__(
        self, connection: Connection, *, keys: Keys | None = None, retention: Retention | None = None
    ) -> None:
        self._connection = connection
        self._keys = keys or Keys()
        self._retention = retention or Retention()
        parts = (connection, self._keys, self._retention)
        self.feeds = Feeds(*parts)
        self.articles = Articles(*parts)
        self.dead = DeadLetters(*parts)
        self.house = Housekeeping(*parts)
        self.examples = Examples(connection, self._keys)
        self.held = Held(connection, self._keys)
        self.mutes = Mutes(connection, self._keys)
        self.warnings: tuple[str, ...] = ()

    @classmethod
    async def open(
        cls,
        address: str | Path,
        *,
        keys: Keys | None = None,
        retention: Retention | None = None,
        ready_within: timedelta = READY_WITHIN,
    ) -> Self:
        """Connect to a socket's path or a Redis URL, wait until the server is ready, and audit it.

        What ops should know of the server's settings is in `warnings` afterwards.

        Raises:
            StoreUnavailableError: the server cannot be reached in time.
            StoreRefusedError: address, credentials, version or settings do not do.
        """
        store = cls(Connection(address), keys=keys, retention=retention)
        try:
            await store._connection.ready(ready_within)
            store.warnings = (*exposure(address), *await audit(store._connection))
        except BaseException:
            await store.aclose()
            raise
        return store

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connection.aclose()

    def reading(self, name: str, *, abandoned_after: timedelta = ABANDONED_AFTER) -> Reading:
        """Return the reading side for the reader of this name."""
        queue = items_queue(self._keys)
        consumer = Consumer(self._connection, self._keys, queue, name, abandoned_after=abandoned_after)
        return Reading(self._connection, self._keys, self._retention, consumer, self.dead)

    def outbox(self, name: str, *, abandoned_after: timedelta = ABANDONED_AFTER) -> AlertOutbox:
        """Return the outbox for the deliverer of this name."""
        queue = alerts_queue(self._keys)
        consumer = Consumer(self._connection, self._keys, queue, name, abandoned_after=abandoned_after)
        return AlertOutbox(self._connection, self._keys, self._retention, consumer, self.dead)

    def recent(self) -> Recent:
        """Return a view of the recent stories that is to be kept up."""
        return Recent(self._connection, self._keys)

    async def stories_since(self, moment: datetime) -> tuple[Story, ...]:
        """Return the stories first told since then, the oldest first; such as cannot be read are left out."""
        since = int(moment.timestamp() * 1000)
        ids = await self._connection.call("ZRANGEBYSCORE", self._keys.recent, since, "+inf")
        stories: list[Story] = []
        for at in range(0, len(ids), _AT_ONCE):
            keys = [self._keys.story(one.decode()) for one in ids[at : at + _AT_ONCE]]
            records = await self._connection.call("MGET", *keys)
            stories += (story for record in records if record and (story := readable(record)))
        return tuple(stories)

    async def story(self, story: str) -> Story | None:
        """Return a story by its id; `None` when it is kept no longer."""
        record = await self._connection.call("GET", self._keys.story(story))
        return readable(record) if record else None

    async def item(self, item: str) -> Item | None:
        """Return an item by its stream id; `None` when it has been trimmed."""
        found = await self._connection.call("XRANGE", self._keys.items, item, item)
        return ITEM.decode(found[0][1][b"item"]) if found else None

    async def as_read(self, item: Item, decision: Decision | None) -> Item:
        """Return the item with the text that its decision rests on: of its article, while that is kept."""
        if not decision or not decision.article:
            return item
        text = await self.articles.article(decision.article)
        return replace(item, text=text) if text else item

    async def items_since(self, moment: datetime) -> AsyncIterator[tuple[str, Item]]:
        """Yield the items admitted since then that are still kept, with their ids, the oldest first."""
        start = f"{int(moment.timestamp() * 1000)}-0"
        while found := await self._connection.call("XRANGE", self._keys.items, start, "+", "COUNT", _AT_ONCE):
            for name, fields in found:
                yield name.decode(), ITEM.decode(fields[b"item"])
            start = f"({found[-1][0].decode()}"

    async def newest_items(self, count: int) -> list[tuple[str, Item, Decision | None]]:
        """Return the newest items that are kept, the newest first, with their ids and what was decided."""
        found = await self._connection.call("XREVRANGE", self._keys.items, "+", "-", "COUNT", count)
        keys = [self._keys.decision(name.decode()) for name, _ in found]
        decisions = await self._connection.call("MGET", *keys) if keys else ()
        return [
            (name.decode(), ITEM.decode(fields[b"item"]), DECISION.decode(data) if data else None)
            for (name, fields), data in zip(found, decisions, strict=True)
        ]

    async def decision(self, item: str) -> Decision | None:
        """Return what was decided of an item; `None` when it is not decided yet, or that was long ago."""
        data = await self._connection.call("GET", self._keys.decision(item))
        return DECISION.decode(data) if data else None
