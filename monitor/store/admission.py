"""The admission of items: each is marked as seen and queued in one step, or said to be a duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from monitor.model import Admission, Candidate, Item, Reason
from monitor.store.codec import ITEM
from monitor.store.connection import Argument, Connection
from monitor.store.keys import Keys
from monitor.store.records import Retention
from monitor.story.identity import identities

# The script hands identities to Redis as arguments of one call, at most six a candidate; Lua bears 8,000.
BATCH = 500

IDENTITY = {"g": "guid", "l": "link", "f": "fingerprint"}


class Admissions:
    """Admits items, and says of an item by what it is known."""

    def __init__(self, connection: Connection, keys: Keys, retention: Retention) -> None:
        self._connection = connection
        self._keys = keys
        self._admission_keys = (keys.items, keys.counters, keys.seen, keys.seen_before)
        self._period = int(retention.seen / timedelta(milliseconds=1))

    async def admit(self, candidates: Sequence[Candidate]) -> Sequence[Admission]:
        """Mark every candidate as seen and queue the new ones, atomically; in the order given.

        A seen fingerprint makes it a duplicate, from whichever feed. A seen guid or link with an unseen
        fingerprint is a revision and is queued; with no fingerprint (too little text) it is a duplicate.
        Every sighting prolongs the memory of all identities of the item. When the reply was lost and the
        batch was sent again, an item that was queued is reported as a duplicate of itself; it is queued once.
        """
        admissions: list[Admission] = []
        rest = iter(candidates)
        while batch := list(islice(rest, BATCH)):
            args: list[Argument] = [self._period]
            for candidate in batch:
                args += identity_arguments(candidate.item)
                args.append(ITEM.encode(candidate.item) if candidate.announce else b"")
            admissions += map(_admission, await self._connection.run("admit", self._admission_keys, args))
        return admissions

    async def seen(self, item: Item) -> dict[str, str]:
        """Return by which identities an item is known ("guid", "link", "fingerprint"), and of which item.

        The item is named by its stream id; "" stands for one that was too old at first contact.
        """
        fields = dict.fromkeys(identity_arguments(item))
        known: dict[str, str] = {}
        for key in (self._keys.seen_before, self._keys.seen):
            values = await self._connection.call("HMGET", key, *fields)
            for field, value in zip(fields, values, strict=True):
                if value is not None:
                    known[IDENTITY[chr(field[0])]] = value.decode()
        return known


def identity_arguments(item: Item) -> tuple[bytes, bytes, bytes]:
    """Return guid, link and fingerprint for the script: the guid in place of one that the item has not."""
    found = identities(item)
    guid = b"g" + found.guid
    link = guid if found.link is None else b"l" + found.link
    words = guid if found.fingerprint is None else b"f" + found.fingerprint
    return guid, link, words


def _admission(reply: bytes) -> Admission:
    verdict, item = chr(reply[0]), reply[1:].decode()
    if verdict == "q":
        return Admission(Reason.ANNOUNCED, item)
    if verdict == "o":
        return Admission(Reason.TOO_OLD, item)
    return Admission(Reason.DUPLICATE, item, IDENTITY[verdict])
