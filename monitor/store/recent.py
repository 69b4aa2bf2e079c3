"""The stories of the last weeks, for who keeps them in view: all of them once, then what has changed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from monitor.model import Story
from monitor.store.connection import Connection
from monitor.store.keys import Keys
from monitor.store.reading import readable

# Stories of one step: about 2 ms of work, so that others get their turn in between.
STEP = 50
# A failover may set the server's clock back by less than this.
OVERLAP = timedelta(seconds=60)


class Recent:
    """Yields stories in steps. A step may hold stories that were yielded before; none is left out."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys
        self._upto: int | None = None

    async def count(self, since: datetime) -> int:
        """Return how many stories were first told since then."""
        return int(await self._connection.call("ZCOUNT", self._keys.recent, _milliseconds(since), "+inf"))

    async def changed(self, since: datetime) -> AsyncIterator[Sequence[Story]]:
        """Yield the stories first told since then, the newest first; when asked again, those written since.

        Such as cannot be read are left out. What breaks off is begun again when asked the next time.
        """
        newest = await self._connection.call("ZREVRANGE", self._keys.changed, 0, 0, "WITHSCORES")
        upto = int(float(newest[1])) if newest else 0
        if self._upto is None:
            ids = await self._connection.call(
                "ZREVRANGEBYSCORE", self._keys.recent, "+inf", _milliseconds(since)
            )
        else:
            start = self._upto - int(OVERLAP / timedelta(milliseconds=1))
            ids = await self._connection.call("ZRANGEBYSCORE", self._keys.changed, start, "+inf")
        for at in range(0, len(ids), STEP):
            keys = [self._keys.story(one.decode()) for one in ids[at : at + STEP]]
            records = await self._connection.call("MGET", *keys)
            yield [story for record in records if record and (story := readable(record))]
        self._upto = upto


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
