"""What people said of texts, kept until it is taken into rules or measurements."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Example
from monitor.store.codec import EXAMPLE
from monitor.store.connection import Connection
from monitor.store.errors import UnreadableRecordError
from monitor.store.keys import Keys


class Examples:
    """Labelled examples, one a story: the last word on it counts."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def keep(self, example: Example) -> None:
        """Keep an example."""
        await self._connection.call("HSET", self._keys.examples, example.id, EXAMPLE.encode(example))

    async def all(self) -> Sequence[Example]:
        """Return all examples, the oldest first; such as cannot be read are left out."""
        found = await self._connection.call("HVALS", self._keys.examples)
        examples = [example for record in found if (example := _readable(record))]
        return sorted(examples, key=lambda example: (example.at, example.id))


def _readable(data: bytes) -> Example | None:
    try:
        return EXAMPLE.decode(data)
    except UnreadableRecordError:
        return None
