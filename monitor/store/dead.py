"""Dead letters: what could not be processed, why, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from monitor.store.codec import ALERT
from monitor.store.connection import Argument, Connection
from monitor.store.consumer import Queue, alerts_queue, items_queue
from monitor.store.errors import StoreError
from monitor.store.keys import Keys
from monitor.store.records import DeadLetter, Retention


class DeadLetters:
    """The stream of dead letters. Nothing leaves it but by `replay` or `discard`."""

    def __init__(self, connection: Connection, keys: Keys, retention: Retention) -> None:
        self._connection = connection
        self._keys = keys
        self._keep = int(retention.ledger / timedelta(seconds=1))
        self._queues: dict[str, Queue] = {
            queue.origin: queue for queue in (items_queue(keys), alerts_queue(keys))
        }

    async def bury(self, queue: Queue, entry: str, reason: str, *, alert: str | None = None) -> bool:
        """Move an entry here and acknowledge it; park the alert of this id. False if it was acknowledged."""
        keys: list[Argument] = [queue.stream, self._keys.dead, self._keys.counters]
        if alert is not None:
            keys.append(self._keys.ledger(alert))
        args: list[Argument] = [queue.group, entry, queue.origin, reason, self._keep]
        return bool(await self._connection.run("bury", keys, args))

    async def newest(self, count: int) -> Sequence[DeadLetter]:
        """Return up to `count` dead letters, the newest first."""
        found = await self._connection.call("XREVRANGE", self._keys.dead, "+", "-", "COUNT", count)
        return [_letter(letter, fields) for letter, fields in found]

    async def show(self, letter: str) -> DeadLetter | None:
        """Return one dead letter; `None` when there is no such."""
        found = await self._connection.call("XRANGE", self._keys.dead, letter, letter)
        return _letter(*found[0]) if found else None

    async def replay(self, letter: str) -> str | None:
        """Put a dead letter back where it came from and return its new id there.

        `None` when there is no such letter, or its alert has been sent meanwhile.

        Raises:
            StoreError: the letter cannot be read by this version either; it stays here.
        """
        found = await self.show(letter)
        if found is None:
            return None
        queue = self._queues.get(found.origin)
        if queue is None:
            raise StoreError(f"dead letter {letter} is of unknown origin {found.origin}")
        keys: list[Argument] = [self._keys.dead, queue.stream, self._keys.counters]
        if queue.origin == "alerts":
            keys.append(self._keys.ledger(ALERT.decode(found.payload).id))
        reply = await self._connection.run("replay", keys, [letter, queue.origin, queue.field])
        return reply.decode() if reply else None

    async def discard(self, letter: str) -> bool:
        """Delete a dead letter; return whether it was there."""
        return bool(await self._connection.call("XDEL", self._keys.dead, letter))


def _letter(letter: bytes, fields: Mapping[bytes, bytes]) -> DeadLetter:
    origin, entry, reason = (fields[name].decode() for name in (b"origin", b"entry", b"reason"))
    at = datetime.fromtimestamp(int(letter.split(b"-")[0]) / 1000, UTC)
    return DeadLetter(letter.decode(), origin, entry, reason, fields[b"payload"], at)
