"""The admission of items: each is marked as seen and queued in one step, or said to be a duplicate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import islice

from monitor.model import Admission, Candidate, Item, Reason
from monitor.store.codec import ITEM
from monitor.store.connection import Argument, Connection
from monitor.store.keys import Keys
from monitor.store.records import Known, Retention
from monitor.story.identity import guid_key, identities, link_key

# The script hands identities to Redis as arguments of one call, at most six a candidate; Lua bears 8,000.
BATCH = 500

IDENTITY = {"g": "guid", "l": "link", "f": "fingerprint", "t": "title"}
_NAME_BYTES = 17
_OLD = b"o"


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
        fingerprint is a revision and is queued; of an item with too few words for a fingerprint, any seen
        identity makes a duplicate. What a feed marked as too old at first contact is known to that one alone:
        another one may just have been about to tell it. Every sighting prolongs the memory of all identities
        of the item. When the reply was lost and the batch was sent again, an item that was queued is reported
        as a duplicate of itself; it is queued once.
        """
        admissions: list[Admission] = []
        rest = iter(candidates)
        while batch := list(islice(rest, BATCH)):
            args: list[Argument] = [self._period]
            for candidate in batch:
                args.append(names(candidate.item))
                args.append(ITEM.encode(candidate.item) if candidate.announce else b"")
            reply: bytes = await self._connection.run("admit", self._admission_keys, args)
            admissions += map(_admission, reply.decode().split(" "))
        return admissions

    async def seen(self, item: Item) -> dict[str, Known]:
        """Return by which identities (see `IDENTITY`) an item is known, and as what."""
        packed = names(item)
        fields = dict.fromkeys(packed[at : at + _NAME_BYTES] for at in range(0, 3 * _NAME_BYTES, _NAME_BYTES))
        return await self._known({field: IDENTITY[chr(field[0])] for field in fields})

    async def known(self, name: str, feeds: Sequence[str]) -> dict[str, Known]:
        """Return as what a guid of any of these feeds, or a link, is known: "guid in <feed>" or "link"."""
        fields = {b"g" + guid_key(feed, name): f"guid in {feed}" for feed in feeds}
        if link := link_key(name):
            fields[b"l" + link] = "link"
        return await self._known(fields)

    async def _known(self, fields: Mapping[bytes, str]) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for key in (self._keys.seen_before, self._keys.seen) if fields else ():
            values = await self._connection.call("HMGET", key, *fields)
            for name, value in zip(fields.values(), values, strict=True):
                if value is not None:
                    found[name] = _read(value)
        return found


def names(item: Item) -> bytes:
    """Return the item's three identities as the script takes them, and the tag of its feed."""
    found, tag = identities(item), _tag(item.feed)
    guid = b"g" + found.guid
    link = guid if found.link is None else b"l" + found.link
    if found.fingerprint is not None:
        return b"%b%bf%b%b" % (guid, link, found.fingerprint, tag)
    return b"%b%b%b%b" % (guid, link, guid if found.title is None else b"t" + found.title, tag)


@lru_cache(maxsize=20_000)
def _tag(feed: str) -> bytes:
    """Return the four bytes by which the script knows a feed."""
    return blake2b(feed.encode(), digest_size=4).digest()


def _read(value: bytes) -> Known:
    """Read what an identity stands for; see the script."""
    if value[:1] == _OLD:
        return Known("")
    text = value.decode()
    return Known(text[1:], IDENTITY[text[0]]) if text[:1] in IDENTITY else Known(text)


def _admission(reply: str) -> Admission:
    verdict, item = reply[0], reply[1:]
    if verdict == "q":
        return Admission(Reason.ANNOUNCED, item)
    if verdict == "o":
        return Admission(Reason.TOO_OLD, item)
    return Admission(Reason.DUPLICATE, item, IDENTITY[verdict])
