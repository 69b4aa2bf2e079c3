"""What people asked not to hear of: added, listed, ended, and audited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from monitor.model import Mute, Muted, MuteEvent
from monitor.store.codec import MUTE
from monitor.store.connection import Argument, Connection
from monitor.store.errors import UnreadableRecordError
from monitor.store.keys import Keys


class Mutes:
    """The mutes in force, what each has hidden so far, and who did what when.

    A mute whose time is over silences nothing any more; it stays listed until `end` says so.
    """

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def all(self) -> tuple[Mute, ...]:
        """Return all mutes, the one that ends first in front; such as cannot be read are left out."""
        found = await self._connection.call("HVALS", self._keys.mutes)
        mutes = [mute for record in found if (mute := _readable(record))]
        return tuple(sorted(mutes, key=lambda mute: (mute.until, mute.id)))

    async def listed(self) -> tuple[Muted, ...]:
        """Return all mutes with what they have hidden so far."""
        return tuple([await self.hidden(mute) for mute in await self.all()])

    async def hidden(self, mute: Mute) -> Muted:
        """Return the mute with what it has hidden so far."""
        found = await self._connection.call("HGETALL", self._keys.hidden(mute.id))
        return Muted(mute, {story.decode(): line.decode() for story, line in found.items()})

    async def add(self, mute: Mute) -> bool:
        """Put a mute in force; False if it is already."""
        return await self._run("added", mute, mute.author)

    async def end(self, mute: Mute, by: str = "") -> bool:
        """End a mute; False if it was ended before. `by` is empty when its time has run out."""
        return await self._run("ended" if by else "ran_out", mute, by)

    async def events(self, count: int) -> Sequence[MuteEvent]:
        """Return up to `count` lines of the audit, the newest first."""
        found = await self._connection.call("XREVRANGE", self._keys.mute_log, "+", "-", "COUNT", count)
        return [
            MuteEvent(
                datetime.fromtimestamp(int(entry.split(b"-")[0]) / 1000, UTC),
                fields[b"action"].decode(),
                fields[b"by"].decode(),
                MUTE.decode(fields[b"mute"]),
                int(fields[b"hidden"]),
            )
            for entry, fields in found
        ]

    async def _run(self, action: str, mute: Mute, by: str) -> bool:
        keys: list[Argument] = [self._keys.mutes, self._keys.mute_log, self._keys.hidden(mute.id)]
        args: list[Argument] = [action, mute.id, MUTE.encode(mute), by]
        return bool(await self._connection.run("mute", keys, args))


def _readable(data: bytes) -> Mute | None:
    try:
        return MUTE.decode(data)
    except UnreadableRecordError:
        return None
