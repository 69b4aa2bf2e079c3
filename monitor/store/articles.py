"""Articles that were read, for a while, and the pace at which hosts are asked for more."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from monitor.store.connection import Connection
from monitor.store.keys import Keys
from monitor.store.records import Retention


class Articles:
    """What all readers together know of articles (`monitor.wire.articles.ArticleStore`)."""

    def __init__(self, connection: Connection, keys: Keys, retention: Retention) -> None:
        self._connection = connection
        self._keys = keys
        self._kept = int(retention.articles / timedelta(seconds=1))

    async def article(self, link: str) -> str | None:
        """Return the kept text of the article at this address."""
        text = await self._connection.call("GET", self._key(link))
        return None if text is None else text.decode()

    async def keep_article(self, link: str, text: str) -> None:
        """Keep the text; after its time it is gone."""
        await self._connection.call("SET", self._key(link), text.encode(), "EX", self._kept)

    async def failure(self, link: str) -> str | None:
        """Return why the article at this address could not be had a moment ago."""
        problem = await self._connection.call("GET", self._keys.unread(_digest(link)))
        return None if problem is None else problem.decode()

    async def keep_failure(self, link: str, problem: str, period: timedelta) -> None:
        """Remember for that long why the article could not be had."""
        milliseconds = int(period / timedelta(milliseconds=1))
        await self._connection.call(
            "SET", self._keys.unread(_digest(link)), problem.encode(), "PX", milliseconds
        )

    async def turn(self, host: str, pause: timedelta) -> timedelta:
        """Take the host's turn, or return how long to wait before asking again; zero: it is ours."""
        key, milliseconds = self._keys.pace(host), int(pause / timedelta(milliseconds=1))
        if await self._connection.call("SET", key, 1, "NX", "PX", milliseconds):
            return timedelta(0)
        left = await self._connection.call("PTTL", key)
        return timedelta(milliseconds=max(left, 1))

    def _key(self, link: str) -> str:
        return self._keys.article(_digest(link))


def _digest(link: str) -> str:
    return hashlib.blake2b(link.encode(), digest_size=16).hexdigest()
